"""The folder of generated data: made once, never half."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.simulator.ogc import cache


def test_data_are_generated_once_and_again_when_something_is_gone(tmp_path: Path) -> None:
    made = []

    def generate(folder: Path) -> None:
        made.append(folder)
        (folder / "carte.tif").write_bytes(b"x")

    folder = cache.data_folder(tmp_path, "v1", generate)
    assert cache.data_folder(tmp_path, "v1", generate) == folder
    assert len(made) == 1
    (folder / "carte.tif").unlink()
    assert cache.data_folder(tmp_path, "v1", generate) == folder
    assert len(made) == 2
    assert (folder / "carte.tif").is_file()
    assert [path.name for path in tmp_path.iterdir()] == ["v1"]


def test_half_made_data_never_show(tmp_path: Path) -> None:
    def fail(folder: Path) -> None:
        (folder / "carte.tif").write_bytes(b"x")
        raise RuntimeError("disk full")

    with pytest.raises(RuntimeError, match="disk full"):
        cache.data_folder(tmp_path, "v1", fail)
    assert list(tmp_path.iterdir()) == []


def test_the_content_version_follows_the_engine() -> None:
    assert cache.content_version("3.22") == cache.content_version("3.22") != cache.content_version("3.40")
