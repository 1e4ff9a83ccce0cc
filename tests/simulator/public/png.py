"""Small PNG pictures, made without any library."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Callable

Colour = tuple[int, int, int, int]
"""Red, green, blue, opacity."""
Painter = Callable[[float, float], Colour]
"""The colour at a place, 0 to 1 from the left and from the top."""
CLEAR: Colour = (0, 0, 0, 0)


def png(width: int, height: int, pixel: Callable[[int, int], Colour]) -> bytes:
    """A PNG of `width` times `height` pixels; `pixel` tells the colour of column and row."""
    rows = (b"\0" + bytes(part for column in range(width) for part in pixel(column, row)) for row in range(height))
    header = struct.pack(">IIBBBBB", width, height, 8, 6, 0, 0, 0)
    chunks = ((b"IHDR", header), (b"IDAT", zlib.compress(b"".join(rows))), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(name, content) for name, content in chunks)


def _chunk(name: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))
