"""Keys that a QGIS holds: connections written as the jobs write them, nobody is asked for anything."""

from __future__ import annotations

from collections.abc import Sequence

from gpkeys_plugin.keys.services.connection_plans import ConnectionKind, ConnectionPlan, ServedLayer, TileRange
from gpkeys_plugin.keys.services.layer_recipes import LayerRecipe, WrittenConnection
from gpkeys_plugin.store.records import installed_keys, known_layers
from gpkeys_plugin.store.records.installed_keys import InstalledKey
from tests.qgis.store.one_connection import write_one

API = "https://localhost:9/api"
ROOT = "https://localhost:9/private"
HASH = "0123456789abcdef" * 2


def wms(key_name: str, titles: dict[str, str], owner: str) -> tuple[LayerRecipe, ...]:
    """Write a connection to a WMS; return its layers, by title."""
    served = tuple(ServedLayer("o", name, ConnectionKind.WMS, "wms-r", f"{ROOT}/wms-r", "WMS") for name in titles)
    plan = ConnectionPlan(f"{key_name} – WMS raster", ConnectionKind.WMS, f"{ROOT}/wms-r", served)
    written = write_one(plan, hash_value=HASH, owner=owner)
    url = f"{ROOT}/wms-r?SERVICE=WMS&VERSION=1.3.0&REQUEST=GetCapabilities"
    return tuple(
        LayerRecipe(title, written, name, crs="EPSG:3857", image_format="image/png", url=url)
        for name, title in titles.items()
    )


def tiles(key_name: str, name: str, ending: str, owner: str) -> LayerRecipe:
    """Write a connection to tiles; return its layer."""
    kind = ConnectionKind.VECTOR_TILES if ending == "pbf" else ConnectionKind.XYZ
    served = ServedLayer("o", name, kind, "tms", f"{ROOT}/tms/1.0.0", "TMS")
    url = f"{ROOT}/tms/1.0.0/{name}/{{z}}/{{x}}/{{y}}.{ending}"
    plan = ConnectionPlan(f"{key_name} – TMS {name}", kind, url, (served,), TileRange(6, 15, ending))
    written = write_one(plan, hash_value=HASH, owner=owner)
    return LayerRecipe(f"Tuiles {name}", written, name, crs="EPSG:3857", tiles=plan.tiles, url=f"{ROOT}/tms/1.0.0/")


def hold(key_id: str, name: str, recipes: Sequence[LayerRecipe], *, are_noted: bool = True) -> None:
    """Have the profile say that QGIS holds a key, and its layers if they `are_noted`."""
    connections: tuple[WrittenConnection, ...] = tuple(dict.fromkeys(recipe.connection for recipe in recipes))
    installed_keys.remember(InstalledKey(key_id, name, "HASH", API, connections=connections))
    if are_noted:
        known_layers.remember(recipes)


def hold_two() -> None:
    """Have QGIS hold “Terrain 2”, with a WMS of two layers and tiles of both kinds, and “Terrain 10” with one tile."""
    owner = "k2"
    named = {"scan": "SCAN 25", "ortho": "Ortho 2023"}
    hold(
        owner,
        "Terrain 2",
        [
            *wms("Terrain 2", named, owner),
            tiles("Terrain 2", "plan", "pbf", owner),
            tiles("Terrain 2", "fond", "png", owner),
        ],
    )
    hold("k10", "Terrain 10", [tiles("Terrain 10", "autre", "png", "k10")])
