"""Connections that an earlier version wrote after a downgrade, taken over before a job needs them."""

from __future__ import annotations

from qgis.core import Qgis, QgsMessageLog

from ....entrepot.errors import GpkeysError
from ....store.sources import connections_noted_earlier
from ...running.task import LOG_TAG


def take_over_earlier_connections() -> None:
    """Take them over, on any thread; that it can't be is in nobody's way: it is tried again with the next job."""
    try:
        connections_noted_earlier.adopt()
    except GpkeysError as error:
        QgsMessageLog.logMessage(f"connections of an earlier version: {error.log}", LOG_TAG, Qgis.MessageLevel.Info)
