"""What becomes of a tile layer, and which of two ways to the same data is proposed."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import Enum, auto
from typing import Collection, Mapping, Sequence

from .connection_plans import ConnectionKind, ServedLayer, TileRange
from .layer_recipes import LayerRecipe
from .reference_systems import is_web_mercator
from .url_templates import VECTOR_EXTENSIONS

_RASTER_EXTENSION = "png"
_ASSUMED_LEVELS = (0, 18)
# ROK4 up to 5.x calls the files of elevation `tif`.
_VALUES = frozenset({"bil", "zbil", "tif", "tiff"})


class Obstacle(Enum):
    """Why QGIS cannot draw tiles that are described."""

    VALUES = auto()
    REFERENCE_SYSTEM = auto()


def obstacle(tiles: TileRange, crs: str) -> Obstacle | None:
    """Return what keeps QGIS from drawing tiles, None when it can. `crs` is empty where it isn't told."""
    if tiles.extension.lower() in _VALUES:
        return Obstacle.VALUES
    # QGIS takes every template for one of Web Mercator: others draw nothing, or at the wrong place.
    return Obstacle.REFERENCE_SYSTEM if crs and not is_web_mercator(crs) else None


def assumed_tiles(layer: ServedLayer) -> TileRange:
    """Return the tiles of a layer that nobody described: the ending is the offering's own where it tells one."""
    fallback = VECTOR_EXTENSIONS[0] if layer.kind is ConnectionKind.VECTOR_TILES else _RASTER_EXTENSION
    return TileRange(*_ASSUMED_LEVELS, layer.extension or fallback)


def is_kept(layer: ServedLayer, held: TileRange | None) -> bool:
    """Return whether the tiles that QGIS has for a layer tell more than what would be assumed of it."""
    return held is not None and held != assumed_tiles(layer) and layer.extension in ("", held.extension)


def without_pictures(tiles: Mapping[ServedLayer, TileRange]) -> frozenset[str]:
    """Return the offerings whose tiles are vectors or values: their WMTS has no picture of them to give."""
    unseen = (*VECTOR_EXTENSIONS, *_VALUES)
    return frozenset(layer.offering_id for layer, found in tiles.items() if found.extension.lower() in unseen)


@dataclass(frozen=True)
class Way:
    """A layer as it will be offered. `is_assumed`: its levels are not known."""

    layer: ServedLayer
    recipe: LayerRecipe
    is_assumed: bool = False


def proposed(ways: Sequence[Way]) -> tuple[LayerRecipe, ...]:
    """Return the recipes, with one of the two of an offering proposed that is served both as WMTS and as tiles.

    The two have one title and one extent: what the one does not tell, the other may.
    """
    other = {way.layer: partner for pair in _pairs(ways) for way, partner in (pair, pair[::-1])}
    return tuple(_beside(way, other[way.layer]) if way.layer in other else way.recipe for way in ways)


def _beside(way: Way, other: Way) -> LayerRecipe:
    own, its = way.recipe, other.recipe
    wmts, tiles = (way, other) if way.layer.kind is ConnectionKind.WMTS else (other, way)
    title = its.title if own.title == own.name else own.title
    is_proposed = way is (wmts if _is_wmts_better(wmts, tiles) else tiles)
    return replace(own, title=title, extent=own.extent or its.extent, is_proposed=is_proposed)


def _pairs(ways: Sequence[Way]) -> list[tuple[Way, Way]]:
    """Return the WMTS and the tiles of the same data."""
    by_wmts = {_identity(way): way for way in ways if way.layer.kind is ConnectionKind.WMTS}
    return [
        (by_wmts[_identity(way)], way)
        for way in ways
        if way.layer.kind is ConnectionKind.XYZ and _identity(way) in by_wmts
    ]


def _identity(way: Way) -> tuple[str, str]:
    return way.layer.offering_id, way.layer.name


def _is_wmts_better(wmts: Way, tiles: Way) -> bool:
    """Return whether a WMTS is in a system that tiles cannot have, has more levels, or is the one that is known."""
    levels = tiles.recipe.tiles
    count = levels.zmax - levels.zmin + 1 if levels is not None else 0
    is_other = bool(wmts.recipe.crs) and not is_web_mercator(wmts.recipe.crs)
    return is_other or tiles.is_assumed or wmts.recipe.level_count > count


def told_apart(recipes: Sequence[LayerRecipe], taken: Collection[str] = ()) -> tuple[LayerRecipe, ...]:
    """Return the recipes with the service in the titles that two of them share, or that are taken already."""
    titles = [recipe.title for recipe in recipes]
    return tuple(
        replace(recipe, title=f"{recipe.title} ({_SERVICES[recipe.connection.kind]})")
        if titles.count(recipe.title) > 1 or recipe.title in taken
        else recipe
        for recipe in recipes
    )


_SERVICES = {
    ConnectionKind.WMS: "WMS",
    ConnectionKind.WMTS: "WMTS",
    ConnectionKind.WFS: "WFS",
    ConnectionKind.XYZ: "TMS",
    ConnectionKind.VECTOR_TILES: "TMS",
}
