"""What of a key's connections stays as it is once the key opens other services."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Iterable, Sequence

from . import connection_plans
from .connection_plans import LEVELS, ServedLayer
from .layer_recipes import LayerRecipe, WrittenConnection, draws


@dataclass(frozen=True)
class HeldConnection:
    """A connection that QGIS has for a key: its URL without the hash, and how its layers are made."""

    connection: WrittenConnection
    url: str
    layers: tuple[LayerRecipe, ...] = ()

    def has(self, layer: ServedLayer) -> bool:
        """Return whether a layer is made from this connection."""
        return _is_in(layer, self.url) and any(draws(recipe, layer) for recipe in self.layers)


def kept(held: Iterable[HeldConnection], layers: Sequence[ServedLayer]) -> tuple[HeldConnection, ...]:
    """Return the connections of which a key still opens something, each with those of its layers."""
    left = (replace(one, layers=_left(one, layers)) for one in held)
    return tuple(one for one in left if one.layers)


def not_held(held: Sequence[HeldConnection], layers: Iterable[ServedLayer]) -> tuple[ServedLayer, ...]:
    """Return the layers of offerings of which no connection has anything: their services are to be asked."""
    listed = tuple(layer for layer in layers if layer.kind is not None)
    there = {layer.offering_id for layer in listed if any(one.has(layer) for one in held)}
    return tuple(layer for layer in listed if layer.offering_id not in there)


def _left(one: HeldConnection, layers: Sequence[ServedLayer]) -> tuple[LayerRecipe, ...]:
    here = [layer for layer in layers if _is_in(layer, one.url)]
    return tuple(recipe for recipe in one.layers if any(draws(recipe, layer) for layer in here))


def _is_in(layer: ServedLayer, url: str) -> bool:
    if connection_plans.needs_tile_description(layer):
        place, levels, _ = url.partition(LEVELS)
        return bool(levels) and place == connection_plans.tiles_url(layer)
    return layer.kind is not None and connection_plans.service_url(layer) == url
