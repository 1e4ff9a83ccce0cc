"""Archives, unpacked whole or not at all, and never out of their folder."""

from __future__ import annotations

import io
import os
import shutil
import stat
import tarfile
import zipfile
from collections.abc import Callable
from pathlib import Path

import py7zr
import pytest

from gpkeys_plugin.entrepot.errors import GpkeysError
from gpkeys_plugin.entrepot.errors_from_answers import cancelled
from gpkeys_plugin.jobs.downloads import seven_zip
from gpkeys_plugin.jobs.downloads.unpack import unpack
from gpkeys_plugin.keys.downloads.volumes import archives

_TILE = bytes(range(256)) * 2000
_MEMBERS = {"dossier/tuile.tif": _TILE, "lisez moi.txt": b"bonjour"}


def _zip(path: Path, members: dict[str, bytes]) -> None:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)


def _tar(path: Path, members: dict[str, bytes]) -> None:
    with tarfile.open(path, "w:gz") as archive:
        for name, content in members.items():
            info = tarfile.TarInfo(name)
            info.size = len(content)
            archive.addfile(info, io.BytesIO(content))


def _seven(path: Path, members: dict[str, bytes]) -> None:
    with py7zr.SevenZipFile(path, "w") as archive:
        for name, content in members.items():
            archive.writestr(content, name)


def _unpacked(folder: Path) -> Path:
    (archive,) = archives(sorted(path.name for path in folder.iterdir() if path.is_file()))
    return unpack(folder, archive, lambda: None)


