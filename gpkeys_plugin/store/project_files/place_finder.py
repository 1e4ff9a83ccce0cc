"""Finds the places of an XML document in which a mark stands, in one pass, with little of it in memory."""

from __future__ import annotations

import codecs
import re
from collections import deque
from collections.abc import Iterable

from ...entrepot.translatable_text import Text
from .kinds import FileKind, is_root_of
from .marked_values import TOLD_OF_LAYERS, Located, ValueNotes
from .markup import OPENING, Form
from .places import CONTAINERS
from .problems import FileLeft, cut_off, foreign_encoding, malformed, too_long
from .stamps import LONGEST_TOKEN
from .telltale_words import Marks

# Enough to see the element around a CDATA section, and the options beside the one that is looked at.
_LOOK_BACK = 16 << 10

_KNOWN = "|".join([*CONTAINERS, *TOLD_OF_LAYERS]).encode()
_SPECIAL = rb"(!--|!\[CDATA\[|!DOCTYPE|\?)"
_LANDMARK = re.compile(rb"<(?:(/?)(" + _KNOWN + rb")(?=[\s/>])|" + _SPECIAL + rb")")
_PROLOG = re.compile(rb"<(?:(/?)([A-Za-z_][\w.:-]*)|" + _SPECIAL + rb")")
_ENDS = {b"!--": b"-->", b"![CDATA[": b"]]>", b"!DOCTYPE": b">", b"?": b"?>"}
_FORMS = {b"!--": Form.COMMENT, b"![CDATA[": Form.CDATA}
_LAST = re.compile(rb"</([A-Za-z_][\w.:-]*)\s*>(?:\s|<!--(?:(?!-->).)*-->)*\Z", re.DOTALL)
_DECLARED = re.compile(rb"<\?xml\s[^>]*?encoding\s*=\s*[\"']([A-Za-z0-9._-]+)[\"']")
# Those in which the characters that XML is made of are the bytes of ASCII.
_LIKE_ASCII = re.compile(r"utf-8|ascii|iso8859-\d+|cp125\d")
_WIDE = (b"\xff\xfe", b"\xfe\xff", b"\0<", b"<\0", b"\0\0")


class NotOurs(Exception):
    """A document that is none of QGIS's, under a name that many others use too."""


