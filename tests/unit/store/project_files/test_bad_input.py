"""Whatever a file holds or is, looking at it ends in a line of the report, and nothing is written."""

from __future__ import annotations

import io
import os
import socket
import sqlite3
import struct
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from gpkeys_plugin.store.project_files.rewrite import FileChange, rewrite_file
from gpkeys_plugin.store.project_files.scan import FileFindings, scan_file
from gpkeys_plugin.store.project_files.stamps import LONGEST_TOKEN, stamp_of
from tests.tooling.tree import TOP

from .documents import HASH, MARKS, WMS, map_layer, project, swapped, tree_layer

BOMB = b'<!DOCTYPE qgis [<!ENTITY a "aaaaaaaa"><!ENTITY b "&a;&a;&a;">]><qgis><a>&b; ign_scan_ws</a></qgis>'

DOCUMENTS = {
    "nothing": (b"", "ends in the middle"),
    "blank": (b" \n", "ends in the middle"),
    "no XML": (b"ign_scan_ws", "ends in the middle"),
    "cut in a tag": (project()[:700], "ends in the middle|damaged"),
    "cut behind a tag": (project()[: project().index(b"</projectlayers>")], "ends in the middle"),
    "cut in a comment": (b"<qgis><a/><!-- ign_scan_ws", "ends in the middle"),
    "another root's end": (b"<qgis><a>ign_scan_ws</a></qlr>", "ends in the middle"),
    "a tag within a tag": (b'<qgis><a b="ign_scan_ws" <c/></a></qgis>', "damaged"),
    "an attribute without quotes": (b"<qgis><a b=ign_scan_ws></a></qgis>", "damaged"),
    "a known element that is damaged": (b"<qgis><maplayer =></maplayer></qgis>", "damaged"),
    "another document": (b"<html>ign_scan_ws</html>", "not what its name says"),
    "an entity bomb": (BOMB, "entities of its own"),
    "UTF-16": (project().decode().encode("utf-16"), "encoding"),
    "UTF-16 without a mark": (project().decode().encode("utf-16-be"), "encoding"),
    "UTF-32": (project().decode().encode("utf-32"), "encoding"),
    "EBCDIC": (b"<?xml version='1.0' encoding='cp037'?><qgis>ign_scan_ws</qgis>", "encoding"),
    "an unheard encoding": (b"<?xml version='1.0' encoding='iso-8859-99'?><qgis>ign_scan_ws</qgis>", "encoding"),
    "a NUL byte": (b"<qgis><a>\0ign_scan_ws</a></qgis>", "NUL"),
    "an impossible character": (b"<qgis><a>&#xD800;ign_scan_ws</a></qgis>", "damaged"),
    "a number beyond characters": (b"<qgis><a>&#x999999;ign_scan_ws</a></qgis>", "damaged"),
    "a value without end": (b"<qgis><a>" + b"x" * (LONGEST_TOKEN + (2 << 20)) + b"</a></qgis>", "too long"),
    "a source of megabytes": (b"<qgis><a>ign_scan_ws" + b"x" * (2 << 20) + b"</a></qgis>", "too long"),
    "too many places": (b"<qgis>" + b"<a>ign_scan_ws</a>" * 100_001 + b"</qgis>", "more places"),
}


def is_left(path: Path, expected: str) -> FileFindings:
    """See that a file is a line of the report, and that nobody can have it written."""
    content = path.read_bytes()
    findings = scan_file(path, MARKS)
    assert findings.sources == ()
    assert any(words in str(findings.problem) for words in expected.split("|")), findings.problem
    with path.open("rb") as file:
        result = rewrite_file(FileChange(path, stamp_of(file), MARKS, swapped))
    assert result.changed == 0
    assert result.left is not None
    assert path.read_bytes() == content
    assert list(path.parent.iterdir()) == [path]
    return findings


@pytest.mark.parametrize("name", DOCUMENTS)
def test_documents_that_are_none(tmp_path: Path, name: str) -> None:
    content, expected = DOCUMENTS[name]
    path = tmp_path / "a.qgs"
    path.write_bytes(content)
    is_left(path, expected)


# Found by a look at the whole document only, for which a scan has no time: nothing is written all the same.
UNSOUND = [
    b"<qgis><a>ign_scan_ws</a><b></qgis>",
    b"<qgis><a>ign_scan_ws</a></b></qgis>",
    b"<qgis><a>ign_scan_ws</a><b></c></b></qgis>",
    b"<qgis><a>ign_scan_ws</a></qgis><qgis></qgis>",
    b"<qgis><a>ign_scan_ws</a> & </qgis>",
    b"<qgis><a>ign_scan_ws</a> &nbsp; </qgis>",
    b"<qgis><a>ign_scan_ws</a><b c=d/></qgis>",
    b"<qgis><a>ign_scan_ws</a><b c='&'/></qgis>",
    b"<qgis><a>ign_scan_ws</a>< b/></qgis>",
    b"ign <qgis><a>ign_scan_ws</a></qgis>",
]


