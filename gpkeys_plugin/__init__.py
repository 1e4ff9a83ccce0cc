"""GPKeys: access keys of the Géoplateforme, made and used inside QGIS."""

from __future__ import annotations

from typing import Any


def classFactory(iface: Any) -> Any:  # noqa: N802 - the name QGIS calls
    """Return the plugin; QGIS calls this with its interface.

    Where a part of Python or QGIS is missing, what comes back says so in the message bar instead of breaking QGIS's
    start with a traceback.
    """
    try:
        from .plugin import GpkeysPlugin
    except ImportError as error:
        from .unavailable import UnavailablePlugin

        return UnavailablePlugin(iface, error)
    return GpkeysPlugin(iface)