class PlaceFinder:
    """Takes a document in chunks and returns the places in it.

    Only from landmark to landmark is it read as XML: the elements that tell what a place belongs to, and what may hold
    `<` without being a tag. Raises `FileLeft` for what QGIS would not read either.
    """

    def __init__(self, kind: FileKind, marks: Marks, member: str = "") -> None:
        self._kind, self._marks = kind, marks
        self._root, self._is_empty = "", False
        self._buffer = bytearray()
        # Where the buffer begins in the document, and how far it is read.
        self._base, self._done = 0, 0
        self._starts: deque[int] = deque()
        self._notes = ValueNotes(self._buffer, kind, member)

    def find(self, chunks: Iterable[bytes]) -> list[Located]:
        """Return the places of a whole document, in order."""
        try:
            for chunk in chunks:
                self._feed(chunk)
            self._finish()
        except FileLeft as left:
            if self._kind is FileKind.CONNECTIONS and not self._root:
                raise NotOurs from left
            raise
        return self._notes.located

    def _feed(self, chunk: bytes) -> None:
        if not self._base and not self._buffer and chunk.startswith(_WIDE):
            raise FileLeft(foreign_encoding())
        self._look_for_marks(chunk)
        before = len(self._buffer)
        self._buffer += chunk
        end = self._buffer.rfind(b"<", before)
        if end > self._done:
            self._read_to(end)
            self._forget()
        if b"\0" in chunk:
            raise FileLeft(Text("It holds NUL bytes, which are no text. Take it from a backup."))
        if len(self._buffer) - self._done > LONGEST_TOKEN:
            raise FileLeft(too_long())

    def _finish(self) -> None:
        """Read what is left, and see whether the document is whole."""
        self._read_to(len(self._buffer))
        if self._done < len(self._buffer) or not self._root:
            raise FileLeft(cut_off())
        last = _LAST.search(self._buffer, max(0, len(self._buffer) - _LOOK_BACK))
        if not self._is_empty and (last is None or _name(last[1]) != self._root):
            raise FileLeft(cut_off())

    def _look_for_marks(self, chunk: bytes) -> None:
        """Note where marks begin, also those that began in what came before."""
        overlap = bytes(self._buffer[max(self._done, len(self._buffer) - self._marks.longest + 1) :])
        offset = self._base + len(self._buffer) - len(overlap)
        starts = {offset + start for start in self._marks.starts(overlap + chunk)}
        if starts:
            self._starts = deque(sorted(starts.union(self._starts)))

    def _read_to(self, end: int) -> None:
        """Read the buffer up to a position at which a tag begins."""
        while True:
            landmark = (_LANDMARK if self._root else _PROLOG).search(self._buffer, self._done, end)
            self._take_marks(landmark.start() if landmark else end)
            if landmark is None:
                self._done = max(self._done, end)
                return
            if landmark[3] is None:
                self._pass_tag(landmark)
            elif not self._pass_over(landmark):
                return

    def _forget(self) -> None:
        """Drop what is read, but for what a look back needs."""
        drop = self._done - _LOOK_BACK
        if drop > 0:
            del self._buffer[:drop]
            self._base += drop
            self._done -= drop
            self._notes.move(drop)

    def _take_marks(self, end: int) -> None:
        """Note the values of the marks that begin before a position of the buffer."""
        while self._starts and self._starts[0] < self._base + end:
            start = self._starts.popleft() - self._base
            if self._root:
                self._notes.note_at(start, end)

    def _pass_over(self, landmark: re.Match[bytes]) -> bool:
        """Go behind a comment, a CDATA section or a declaration; False while its end has not come."""
        special, start, inside = landmark[3], landmark.start(), landmark.end()
        last = self._buffer.find(_ENDS[special], inside)
        if last < 0:
            self._done = start
            return False
        if special in _FORMS:
            if self._root and self._starts and self._starts[0] < self._base + last:
                self._notes.note_section(start, inside, last, _FORMS[special])
        else:
            self._see_declaration(bytes(self._buffer[start : last + 2]))
        self._done = last + len(_ENDS[special])
        self._notes.pass_to(self._done)
        return True

    def _see_declaration(self, declaration: bytes) -> None:
        if declaration.startswith(b"<!DOCTYPE") and b"[" in declaration:
            raise FileLeft(Text("It declares entities of its own, which QGIS never writes. It is not read."))
        declared = _DECLARED.match(declaration)
        if declared:
            self._notes.encoding = _encoding(declared[1].decode())

    def _pass_tag(self, landmark: re.Match[bytes]) -> None:
        """Take in an element that is known, or the first of all."""
        name = _name(landmark[2])
        if landmark[1]:
            self._notes.around.close(name)
        else:
            opening = OPENING.match(self._buffer, landmark.start())
            if opening is None:
                raise FileLeft(malformed())
            if not self._root:
                self._begin(name, bool(opening[3]))
            self._notes.enter(name, opening)
        self._done = landmark.end()

    def _begin(self, name: str, is_empty: bool) -> None:
        if not is_root_of(self._kind, name):
            if self._kind is FileKind.CONNECTIONS:
                raise NotOurs
            raise FileLeft(Text("It is not what its name says: QGIS would not open it."))
        self._root, self._is_empty = name, is_empty


def _encoding(declared: str) -> str:
    """Return the encoding a document says it has; raises `FileLeft` where its bytes can't be read as ASCII is."""
    try:
        encoding = codecs.lookup(declared).name
    except LookupError:
        encoding = ""
    if not _LIKE_ASCII.fullmatch(encoding):
        raise FileLeft(foreign_encoding())
    return encoding


def _name(raw: bytes) -> str:
    return raw.decode("utf-8", "replace")
