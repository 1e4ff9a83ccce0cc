"""The file in which QGIS keeps the tokens of an OAuth2 configuration.

QGIS never removes it, lets everybody on the machine read it, and obfuscates it with a constant.
"""

from __future__ import annotations

import os
import stat
import time
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Iterator

from qgis.core import QgsApplication
from qgis.PyQt.QtCore import QDir, QSettings

from ..entrepot.foreign_numbers import whole_number
from .obfuscation import reveal

_FOLDER = "oauth2-cache"
_OWNER_ONLY_FILE = stat.S_IRUSR | stat.S_IWUSR
_OWNER_ONLY_FOLDER = stat.S_IRWXU


# QGIS refreshes when less than 120 s are left, or less than a tenth of the lifetime if it saw the token made.
REFRESH_MARGIN_S = 125


@dataclass(frozen=True)
class KeptTokens:
    """What the file holds. `expires` is in seconds since 1970, 0 for never; `is_readable` is False for a new format."""

    access: str | None = field(default=None, repr=False)
    refresh: str | None = field(default=None, repr=False)
    expires: int = 0
    is_readable: bool = True

    @property
    def seconds_left(self) -> float:
        """How long the access token lives on; endless when the server gave no end."""
        return self.expires - time.time() if self.expires else float("inf")

    @property
    def is_usable(self) -> bool:
        """Whether the access token is there and not near its end."""
        return self.is_readable and bool(self.access) and self.seconds_left > REFRESH_MARGIN_S


def folders() -> tuple[Path, Path]:
    """Return the folders QGIS uses: for tokens that outlive QGIS, and for those that do not."""
    kept, passing = Path(QgsApplication.qgisSettingsDirPath()), Path(QDir.tempPath())
    return kept / _FOLDER, passing / _FOLDER


def paths(authcfg: str) -> tuple[Path, Path]:
    """Return where the tokens of `authcfg` may be."""
    kept, passing = folders()
    return kept / f"authcfg-{authcfg}.ini", passing / f"authcfg-{authcfg}.ini"


# What is kept while QGIS deletes a file that is put back at once.
_HELD: dict[str, dict[str, str]] = {}


def read(authcfg: str) -> KeptTokens | None:
    """Return what is kept for `authcfg`; None when nothing is."""
    return _parsed(raw_values(authcfg))


@contextmanager
def held(authcfg: str) -> Iterator[None]:
    """Keep what is there for `authcfg` although QGIS deletes the file meanwhile."""
    values = raw_values(authcfg)
    if values:
        _HELD[authcfg] = values
    yield
    # Gone from there too when the user signed out meanwhile.
    if authcfg in _HELD and not any(path.is_file() for path in paths(authcfg)):
        restore(authcfg, values)
    _HELD.pop(authcfg, None)


def remove(authcfg: str) -> None:
    """Remove the tokens of `authcfg` wherever they are."""
    _HELD.pop(authcfg, None)
    for path in paths(authcfg):
        path.unlink(missing_ok=True)


def tighten(authcfg: str) -> None:
    """Let nobody but the owner read the tokens of `authcfg`, nor the folders they lie in."""
    for folder in folders():
        _restrict(folder, _OWNER_ONLY_FOLDER)
    for path in paths(authcfg):
        _restrict(path, _OWNER_ONLY_FILE)


def raw_values(authcfg: str) -> dict[str, str]:
    """Return the lines kept for `authcfg` as they are, to put them back with `restore`."""
    path = next((path for path in paths(authcfg) if path.is_file()), None)
    return _lines(path, authcfg) if path is not None else _HELD.get(authcfg, {})


def restore(authcfg: str, values: dict[str, str]) -> None:
    """Put back what `raw_values` gave, where it was or, if it is gone, where tokens that end with QGIS lie."""
    kept, passing = paths(authcfg)
    path = kept if kept.is_file() else passing
    if path.parent.is_dir():
        path.touch(_OWNER_ONLY_FILE)
    settings = QSettings(str(path), QSettings.Format.IniFormat)
    settings.beginGroup(_group(authcfg))
    for key, value in values.items():
        settings.setValue(key, value)
    settings.sync()


def _restrict(path: Path, mode: int) -> None:
    # Not ours, or not on a file system with modes: nothing to tighten.
    is_ours = path.exists() and getattr(os, "getuid", lambda: -1)() == path.stat().st_uid
    if is_ours and stat.S_IMODE(path.stat().st_mode) != mode:
        path.chmod(mode)


def _group(authcfg: str) -> str:
    return f"authcfg_{authcfg}"


def _lines(path: Path, authcfg: str) -> dict[str, str]:
    # QSettings shares its state with QGIS's own, so that what QGIS has not written yet is seen too.
    settings = QSettings(str(path), QSettings.Format.IniFormat)
    settings.beginGroup(_group(authcfg))
    return {key: str(settings.value(key)) for key in settings.childKeys()}


def _parsed(lines: dict[str, str]) -> KeptTokens | None:
    revealed = {key.split(".", 1)[0]: reveal(value) for key, value in lines.items()}
    if None in (revealed.get("token", ""), revealed.get("refreshtoken", ""), revealed.get("expires", "")):
        return KeptTokens(is_readable=False)
    if not revealed.get("token") and not revealed.get("refreshtoken"):
        return None
    return KeptTokens(revealed.get("token"), revealed.get("refreshtoken"), whole_number(revealed.get("expires")) or 0)
