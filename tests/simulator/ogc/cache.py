"""Where the generated data lies: one folder for each version of what generates it, made once, never half."""

from __future__ import annotations

import getpass
import hashlib
import os
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path

_GENERATORS = (
    "vectors.py",
    "rasters.py",
    "project.py",
    "vector_tiles.py",
    "tiles.py",
    "elevation.py",
    "tiff.py",
    "../dataset/made_up_layers.py",
    "../dataset/scenery.py",
    "../tiling/pyramids.py",
    "../tiling/matrix_sets.py",
)
_LIST_FILE = "files.txt"
CACHE_VARIABLE = "GPKEYS_SIMULATOR_CACHE"
"""Environment variable that names another cache folder than the one below the system's temporary folder."""


def default_root() -> Path:
    """The cache folder when nobody names one."""
    named = os.environ.get(CACHE_VARIABLE)
    return Path(named) if named else Path(tempfile.gettempdir()) / f"gpkeys-simulator-{getpass.getuser()}"


def content_version(engine: str) -> str:
    """A short digest of everything that decides what is generated, `engine` being the version of QGIS."""
    digest = hashlib.sha256(engine.encode())
    for name in _GENERATORS:
        digest.update((Path(__file__).parent / name).read_bytes())
    return digest.hexdigest()[:16]


def data_folder(root: Path, version: str, generate: Callable[[Path], None]) -> Path:
    """The folder of that version below `root`; `generate` fills it when it is not there yet, or no longer whole.

    It is filled under another name and then renamed: two processes may do so at once, the later one is thrown away.
    """
    folder = root / version
    if _is_whole(folder):
        return folder
    root.mkdir(parents=True, exist_ok=True, mode=0o700)
    building = Path(tempfile.mkdtemp(prefix=f"{version}.", suffix=".building", dir=root))
    try:
        generate(building)
        _write_list(building)
        if folder.is_dir() and not _is_whole(folder):
            # Whatever cleans temporary folders has been here.
            folder.rename(building.with_suffix(".damaged"))
        building.rename(folder)
    except OSError:
        if not _is_whole(folder):
            raise
    finally:
        shutil.rmtree(building, ignore_errors=True)
        shutil.rmtree(building.with_suffix(".damaged"), ignore_errors=True)
    return folder


def _write_list(folder: Path) -> None:
    """Note which files were made."""
    names = sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file())
    (folder / _LIST_FILE).write_text("\n".join(names), encoding="utf-8")


def _is_whole(folder: Path) -> bool:
    """Whether every file that was made is still there."""
    listed = folder / _LIST_FILE
    if not listed.is_file():
        return False
    return all((folder / name).is_file() for name in listed.read_text(encoding="utf-8").splitlines())


def write_whole(path: Path, content: bytes) -> None:
    """Write a file so that no reader ever sees a part of it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent)
    with os.fdopen(handle, "wb") as file:
        file.write(content)
    Path(name).replace(path)
