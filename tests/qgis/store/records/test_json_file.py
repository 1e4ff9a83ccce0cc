"""Files of the profile: replaced whole or not at all, by one process at a time."""

from __future__ import annotations

import json
import math
import os
import resource
import signal
import stat
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Thread
from types import SimpleNamespace
from typing import Any

import pytest
from qgis.core import QgsApplication
from qgis.PyQt.QtCore import QSaveFile

from gpkeys_plugin.entrepot.errors import ErrorCode, GpkeysError
from gpkeys_plugin.store.records import json_file
from gpkeys_plugin.store.records.json_file import JsonFile

from .conftest import OtherQgis

_HOLD = """
import sys
from pathlib import Path
from gpkeys_plugin.store.records.json_file import JsonFile
with JsonFile(Path(sys.argv[1])).changing():
    print("held", flush=True)
    sys.stdin.readline()
"""
_LONG = {"entries": {str(number): "x" * 100 for number in range(1000)}}
_KEPT: dict[str, Any] = {"entries": {"a": 1}}


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "gpkeys" / "essai.json"


def save(path: Path, content: dict[str, Any]) -> None:
    """Write a file as records do."""
    file = JsonFile(path)
    with file.changing():
        file.replace(content)


@contextmanager
def no_room_after(size: int) -> Iterator[None]:
    """Let no file of this process grow beyond a size, as on a disk with so much room left."""
    kept = resource.getrlimit(resource.RLIMIT_FSIZE)
    handler = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, kept[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, kept)
        signal.signal(signal.SIGXFSZ, handler)


def test_a_file_is_the_owner_s_alone_and_leaves_nothing_beside_it(path: Path) -> None:
    save(path, _KEPT)
    assert JsonFile(path).read() == _KEPT
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    path.chmod(0o644)
    save(path, _KEPT)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert [found.name for found in path.parent.iterdir()] == [path.name]


def test_any_text_can_be_kept(path: Path) -> None:
    content: dict[str, Any] = {"entries": {"clé \ud800": "Réseau d'eau \U0001f511 \udfff"}}
    save(path, content)
    assert JsonFile(path).read() == content
    assert "Réseau" in path.read_text(encoding="utf-8")


@pytest.mark.parametrize("room", [0, 5_000, 60_000])
def test_a_full_disk_leaves_what_was_there(path: Path, room: int) -> None:
    save(path, _KEPT)
    with no_room_after(room), pytest.raises(GpkeysError) as caught:
        save(path, _LONG)
    assert caught.value.advice is not None
    assert JsonFile(path).read() == _KEPT
    assert [found.name for found in path.parent.iterdir()] == [path.name]


def test_a_disk_that_takes_nothing_in_the_end_leaves_what_was_there(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_handle: int) -> None:
        raise OSError(28, "No space left on device")

    save(path, _KEPT)
    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises(GpkeysError) as caught:
        save(path, _LONG)
    assert "No space left" in caught.value.log
    assert JsonFile(path).read() == _KEPT


def test_a_folder_that_cannot_be_written_to_is_said(tmp_path: Path) -> None:
    (tmp_path / "fichier").write_text("", encoding="utf-8")
    path = tmp_path / "fichier" / "essai.json"
    assert JsonFile(path).read() is None
    with pytest.raises(GpkeysError) as caught:
        save(path, _KEPT)
    assert caught.value.code is ErrorCode.QGIS
    assert caught.value.advice is not None


def test_a_file_that_cannot_be_read_is_not_written_over(path: Path) -> None:
    path.mkdir(parents=True)
    with pytest.raises(GpkeysError):
        save(path, _KEPT)
    assert path.is_dir()


