"""Where QGIS keeps connections in its settings: the tree changed with 3.30."""

from __future__ import annotations

from enum import Enum
from typing import Mapping

from qgis.core import Qgis

from ..keys.services.endpoints import ConnectionKind, TileRange
from ..keys.services.recipes import WrittenConnection, list_of

NEW_SINCE = 33000
_DPI_ALL = 7
_STANDARD_RESOLUTION = 1


class Layout(Enum):
    """The two settings trees."""

    OLD = "below 3.30"
    NEW = "3.30 and later"


def layout_for(qgis_version: int | None = None) -> Layout:
    """Return the tree a QGIS version reads; the running one's without a version."""
    version = Qgis.QGIS_VERSION_INT if qgis_version is None else qgis_version
    return Layout.NEW if version >= NEW_SINCE else Layout.OLD


_OWS = ("wms", "wfs")


def parent_group(layout: Layout, kind: ConnectionKind) -> str:
    """Return the group whose child groups are the connections of a kind."""
    service = list_of(kind)
    if layout is Layout.OLD:
        return f"qgis/connections-{service}"
    return f"connections/ows/items/{service}/connections/items" if service in _OWS else f"connections/{service}/items"


def group(layout: Layout, kind: ConnectionKind, name: str) -> str:
    """Return the group that holds a connection's URL and options."""
    return f"{parent_group(layout, kind)}/{name}"


def authcfg_key(layout: Layout, kind: ConnectionKind, name: str) -> str:
    """Return the key of a connection's authentication configuration: in a group of its own for old WMS and WFS."""
    service = list_of(kind)
    if layout is Layout.OLD and service in _OWS:
        return f"qgis/{service.upper()}/{name}/authcfg"
    return f"{group(layout, kind, name)}/authcfg"


def all_groups(kind: ConnectionKind, name: str) -> tuple[str, ...]:
    """Return every group, of both trees, that may hold a trace of a connection.

    A newer QGIS copies its connections to the old tree at exit and takes them from there at start: what is removed
    from one tree only comes back.
    """
    service = list_of(kind)
    groups = [group(Layout.OLD, kind, name), group(Layout.NEW, kind, name)]
    if service in _OWS:
        groups += [f"qgis/{service.upper()}/{name}", f"qgis/connections/{service.upper()}/{name}"]
    return tuple(groups)


def groups_in(layout: Layout, kind: ConnectionKind, name: str) -> tuple[str, ...]:
    """Return every group of one tree that may hold something of a connection."""
    is_old = layout is Layout.OLD
    return tuple(place for place in all_groups(kind, name) if place.startswith("qgis/") is is_old)


def values(
    layout: Layout,
    connection: WrittenConnection,
    url: str,
    authcfg: str,
    tiles: TileRange | None,
    *,
    has_hash: bool,
) -> Mapping[str, object]:
    """Return all keys of a connection and their values.

    With a hash in `url` (`has_hash`), QGIS must not follow the addresses of the capabilities: they lack it.
    """
    kind, name = connection.kind, connection.name
    options = {"url": url, **_options(layout, kind, tiles, has_hash)}
    found: dict[str, object] = {f"{group(layout, kind, name)}/{key}": value for key, value in options.items()}
    if authcfg:
        found[authcfg_key(layout, kind, name)] = authcfg
    return found


def style_values(layout: Layout, connection: WrittenConnection, style_url: str) -> Mapping[str, object]:
    """Return what has QGIS draw a layer that is added from its Browser in a style; nothing without one."""
    if connection.kind is not ConnectionKind.VECTOR_TILES or not style_url:
        return {}
    return {f"{group(layout, connection.kind, connection.name)}/styleUrl": style_url}


def _options(layout: Layout, kind: ConnectionKind, tiles: TileRange | None, has_hash: bool) -> dict[str, object]:
    is_old = layout is Layout.OLD
    if list_of(kind) == "wms":
        return {
            "ignoreGetMapURI" if is_old else "ignore-get-map-uri": has_hash,
            "ignoreGetFeatureInfoURI" if is_old else "ignore-get-feature-info-uri": has_hash,
            "dpiMode" if is_old else "dpi-mode": _DPI_ALL,
        }
    if kind is ConnectionKind.WFS:
        # "default" = by pages where the server offers them; older QGIS read the newer key as a bool, also true.
        return {"version": "2.0.0", **({"pagingenabled": True} if is_old else {"paging-enabled": "default"})}
    return _tile_options(is_old, kind, tiles)


def _tile_options(is_old: bool, kind: ConnectionKind, tiles: TileRange | None) -> dict[str, object]:
    options: dict[str, object] = {"zmin": tiles.zmin, "zmax": tiles.zmax} if tiles else {}
    if kind is ConnectionKind.XYZ:
        options["tilePixelRatio" if is_old else "tile-pixel-ratio"] = _STANDARD_RESOLUTION
    return options
