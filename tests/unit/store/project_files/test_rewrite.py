"""Repair changes the credential and nothing else, keeps a copy, and can be taken back."""

from __future__ import annotations

import os
import stat
import time
from pathlib import Path

import pytest

from gpkeys_plugin.store.project_files.edited_bytes import NewSource
from gpkeys_plugin.store.project_files.file_replacement import NEW as UNFINISHED
from gpkeys_plugin.store.project_files.file_replacement import copy_of
from gpkeys_plugin.store.project_files.places import FoundSource, Where
from gpkeys_plugin.store.project_files.rewrite import FileChange, RewriteResult, restore_file, rewrite_file
from gpkeys_plugin.store.project_files.scan import scan_file

from .documents import HASH, MARKS, NEW, project, swapped

PLAIN = project()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "Été & co.qgs"
    path.write_bytes(PLAIN)
    return path


def rewritten(path: Path, new_source: NewSource = swapped) -> RewriteResult:
    findings = scan_file(path, MARKS)
    assert findings.stamp is not None
    return rewrite_file(FileChange(path, findings.stamp, MARKS, new_source))


def restored(result: RewriteResult) -> str | None:
    assert result.before is not None
    assert result.written is not None
    left = restore_file(result.path, result.before, result.written)
    return None if left is None else str(left)


DOCUMENTS = {
    "as QGIS writes": PLAIN,
    "CRLF": PLAIN.replace(b"\n", b"\r\n"),
    "a mark in front": b"\xef\xbb\xbf" + PLAIN,
    "declared ISO-8859-1": b"<?xml version='1.0' encoding='ISO-8859-1'?>\n<qgis><a>\xe9&amp;ign_scan_ws\xe8</a></qgis>",
    "no text": b"<qgis><a b='\xe9\xffign_scan_ws\xe9'/></qgis>",
    "other escapes": b"<qgis a='&#38;x&#x26;y&amp;apikey=ign_scan_ws&#38;z\"&quot;&gt;>'>&#38;ign_scan_ws&amp;</qgis>",
    "odd blanks": b"<qgis\n a = 'ign_scan_ws'\t b=\"\"  ><c\n/></qgis\n>\n<!-- end -->\n",
    "several in one value": b"<qgis><a>&#38;ign_scan_ws&#38;&amp;&lt;ign_scan_ws&#62; ign_scan_ws</a></qgis>",
    "sections": b"<qgis><a><![CDATA[if a<b & c: ign_scan_ws]]></a><!-- <a & ign_scan_ws --><?x <& ?></qgis>",
    "text behind sections": b"<qgis><a>x<!-- & -->ign_scan_ws<b/>ign_scan_ws</a></qgis>",
}


@pytest.mark.parametrize("name", DOCUMENTS)
def test_every_other_byte_stays(path: Path, name: str) -> None:
    content = DOCUMENTS[name]
    path.write_bytes(content)
    result = rewritten(path)
    assert result.left is None
    assert result.changed == len(scan_file(copy_of(path), MARKS).sources) or result.changed > 0
    assert path.read_bytes() == content.replace(HASH.encode(), NEW.encode())
    assert copy_of(path).read_bytes() == content
    assert restored(result) is None
    assert path.read_bytes() == content
    assert list(path.parent.iterdir()) == [path]


def test_what_is_new_is_escaped_as_the_rest_of_its_value(path: Path) -> None:
    path.write_bytes(b"<qgis a='1&#38;ign_scan_ws'><b c=\"ign_scan_ws\"/>ign_scan_ws</qgis>")
    rewritten(path, lambda found: found.source.replace(HASH, "<&'\">\né"))
    attribute = "<qgis a='1&#38;&lt;&#38;&apos;\">&#10;é'>"
    quoted = '<b c="&lt;&amp;\'&quot;>&#10;é"/>'
    assert path.read_bytes().decode() == f"{attribute}{quoted}&lt;&amp;'\"&gt;\né</qgis>"


