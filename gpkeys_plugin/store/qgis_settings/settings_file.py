"""QGIS's settings file: whether it can be written anew, and whether what was set has reached it."""

from __future__ import annotations

import tempfile
from pathlib import Path

from qgis.core import QgsSettings
from qgis.PyQt.QtCore import QSettings

from ...entrepot.errors import ErrorCode, GpkeysError
from ...entrepot.translatable_text import Text

_TO_SPARE_BYTES = 256_000


def require_room() -> None:
    """Raise GpkeysError where the settings cannot be written anew as a whole; to be asked before any is changed.

    Where the disk fills up while it writes them, Qt (5.15) sees no error and puts the cut file, or an empty one, in the
    place of the whole: all that QGIS knows is lost then.
    """
    file = Path(QgsSettings().fileName())
    try:
        size = file.stat().st_size if file.exists() else 0
        folder = next(place for place in file.parents if place.exists())
        # Really written: a quota is not in the figures of the disk.
        with tempfile.TemporaryFile(dir=folder) as trial:
            trial.write(bytes(size + _TO_SPARE_BYTES))
    except OSError as error:
        raise GpkeysError(
            ErrorCode.QGIS,
            Text("QGIS’s settings cannot be written: {reason}.", {"reason": error.strerror or type(error).__name__}),
            f"no room to write the settings anew: {error.strerror}",
            advice=CHECK_DISK,
        ) from error


def has_room() -> bool:
    """Return whether the settings can be written anew as a whole: what can be left undone is, where they cannot."""
    try:
        require_room()
    except GpkeysError:
        return False
    return True


def require_kept() -> None:
    """Raise GpkeysError unless the settings reached the disk."""
    if not are_kept():
        raise GpkeysError(
            ErrorCode.QGIS,
            Text("QGIS could not save its settings: its connections will be as before when it is started again."),
            "the settings could not be written",
            advice=CHECK_DISK,
        )


def are_kept() -> bool:
    """Return whether the settings reached the disk: until it is closed, QGIS reads back what it could not write."""
    settings = QSettings(QgsSettings().fileName(), QSettings.Format.IniFormat)
    settings.sync()
    return bool(settings.status() == QSettings.Status.NoError)


CHECK_DISK = Text("Check that the disk is not full and that the profile folder can be written to.")
