"""Finds and reads the administrator's preset: once a process, and not before a setting is asked for."""

from __future__ import annotations

import json
import os
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any, Mapping

from qgis.core import QgsApplication
from qgis.PyQt.QtCore import QDir

from ...entrepot.translatable_text import Text
from .preset_values import UnusablePreset, printable, read_sections

VARIABLE = "GPKEYS_PRESET"
FILE_NAME = "gpkeys.json"
MOST_BYTES = 65_536


@dataclass(frozen=True)
class Preset:
    """What was laid down in the file at `path`: values by the keys of settings.

    Where there is a `problem` nothing of the file counts; it names the file and says why.
    """

    path: str = ""
    fixed: Mapping[str, Any] = field(default_factory=dict)
    defaults: Mapping[str, Any] = field(default_factory=dict)
    problem: Text | None = None


def current() -> Preset:
    """Return the preset of the file that GPKEYS_PRESET names, or else of `gpkeys.json` in the profile.

    An empty one where there is no file. A change of the file counts from QGIS's next start on.
    """
    named = os.environ.get(VARIABLE, "")
    return _read(named or QDir(QgsApplication.qgisSettingsDirPath()).filePath(FILE_NAME), must_be_there=bool(named))


@lru_cache(maxsize=4)
def _read(path: str, *, must_be_there: bool) -> Preset:
    try:
        fixed, defaults = read_sections(_content(path))
    except FileNotFoundError:
        return _unused(path, Text("It is not there.")) if must_be_there else Preset()
    except OSError as error:
        reason = {"reason": error.strerror or type(error).__name__}
        return _unused(path, Text("It cannot be read: {reason}.", reason))
    except UnusablePreset as error:
        return _unused(path, error.reason)
    return Preset(path, fixed, defaults)


def _content(path: str) -> object:
    """Return what the file holds; raises OSError and UnusablePreset."""
    # Seen from QGIS's working folder, a relative path could be that of a file that came with a project.
    file = Path(path)
    if not file.is_absolute():
        raise UnusablePreset(Text("{variable} must hold a whole path.", {"variable": VARIABLE}))
    # A pipe would be waited for.
    if file.exists() and not file.is_file():
        raise UnusablePreset(Text("It is not a file."))
    with file.open("rb") as opened:
        data = opened.read(MOST_BYTES + 1)
    if len(data) > MOST_BYTES:
        raise UnusablePreset(Text("It is larger than {most} bytes.", {"most": MOST_BYTES}))
    return _parsed(data)


def _parsed(data: bytes) -> object:
    try:
        # Editors of Windows put a mark in front.
        return json.loads(data.decode("utf-8-sig"), object_pairs_hook=_object)
    except json.JSONDecodeError as error:
        raise UnusablePreset(Text("It is not JSON: see line {line}.", {"line": error.lineno})) from error
    except (ValueError, RecursionError) as error:
        raise UnusablePreset(Text("It is not JSON in UTF-8.")) from error


def _object(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise UnusablePreset(Text("A name stands twice in it."))
    return found


def _unused(path: str, reason: Text) -> Preset:
    text = Text(
        "The preset of your administrator, {path}, is not used: {reason}", {"path": printable(path), "reason": reason}
    )
    return Preset(path, problem=text)
