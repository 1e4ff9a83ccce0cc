"""Whether a document is whole XML, so that nothing is written into one that QGIS could not read."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from .markup import NAME, OPENING_TAG
from .problems import FileLeft, malformed, too_long
from .stamps import LONGEST_TOKEN

_TAG = re.compile(rb"(?:" + OPENING_TAG + rb"|</(" + NAME + rb")\s*>)([^<]*)")
_OVER = re.compile(rb"<(!--|!\[CDATA\[|!DOCTYPE|\?)")
_ENDS = {b"!--": b"-->", b"![CDATA[": b"]]>", b"!DOCTYPE": b">", b"?": b"?>"}
_BARE_AMPERSAND = re.compile(rb"&(?!(?:amp|lt|gt|quot|apos|#\d{1,7}|#x[0-9a-fA-F]{1,6});)")
_TEXT = re.compile(rb"[^<]+")
# With the mark that some editors put in front of UTF-8.
_BLANK = re.compile(rb"(?:\xef\xbb\xbf)?\s*")


class WellFormed:
    """Checks what passes through it; raises `FileLeft` where a tag is cut, or closes what is not open.

    40 to 100 MB a second: what a scan of thousands of files has no time for, and a file that is to be written has.
    """

    def __init__(self) -> None:
        self._buffer = bytearray()
        self._done = 0
        self._open: list[bytes] = []
        self._has_root = False

    def through(self, chunks: Iterable[bytes]) -> Iterator[bytes]:
        """Hand a whole document on."""
        for chunk in chunks:
            before = len(self._buffer)
            self._buffer += chunk
            end = self._buffer.rfind(b"<", before)
            if end > self._done:
                self._check_to(end)
                del self._buffer[: self._done]
                self._done = 0
            if len(self._buffer) > LONGEST_TOKEN:
                raise FileLeft(too_long())
            yield chunk
        self._check_to(len(self._buffer))
        if self._open or not self._has_root or self._done < len(self._buffer):
            raise FileLeft(malformed())

    def _check_to(self, end: int) -> None:
        """Check the buffer up to a position at which a tag begins, or further."""
        bare = self._bare_ampersand(self._done, end)
        while self._done < end:
            self._take_tags(end)
            if self._take_text(end):
                continue
            start = self._done
            if start >= end or not self._take_over():
                break
            if start < bare < self._done:
                bare = self._bare_ampersand(self._done, end)
        if bare < self._done:
            raise FileLeft(malformed())

    def _bare_ampersand(self, start: int, end: int) -> int:
        found = _BARE_AMPERSAND.search(self._buffer, start, end)
        return found.start() if found else len(self._buffer)

    def _take_tags(self, end: int) -> None:
        """Go behind tags as far as one follows the other; here goes the time."""
        at, buffer, stack, match = self._done, self._buffer, self._open, _TAG.match
        while tag := match(buffer, at, end):
            name, _, slash, closed, text = tag.groups()
            if closed:
                if not stack or stack.pop() != closed:
                    raise FileLeft(malformed())
            elif not stack and self._has_root:
                raise FileLeft(malformed())
            elif not slash:
                stack.append(name)
            if not stack:
                self._has_root = True
                self._must_be_within(text)
            at = tag.end()
        self._has_root = self._has_root or bool(stack)
        self._done = at

    def _take_text(self, end: int) -> bool:
        """Go behind text that a comment or the end of a chunk has parted from its tag."""
        text = _TEXT.match(self._buffer, self._done, end)
        if text is None:
            return False
        self._must_be_within(text[0])
        self._done = text.end()
        return True

    def _must_be_within(self, text: bytes) -> None:
        if not self._open and not _BLANK.fullmatch(text):
            raise FileLeft(malformed())

    def _take_over(self) -> bool:
        """Go behind a comment or the like; False while its end has not come."""
        over = _OVER.match(self._buffer, self._done)
        if over is None:
            raise FileLeft(malformed())
        last = self._buffer.find(_ENDS[over[1]], over.end())
        if last < 0:
            return False
        self._done = last + len(_ENDS[over[1]])
        return True
