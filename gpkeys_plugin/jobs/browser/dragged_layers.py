"""Layers of keys as QGIS takes them where they are dropped: on the map, among the layers."""

from __future__ import annotations

from dataclasses import replace
from typing import Iterable, Iterator, Mapping, Sequence
from urllib.parse import unquote

from qgis.core import QgsMimeDataUtils

from ...entrepot.errors import GpkeysError
from ...keys.services.connection_plans import ConnectionKind, ServedLayer
from ...keys.services.layer_recipes import LayerRecipe, draws
from ...keys.services.titles import TitleBook
from . import connected_keys
from .connected_keys import ConnectedKey

PROVIDERS = {ConnectionKind.WFS: "WFS", ConnectionKind.VECTOR_TILES: ""}
_PROVIDER_KEYS = frozenset({"wms", *PROVIDERS.values()})
_TYPES = {ConnectionKind.WFS: "vector", ConnectionKind.VECTOR_TILES: "vector-tile"}


def dragged(key_id: str, services: Sequence[ServedLayer], titles: TitleBook) -> list[QgsMimeDataUtils.Uri]:
    """Return the layers of a key that this QGIS holds, of all services or of some; none of one that it does not hold.

    From the profile alone, some ms: nobody is asked. A hash that is kept in URLs is in them.
    """
    try:
        keys = connected_keys.connected_keys(are_titles_wanted=False)
    except GpkeysError:
        # An address in the options that cannot be used: the options say so.
        return []
    held = next((key for key in keys if key.key_id == key_id), None)
    if held is None:
        return []
    chosen = [recipe for recipe in held.layers if any(draws(recipe, layer) for layer in services)]
    recipes = connected_keys.proposed(chosen) if services else held.proposed_layers
    return uris(replace(recipe, title=_title(recipe, titles)) for recipe in recipes)


def uris(recipes: Iterable[LayerRecipe]) -> list[QgsMimeDataUtils.Uri]:
    """Return layers as they are dragged, but those whose connection is gone."""
    return [uri for recipe in recipes for uri in _uri(recipe)]


def dropped(found: Sequence[QgsMimeDataUtils.Uri]) -> Mapping[str, tuple[LayerRecipe, ...]]:
    """Return what was dropped, by the names of its keys: nothing unless each is a layer of a key that this QGIS holds.

    From the profile alone, some ms: nobody is asked.
    """
    if not all(uri.providerKey in _PROVIDER_KEYS for uri in found):
        return {}
    try:
        keys = connected_keys.connected_keys(are_titles_wanted=False)
    except GpkeysError:
        # An address in the options that cannot be used: the options say so.
        return {}
    by_key: dict[str, list[LayerRecipe]] = {}
    for uri in found:
        held = next(((key, recipe) for key in keys for recipe in _same(key, uri)), None)
        if held is None:
            return {}
        by_key.setdefault(held[0].name, []).append(replace(held[1], title=uri.name))
    return {name: tuple(recipes) for name, recipes in by_key.items()}


def _same(key: ConnectedKey, uri: QgsMimeDataUtils.Uri) -> Iterator[LayerRecipe]:
    text = unquote(uri.uri)
    # The connections of those whose name is not even there need not be read.
    named = (recipe for recipe in key.layers if recipe.name in text)
    return (recipe for recipe in named if any(own.uri == uri.uri for own in _uri(recipe)))


def _uri(recipe: LayerRecipe) -> Iterator[QgsMimeDataUtils.Uri]:
    try:
        source = connected_keys.source_of(recipe)
    except GpkeysError:
        return
    kind = recipe.connection.kind
    uri = QgsMimeDataUtils.Uri()
    uri.layerType = _TYPES.get(kind, "raster")
    uri.providerKey = PROVIDERS.get(kind, "wms")
    uri.name, uri.uri = recipe.title, source
    yield uri


def _title(recipe: LayerRecipe, titles: TitleBook) -> str:
    """Return what a layer is called: its title, where its service tells one, else the known one."""
    return recipe.title if recipe.title not in ("", recipe.name) else titles.title(recipe.name) or recipe.name
