"""A data source of QGIS as text: its fields, so that one can be changed and every other byte stays.

QGIS's own classes are no use for that: they sort the fields, and turn over the order of a WMS's layers.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from enum import Enum
from functools import cached_property
from typing import Callable, NamedTuple, Sequence
from urllib.parse import unquote

# After `sql=` everything up to the end is the query, whatever it looks like.
_QUOTED_FIELD = re.compile(
    r"(?:(?<=[\s'\"])|^)(?P<name>[^\s='\"]+)\s*=\s*"
    r"(?:'(?P<single>(?:\\.|[^'\\])*)'|\"(?P<double>(?:\\.|[^\"\\])*)\"|(?P<bare>\S*))",
    re.DOTALL,
)
_ADDRESS = re.compile(r"\s*https?://", re.IGNORECASE)
_ESCAPED = re.compile(r"\\(.)", re.DOTALL)
_QUERY_FIELD = "sql"


class Syntax(Enum):
    """How a provider writes its sources."""

    JOINED = "a=b&c=d"
    QUOTED = "a='b' c='d'"
    ADDRESS = "https://…?a=b&c=d"


class Field(NamedTuple):
    """A field as it is written. `gap` is what stands before it, `head` and `tail` what is around its raw value."""

    name: str
    value: str
    gap: str = ""
    head: str = ""
    tail: str = ""

    @property
    def text(self) -> str:
        """The field as it stands in the source."""
        return f"{self.gap}{self.head}{self.value}{self.tail}"


@dataclass(frozen=True)
class SourceFields:
    """All fields of a source, in order; joined they are the source. `rest` follows the last one."""

    syntax: Syntax
    fields: tuple[Field, ...]
    rest: str = ""

    @property
    def text(self) -> str:
        """The source."""
        return "".join(field.text for field in self.fields) + self.rest

    @property
    def url_levels(self) -> int:
        """How often a URL is percent-encoded in a field, besides its own encoding."""
        return 1 if self.syntax is Syntax.JOINED else 0

    def values(self, name: str) -> tuple[str, ...]:
        """Return the values of every field of that name, as QGIS reads them; case counts, as it does for QGIS."""
        found = self._by_name.get(name)
        return tuple(map(self.plain, found)) if found is not None else ()

    @cached_property
    def names(self) -> frozenset[str]:
        """The names of the fields in lower case: most sources have none of those that are looked for."""
        return frozenset(name.lower() for name in self._by_name)

    @cached_property
    def _by_name(self) -> dict[str, list[Field]]:
        found: dict[str, list[Field]] = {}
        for field in self.fields:
            found.setdefault(field.name, []).append(field)
        return found

    def plain(self, field: Field) -> str:
        """Return a field's value without the encoding of the source."""
        if self.syntax is Syntax.JOINED:
            return unquote(field.value) if "%" in field.value else field.value
        return _ESCAPED.sub(r"\1", field.value) if self.syntax is Syntax.QUOTED else field.value

    def changed(self, change: Callable[[Field], Field | None]) -> SourceFields:
        """Return the source with each field as `change` returns it; a field it returns None for is taken out."""
        changed = [new for new in map(change, self.fields) if new is not None]
        if changed and self.fields:
            changed[0] = changed[0]._replace(gap=self.fields[0].gap)
        return replace(self, fields=tuple(changed))

    def with_field(self, name: str, value: str, *, at: int | None = None) -> SourceFields:
        """Return the source with a field more, `at` a place among the fields, or where no query or URL is torn."""
        if self.syntax is Syntax.QUOTED:
            at = _after_url(self.fields) if at is None else at
            new = Field(name, value, " ", f"{name}='", "'")
        else:
            new = Field(name, value, "&", f"{name}=")
        place = len(self.fields) if at is None else min(at, len(self.fields))
        if place:
            return replace(self, fields=(*self.fields[:place], new, *self.fields[place:]))
        first = new._replace(gap=self.fields[0].gap if self.fields else "")
        rest = (self.fields[0]._replace(gap=new.gap), *self.fields[1:]) if self.fields else ()
        return replace(self, fields=(first, *rest))


def read_fields(source: str, *, is_quoted: bool) -> SourceFields:
    """Take a source apart. `is_quoted` says that its provider writes `a='b'`, as WFS does; never raises."""
    if not is_quoted:
        return SourceFields(Syntax.JOINED, _joined(source))
    if _ADDRESS.match(source):
        return SourceFields(Syntax.ADDRESS, (Field("url", source),))
    return _quoted(source)


def _joined(source: str) -> tuple[Field, ...]:
    fields: list[Field] = []
    for part in source.split("&"):
        name, joint, value = part.partition("=")
        plain = unquote(name) if "%" in name else name
        fields.append(Field(plain, value, "&" if fields else "", f"{name}{joint}"))
    return tuple(fields)


def _quoted(source: str) -> SourceFields:
    fields: list[Field] = []
    done = 0
    for found in _QUOTED_FIELD.finditer(source):
        gap, name = source[done : found.start()], found["name"]
        if name == _QUERY_FIELD:
            start = found.end("name") + 1
            fields.append(Field(name, source[start:], gap, source[found.start() : start]))
            return SourceFields(Syntax.QUOTED, tuple(fields))
        group = next(kind for kind in ("single", "double", "bare") if found[kind] is not None)
        start, end = found.span(group)
        fields.append(Field(name, found[group], gap, source[found.start() : start], source[end : found.end()]))
        done = found.end()
    return SourceFields(Syntax.QUOTED, tuple(fields), source[done:])


def _after_url(fields: Sequence[Field]) -> int:
    return next((index + 1 for index, field in enumerate(fields) if field.name == "url"), 0)