def test_what_an_encoding_lacks_is_written_as_a_number(path: Path) -> None:
    path.write_bytes(b"<?xml version='1.0' encoding='ISO-8859-1'?><qgis>\xe9ign_scan_ws</qgis>")
    rewritten(path, lambda found: found.source.replace(HASH, "é€"))
    assert path.read_bytes().endswith(b"<qgis>\xe9\xe9&#8364;</qgis>")


@pytest.mark.parametrize(
    ("content", "new"),
    [
        (b"<qgis>ign_scan_ws</qgis>", "\0"),
        (b"<qgis>ign_scan_ws</qgis>", "\ud800"),
        (b"<qgis><![CDATA[ign_scan_ws]]></qgis>", "a]]>b"),
        (b"<qgis><!--ign_scan_ws--></qgis>", "a--b"),
        (b"<?xml version='1.0' encoding='ascii'?><qgis><!--ign_scan_ws--></qgis>", "é"),
    ],
)
def test_what_xml_cannot_hold_is_not_written(path: Path, content: bytes, new: str) -> None:
    path.write_bytes(content)
    assert rewritten(path, lambda _: new).left is not None
    assert path.read_bytes() == content
    assert list(path.parent.iterdir()) == [path]


def test_only_what_is_asked_for_changes(path: Path) -> None:
    def only_wms(found: FoundSource) -> str | None:
        return swapped(found) if found.provider == "wms" and found.place.where is Where.LAYER else None

    assert rewritten(path, only_wms).changed == 1
    assert path.read_bytes().count(HASH.encode()) == PLAIN.count(HASH.encode()) - 1


def test_a_file_in_which_nothing_changes_is_not_written(path: Path) -> None:
    before = path.stat()
    result = rewritten(path, lambda found: found.source)
    assert (result.changed, result.left, result.before == result.written) == (0, None, True)
    assert path.stat() == before
    assert list(path.parent.iterdir()) == [path]


def test_a_file_that_changed_since_the_scan_is_left(path: Path) -> None:
    findings = scan_file(path, MARKS)
    assert findings.stamp is not None
    path.write_bytes(PLAIN + b"\n")
    asked: list[FoundSource] = []
    result = rewrite_file(FileChange(path, findings.stamp, MARKS, asked.append))
    assert "changed since it was scanned" in str(result.left)
    assert asked == []
    assert path.read_bytes() == PLAIN + b"\n"


@pytest.mark.parametrize("is_replaced", [True, False])
def test_a_file_that_changes_while_it_is_written_is_left(path: Path, is_replaced: bool) -> None:
    """Somebody saves it in QGIS just then: their work stays, whether they write into it or in its place."""

    def saved_meanwhile(found: FoundSource) -> str:
        if is_replaced:
            other = path.with_suffix(".other")
            other.write_bytes(PLAIN)
            other.replace(path)
        else:
            path.write_bytes(PLAIN + b" ")
        return swapped(found)

    result = rewritten(path, saved_meanwhile)
    assert "changed since" in str(result.left)
    assert HASH.encode() in path.read_bytes()
    assert list(path.parent.iterdir()) == [path]


def test_what_decides_may_fail_and_nothing_is_written(path: Path) -> None:
    def fail(_: FoundSource) -> str:
        raise KeyError

    with pytest.raises(KeyError):
        rewritten(path, fail)
    assert path.read_bytes() == PLAIN
    assert list(path.parent.iterdir()) == [path]


def test_a_copy_of_an_earlier_day_is_kept_and_not_put_back(path: Path) -> None:
    copy_of(path).write_bytes(b"earlier")
    result = rewritten(path)
    assert (result.changed, result.is_copied) == (6, False)
    assert copy_of(path).read_bytes() == b"earlier"
    assert "another day" in str(restored(result))
    assert NEW.encode() in path.read_bytes()


def test_what_was_saved_after_the_repair_is_not_lost_by_undoing(path: Path) -> None:
    result = rewritten(path)
    path.write_bytes(PLAIN + b"later")
    assert "changed since it was mended" in str(restored(result))
    assert path.read_bytes() == PLAIN + b"later"


def test_undo_needs_the_copy(path: Path) -> None:
    result = rewritten(path)
    copy_of(path).unlink()
    assert "not there any more" in str(restored(result))


