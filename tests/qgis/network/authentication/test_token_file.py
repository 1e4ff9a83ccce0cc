"""Reading back what QGIS's OAuth2 library writes."""

from __future__ import annotations

import base64
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st
from qgis.PyQt.QtCore import qChecksum

from gpkeys_plugin.network.authentication.token_obfuscation import hide, reveal


def _hidden(plain: bytes, *, compressed: bool = False, checksum: bool = True, random: int = 0x5A) -> str:
    content = len(plain).to_bytes(4, "big") + zlib.compress(plain) if compressed else plain
    check = qChecksum(content).to_bytes(2, "big") if checksum else b""
    chained, before = bytearray(), 0
    for one in bytes([random]) + check + content:
        before ^= one
        chained.append(before)
    return base64.b64encode(bytes([3, compressed | checksum << 1]) + chained).decode()


@pytest.mark.parametrize(("written", "expected"), [("AwKoqKg=", ""), ("AwKp4IjJiMmIyYi1iA==", None), ("AwJJiHND", "0")])
def test_what_qgis_3_22_wrote(written: str, expected: str | None) -> None:
    # The middle one is a map in a binary form of Qt's, of no use here; whatever it gives must not raise.
    assert expected is None or reveal(written) == expected
    reveal(written)


@given(st.text(max_size=3000), st.booleans(), st.booleans(), st.integers(0, 255))
def test_every_text_comes_back(text: str, compressed: bool, checksum: bool, random: int) -> None:
    assert reveal(_hidden(text.encode(), compressed=compressed, checksum=checksum, random=random)) == text


@given(st.text(max_size=3000))
def test_every_text_can_be_written(text: str) -> None:
    assert reveal(hide(text)) == text


@given(st.one_of(st.text(max_size=50), st.binary(max_size=60).map(lambda raw: base64.b64encode(b"\3" + raw).decode())))
def test_anything_else_is_unreadable_and_never_raises(text: str) -> None:
    assert reveal(text) is None or isinstance(reveal(text), str)


def test_a_changed_byte_is_noticed() -> None:
    raw = bytearray(base64.b64decode(_hidden(b"token")))
    raw[-1] ^= 1
    assert reveal(base64.b64encode(bytes(raw)).decode()) is None
