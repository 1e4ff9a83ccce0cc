"""Keeping what services tell of their own layers: titles, and how they are made. It stands in nobody's way."""

from __future__ import annotations

from typing import Callable, Iterable, Mapping

from qgis.core import Qgis, QgsMessageLog

from ...entrepot.errors import GpkeysError
from ...keys.services.layer_recipes import LayerRecipe, WrittenConnection
from ...store.records import known_layers, titles
from ..running.task import LOG_TAG


def remember_titles(api_url: str, told: Mapping[str, str]) -> None:
    """Keep titles that services told of their own layers, if that can be."""
    try:
        titles.learn_from_services(api_url, told)
    except GpkeysError as error:
        log_failure(error)


def remember_layers(recipes: Iterable[LayerRecipe]) -> None:
    """Keep how the layers of connections just written are made, if that can be."""
    _keep_layers(lambda: known_layers.remember(recipes))


def rename_connections(names: Mapping[WrittenConnection, WrittenConnection]) -> None:
    """Keep it under the new names of the connections, if that can be."""
    _keep_layers(lambda: known_layers.rename(names))


def log_failure(error: GpkeysError) -> None:
    """Note that titles could not be read or kept: nobody is told, since nobody waits for them."""
    _log("titles of services", error)


def _keep_layers(act: Callable[[], None]) -> None:
    try:
        act()
    except GpkeysError as error:
        _log("layers of connections", error)


def _log(what: str, error: GpkeysError) -> None:
    QgsMessageLog.logMessage(f"{what}: {error.log}", LOG_TAG, Qgis.MessageLevel.Info)
