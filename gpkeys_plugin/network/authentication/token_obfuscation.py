"""QGIS's OAuth2 library hides what it keeps on disk by chained XOR; the key it derives is always zero.

This hides nothing from anybody, so reading it back needs no secret. Anything unexpected gives None.
"""

from __future__ import annotations

import base64
import binascii
import secrets
import zlib
from itertools import accumulate
from operator import xor

from qgis.PyQt.QtCore import qChecksum

_VERSION = 3
_COMPRESSED, _CHECKSUM, _HASH = 1, 2, 4
_HEADER_SIZE, _RANDOM_SIZE, _CHECKSUM_SIZE, _HASH_SIZE, _LENGTH_SIZE = 2, 1, 2, 20, 4


def reveal(hidden: str) -> str | None:
    """Return the text behind `hidden`; None when it cannot be read."""
    try:
        raw = base64.b64decode(hidden, validate=True)
        if len(raw) < _HEADER_SIZE or raw[0] != _VERSION:
            return None
        return _content(_unchain(raw[_HEADER_SIZE:])[_RANDOM_SIZE:], raw[1])
    except (binascii.Error, ValueError, zlib.error):
        return None


def hide(text: str) -> str:
    """Return `text` as QGIS's library would write it, with a checksum and not compressed."""
    plain = text.encode("utf-8")
    checked = secrets.token_bytes(_RANDOM_SIZE) + qChecksum(plain).to_bytes(_CHECKSUM_SIZE, "big") + plain
    return base64.b64encode(bytes([_VERSION, _CHECKSUM]) + bytes(accumulate(checked, xor))).decode("ascii")


def _unchain(chained: bytes) -> bytes:
    return bytes(one ^ before for one, before in zip(chained, b"\0" + chained))


def _content(plain: bytes, flags: int) -> str | None:
    if flags & _CHECKSUM:
        stored, plain = int.from_bytes(plain[:_CHECKSUM_SIZE], "big"), plain[_CHECKSUM_SIZE:]
        if qChecksum(plain) != stored:
            return None
    elif flags & _HASH:
        plain = plain[_HASH_SIZE:]
    if flags & _COMPRESSED:
        plain = zlib.decompress(plain[_LENGTH_SIZE:])
    return plain.decode("utf-8")
