"""Whether what a job writes into QGIS can be written: looked at before the platform is asked to change anything.

QGIS itself does not tell: with a settings file that is read-only, values are taken and gone at the next start.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path

from qgis.core import QgsSettings

from ...entrepot.errors import ErrorCode, GpkeysError
from ...entrepot.translatable_text import Text
from . import authentication_database, record_file

_ROOM_BYTES = 4_000_000
"""More than a job writes: the settings and the authentication database are each written anew as a whole."""

_TRIED_BYTES = 1_000_000


def require_room_to_write() -> None:
    """Raise GpkeysError (QGIS) where the settings, the plugin's records or the authentication database cannot be.

    On a worker: it writes to the disk, and may wait 2 s for the database.
    """
    for place in _places():
        if not os.access(place, os.W_OK):
            raise _not_writable(place, "a place in the profile is not writable")
        if shutil.disk_usage(place).free < _ROOM_BYTES:
            raise _full(place, "no room left in the profile")
    for folder in _folders():
        _try_to_write(folder)
    database = authentication_database.database_file()
    if database is not None and (reason := authentication_database.refusal(database)):
        raise _database_refuses(database, reason)


def _places() -> list[Path]:
    """Return what is written to, or the folder it will be made in; a file is replaced by way of its folder."""
    settings, own = Path(QgsSettings().fileName()), record_file.profile_folder()
    database = authentication_database.database_file()
    of_database = [database, database.parent] if database is not None else []
    wanted = [settings, settings.parent, *of_database, own, *own.glob("*.json")]
    return list(dict.fromkeys(_nearest(path) for path in wanted))


def _nearest(path: Path) -> Path:
    return next((place for place in (path, *path.parents) if place.exists()), path)


def _folders() -> list[Path]:
    """Return one folder of each disk that is written to."""
    folders = [place for place in _places() if place.is_dir()]
    return list({folder.stat().st_dev: folder for folder in folders}.values())


def _try_to_write(folder: Path) -> None:
    """Write some of what a job writes: a quota is not in the figures of the disk."""
    try:
        with tempfile.TemporaryFile(dir=folder) as file:
            file.write(bytes(_TRIED_BYTES))
    except OSError as error:
        raise _full(folder, f"writing to the profile failed: {error.strerror}") from error


def _not_writable(place: Path, log: str) -> GpkeysError:
    return _refused(
        Text("QGIS cannot write to {place}. Nothing was changed.", {"place": str(place)}),
        log,
        Text("Make it writable (its owner and rights; is the disk read-only?), then try again."),
    )


def _full(place: Path, log: str) -> GpkeysError:
    return _refused(
        Text("The disk that holds {place} is full. Nothing was changed.", {"place": str(place)}),
        log,
        Text("Free some megabytes there, then try again."),
    )


def _database_refuses(file: Path, reason: str) -> GpkeysError:
    return _refused(
        Text(
            "QGIS's authentication database {file} cannot be written to: {reason}. Nothing was changed.",
            {"file": str(file), "reason": reason},
        ),
        f"the authentication database is not writable: {reason}",
        Text("Close other programs that have it open, another QGIS above all, then try again."),
    )


def _refused(user: Text, log: str, advice: Text) -> GpkeysError:
    return GpkeysError(ErrorCode.QGIS, user, log, advice=advice)
