"""XML as bytes: tags, attributes, and values that are changed without touching what is equal in them.

No parser: a parser forgets how a value was written, and its entities are what makes bombs. The five entities of XML and
numbers are all that is known here.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from enum import Enum, auto

from ...entrepot.translatable_text import Text
from .problems import FileLeft, malformed

NAME = rb"[A-Za-z_:\x80-\xff][\w.:\x80-\xff-]*"
_ATTRIBUTE = rb"\s+(" + NAME + rb")\s*=\s*(\"[^\"<]*\"|'[^'<]*')"
OPENING_TAG = rb"<(" + NAME + rb")((?:" + _ATTRIBUTE.replace(b"(", b"(?:") + rb")*)\s*(/?)>"
OPENING = re.compile(OPENING_TAG)
"""An opening tag: its name, its attributes, and the slash of an empty element."""
CLOSING = re.compile(rb"</(" + NAME + rb")\s*>")
ATTRIBUTE = re.compile(_ATTRIBUTE)
"""An attribute with the blank before it: its name, and its value with the quotes."""

_ENTITY = rb"&(?:amp|lt|gt|quot|apos|#\d{1,7}|#x[0-9a-fA-F]{1,6});"
_UTF8_CHAR = rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}"
_PIECE = re.compile(_ENTITY + rb"|[A-Za-z0-9]+|.", re.DOTALL)
_UTF8_PIECE = re.compile(_ENTITY + rb"|[A-Za-z0-9]+|" + _UTF8_CHAR + rb"|.", re.DOTALL)
_WORD = re.compile(r"[A-Za-z0-9]+|.", re.DOTALL)
_LETTERS = re.compile(r"[A-Za-z0-9]+")
_NAMED = {b"&amp;": "&", b"&lt;": "<", b"&gt;": ">", b"&quot;": '"', b"&apos;": "'"}
_ESCAPES = {char: entity for entity, char in _NAMED.items()}
# What XML 1.0 can't hold, however it is written.
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udc7f\udd00-\udfff\ufffe\uffff]")
# Two texts of some thousand words each: a second of looking for what is equal in them.
_MOST_COMPARISONS = 4_000_000


class Form(Enum):
    """How a value stands in the document: in double or single quotes, as text, or as it is (CDATA, a comment)."""

    DOUBLE_QUOTED = auto()
    SINGLE_QUOTED = auto()
    TEXT = auto()
    CDATA = auto()
    COMMENT = auto()


_MUST_ESCAPE = {
    Form.DOUBLE_QUOTED: frozenset('&<"\n\r\t'),
    Form.SINGLE_QUOTED: frozenset("&<'\n\r\t"),
    Form.TEXT: frozenset("&<>\r"),
}
_NOT_IN = {Form.CDATA: b"]]>", Form.COMMENT: b"--"}


@dataclass(frozen=True)
class Written:
    """A value as it is written in a document: its bytes, its form, and the document's encoding."""

    raw: bytes = field(repr=False)
    form: Form
    encoding: str

    @property
    def text(self) -> str:
        """The value, unescaped; bytes that are no text are surrogates in it."""
        if self.form in _NOT_IN:
            return self.raw.decode(self.encoding, "surrogateescape")
        return "".join(text for _, text in self._pieces())

    def changed_to(self, text: str) -> bytes:
        """Return the bytes for another text: what is equal in both stays byte for byte."""
        if text == self.text:
            return self.raw
        if _FORBIDDEN.search(text):
            raise FileLeft(_impossible())
        if self.form in _NOT_IN:
            return self._as_it_is(text)
        old, new = self._words(), _WORD.findall(text)
        style = self._style()
        return b"".join(
            b"".join(raw for raw, _ in old[start:end]) if words is None else self._escaped(words, style)
            for start, end, words in _differences([word for _, word in old], new)
        )

    def _pieces(self) -> Iterator[tuple[bytes, str]]:
        """Cut the value into entities, words and single characters, each as it is written and as it reads."""
        pieces = _UTF8_PIECE if self.encoding == "utf-8" else _PIECE
        for raw in pieces.findall(self.raw):
            yield raw, _text_of(raw, self.encoding)

    def _words(self) -> list[tuple[bytes, str]]:
        """Cut the value into words as a text is cut, where some of their letters are entities too."""
        words: list[tuple[bytes, str]] = []
        is_open = False
        for piece in self._pieces():
            is_word = _LETTERS.fullmatch(piece[1]) is not None
            if is_word and is_open:
                before = words[-1]
                words[-1] = (before[0] + piece[0], before[1] + piece[1])
            else:
                words.append(piece)
            is_open = is_word
        return words

    def _as_it_is(self, text: str) -> bytes:
        try:
            raw = text.encode(self.encoding, "surrogateescape")
        except UnicodeEncodeError as error:
            raise FileLeft(_impossible()) from error
        if _NOT_IN[self.form] in raw:
            raise FileLeft(_impossible())
        return raw

    def _style(self) -> dict[str, bytes]:
        """How this value writes each character that it escapes."""
        style: dict[str, bytes] = {}
        for raw, text in self._pieces():
            if raw.startswith(b"&") and len(raw) > 1:
                style.setdefault(text, raw)
        return style

    def _escaped(self, words: Iterable[str], style: dict[str, bytes]) -> bytes:
        return b"".join(self._escaped_char(char, style) for word in words for char in word)

    def _escaped_char(self, char: str, style: dict[str, bytes]) -> bytes:
        if char in _MUST_ESCAPE[self.form]:
            return style.get(char) or _ESCAPES.get(char) or b"&#%d;" % ord(char)
        try:
            return char.encode(self.encoding, "surrogateescape")
        except UnicodeEncodeError:
            return b"&#%d;" % ord(char)


def _impossible() -> Text:
    return Text("It can’t hold what was to be written in it.")


def _text_of(token: bytes, encoding: str) -> str:
    if token in _NAMED:
        return _NAMED[token]
    if token.startswith(b"&#"):
        return _numbered(token)
    return token.decode(encoding, "surrogateescape")


def _numbered(token: bytes) -> str:
    number = int(token[3:-1], 16) if token[2:3] == b"x" else int(token[2:-1])
    if number > 0x10FFFF or 0xD800 <= number <= 0xDFFF:
        raise FileLeft(malformed())
    return chr(number)


def _differences(old: list[str], new: list[str]) -> Iterator[tuple[int, int, list[str] | None]]:
    """Cut the old words into stretches that stay (None) and stretches that become other words."""
    head = _equal_at_start(old, new)
    tail = _equal_at_start(old[head:][::-1], new[head:][::-1])
    middle, becomes = old[head : len(old) - tail], new[head : len(new) - tail]
    yield 0, head, None
    if len(middle) * len(becomes) > _MOST_COMPARISONS:
        yield head, head + len(middle), becomes
    else:
        for tag, start, end, first, last in SequenceMatcher(None, middle, becomes).get_opcodes():
            yield head + start, head + end, None if tag == "equal" else becomes[first:last]
    yield len(old) - tail, len(old), None


def _equal_at_start(one: list[str], other: list[str]) -> int:
    return next((index for index, (a, b) in enumerate(zip(one, other)) if a != b), min(len(one), len(other)))
