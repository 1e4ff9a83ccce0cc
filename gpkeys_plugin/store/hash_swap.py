"""Putting a new hash in the place of an old one: in connections of any origin, and in layers of the open project.

Work on the main thread only.
"""

from __future__ import annotations

from qgis.core import QgsMapLayer, QgsProject, QgsSettings

from ..keys.layer_needs.hash_in_text import with_hash_replaced
from ..keys.services.connection_plans import url_with_hash
from ..keys.services.layer_recipes import WrittenConnection
from . import connection_headers, connections, qgis_capabilities_cache
from .connection_settings import Layout, group, groups_in
from .key_uses import every_connection
from .main_thread_guard import require_main_thread
from .qgis_settings import settings_file


def swap_in_connections(old: str, new: str) -> tuple[WrittenConnection, ...]:
    """Give every connection that carries the old hash the new one, and leave all else; return those changed.

    Raises GpkeysError where the settings do not keep it: the old hash would be back at the next start.
    """
    require_main_thread("changing connections")
    found = [
        (layout, stored)
        for layout in Layout
        for stored in every_connection(layout)
        if stored.hash == old or connection_headers.hold(_groups(stored, layout), old)
    ]
    if not found:
        return ()
    settings_file.require_room()
    settings = QgsSettings()
    for layout, stored in found:
        _swap(settings, stored, layout, old, new)
    settings_file.require_kept()
    return tuple(dict.fromkeys(stored.connection for _, stored in found))


def _swap(settings: QgsSettings, stored: connections.StoredConnection, layout: Layout, old: str, new: str) -> None:
    kind, name = stored.connection.kind, stored.connection.name
    connection_headers.swap(_groups(stored, layout), old, new)
    if stored.hash == old:
        settings.setValue(f"{group(layout, kind, name)}/url", url_with_hash(stored.url, new))
    qgis_capabilities_cache.drop_capabilities(kind, stored.plain_url, old)
    connections.make_qgis_reread([kind])


def _groups(stored: connections.StoredConnection, layout: Layout) -> tuple[str, ...]:
    return groups_in(layout, stored.connection.kind, stored.connection.name)


def swap_in_layer(project: QgsProject, layer_id: str, old: str, new: str) -> bool:
    """Give a layer the new hash; its id, name, style and place stay. Return False when it has gone or refuses it.

    QGIS asks a WMS or WFS for its capabilities here, on the main thread, as when a user changes the source: one call
    a layer, so that the window is drawn in between. A layer that the new hash would break keeps the old one.
    """
    require_main_thread("changing a layer")
    layer = project.mapLayer(layer_id)
    if layer is None:
        return False
    source, was_valid = layer.source(), layer.isValid()
    _set_source(layer, with_hash_replaced(source, old, new))
    if was_valid and not layer.isValid():
        _set_source(layer, source)
        return False
    project.setDirty(True)
    layer.triggerRepaint()
    return True


def _set_source(layer: QgsMapLayer, source: str) -> None:
    layer.setDataSource(source, layer.name(), layer.providerType(), False)
