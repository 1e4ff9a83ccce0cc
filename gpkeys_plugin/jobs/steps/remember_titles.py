"""Keeping the titles that services tell of their own layers."""

from __future__ import annotations

from typing import Mapping

from qgis.core import Qgis, QgsMessageLog

from ...entrepot.errors import GpkeysError
from ...store.records import titles
from ..running.task import LOG_TAG


def remember_titles(api_url: str, told: Mapping[str, str]) -> None:
    """Keep titles that services told of their own layers; what cannot be kept stands in nobody's way."""
    try:
        titles.learn_from_services(api_url, told)
    except GpkeysError as error:
        log_failure(error)


def log_failure(error: GpkeysError) -> None:
    """Note that titles could not be read or kept: nobody is told, since nobody waits for them."""
    QgsMessageLog.logMessage(f"titles of services: {error.log}", LOG_TAG, Qgis.MessageLevel.Info)
