"""QGIS's authentication database locks up when several threads write to it: writes stay on the main thread."""

from __future__ import annotations

from threading import get_ident, main_thread

from qgis.core import QgsApplication

from ..entrepot.errors import ErrorCode, GpkeysError
from ..entrepot.translatable_text import Text


def require_main_thread(action: str) -> None:
    """Raise GpkeysError when called off the main thread; `action` is for the log."""
    application = QgsApplication.instance()
    if application is not None and get_ident() == main_thread().ident:
        return
    raise GpkeysError(
        ErrorCode.QGIS,
        Text("An internal error kept the plugin from writing into QGIS."),
        f"{action}: called off the main thread",
        advice=Text("Please report this to the plugin's authors."),
    )
