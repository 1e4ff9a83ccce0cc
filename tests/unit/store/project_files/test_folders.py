"""A folder with all that can be in one is walked once, to its end, in order."""

from __future__ import annotations

import os
from collections.abc import Collection
from pathlib import Path

import pytest

from gpkeys_plugin.store.project_files.folders import find_files
from gpkeys_plugin.store.project_files.kinds import FileKind


def walked(folder: Path, kinds: Collection[FileKind] = frozenset(FileKind)) -> tuple[list[str], list[str]]:
    """Return the files and the problems, by their path in the folder."""
    problems: list[str] = []

    def note(path: Path, _: object) -> None:
        problems.append(path.relative_to(folder).as_posix())

    files = find_files(folder, kinds=kinds, is_cancelled=lambda: False, on_problem=note)
    return [path.relative_to(folder).as_posix() for path in files], problems


def touched(folder: Path, *names: str) -> None:
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()


def test_files_of_each_kind_are_found_in_order(tmp_path: Path) -> None:
    touched(tmp_path, "b.qgs", "a.QGZ", "a.qgs~", "a.qgz~", "é/x.qlr", "é/à/y.qpt", "c/d.xml", "c/e.gpkg")
    touched(tmp_path, "a.txt", "a.qgs.before-gpkeys", "qgs", "c/f.gpkg-wal", "a.qgsXY.gpkeys-new")
    files, problems = walked(tmp_path)
    assert files == ["a.QGZ", "a.qgs~", "a.qgz~", "b.qgs", "c/d.xml", "c/e.gpkg", "é/x.qlr", "é/à/y.qpt"]
    assert problems == []
    assert walked(tmp_path, {FileKind.PROJECT})[0] == ["b.qgs"]


def test_links_are_followed_once_and_circles_are_said(tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    folder = tmp_path / "folder"
    touched(outside, "a.qgs")
    touched(folder, "sub/b.qgs")
    (folder / "first").symlink_to(outside)
    (folder / "second").symlink_to(outside)
    (folder / "sub" / "up").symlink_to(folder)
    (folder / "self.qgs").symlink_to("self.qgs")
    (folder / "broken").symlink_to("nowhere")
    files, problems = walked(folder)
    assert files == ["self.qgs", "first/a.qgs", "sub/b.qgs"]
    assert problems == ["sub/up"]


def test_a_file_is_found_once_though_a_link_leads_to_it(tmp_path: Path) -> None:
    folder = tmp_path / "folder"
    touched(folder, "sub/b.qgs")
    touched(tmp_path, "outside.qgs", "plain")
    (folder / "a.qgs").symlink_to(folder / "sub" / "b.qgs")
    (folder / "c.qgs").symlink_to(tmp_path / "outside.qgs")
    (folder / "d.qgs").symlink_to(tmp_path / "plain")
    assert walked(folder) == (["c.qgs", "d.qgs", "sub/b.qgs"], [])


def test_folders_that_cannot_be_read_are_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    touched(tmp_path, "closed/a.qgs", "open/b.qgs")
    scandir = os.scandir

    def refusing(path: Path) -> object:
        if path.name == "closed":
            raise PermissionError(13, "Permission denied")
        return scandir(path)

    monkeypatch.setattr(os, "scandir", refusing)
    assert walked(tmp_path) == (["open/b.qgs"], ["closed"])


def test_folders_that_a_network_drive_does_not_number_are_all_walked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    touched(tmp_path, "a/b/c.qgs", "a/d.qgs")
    stat = Path.stat

    def unnumbered(path: Path, **options: bool) -> os.stat_result:
        return os.stat_result([0 if place == 1 else value for place, value in enumerate(stat(path, **options))][:10])

    monkeypatch.setattr(Path, "stat", unnumbered)
    assert walked(tmp_path) == (["a/d.qgs", "a/b/c.qgs"], [])


def test_a_folder_that_is_gone_is_said(tmp_path: Path) -> None:
    assert walked(tmp_path / "gone") == ([], ["."])


def test_a_folder_that_vanishes_meanwhile_is_said(tmp_path: Path) -> None:
    touched(tmp_path, "a.qgs", "b/c.qgs")
    problems: list[Path] = []
    files = find_files(
        tmp_path, kinds=set(FileKind), is_cancelled=lambda: False, on_problem=lambda path, _: problems.append(path)
    )
    assert next(files).name == "a.qgs"
    (tmp_path / "b" / "c.qgs").unlink()
    (tmp_path / "b").rmdir()
    assert list(files) == []
    assert problems == [tmp_path / "b"]


def test_folders_far_down(tmp_path: Path) -> None:
    folder = tmp_path
    for _ in range(450):
        folder /= "d"
        folder.mkdir()
    (folder / "a.qgs").touch()
    assert len(walked(tmp_path)[0]) == 1


def test_it_ends_when_it_is_cancelled(tmp_path: Path) -> None:
    touched(tmp_path, *(f"{number}.qgs" for number in range(9)), "sub/a.qgs")
    taken: list[Path] = []
    for path in find_files(
        tmp_path, kinds=set(FileKind), is_cancelled=lambda: len(taken) == 3, on_problem=lambda *_: None
    ):
        taken.append(path)
    assert [path.name for path in taken] == ["0.qgs", "1.qgs", "2.qgs"]
