"""Reading back what QGIS's OAuth2 library writes."""

from __future__ import annotations

import base64
import os
import stat
import zlib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from qgis.PyQt.QtCore import qChecksum

from gpkeys_plugin.network.authentication import token_file, token_folders
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


@pytest.fixture
def temporary(qgis_app: object, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder for temporary files of this test's own, as Qt sees it."""
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    assert _folders()[1].parent == tmp_path
    return tmp_path


def _folders() -> tuple[Path, Path]:
    kept, passing = map(Path, token_folders.folders())
    return kept, passing


def _mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_the_folders_are_the_owner_s_only_from_the_start(temporary: Path) -> None:
    before = os.umask(0)
    try:
        token_folders.prepare()
    finally:
        os.umask(before)
    assert [_mode(folder) for folder in _folders()] == [0o700, 0o700]
    assert _folders()[1].parent == temporary


def test_a_folder_that_others_may_read_is_shut(temporary: Path) -> None:
    folder = temporary / "oauth2-cache"
    folder.mkdir()
    folder.chmod(0o755)
    token_folders.prepare()
    assert _mode(folder) == 0o700


def test_a_link_where_the_folder_should_be_is_not_followed(temporary: Path) -> None:
    elsewhere = temporary / "elsewhere"
    elsewhere.mkdir()
    (temporary / "oauth2-cache").symlink_to(elsewhere)
    token_folders.prepare()
    own = _folders()[1]
    assert own.parent != temporary
    assert (own.resolve() != elsewhere, _mode(own), _mode(own.parent)) == (True, 0o700, 0o700)


def test_a_folder_of_another_user_is_left_for_one_s_own(temporary: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (temporary / "oauth2-cache").mkdir()
    another = os.getuid() + 1
    with monkeypatch.context() as as_another:
        as_another.setattr(os, "getuid", lambda: another)
        token_folders.prepare()
    own = _folders()[1]
    assert own.parent != temporary
    assert (own.is_dir(), _mode(own), _mode(own.parent)) == (True, 0o700, 0o700)
    assert list((temporary / "oauth2-cache").iterdir()) == []


def test_a_folder_that_somebody_makes_a_moment_before_is_not_used(
    temporary: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    elsewhere, wanted, make = temporary / "elsewhere", temporary / "oauth2-cache", os.mkdir
    elsewhere.mkdir()

    def too_late(folder: str, *arguments: Any, **more: Any) -> None:
        if folder == str(wanted) and not wanted.exists():
            wanted.symlink_to(elsewhere)
        make(folder, *arguments, **more)

    monkeypatch.setattr(os, "mkdir", too_late)
    token_folders.prepare()
    own = _folders()[1]
    assert (own.parent != temporary, _mode(own), _mode(own.parent)) == (True, 0o700, 0o700)
    assert list(elsewhere.iterdir()) == []


@pytest.mark.parametrize("outlives_qgis", [True, False])
def test_a_new_session_is_its_owner_s_only_and_where_qgis_looks_for_it(temporary: Path, *, outlives_qgis: bool) -> None:
    tokens = token_file.NewTokens("an-access", "a-refresh", 600)
    before = os.umask(0)
    try:
        token_file.keep_session("abc1234", "qgis", tokens, outlives_qgis=outlives_qgis)
    finally:
        os.umask(before)
    path, other = token_file.paths("abc1234")[:: 1 if outlives_qgis else -1]
    assert (path.exists(), other.exists(), _mode(path), _mode(path.parent)) == (True, False, 0o600, 0o700)
    kept = token_file.read("abc1234")
    assert kept is not None
    assert (kept.access, kept.refresh, kept.expires) == ("an-access", "a-refresh", tokens.expires)
    taken = token_file.take_out("abc1234")
    assert taken is not None
    assert (taken.access, taken.refresh) == ("an-access", "a-refresh")
    assert not path.exists()
    assert "an-access" not in repr(taken)


def test_a_new_session_that_cannot_be_written_is_said(temporary: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    nowhere = (str(temporary / "a" / "b"), str(temporary / "c" / "d"))
    monkeypatch.setattr(token_folders, "folders", lambda: nowhere)
    with pytest.raises(OSError, match="authcfg-abc1234"):
        token_file.keep_session("abc1234", "qgis", token_file.NewTokens("a", None, None), outlives_qgis=True)
