"""The folders in which QGIS keeps the tokens of OAuth2 configurations: made before QGIS does, and shut.

Imported when QGIS starts, hence on its own: a project that is opened may have QGIS write tokens before anything else of
the plugin is asked for. For the same reason paths are texts here: `pathlib` would be a third of that start (3.22).
"""

from __future__ import annotations

import os
import stat
from contextlib import suppress

from qgis.core import QgsApplication
from qgis.PyQt.QtCore import QDir

_FOLDER = "oauth2-cache"
_OWNER_ONLY = stat.S_IRWXU


def folders() -> tuple[str, str]:
    """Return the folders QGIS uses: for tokens that outlive QGIS, and for those that do not."""
    return QDir(QgsApplication.qgisSettingsDirPath()).filePath(_FOLDER), QDir.temp().filePath(_FOLDER)


def prepare() -> None:
    """Make the folders before QGIS does: in one that is the owner's only, no file is ever readable by others.

    QGIS up to 4.0 makes folder and file with the usual modes (0755, 0644), which `tighten` can mend only afterwards.
    Where the folder for tokens that end with QGIS is another user's, as on machines with one folder for temporary
    files, QGIS gets a folder of its own for those.
    """
    _make()
    # Looked at only when it is there: before, somebody else could still be the one who makes it.
    if _is_somebody_elses(folders()[1]):
        # Imported here: it is seldom so, and QGIS's start would wait for it.
        from tempfile import mkdtemp

        os.environ["TMPDIR"] = mkdtemp(prefix="qgis-")
        _make()


def tighten() -> None:
    """Let nobody but the owner look into the folders."""
    for folder in folders():
        restrict(folder, _OWNER_ONLY)


def restrict(path: str, mode: int) -> None:
    """Give a file or folder of one's own a mode; nothing happens to what is not."""
    # Not ours, not there, or not on a file system with modes: nothing to tighten.
    with suppress(PermissionError, FileNotFoundError):
        found = os.stat(path)
        is_ours = getattr(os, "getuid", lambda: -1)() == found.st_uid
        if is_ours and stat.S_IMODE(found.st_mode) != mode:
            os.chmod(path, mode)


def _make() -> None:
    for folder in folders():
        # Not to be made, as on a full or read-only disk: the sign-in says so when QGIS cannot keep the session.
        with suppress(OSError):
            os.mkdir(folder, _OWNER_ONLY)
    tighten()


def _is_somebody_elses(folder: str) -> bool:
    """Whether what lies there is another user's, or a link, which may lead to where another user reads."""
    try:
        found = os.lstat(folder)
    except OSError:
        return False
    return hasattr(os, "getuid") and (stat.S_ISLNK(found.st_mode) or found.st_uid != os.getuid())
