"""A pytest plugin: QGIS gets a profile, caches and temporary files of its own for each run, and no window.

pytest-qgis keeps its profile under the top folder, where two runs at once share settings and authentication database;
QGIS keeps network caches and OAuth2 tokens in the user's folders, where one run leaves them to the next.
It is loaded with `-p`, since pytest-qgis starts QGIS before any conftest is read.

All of it, the folders of `tmp_path` too, lies in memory where there is room, and is gone at the end: QGIS and the
plugin have the disk confirm what they write some 60 times a test, and nobody needs that of a test. What is to be looked
at afterwards is kept with `--basetemp=FOLDER`.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Generator
from importlib import import_module
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from tests.simulator.ogc.cache import CACHE_VARIABLE
from tests.tooling.tree import BUILD

_MEMORY = Path("/dev/shm")  # noqa: S108 - a folder of its own is made in it
_ROOM_BYTES = 2 * 1024**3
# QGIS's sockets lie in these folders, and their paths may have 107 characters.
_PREFIX = "gpk-"


@pytest.hookimpl(hookwrapper=True, tryfirst=True)
def pytest_load_initial_conftests(early_config: pytest.Config, args: list[str]) -> Generator[None, None, None]:
    """Set the stage, then let pytest-qgis start QGIS on it."""
    clear_away(_MEMORY)
    prefix = f"{_PREFIX}{os.getpid()}-"
    folder = Path(tempfile.mkdtemp(prefix=prefix, dir=_MEMORY if has_room(_MEMORY) else None))
    early_config.add_cleanup(lambda: shutil.rmtree(folder, ignore_errors=True))
    if not any(argument.startswith("--basetemp") for argument in args):
        args.append(f"--basetemp={folder / 't'}")
    _redirect_caches(folder)
    if not early_config.pluginmanager.is_blocked("pytest_qgis"):
        _redirect_profile(folder)
    yield


def has_room(memory: Path) -> bool:
    """Whether the tests may keep their files in that folder: there is room, and what lies there can be run."""
    if not os.access(memory, os.W_OK):
        return False
    return shutil.disk_usage(memory).free > _ROOM_BYTES and not os.statvfs(memory).f_flag & os.ST_NOEXEC


def clear_away(memory: Path) -> None:
    """Remove what runs that were killed have left in memory: each folder has the number of its process in its name."""
    for folder in memory.glob(f"{_PREFIX}*-*"):
        if not Path("/proc", folder.name.split("-")[1]).exists():
            shutil.rmtree(folder, ignore_errors=True)


def _redirect_caches(folder: Path) -> None:
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    # The map data of the simulator take some seconds to make: once for all processes of all runs.
    os.environ.setdefault(CACHE_VARIABLE, str(BUILD / "cache" / "simulator"))
    for variable in ("XDG_CACHE_HOME", "XDG_RUNTIME_DIR", "TMPDIR"):
        private = folder / variable.lower()
        private.mkdir(mode=0o700)
        os.environ[variable] = str(private)


def _redirect_profile(folder: Path) -> None:
    pytest_qgis: Any = import_module("pytest_qgis.plugin")
    load_settings = pytest_qgis._load_qgis_settings

    def load_private_settings(_config: pytest.Config) -> None:
        load_settings(SimpleNamespace(rootpath=folder))

    pytest_qgis._load_qgis_settings = load_private_settings
