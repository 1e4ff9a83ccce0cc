"""A planned connection of each kind, and a look into QGIS's settings."""

from __future__ import annotations

from typing import Any

from gpkeys_plugin.keys.services.connection_plans import ConnectionKind, ConnectionPlan, TileRange

GATEWAY = "https://data.geopf.fr/private"
HASH = "0123456789abcdef" * 2
AUTHCFG = "abc1234"
TILES = TileRange(3, 18, "png")
PLANS = {
    ConnectionKind.WMS: ConnectionPlan("Eau – WMS raster", ConnectionKind.WMS, f"{GATEWAY}/wms-r", ()),
    ConnectionKind.WMTS: ConnectionPlan(
        "Eau – WMTS",
        ConnectionKind.WMTS,
        f"{GATEWAY}/wmts?SERVICE=WMTS&VERSION=1.0.0&REQUEST=GetCapabilities",
        (),
    ),
    ConnectionKind.WFS: ConnectionPlan("Eau – WFS", ConnectionKind.WFS, f"{GATEWAY}/wfs", ()),
    ConnectionKind.XYZ: ConnectionPlan(
        "Eau – TMS scan25", ConnectionKind.XYZ, f"{GATEWAY}/tms/1.0.0/scan25/{{z}}/{{x}}/{{y}}.png", (), TILES
    ),
    ConnectionKind.VECTOR_TILES: ConnectionPlan(
        "Eau – TMS plan",
        ConnectionKind.VECTOR_TILES,
        f"{GATEWAY}/tms/1.0.0/plan/{{z}}/{{x}}/{{y}}.pbf",
        (),
        TileRange(0, 14, "pbf"),
    ),
}


def keys_below(prefix: str) -> dict[str, Any]:
    from qgis.core import QgsSettings

    settings = QgsSettings()
    settings.sync()
    return {key[len(prefix) + 1 :]: settings.value(key) for key in settings.allKeys() if key.startswith(prefix + "/")}


def set_keys(**values: Any) -> None:
    from qgis.core import QgsSettings

    for key, value in values.items():
        QgsSettings().setValue(key, value)
