"""Authentication configurations carried to another computer: a file that only its password opens."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path
from typing import Sequence

from qgis.core import QgsApplication

from ...entrepot.errors import ErrorCode, GpkeysError
from ...entrepot.translatable_text import Text
from ..main_thread_guard import require_main_thread
from .master_password import require_unlocked

LEAST_CHARACTERS = 8
_OWNER_ONLY = 0o600


def export(authcfgs: Sequence[str], file: Path, password: str) -> None:
    """Write configurations into a file for QGIS's own import, encrypted as a whole, names included.

    Without a password QGIS writes everything in clear, readable for everybody on the computer (3.22 to 3.44): a short
    one is refused here. Raises GpkeysError, with no half file left.
    """
    require_main_thread("exporting authentication configurations")
    require_unlocked("exporting authentication configurations")
    problem = password_problem(password)
    if problem is not None:
        raise problem
    try:
        # QGIS writes into the file that is there, and leaves its mode.
        os.close(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, _OWNER_ONLY))
        file.chmod(_OWNER_ONLY)
    except OSError as error:
        raise _not_written(error.strerror or type(error).__name__) from error
    manager = QgsApplication.authManager()
    if not manager.exportAuthenticationConfigsToXml(str(file), list(authcfgs), password):
        with suppress(OSError):
            file.unlink()
        raise _not_written("QGIS")


def password_problem(password: str) -> GpkeysError | None:
    """Return why a password does not do for a file, None when it does."""
    if len(password) >= LEAST_CHARACTERS:
        return None
    return GpkeysError(
        ErrorCode.INVALID,
        Text("Type a password of at least {count} characters for the file.", {"count": LEAST_CHARACTERS}),
        "the password of an export is too short",
    )


def _not_written(reason: str) -> GpkeysError:
    return GpkeysError(
        ErrorCode.QGIS,
        Text("The file could not be written: {reason}.", {"reason": reason}),
        "an export of authentication configurations was not written",
        advice=Text("Choose another folder."),
    )
