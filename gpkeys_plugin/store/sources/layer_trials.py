"""A source tried out in a layer that nobody sees: does it open, and QGIS's cache has the capabilities from then on."""

from __future__ import annotations

from contextlib import contextmanager
from typing import Iterable, Iterator

from qgis.core import QgsRasterLayer, QgsVectorLayer

from ...keys.layer_needs.sources import WFS_PROVIDER, field_values, fields_of, read_address
from ...keys.services.connection_plans import ConnectionKind
from .. import qgis_capabilities_cache

TRIED_KINDS = (ConnectionKind.WMS, ConnectionKind.WMTS, ConnectionKind.WFS)
"""The kinds whose capabilities QGIS asks for when a layer is made; those of tiles are valid whatever they carry."""


def reference_systems(sources: Iterable[tuple[str, str]]) -> frozenset[str]:
    """Return the codes of the reference systems that sources ask for, each with its provider.

    They are to be known before the first is tried on a worker: a WMTS names those of all its layers.
    """
    found = [fields for fields in (fields_of(provider, source) for provider, source in sources) if fields is not None]
    return frozenset(code for fields in found for name in ("crs", "srsname") for code in field_values(fields, name))


def opens_anew(kind: ConnectionKind, provider: str, source: str) -> bool:
    """Return whether a WMS, WMTS or WFS source opens, once its service has answered; off the main thread only.

    What QGIS has kept of the capabilities, on disk or for a minute in memory, may have been said to another key.
    Raises GpkeysError where there is no room for QGIS's settings.
    """
    address = read_address(provider, source)
    if address is not None:
        qgis_capabilities_cache.drop_capabilities(kind, address)
    if kind is not ConnectionKind.WFS:
        return opens(provider, source)
    with qgis_capabilities_cache.without_wfs_memory():
        return opens(provider, source)


@contextmanager
def taken_for_dead(kind: ConnectionKind, provider: str, source: str) -> Iterator[None]:
    """Have QGIS call a layer of this source invalid meanwhile, without asking its service."""
    address = read_address(provider, source)
    if address is None or kind not in TRIED_KINDS:
        yield
        return
    with qgis_capabilities_cache.nothing_served(kind, address):
        yield


def opens(provider: str, source: str) -> bool:
    """Return whether a WMS, WMTS or WFS source opens; it asks the service what the cache does not have.

    Off the main thread only, where waiting for a service harms nobody.
    """
    if provider == WFS_PROVIDER:
        vector = QgsVectorLayer.LayerOptions(loadDefaultStyle=False)
        return bool(QgsVectorLayer(source, "", provider, vector).isValid())
    raster = QgsRasterLayer.LayerOptions(loadDefaultStyle=False)
    return bool(QgsRasterLayer(source, "", provider, raster).isValid())
