"""Where secrets are searched, and the few places where they belong."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

from qgis.core import Qgis, QgsApplication, QgsSettings

from tests.qgis.leaks.secret_search import found, found_in_files
from tests.tooling.tree import BUILD

SETTINGS = "QGIS3.ini"
"""Holds the hash of a key in the URLs of its connections, as the user chose, for as long as the key lives."""

KEEPS_HEADERS = Qgis.QGIS_VERSION_INT >= 34400
"""Whether QGIS keeps the headers of a request, login and password too, beside the answer in its disk cache.

3.44 does (seen in 3.44.15), 3.40.6 and 3.22 do not.
"""

_OF_THE_SIMULATOR = ("gpkeys-simulator-", "gpkeys-ogc-")


def files_with(secrets: Iterable[str], folder: Path) -> dict[str, set[str]]:
    """Return the files that hold secrets in any form, of all that a run of QGIS can leave.

    These are settings and records (`folder`, the test's own), the profile with the authentication database,
    Processing's history and the models, caches (that of HTTP, above all), temporary files, and what was built.
    """
    QgsSettings().sync()
    profile = Path(QgsApplication.qgisSettingsDirPath())
    private = [Path(os.environ[name]) for name in ("XDG_CACHE_HOME", "XDG_RUNTIME_DIR", "TMPDIR")]
    folders = (found for place in (profile, *private) for found in place.iterdir() if place.exists())
    ours = [found for found in folders if not found.name.startswith(_OF_THE_SIMULATOR)]
    # No QGIS writes to the caches, which are mypy's and the simulator's, and more than all else.
    built = [found for found in (BUILD.iterdir() if BUILD.exists() else ()) if found.name != "cache"]
    return found_in_files(secrets, [folder, *ours, *built])


def processes_with(secrets: Iterable[str]) -> dict[str, set[str]]:
    """Return the processes that show secrets to everybody, in their command line; for our own, in their environment."""
    wanted, held = set(secrets), {}
    for process in Path("/proc").iterdir():
        if process.name.isdigit():
            line = found(wanted, _content(process / "cmdline"))
            held[process.name] = line
    held["environment"] = found(wanted, Path("/proc/self/environ").read_bytes())
    return {name: those for name, those in held.items() if those}


def _content(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError:
        return b""