@pytest.mark.parametrize("content", UNSOUND)
def test_nothing_is_written_into_a_damaged_document(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "a.qgs"
    path.write_bytes(content)
    findings = scan_file(path, MARKS)
    assert findings.stamp is not None
    result = rewrite_file(FileChange(path, findings.stamp, MARKS, swapped))
    assert "damaged" in str(result.left)
    assert path.read_bytes() == content
    assert list(tmp_path.iterdir()) == [path]


def archive_bytes(members: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytearray:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", method) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return bytearray(file.getvalue())


def with_number(content: bytearray, signature: bytes, at: int, form: str, number: int) -> bytearray:
    struct.pack_into(form, content, content.rindex(signature) + at, number)
    return content


def overlapping() -> bytearray:
    """Two entries for the same data, as the bombs that unpack to petabytes have them."""
    content = archive_bytes({"a.qgs": project(), "b.qgs": project()})
    return with_number(content, b"PK\1\2", 42, "<L", 0)


ONE = {"a.qgs": project()}
ARCHIVES: dict[str, tuple[bytes | bytearray, str]] = {
    "nothing": (b"", "damaged"),
    "no archive": (project(), "damaged"),
    "cut": (archive_bytes(ONE)[:-30], "damaged"),
    "cut in front": (archive_bytes(ONE)[10:], "damaged|kind"),
    "a path that leaves": (archive_bytes({"../a.qgs": project()}), "elsewhere"),
    "a path that leaves on Windows": (archive_bytes({"x\\..\\..\\a.qgs": project()}), "elsewhere"),
    "an absolute path": (archive_bytes({"/etc/a.qgs": project()}), "elsewhere"),
    "a path with a drive": (archive_bytes({"C:a.qgs": project()}), "elsewhere"),
    "a damaged member": (archive_bytes({"a.qgs": b"<qgis>ign_scan_ws</qlr>"}), "ends in the middle"),
    "another check sum": (with_number(archive_bytes(ONE), b"PK\1\2", 16, "<L", 1), "damaged"),
    "a size that is too small": (with_number(archive_bytes(ONE), b"PK\1\2", 24, "<L", 10), "damaged"),
    "a size that is too large": (with_number(archive_bytes(ONE), b"PK\1\2", 24, "<L", 1 << 20), "damaged"),
    "a bomb by ratio": (archive_bytes({"a.qgs": b"<qgis>" + b" " * (40 << 20) + b"</qgis>"}), "unpacks to more"),
    "a bomb by size": (with_number(archive_bytes(ONE), b"PK\1\2", 24, "<L", 2 << 30), "unpacks to more"),
    "entries over each other": (overlapping(), "damaged"),
    "encrypted": (with_number(archive_bytes(ONE), b"PK\1\2", 8, "<H", 1), "kind"),
    "packed otherwise": (archive_bytes(ONE, zipfile.ZIP_LZMA), "kind"),
    "of several disks": (with_number(archive_bytes(ONE), b"PK\5\6", 4, "<H", 1), "kind"),
    "with 64-bit sizes": (with_number(archive_bytes(ONE), b"PK\1\2", 20, "<L", 0xFFFFFFFF), "kind"),
    "a directory of gigabytes": (with_number(archive_bytes(ONE), b"PK\5\6", 12, "<L", 1 << 30), "kind"),
    "more entries than it has": (
        with_number(with_number(archive_bytes(ONE), b"PK\5\6", 8, "<H", 9), b"PK\5\6", 10, "<H", 9),
        "damaged",
    ),
    "an entry that leads nowhere": (with_number(archive_bytes(ONE), b"PK\1\2", 42, "<L", 1 << 20), "damaged"),
    "an entry that leads elsewhere": (with_number(archive_bytes(ONE), b"PK\1\2", 42, "<L", 5), "damaged"),
}


@pytest.mark.parametrize("name", ARCHIVES)
def test_archives_that_are_none(tmp_path: Path, name: str) -> None:
    content, expected = ARCHIVES[name]
    path = tmp_path / "a.qgz"
    path.write_bytes(content)
    is_left(path, expected)


def test_data_that_do_not_unpack(tmp_path: Path) -> None:
    content = archive_bytes(ONE)
    content[60:70] = b"\xff" * 10
    path = tmp_path / "a.qgz"
    path.write_bytes(content)
    is_left(path, "damaged")


def geopackage(path: Path, *contents: object) -> Path:
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE qgis_projects(name TEXT PRIMARY KEY, metadata BLOB, content BLOB)")
    for number, content in enumerate(contents):
        connection.execute("INSERT INTO qgis_projects VALUES (?, '{}', ?)", (f"n{number}", content))
    connection.commit()
    connection.close()
    return path


GOOD = archive_bytes(ONE).hex()


@pytest.mark.parametrize(
    ("contents", "expected"),
    [
        (("zz",), "“n0” is damaged"),
        (("abc",), "“n0” is damaged"),
        ((GOOD, b"\xff\xfe"), "no GeoPackage|damaged"),
        ((None,), "archive is damaged"),
        ((GOOD, 7.5), "damaged"),
        ((GOOD[:-40],), "archive is damaged"),
        ((archive_bytes({"../a.qgs": project()}).hex(),), "elsewhere"),
        (("a" * (40 << 20),), "too long"),
    ],
)
def test_geopackages_with_projects_that_are_none(tmp_path: Path, contents: tuple[object, ...], expected: str) -> None:
    is_left(geopackage(tmp_path / "a.gpkg", *contents), expected)


def test_a_geopackage_that_is_none(tmp_path: Path) -> None:
    path = tmp_path / "a.gpkg"
    path.write_bytes(project())
    is_left(path, "no GeoPackage")


def test_what_is_no_file(tmp_path: Path) -> None:
    (tmp_path / "folder.qgs").mkdir()
    os.mkfifo(tmp_path / "pipe.qgs")
    (tmp_path / "circle.qgs").symlink_to("circle.qgs")
    with socket.socket(socket.AF_UNIX) as bound:
        bound.bind(os.path.relpath(tmp_path / "socket.qgs"))
        for name in ("folder.qgs", "pipe.qgs", "socket.qgs", "circle.qgs", "gone.qgs"):
            assert scan_file(tmp_path / name, MARKS).problem is not None


def test_a_file_that_may_not_be_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.qgs"
    path.write_bytes(project())

    def refuse(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", refuse)
    assert "no right" in str(scan_file(path, MARKS).problem)


def test_ten_thousand_layers(tmp_path: Path) -> None:
    layers = [(f"Couche {number}", "wms", WMS) for number in range(10_000)]
    path = tmp_path / "a.qgs"
    path.write_bytes(project(layers=layers))
    findings = scan_file(path, MARKS)
    assert len(findings.sources) == 20_000
    assert findings.sources[-1].place.layer_name == "Couche 9999"


NAMES = "".join(chr(code) for code in [*range(0x20, 0x7F), 0xE9, 0x20AC, 0x202E, 0x1F5FA, 0xFFFD])


def test_names_with_every_sign(tmp_path: Path) -> None:
    path = tmp_path / f"{NAMES.replace('/', '')}.qgs"
    path.write_bytes(project(layers=[(NAMES, "wms", WMS)]))
    findings = scan_file(path, MARKS)
    assert {found.place.layer_name for found in findings.sources} == {NAMES}


def test_a_layers_name_that_is_no_text_can_be_shown(tmp_path: Path) -> None:
    path = tmp_path / "a.qgs"
    path.write_bytes(project(layers=[("Scan", "wms", WMS)]).replace(b">Scan<", b">Sc\xe9n<"))
    assert [found.place.layer_name for found in scan_file(path, MARKS).sources] == ["Scan", "Sc?n"]


def large(path: Path, megabytes: int) -> Path:
    """Write a project of many megabytes, with two hashes in it."""
    filling = ('<Option type="QString" value="3x:0,0,0,0,0,0" name="offset_map_unit_scale"/>\n' * 12_500).encode()
    with path.open("wb") as file:
        file.write(b"<qgis>" + tree_layer(0, "a", "wms", WMS).encode())
        for _ in range(megabytes):
            file.write(filling)
        file.write(map_layer(0, "a", "wms", WMS).encode() + b"</qgis>")
    return path


MEMORY = """
import re, sys
from pathlib import Path
from gpkeys_plugin.store.project_files.rewrite import FileChange, rewrite_file
from gpkeys_plugin.store.project_files.scan import scan_file
from tests.unit.store.project_files.documents import MARKS, swapped
path = Path(sys.argv[1])
findings = scan_file(path, MARKS)
result = rewrite_file(FileChange(path, findings.stamp, MARKS, swapped))
print(len(findings.sources), result.changed, *re.findall(r"VmHWM:\\s+(\\d+) kB", Path("/proc/self/status").read_text()))
"""


def test_two_hundred_megabytes_take_little_memory(tmp_path: Path) -> None:
    path = large(tmp_path / "a.qgs", 200)
    command = [sys.executable, "-c", MEMORY, str(path)]
    answer = subprocess.run(command, cwd=TOP, check=True, capture_output=True, text=True).stdout
    found, changed, kilobytes = map(int, answer.split())
    assert (found, changed) == (2, 2)
    assert kilobytes < 100 << 10
    assert HASH.encode() not in path.read_bytes()
