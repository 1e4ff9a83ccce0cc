"""Who uses a key in this QGIS: connections of any origin, and layers of the open project.

Work on the main thread.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Collection, Iterator

from qgis.core import QgsProject, QgsSettings

from ..keys.layer_needs.hash_in_text import carries
from ..keys.layer_needs.loose_texts import hosts_named
from ..keys.services.connection_plans import ConnectionKind
from ..keys.services.layer_recipes import WrittenConnection
from . import connections
from .connection_settings import Layout, layout_for, parent_group

# One kind a list: what tells a WMTS from a WMS is in its URL.
_LISTS = (ConnectionKind.WMS, ConnectionKind.WFS, ConnectionKind.XYZ, ConnectionKind.VECTOR_TILES)
_WMTS = re.compile(r"service=wmts", re.IGNORECASE)


@dataclass(frozen=True)
class LayerUse:
    """A layer of the open project."""

    layer_id: str
    name: str


def connections_with(
    *, hash_value: str | None = None, authcfgs: Collection[str] = (), layout: Layout | None = None
) -> tuple[WrittenConnection, ...]:
    """Return every connection that carries a hash or one of some configurations, in the tree QGIS reads."""
    return tuple(
        stored.connection
        for stored in every_connection(layout or layout_for())
        if (hash_value and stored.hash == hash_value) or (stored.authcfg and stored.authcfg in authcfgs)
    )


def project_layers_with(
    project: QgsProject, *, hash_value: str | None = None, authcfgs: Collection[str] = ()
) -> tuple[LayerUse, ...]:
    """Return the layers of a project whose source carries a hash or one of some authentication configurations."""
    return tuple(
        LayerUse(layer.id(), layer.name())
        for layer in project.mapLayers().values()
        if carries(layer.source(), hash_value=hash_value, authcfgs=authcfgs)
    )


def layers_elsewhere(project: QgsProject, authcfg: str, hosts: Collection[str]) -> tuple[LayerUse, ...]:
    """Return the layers of a project that use a configuration on other servers than `hosts` (with ports).

    QGIS sends a configuration's secret to whatever address stands beside it, a database's too.
    """
    return tuple(
        LayerUse(layer.id(), layer.name())
        for layer in project.mapLayers().values()
        if carries(layer.source(), authcfgs=[authcfg]) and not hosts_named(layer.source()) <= set(hosts)
    )


def every_connection(layout: Layout) -> Iterator[connections.StoredConnection]:
    """Yield the WMS, WMTS, WFS and tile connections of a settings tree, whoever made them."""
    for kind in _LISTS:
        for name in _names(layout, kind):
            stored = connections.read(kind, name, layout=layout)
            if stored is not None and kind is ConnectionKind.WMS and _WMTS.search(stored.url):
                stored = connections.read(ConnectionKind.WMTS, name, layout=layout)
            if stored is not None:
                yield stored


def _names(layout: Layout, kind: ConnectionKind) -> tuple[str, ...]:
    settings = QgsSettings()
    settings.beginGroup(parent_group(layout, kind))
    names = tuple(settings.childGroups())
    settings.endGroup()
    return names
