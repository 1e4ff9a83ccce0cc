"""Names of files: one file of a folder, on any system, whatever a server says."""

from __future__ import annotations

from pathlib import PurePosixPath, PureWindowsPath

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gpkeys_plugin.keys.downloads.file_names import MOST_BYTES, safe_member, safe_name, safe_names


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("tuile.7z.001", "tuile.7z.001"),
        ("../../etc/passwd", ".._.._etc_passwd"),
        ("..\\..\\boot.ini", ".._.._boot.ini"),
        ("C:\\x", "C__x"),
        ("..", "file"),
        ("", "file"),
        ("CON", "_CON"),
        ("nul.tif", "_nul.tif"),
        ("COM1.7z", "_COM1.7z"),
        ("a. . ", "a"),
        ("a\x00b\nc", "a_b_c"),
        ("tuile\u202efit.exe", "tuile_fit.exe"),
        ("x.part", "x.part_"),
        ("Été 2026.tif", "Été 2026.tif"),
    ],
)
def test_names(name: str, safe: str) -> None:
    assert safe_name(name) == safe


def test_a_long_name_keeps_its_endings() -> None:
    found = safe_name("é" * 300 + ".7z.001")
    assert len(found.encode()) <= MOST_BYTES
    assert found.endswith("é.7z.001")


@given(st.text())
def test_any_name_is_one_file_of_the_folder(name: str) -> None:
    found = safe_name(name)
    for kind in (PurePosixPath, PureWindowsPath):
        assert kind(found).name == found
        assert len(kind("folder", found).parts) == 2
    assert len(found.encode("utf-8", "replace")) <= MOST_BYTES
    assert safe_name(found) == found


@given(st.lists(st.text(alphabet="aA./é", max_size=3), max_size=12))
def test_no_two_are_the_same(names: list[str]) -> None:
    found = safe_names(names)
    assert len({name.casefold() for name in found}) == len(names)


@pytest.mark.parametrize("path", ["../x", "/etc/passwd", "a/../../x", "C:/x", "..\\x", "\\\\server\\x", "", "./"])
def test_members_that_lead_out_are_none(path: str) -> None:
    assert safe_member(path) is None


def test_members_keep_their_folders() -> None:
    assert safe_member("a/b/CON.tif") == "a/b/_CON.tif"
    assert safe_member("./a\\b.tif") == "a/b.tif"
