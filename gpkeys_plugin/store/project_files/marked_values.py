"""The values of a document that are noted because a mark stands in them, with what stands around them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from ...entrepot.translatable_text import Text
from .kinds import FileKind
from .markup import ATTRIBUTE, CLOSING, OPENING, Form, Written
from .place_context import Layer, Surroundings
from .places import CONTAINERS, LAYERS, FoundSource, Place, Where
from .problems import FileLeft, malformed, too_long

TOLD_OF_LAYERS = ("id", "layername", "provider")
"""The elements in which a layer says what it is."""

# A value that is to be understood is never that long.
_LONGEST_VALUE = 1 << 20
# 10,000 layers stand in a project some 30,000 times.
_MOST_VALUES = 100_000
_MOST_BYTES = 24 << 20
# How far before the source of a value relation its provider stands, at most.
_OPTIONS_BEFORE = 4096
_LONGEST_NAME = 4096


@dataclass(frozen=True)
class _Own:
    """The attributes in which an element says of which layer it speaks, and of which provider its source is."""

    source: str
    provider: str
    name: str
    identifier: str


_OWN = {
    "layer-tree-layer": _Own("source", "providerKey", "name", "id"),
    "Layer": _Own("source", "provider", "name", ""),
    "relation": _Own("dataSource", "providerKey", "layerName", "layerId"),
}
_NOTHING = _Own("source", "", "", "")
# The elements whose type matters. All their attributes of a large project would take as long as the rest of a scan.
_OF_TYPES = LAYERS | {"editWidget"}
_TYPE = re.compile(rb"\stype\s*=\s*[\"']([\w-]*)")
# Layers that said no provider before QGIS 3.22.
_PROVIDERS = {"vector-tile": "vectortile"}


@dataclass(frozen=True)
class Located:
    """A noted value: its bytes stand from `start` to `end` of the document."""

    __slots__ = ("end", "layer", "place", "provider", "start", "written")

    start: int
    end: int
    written: Written
    place: Place
    provider: str
    layer: Layer | None

    @property
    def found(self) -> FoundSource:
        """The value for those who judge it. Complete once the document was read to its end."""
        place, provider, layer = self.place, self.provider, self.layer
        if layer is not None and not (place.layer_id or place.layer_name):
            place = Place(place.member, place.where, place.element, layer.identifier, layer.name)
        if layer is not None and place.where is Where.LAYER:
            provider = layer.provider or _PROVIDERS.get(layer.type, "")
        return FoundSource(place, provider, self.written.text)


class ValueNotes:
    """Notes values of a buffer that moves along a document, each once."""

    def __init__(self, buffer: bytearray, kind: FileKind, member: str) -> None:
        self.located: list[Located] = []
        self.around = Surroundings()
        self.encoding = "utf-8"
        self._buffer, self._kind, self._member = buffer, kind, member
        self._base = 0
        self._bytes = 0
        # How far values are noted, and where the last comment or section ended, in the document.
        self._covered, self._floor = 0, 0

    def move(self, dropped: int) -> None:
        """Take in that the buffer lost this many bytes at its beginning."""
        self._base += dropped

    def pass_to(self, end: int) -> None:
        """Take in that a comment, a section or a declaration ends here."""
        self._floor = self._covered = self._base + end

    def enter(self, name: str, opening: re.Match[bytes]) -> None:
        """Take in the opening tag of an element."""
        if name in TOLD_OF_LAYERS:
            end = self._buffer.find(b"<", opening.end())
            self.around.tell(name, self._text(opening.end(), min(end, opening.end() + _LONGEST_NAME)))
        elif name in CONTAINERS and not opening[3]:
            self.around.open(name, self._type(opening) if name in _OF_TYPES else "")

    def note_at(self, at: int, end: int) -> None:
        """Note the value in which a mark begins at `at`; at `end`, at the latest, another tag begins."""
        if self._base + at < self._covered:
            return
        following = self._buffer.find(b"<", at, end)
        following = end if following < 0 else following
        begin = self._buffer.rfind(b"<", 0, at)
        if self._base + begin < self._floor:
            self._note(self._floor - self._base, following, Form.TEXT, "", {})
            return
        tag = OPENING.match(self._buffer, begin, following) or CLOSING.match(self._buffer, begin, following)
        if tag is None:
            raise FileLeft(malformed())
        if at < tag.end():
            self._note_attribute(at, tag)
        else:
            element = _name(tag[1]) if tag.re is OPENING else ""
            self._note(tag.end(), following, Form.TEXT, element, {})

    def note_section(self, start: int, inside: int, end: int, form: Form) -> None:
        """Note what stands in a comment or a CDATA section that begins at `start`."""
        before = OPENING.match(self._buffer, max(0, self._buffer.rfind(b"<", 0, start)), start)
        element = _name(before[1]) if before and form is Form.CDATA else ""
        self._note(inside, end, form, element, {})

    def _note_attribute(self, at: int, tag: re.Match[bytes]) -> None:
        for attribute in ATTRIBUTE.finditer(self._buffer, tag.start(2), tag.end(2)):
            if at < attribute.end():
                form = Form.DOUBLE_QUOTED if attribute[2].startswith(b'"') else Form.SINGLE_QUOTED
                place = f"{_name(tag[1])}/@{_name(attribute[1])}"
                self._note(attribute.start(2) + 1, attribute.end() - 1, form, place, self._attributes(tag))
                return

    def _note(self, start: int, end: int, form: Form, element: str, attributes: Mapping[str, str]) -> None:
        if end - start > _LONGEST_VALUE:
            raise FileLeft(too_long())
        self._bytes += end - start
        if self._bytes > _MOST_BYTES or len(self.located) >= _MOST_VALUES:
            raise FileLeft(Text("It holds more places to look at than a project can have."))
        self._covered = self._base + end
        written = Written(bytes(self._buffer[start:end]), form, self.encoding)
        place = self._place(element, attributes)
        provider = self._provider(place, attributes, start)
        self.located.append(Located(self._base + start, self._base + end, written, place, provider, self.around.layer))

    def _place(self, element: str, attributes: Mapping[str, str]) -> Place:
        name = element.partition("/@")[0]
        if self._kind is FileKind.CONNECTIONS:
            return Place(self._member, Where.CONNECTION, element, layer_name=attributes.get("name", ""))
        own = _OWN.get(name, _NOTHING)
        layer_id, layer_name = attributes.get(own.identifier, ""), attributes.get(own.name, "")
        return Place(self._member, self.around.where(name), element, layer_id, layer_name)

    def _provider(self, place: Place, attributes: Mapping[str, str], at: int) -> str:
        """Return the provider of a value that is a source, where it stands beside it."""
        if place.where is Where.VALUE_RELATION and attributes.get("name") == "LayerSource":
            return self._option_before("LayerProviderName", at)
        name, _, attribute = place.element.partition("/@")
        own = _OWN.get(name, _NOTHING)
        return attributes.get(own.provider, "") if attribute == own.source else ""

    def _option_before(self, name: str, at: int) -> str:
        """Return the value of the option of a name that stands before a position."""
        found = self._buffer.rfind(name.encode(), max(0, at - _OPTIONS_BEFORE), at)
        tag = OPENING.match(self._buffer, max(0, self._buffer.rfind(b"<", 0, max(0, found))), at)
        return self._attributes(tag).get("value", "") if tag and found >= 0 else ""

    def _type(self, tag: re.Match[bytes]) -> str:
        found = _TYPE.search(self._buffer, tag.start(2), tag.end(2))
        return _name(found[1]) if found else ""

    def _attributes(self, tag: re.Match[bytes]) -> dict[str, str]:
        """Return the short attributes of a tag: those that name things."""
        return {
            _name(found[1]): self._text(found.start(2) + 1, found.end() - 1)
            for found in ATTRIBUTE.finditer(self._buffer, tag.start(2), tag.end(2))
            if len(found[2]) <= _LONGEST_NAME
        }

    def _text(self, start: int, end: int) -> str:
        """Return a name as it is shown."""
        text = Written(bytes(self._buffer[start:end]), Form.TEXT, self.encoding).text
        return text.encode("utf-8", "replace").decode()


def _name(raw: bytes) -> str:
    return raw.decode("utf-8", "replace")