def test_what_cannot_be_replaced_at_this_moment_is_tried_again(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class SaveFile(QSaveFile):
        """Finds the file read by somebody twice, as on Windows."""

        times = 2

        def commit(self) -> bool:
            if not SaveFile.times:
                return bool(super().commit())
            SaveFile.times -= 1
            self.cancelWriting()
            return False

        def error(self) -> Any:
            return self.FileError.RenameError

    monkeypatch.setattr(json_file, "QSaveFile", SaveFile)
    save(path, _KEPT)
    assert JsonFile(path).read() == _KEPT
    SaveFile.times = 3
    with pytest.raises(GpkeysError):
        save(path, {"entries": {}})
    assert JsonFile(path).read() == _KEPT


@pytest.mark.parametrize("content", [b'{"version": 1, "entr', b"\xff\xfe", b"[]", b'{"entries": 3}', b""])
def test_a_file_that_makes_no_sense_is_set_aside(path: Path, content: bytes) -> None:
    path.parent.mkdir()
    for _ in range(2):
        path.write_bytes(content)
        assert JsonFile(path).read() is None
        with JsonFile(path).changing() as found:
            assert found is None
    save(path, _KEPT)
    assert JsonFile(path).read() == _KEPT
    assert path.with_suffix(".unreadable").read_bytes() == content
    assert path.with_suffix(".unreadable2").read_bytes() == content


def test_the_window_waits_for_no_other_qgis(
    path: Path, other_qgis: Callable[..., OtherQgis], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QgsApplication, "platform", staticmethod(lambda: "desktop"))
    save(path, _KEPT)
    other_qgis(_HOLD, path).wait_for("held")
    slept_s = [0.0]
    monkeypatch.setattr(json_file, "time", SimpleNamespace(monotonic=lambda: math.fsum(slept_s), sleep=slept_s.append))
    with pytest.raises(GpkeysError) as caught:
        save(path, _LONG)
    assert math.fsum(slept_s) < 0.05
    assert "another QGIS" in str(caught.value.user)
    assert caught.value.advice is not None
    assert JsonFile(path).read() == _KEPT


def test_a_worker_waits_until_the_other_has_written(path: Path, other_qgis: Callable[..., OtherQgis]) -> None:
    save(path, _KEPT)
    other = other_qgis(_HOLD, path)
    other.wait_for("held")
    worker = Thread(target=save, args=(path, _LONG))
    worker.start()
    worker.join(0.2)
    assert worker.is_alive()
    assert JsonFile(path).read() == _KEPT
    other.tell()
    worker.join(10)
    assert JsonFile(path).read() == _LONG


def test_a_worker_does_not_wait_for_ever(
    path: Path, other_qgis: Callable[..., OtherQgis], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(json_file, "_PATIENCE_S", 0.1)
    other_qgis(_HOLD, path).wait_for("held")
    told: list[GpkeysError] = []

    def write() -> None:
        with pytest.raises(GpkeysError) as caught:
            save(path, _KEPT)
        told.append(caught.value)

    worker = Thread(target=write)
    worker.start()
    worker.join(10)
    assert "another QGIS" in str(told[0].user)


def test_nobody_holds_a_file_after_a_crash(path: Path, other_qgis: Callable[..., OtherQgis]) -> None:
    save(path, _KEPT)
    other = other_qgis(_HOLD, path)
    other.wait_for("held")
    other.process.kill()
    other.process.wait()
    lock = Path(f"{path}.lock")
    assert lock.exists()
    save(path, _LONG)
    assert JsonFile(path).read() == _LONG
    assert not lock.exists()


def test_a_lock_whose_process_cannot_be_looked_up_lapses(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(json_file, "_PATIENCE_S", 0.1)
    # As another computer leaves it on a shared drive, or a container whose processes have the same numbers.
    save(path, _KEPT)
    lock = Path(f"{path}.lock")
    lock.write_text("1\nqgis\nailleurs\n\n\n", encoding="utf-8")
    with pytest.raises(GpkeysError):
        save(path, _LONG)
    os.utime(lock, (time.time() - 31, time.time() - 31))
    save(path, _LONG)
    assert JsonFile(path).read() == json.loads(json.dumps(_LONG))
