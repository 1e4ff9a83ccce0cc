"""In an archive one member changes; the others, and all that is said of them, keep their bytes."""

from __future__ import annotations

import io
import zipfile
import zlib
from pathlib import Path

import pytest

from gpkeys_plugin.store.project_files.file_replacement import copy_of
from gpkeys_plugin.store.project_files.rewrite import FileChange, RewriteResult, restore_file, rewrite_file
from gpkeys_plugin.store.project_files.scan import scan_file

from .documents import HASH, MARKS, NEW, project, swapped, write_archive

PROJECT = project()
OTHERS = {"a.qgd": b"SQLite" * 9, "é/ü.svg": b"<svg/>", "AbC_styles.db": HASH.encode()}
KEPT = (
    "filename",
    "date_time",
    "compress_type",
    "comment",
    "extra",
    "create_system",
    "create_version",
    "extract_version",
    "flag_bits",
    "internal_attr",
    "external_attr",
)


def rewritten(path: Path) -> RewriteResult:
    findings = scan_file(path, MARKS)
    assert findings.problem is None
    assert findings.stamp is not None
    return rewrite_file(FileChange(path, findings.stamp, MARKS, swapped))


def odd_archive(path: Path) -> Path:
    """Write an archive that uses what a zip allows: comments, extra fields, times, methods, folders."""
    with zipfile.ZipFile(path, "w") as archive:
        archive.comment = "Été".encode()
        for number, (name, content) in enumerate({"x/": b"", **OTHERS, "b.qgs": PROJECT, "z.txt": b"z"}.items()):
            info = zipfile.ZipInfo(name, (1999 + number, 2, 3, 4, 5, 6))
            info.comment, info.extra = b"note", b"\x99\x99\x02\x00ab"
            info.external_attr = 0o600 << 16
            info.compress_type = zipfile.ZIP_DEFLATED if number % 2 else zipfile.ZIP_STORED
            archive.writestr(info, content)
    return path


@pytest.mark.parametrize("make", [odd_archive, lambda path: write_archive(path, {"a.qgs": PROJECT, **OTHERS})])
def test_all_but_the_project_stays(tmp_path: Path, make: object) -> None:
    path = make(tmp_path / "a.qgz")  # type: ignore[operator]
    before = path.read_bytes()
    result = rewritten(path)
    assert (result.left, result.changed) == (None, 6)
    with zipfile.ZipFile(copy_of(path)) as old, zipfile.ZipFile(path) as new:
        assert new.testzip() is None
        assert new.comment == old.comment
        assert [[getattr(info, name) for name in KEPT] for info in new.infolist()] == [
            [getattr(info, name) for name in KEPT] for info in old.infolist()
        ]
        for info in old.infolist():
            content = old.read(info)
            is_project = info.filename.endswith(".qgs")
            expected = content.replace(HASH.encode(), NEW.encode()) if is_project else content
            assert new.read(info.filename) == expected
    assert result.before is not None
    assert result.written is not None
    assert restore_file(path, result.before, result.written) is None
    assert path.read_bytes() == before


def test_the_bytes_in_front_of_the_project_are_the_same(tmp_path: Path) -> None:
    path = odd_archive(tmp_path / "a.qgz")
    rewritten(path)
    with zipfile.ZipFile(path) as archive:
        start = archive.getinfo("b.qgs").header_offset
    assert path.read_bytes()[:start] == copy_of(path).read_bytes()[:start]


@pytest.mark.parametrize(("flags", "level"), [(0, 6), (2, 9), (6, 1)])
def test_a_project_is_packed_as_hard_as_before(tmp_path: Path, flags: int, level: int) -> None:
    """What the flags say is all that a zip says of it. QGIS writes 9, and says so."""
    path = tmp_path / "a.qgz"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.qgs", PROJECT)
    content = bytearray(path.read_bytes())
    for signature, at in ((b"PK\3\4", 6), (b"PK\1\2", 8)):
        content[content.index(signature) + at] |= flags
    path.write_bytes(content)
    rewritten(path)
    pack = zlib.compressobj(level, zlib.DEFLATED, -zlib.MAX_WBITS)
    expected = pack.compress(PROJECT.replace(HASH.encode(), NEW.encode())) + pack.flush()
    with zipfile.ZipFile(path) as archive:
        info = archive.getinfo("a.qgs")
    assert (info.flag_bits & 6, info.compress_size) == (flags, len(expected))


class _Unseekable(io.BytesIO):
    """What `zipfile` writes into as into a pipe: sizes follow the data."""

    def seek(self, *_: object) -> int:
        raise OSError

    def seekable(self) -> bool:
        return False

    def tell(self) -> int:
        raise OSError


def test_sizes_that_follow_the_data_are_set_there(tmp_path: Path) -> None:
    file = _Unseekable()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.qgs", PROJECT)
        archive.writestr("b.qgd", b"x")
    path = tmp_path / "a.qgz"
    path.write_bytes(file.getvalue())
    assert rewritten(path).changed == 6
    with zipfile.ZipFile(path) as archive:
        info = archive.getinfo("a.qgs")
        assert archive.read("a.qgs") == PROJECT.replace(HASH.encode(), NEW.encode())
        assert archive.read("b.qgd") == b"x"
    behind = path.read_bytes()[info.header_offset + 30 + len(info.filename) + info.compress_size :]
    expected = b"".join(number.to_bytes(4, "little") for number in (info.CRC, info.compress_size, info.file_size))
    assert behind.startswith(b"PK\7\x08" + expected)
    assert path.read_bytes()[info.header_offset + 14 : info.header_offset + 26] == bytes(12)


def test_several_projects_are_each_changed(tmp_path: Path) -> None:
    path = write_archive(tmp_path / "a.qgz~", {"a.qgs": PROJECT, "b.qgs": PROJECT, "c.qgs": b"<qgis/>"})
    assert rewritten(path).changed == 12
    with zipfile.ZipFile(path) as archive:
        assert HASH.encode() not in archive.read("a.qgs") + archive.read("b.qgs")


def test_nothing_is_written_when_one_of_its_projects_is_damaged(tmp_path: Path) -> None:
    path = write_archive(tmp_path / "a.qgz", {"a.qgs": PROJECT, "b.qgs": b"<qgis><a>ign_scan_ws</b></qgis>"})
    before = path.read_bytes()
    result = rewritten(path)
    assert "damaged" in str(result.left)
    assert path.read_bytes() == before
    assert list(tmp_path.iterdir()) == [path]


def test_a_header_with_64_bit_sizes_is_read_and_left(tmp_path: Path) -> None:
    path = tmp_path / "a.qgz"
    with zipfile.ZipFile(path, "w") as archive, archive.open("a.qgs", "w", force_zip64=True) as member:
        member.write(PROJECT)
    assert "QGIS does not write" in str(rewritten(path).left)
    assert list(tmp_path.iterdir()) == [path]
