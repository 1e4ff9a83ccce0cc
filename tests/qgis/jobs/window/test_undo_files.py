"""Files put back, and the user stops it: those that were put back are told, and those that were not."""

from __future__ import annotations

from pathlib import Path

import pytest

from gpkeys_plugin.entrepot.errors import ErrorCode, GpkeysError
from gpkeys_plugin.entrepot.translatable_text import Text
from gpkeys_plugin.jobs.file_repair.repair_files import undo_files
from gpkeys_plugin.jobs.running.task import Progress
from gpkeys_plugin.store.project_files.rewrite import FileChange, RewriteResult, rewrite_file
from gpkeys_plugin.store.project_files.scan import scan_file
from gpkeys_plugin.store.project_files.telltale_words import Marks

_BEFORE = "<qgis><mapTip>https://exemple.fr/wms?apikey=ancien</mapTip></qgis>"


class _Stopped(Progress):
    """Is cancelled before it tells of a file of that number."""

    def __init__(self, before: int) -> None:
        super().__init__()
        self._left = before

    def tell(self, percent: float, text: Text) -> None:
        self._left -= 1
        super().tell(percent, text)

    def is_cancelled(self) -> bool:
        return self._left < 0


def mended(path: Path) -> RewriteResult:
    """Write a project and change the hash in it."""
    path.write_text(_BEFORE, encoding="utf-8")
    marks = Marks.of(["ancien"])
    stamp = scan_file(path, marks).stamp
    assert stamp is not None
    return rewrite_file(FileChange(path, stamp, marks, lambda found: found.source.replace("ancien", "nouveau")))


def test_what_was_put_back_is_told_and_what_was_not(tmp_path: Path) -> None:
    paths = [tmp_path / name for name in ("a.qgs", "b.qgs", "c.qgs")]
    undone = undo_files([mended(path) for path in paths], _Stopped(2))
    assert undone.files == tuple(paths[:2])
    assert [(path, why.source) for path, why in undone.left] == [(paths[2], "Cancelled.")]
    assert [path.read_text("utf-8") == _BEFORE for path in paths] == [True, True, False]


def test_cancelled_at_once_nothing_is_changed(tmp_path: Path) -> None:
    result = mended(tmp_path / "a.qgs")
    with pytest.raises(GpkeysError) as caught:
        undo_files([result], _Stopped(0))
    assert caught.value.code is ErrorCode.CANCELLED
    assert "nouveau" in result.path.read_text("utf-8")