def _content(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    found = tmp_path / "données"
    found.mkdir()
    return found


@pytest.mark.parametrize(("name", "pack"), [("a.zip", _zip), ("a.tar.gz", _tar), ("a.7z", _seven)])
def test_each_kind_is_unpacked_to_a_folder_of_its_name(
    folder: Path, name: str, pack: Callable[[Path, dict[str, bytes]], None]
) -> None:
    pack(folder / name, _MEMBERS)
    (folder / "a").mkdir()
    (folder / "a" / "ancien.txt").write_text("d'une édition passée")
    assert _unpacked(folder) == folder / "a"
    assert _content(folder / "a") == _MEMBERS
    assert {path.name for path in folder.iterdir()} == {name, "a"}


def test_volumes_are_unpacked_as_one(folder: Path) -> None:
    _seven(folder / "a.7z", {"tuile.tif": os.urandom(10_000)})
    whole = (folder / "a.7z").read_bytes()
    (folder / "a.7z").unlink()
    for number in (1, 2, 3):
        (folder / f"a.7z.{number:03}").write_bytes(whole[(number - 1) * 4000 : number * 4000])
    assert list(_content(_unpacked(folder))) == ["tuile.tif"]


def test_a_volume_that_lacks_is_said(folder: Path) -> None:
    for number in (1, 3):
        (folder / f"a.7z.{number:03}").write_bytes(b"x")
    with pytest.raises(GpkeysError) as caught:
        _unpacked(folder)
    assert str(caught.value.user) == "The archive “a.7z” lacks its volume 002."


@pytest.mark.parametrize(("name", "pack"), [("a.zip", _zip), ("a.tar.gz", _tar)])
def test_members_that_lead_out_are_left_out(
    folder: Path, name: str, pack: Callable[[Path, dict[str, bytes]], None]
) -> None:
    outside = {"../dehors.txt": b"x", "/tmp/dehors.txt": b"x", "a/../../dehors.txt": b"x", "CON": b"y"}  # noqa: S108
    pack(folder / name, outside)
    assert _content(_unpacked(folder)) == {"_CON": b"y"}
    assert not (folder.parent / "dehors.txt").exists()


def test_links_and_devices_are_left_out(folder: Path) -> None:
    with tarfile.open(folder / "a.tar", "w") as archive:
        for kind in (tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.CHRTYPE, tarfile.FIFOTYPE):
            info = tarfile.TarInfo(f"lien{kind!r}")
            info.type, info.linkname = kind, "/etc/passwd"
            archive.addfile(info)
    assert _content(_unpacked(folder)) == {}


def test_a_link_in_a_zip_is_left_out(folder: Path) -> None:
    with zipfile.ZipFile(folder / "a.zip", "w") as archive:
        info = zipfile.ZipInfo("lien")
        info.external_attr = (stat.S_IFLNK | 0o777) << 16
        archive.writestr(info, "/etc/passwd")
    assert _content(_unpacked(folder)) == {}


@pytest.mark.parametrize("name", ["a.zip", "a.tar", "a.tar.gz", "a.7z"])
@pytest.mark.parametrize("content", [b"", b"pas une archive" * 100])
def test_what_is_no_archive_is_said_and_what_was_there_stays(folder: Path, name: str, content: bytes) -> None:
    (folder / name).write_bytes(content)
    (folder / "a").mkdir()
    (folder / "a" / "tuile.tif").write_bytes(_TILE)
    with pytest.raises(GpkeysError) as caught:
        _unpacked(folder)
    assert "cannot be unpacked" in str(caught.value.user)
    assert _content(folder / "a") == {"tuile.tif": _TILE}
    assert {path.name for path in folder.iterdir()} == {name, "a"}


@pytest.mark.parametrize(("name", "pack"), [("a.zip", _zip), ("a.tar.gz", _tar), ("a.7z", _seven)])
def test_an_archive_that_breaks_off_leaves_nothing(
    folder: Path, name: str, pack: Callable[[Path, dict[str, bytes]], None]
) -> None:
    pack(folder / name, {"tuile.tif": os.urandom(100_000)})
    whole = (folder / name).read_bytes()
    (folder / name).write_bytes(whole[: len(whole) // 2])
    with pytest.raises(GpkeysError):
        _unpacked(folder)
    assert {path.name for path in folder.iterdir()} == {name}


def test_an_archive_with_a_password_is_said(folder: Path) -> None:
    with py7zr.SevenZipFile(folder / "a.7z", "w", password="secret") as archive:  # pragma: allowlist secret - made up
        archive.writestr(b"x", "a.txt")
    with pytest.raises(GpkeysError) as caught:
        _unpacked(folder)
    assert "asks for a password" in str(caught.value.user)


def test_an_archive_larger_than_the_disk_is_not_begun(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    usage = shutil.disk_usage(folder)
    _zip(folder / "a.zip", {"zéros": bytes(200_000_000)})
    monkeypatch.setattr(shutil, "disk_usage", lambda _: usage._replace(free=100_000_000))
    with pytest.raises(GpkeysError) as caught:
        _unpacked(folder)
    assert "The files take 200 MB" in str(caught.value.user)
    assert {path.name for path in folder.iterdir()} == {"a.zip"}


def test_a_cancel_leaves_nothing(folder: Path) -> None:
    _zip(folder / "a.zip", _MEMBERS)
    (archive,) = archives(["a.zip"])

    def check() -> None:
        raise cancelled()

    with pytest.raises(GpkeysError):
        unpack(folder, archive, check)
    assert {path.name for path in folder.iterdir()} == {"a.zip"}


def test_without_anything_that_unpacks_7z_it_is_said_how(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _seven(folder / "a.7z", _MEMBERS)
    monkeypatch.setattr(seven_zip, "way", lambda: None)
    with pytest.raises(GpkeysError) as caught:
        _unpacked(folder)
    assert "it is a 7z archive" in str(caught.value.user)
    assert "py7zr" in str(caught.value.advice)


_FAKE_PROGRAM = """#!/bin/sh
for word in "$@"; do case "$word" in -o*) out="${word#-o}";; esac; done
if [ -n "$FAIL" ]; then exit 2; fi
mkdir -p "$out/dossier" && printf bonjour > "$out/dossier/a.txt" && ln -s /etc/passwd "$out/lien"
"""


def test_the_program_unpacks_where_nothing_else_does(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    programs = folder.parent / "programmes"
    programs.mkdir()
    (programs / "7z").write_text(_FAKE_PROGRAM)
    (programs / "7z").chmod(0o755)
    monkeypatch.setenv("PATH", f"{programs}:{os.environ['PATH']}")
    monkeypatch.setattr(seven_zip, "_has_py7zr", lambda: False)
    monkeypatch.setattr(seven_zip, "_has_gdal", lambda: False)
    _seven(folder / "a.7z", _MEMBERS)
    assert _content(_unpacked(folder)) == {"dossier/a.txt": b"bonjour"}
    monkeypatch.setenv("FAIL", "1")
    with pytest.raises(GpkeysError) as caught:
        _unpacked(folder)
    assert "it is damaged" in str(caught.value.user)
    usage = shutil.disk_usage(folder)
    with monkeypatch.context() as full:
        full.setattr(shutil, "disk_usage", lambda _: usage._replace(free=4096))
        with pytest.raises(GpkeysError, match="not enough room"):
            _unpacked(folder)
    monkeypatch.setenv("PATH", "/nowhere")
    assert seven_zip.way() is None


@pytest.fixture
def gdal_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have GDAL read what ends in .7z as it reads zip: the same calls, in each GDAL."""
    monkeypatch.setattr(seven_zip, "_PREFIX", "/vsizip/")
    monkeypatch.setattr(seven_zip, "_has_py7zr", lambda: False)


@pytest.mark.usefixtures("gdal_alone")
def test_gdal_unpacks_where_it_can(folder: Path) -> None:
    _zip(folder / "a.7z", {**_MEMBERS, "../dehors.txt": b"x"})
    assert _content(_unpacked(folder)) == _MEMBERS
    assert not (folder.parent / "dehors.txt").exists()


@pytest.mark.usefixtures("gdal_alone")
def test_gdal_unpacks_volumes_put_together(folder: Path) -> None:
    _zip(folder / "a.7z", {"tuile.tif": os.urandom(10_000)})
    whole = (folder / "a.7z").read_bytes()
    (folder / "a.7z").unlink()
    for number in (1, 2, 3):
        (folder / f"a.7z.{number:03}").write_bytes(whole[(number - 1) * 4000 : number * 4000])
    assert list(_content(_unpacked(folder))) == ["tuile.tif"]


@pytest.mark.usefixtures("gdal_alone")
def test_what_gdal_cannot_read_is_said(folder: Path) -> None:
    (folder / "a.7z").write_bytes(b"pas une archive" * 100)
    with pytest.raises(GpkeysError) as caught:
        _unpacked(folder)
    assert "cannot be unpacked" in str(caught.value.user)
    assert {path.name for path in folder.iterdir()} == {"a.7z"}
