"""Small JSON files of the plugin in the QGIS profile: written whole or not at all, read with tolerance."""

from __future__ import annotations

import json
import os
import tempfile
from pathlib import Path
from typing import Any

from qgis.core import QgsApplication

from ...entrepot.errors import ErrorCode, GpkeysError
from ...entrepot.texts import Text


def profile_folder() -> Path:
    """Return the plugin's folder in the current profile; it may not exist yet."""
    return Path(QgsApplication.qgisSettingsDirPath()) / "gpkeys"


def read_entries(path: Path) -> dict[str, Any]:
    """Return the entries of a file, none when it isn't there; one that can't be understood is set aside."""
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    except (OSError, ValueError):
        _set_aside(path)
        return {}
    entries = content.get("entries") if isinstance(content, dict) else None
    return entries if isinstance(entries, dict) else {}


def write_entries(path: Path, entries: dict[str, Any]) -> None:
    """Replace the entries of a file in one go, readable by its owner only."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        _replace(path, json.dumps({"version": 1, "entries": entries}, ensure_ascii=False, indent=1))
    except OSError as error:
        raise GpkeysError(
            ErrorCode.QGIS,
            Text("QGIS could not save “{file}” in its profile.", {"file": path.name}),
            f"writing {path.name} failed: {error.strerror}",
            advice=Text("Check that the disk is not full and that the profile folder can be written to."),
        ) from error


def _replace(path: Path, content: str) -> None:
    """Write beside the file, flush to the disk, then rename over it: a crash leaves the old or the new one."""
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=path.name, suffix=".new")
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        Path(name).replace(path)
    except OSError:
        Path(name).unlink(missing_ok=True)
        raise


def _set_aside(path: Path) -> None:
    """Keep an unreadable file under another name, so that nothing is lost by writing the next one."""
    try:
        path.replace(path.with_suffix(".unreadable"))
    except OSError:
        return