def test_mode_owner_and_attributes_stay_and_the_time_is_new(path: Path) -> None:
    path.chmod(0o640)
    if os.geteuid() == 0:
        os.chown(path, 1234, 4321)
    os.utime(path, (1_000_000_000, 1_000_000_000))
    before = path.stat()
    started = time.time()
    result = rewritten(path)
    after, copy = path.stat(), copy_of(path).stat()
    assert (stat.S_IMODE(after.st_mode), after.st_uid, after.st_gid) == (0o640, before.st_uid, before.st_gid)
    assert after.st_mtime >= started - 2
    assert (copy.st_mtime, copy.st_mode, copy.st_uid) == (1_000_000_000, before.st_mode, before.st_uid)
    assert restored(result) is None
    assert stat.S_IMODE(path.stat().st_mode) == 0o640


def test_a_read_only_file_is_left(path: Path) -> None:
    path.chmod(0o444)
    assert "read-only" in str(rewritten(path).left)
    assert path.read_bytes() == PLAIN


def test_a_link_stays_a_link_to_the_changed_file(path: Path, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    link = elsewhere / "link.qgs"
    link.symlink_to(path)
    result = rewritten(link)
    assert result.changed == 6
    assert link.is_symlink()
    assert NEW.encode() in path.read_bytes()
    assert copy_of(path).exists()
    assert list(elsewhere.iterdir()) == [link]
    assert restored(result) is None
    assert path.read_bytes() == PLAIN


def test_a_file_of_two_names_is_left(path: Path) -> None:
    path.with_name("second.qgs").hardlink_to(path)
    assert "second name" in str(rewritten(path).left)
    assert path.read_bytes() == PLAIN


def test_a_file_whose_second_name_is_our_copy_is_not(path: Path) -> None:
    """Ended between keeping the copy and replacing the file."""
    copy_of(path).hardlink_to(path)
    assert rewritten(path).changed == 6
    assert copy_of(path).read_bytes() == PLAIN


def test_where_there_are_no_second_names_the_copy_is_one(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr(os, "link", refuse)
    os.utime(path, (1_000_000_000, 1_000_000_000))
    result = rewritten(path)
    assert result.is_copied
    assert (copy_of(path).read_bytes(), copy_of(path).stat().st_mtime) == (PLAIN, 1_000_000_000)
    assert restored(result) is None


def test_a_file_that_is_open_on_windows_is_left(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError(13, "The process cannot access the file because it is being used by another process")

    monkeypatch.setattr(Path, "replace", refuse)
    assert "open elsewhere" in str(rewritten(path).left)
    assert list(path.parent.iterdir()) == [path]
    assert path.read_bytes() == PLAIN


def test_a_full_disk_leaves_the_file(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", refuse)
    assert "No space left" in str(rewritten(path).left)
    assert list(path.parent.iterdir()) == [path]


def test_a_file_that_is_gone_is_said(path: Path) -> None:
    findings = scan_file(path, MARKS)
    assert findings.stamp is not None
    path.unlink()
    assert "not there any more" in str(rewrite_file(FileChange(path, findings.stamp, MARKS, swapped)).left)
    assert "not there any more" in str(restore_file(path, findings.stamp, findings.stamp))


def test_what_an_ended_program_left_is_swept_and_what_another_writes_is_not(path: Path) -> None:
    stale, fresh = (path.with_name(f"{path.name}{end}{UNFINISHED}") for end in ("stale", "fresh"))
    for left in (stale, fresh):
        left.touch()
    os.utime(stale, (0, 0))
    rewritten(path)
    assert not stale.exists()
    assert fresh.exists()


def test_a_large_value_with_many_changes_is_done_in_time(path: Path) -> None:
    words = " ".join(f"w{number % 977}&#38;x{number}" for number in range(30_000))
    path.write_bytes(f"<qgis><a>ign_scan_ws {words}</a></qgis>".encode())
    result = rewritten(path, lambda found: found.source.replace("w1", "v1").replace("&", "+"))
    assert result.changed == 1
    assert scan_file(path, MARKS).sources[0].source.count("+") == 30_000


def test_a_change_names_no_source_in_logs(path: Path) -> None:
    assert HASH not in repr(rewritten(path))
