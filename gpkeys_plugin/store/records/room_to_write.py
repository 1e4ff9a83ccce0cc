"""Whether what a job writes into QGIS can be written: looked at before the platform is asked to change anything.

QGIS itself does not tell: with a settings file that is read-only, values are taken and gone at the next start.
"""

from __future__ import annotations

import os
import shutil
from pathlib import Path

from qgis.core import QgsApplication, QgsSettings

from ...entrepot.errors import ErrorCode, GpkeysError
from ...entrepot.texts import Text
from . import records

_ROOM_BYTES = 4_000_000
"""More than a job writes: the settings and the authentication database are each written anew as a whole."""


def require_room_to_write() -> None:
    """Raise GpkeysError (QGIS) where the settings, the plugin's records or the authentication database cannot be."""
    for place in _places():
        if not os.access(place, os.W_OK):
            raise _refused(
                Text("QGIS cannot write to {place}. Nothing was changed.", {"place": str(place)}),
                "a place in the profile is not writable",
                Text("Make it writable (its owner and rights; is the disk read-only?), then try again."),
            )
        if shutil.disk_usage(place).free < _ROOM_BYTES:
            raise _refused(
                Text("The disk that holds {place} is full. Nothing was changed.", {"place": str(place)}),
                "no room left in the profile",
                Text("Free some megabytes there, then try again."),
            )


def _places() -> list[Path]:
    """Return what is written to, or the folder it will be made in; a file is replaced by way of its folder."""
    settings = Path(QgsSettings().fileName())
    database = Path(QgsApplication.qgisSettingsDirPath()) / "qgis-auth.db"
    own = records.profile_folder()
    wanted = [settings, settings.parent, database, database.parent, own, *own.glob("*.json")]
    return list(dict.fromkeys(_nearest(path) for path in wanted))


def _nearest(path: Path) -> Path:
    return next((place for place in (path, *path.parents) if place.exists()), path)


def _refused(user: Text, log: str, advice: Text) -> GpkeysError:
    return GpkeysError(ErrorCode.QGIS, user, log, advice=advice)
