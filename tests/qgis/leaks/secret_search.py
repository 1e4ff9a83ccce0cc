"""Finds secrets in bytes, whatever form they were put into: as text, encoded, compressed, packed into an archive."""

from __future__ import annotations

import base64
import html
import json
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from contextlib import suppress
from io import BytesIO
from pathlib import Path
from urllib.parse import quote, quote_plus

_HEX_OF_ZIP = b"504b0304"
_ZLIB_STARTS = (b"\x78\x01", b"\x78\x9c", b"\x78\xda")
_GZIP_START = b"\x1f\x8b\x08"
_MOST_UNPACKED = 20_000_000


def forms(secret: str) -> set[bytes]:
    """Return how a secret may stand in a file."""
    escaped = {secret, quote(secret, safe=""), quote(secret), quote_plus(secret), html.escape(secret)}
    texts = {*escaped, quote(quote(secret, safe=""), safe=""), json.dumps(secret)[1:-1], secret[::-1]}
    encoded = {text.encode(encoding) for text in texts for encoding in ("utf-8", "utf-16-le", "utf-16-be")}
    raw = secret.encode()
    return encoded | {raw.hex().encode(), raw.hex().upper().encode(), *_in_base64(raw)}


def _in_base64(raw: bytes) -> Iterator[bytes]:
    """Yield what is the same in base64 whatever stands before and behind."""
    for shift in range(3):
        text = base64.b64encode(bytes(shift) + raw)
        whole = text[(0, 2, 3)[shift] : len(text) - (4 if text.endswith(b"=") else 0)]
        yield whole
        yield whole.replace(b"+", b"-").replace(b"/", b"_")


def found(secrets: Iterable[str], content: bytes) -> set[str]:
    """Return the secrets that content holds, in it or in what is packed in it."""
    marks = {secret: forms(secret) for secret in secrets}
    parts = list(_unpacked(content))
    return {secret for secret, wanted in marks.items() if any(form in part for part in parts for form in wanted)}


def found_in_files(secrets: Iterable[str], places: Iterable[Path]) -> dict[str, set[str]]:
    """Return the files of the places (files, or folders with all below), by name, that hold secrets, and which."""
    wanted = set(secrets)
    below = (path for place in places for path in (place, *(place.rglob("*") if place.is_dir() else ())))
    files = {path for path in below if path.is_file() and not path.is_symlink()}
    held: dict[str, set[str]] = {}
    for path in files:
        # Several places may have a file of that name.
        held.setdefault(path.name, set()).update(found(wanted, path.read_bytes()))
    return {name: those for name, those in held.items() if those}


def _unpacked(content: bytes) -> Iterator[bytes]:
    yield content
    if content.startswith(b"PK\x03\x04"):
        yield from _members(content)
    # A project in a GeoPackage is an archive, written in hexadecimal digits.
    at = content.lower().find(_HEX_OF_ZIP)
    if at >= 0:
        digits = bytes(_leading_hex(content[at:]))
        yield from _members(bytes.fromhex(digits[: len(digits) // 2 * 2].decode()))
    yield from _inflated(content)


def _leading_hex(content: bytes) -> Iterator[int]:
    for byte in content:
        if byte not in b"0123456789abcdefABCDEF":
            return
        yield byte


def _members(archive: bytes) -> Iterator[bytes]:
    try:
        with zipfile.ZipFile(BytesIO(archive)) as opened:
            for name in opened.namelist():
                yield from _unpacked(opened.read(name))
    except zipfile.BadZipFile:
        return


def _inflated(content: bytes) -> Iterator[bytes]:
    """Yield what was compressed anywhere in it: QGIS's disk cache and its authentication method do so."""
    whole = memoryview(content)
    for start, kind in (*((start, zlib.MAX_WBITS) for start in _ZLIB_STARTS), (_GZIP_START, zlib.MAX_WBITS | 16)):
        at = content.find(start)
        while at >= 0:
            with suppress(zlib.error):
                yield zlib.decompressobj(kind).decompress(whole[at:], _MOST_UNPACKED)
            at = content.find(start, at + 1)
