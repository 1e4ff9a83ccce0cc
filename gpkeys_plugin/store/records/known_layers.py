"""The layers of the connections that the plugin wrote, as their services told them: known without asking again.

No secret in it: a recipe has none.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any, Iterable, Mapping

from ...keys.services.connection_plans import ConnectionKind, Extent, TileRange
from ...keys.services.layer_recipes import LayerRecipe, StyleLink, WrittenConnection, list_of
from .connection_origins import Origins
from .record_file import Records


@dataclass(frozen=True)
class _LayersOf:
    """The layers of one connection."""

    connection: WrittenConnection
    layers: tuple[LayerRecipe, ...]


def remember(recipes: Iterable[LayerRecipe]) -> None:
    """Remember the layers of connections just written, and forget those of connections that are not the plugin's.

    Raises GpkeysError when that cannot be written.
    """
    known, found = Origins(), _by_connection(recipes)
    with _RECORDS.changing() as entries:
        for name, entry in tuple(entries.items()):
            if known.find(entry.connection) is None:
                del entries[name]
        entries.update({_entry_name(connection): _LayersOf(connection, found[connection]) for connection in found})


def drop_forgotten() -> None:
    """Forget the layers of connections that are not the plugin's any more; raises GpkeysError as `remember`."""
    remember(())


def rename(names: Mapping[WrittenConnection, WrittenConnection]) -> None:
    """Say that connections have other names now; raises GpkeysError when that cannot be written."""
    with _RECORDS.changing() as entries:
        for old, new in names.items():
            entry = entries.pop(_entry_name(old), None)
            if entry is not None:
                layers = tuple(replace(recipe, connection=new) for recipe in entry.layers)
                entries[_entry_name(new)] = _LayersOf(new, layers)


def all_known() -> Mapping[WrittenConnection, tuple[LayerRecipe, ...]]:
    """Return the layers of each connection of which they are known."""
    return {entry.connection: entry.layers for entry in _RECORDS.all().values()}


def _by_connection(recipes: Iterable[LayerRecipe]) -> dict[WrittenConnection, tuple[LayerRecipe, ...]]:
    found: dict[WrittenConnection, tuple[LayerRecipe, ...]] = {}
    for recipe in recipes:
        found[recipe.connection] = (*found.get(recipe.connection, ()), recipe)
    return found


def _entry_name(connection: WrittenConnection) -> str:
    return f"{list_of(connection.kind)}/{connection.name}"


def _to_json(entry: _LayersOf) -> dict[str, Any]:
    kind, name = entry.connection.kind.value, entry.connection.name
    return {"kind": kind, "name": name, "layers": [_layer_to_json(recipe) for recipe in entry.layers]}


def _layer_to_json(recipe: LayerRecipe) -> dict[str, Any]:
    tiles = recipe.tiles
    return {
        "title": recipe.title,
        "name": recipe.name,
        "crs": recipe.crs,
        "image_format": recipe.image_format,
        "style": recipe.style,
        "tile_matrix_set": recipe.tile_matrix_set,
        "level_count": recipe.level_count,
        "tiles": None if tiles is None else [tiles.zmin, tiles.zmax, tiles.extension],
        "url": recipe.url,
        "extent": None if recipe.extent is None else list(recipe.extent),
        "is_proposed": recipe.is_proposed,
        "style_links": [[link.name, link.url] for link in recipe.style_links],
    }


def _from_json(_name: str, entry: Any) -> _LayersOf:
    connection = WrittenConnection(ConnectionKind(entry["kind"]), str(entry["name"]))
    return _LayersOf(connection, tuple(_layer_from_json(connection, layer) for layer in entry["layers"]))


def _layer_from_json(connection: WrittenConnection, layer: Any) -> LayerRecipe:
    return LayerRecipe(
        str(layer["title"]),
        connection,
        str(layer["name"]),
        crs=str(layer["crs"]),
        image_format=str(layer["image_format"]),
        style=str(layer["style"]),
        tile_matrix_set=str(layer["tile_matrix_set"]),
        level_count=int(layer["level_count"]),
        tiles=_tiles(layer["tiles"]),
        url=str(layer["url"]),
        extent=_extent(layer["extent"]),
        is_proposed=bool(layer["is_proposed"]),
        style_links=tuple(StyleLink(str(name), str(url)) for name, url in layer["style_links"]),
    )


def _tiles(stored: Any) -> TileRange | None:
    return None if stored is None else TileRange(int(stored[0]), int(stored[1]), str(stored[2]))


def _extent(stored: Any) -> Extent | None:
    if stored is None:
        return None
    west, south, east, north = map(float, stored)
    return west, south, east, north


_RECORDS = Records("known_layers.json", _to_json, _from_json)
