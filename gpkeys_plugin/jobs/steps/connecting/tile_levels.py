"""What is known of the tile layers of a key: asked for, or kept, or assumed."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Mapping, Sequence

from ....entrepot.translatable_text import Text
from ....keys.services import connection_plans, wmts_or_tms
from ....keys.services.connection_plans import ServedLayer, TileRange
from ....keys.services.wmts_or_tms import Obstacle
from ....store.services.tile_descriptions import describe_tiles
from ..service_probe import ProbeAnswer, ServiceProbe
from . import connection_choice_texts


@dataclass
class TileLayers:
    """The tile layers of a key, with `warnings` for what could not be read.

    `tiles` has those that are served; `obstacles` says why some of them cannot be drawn, with their reference system.
    `assumed` are those whose levels nobody told. `bodies` are the descriptions as they came.
    """

    tiles: dict[ServedLayer, TileRange] = field(default_factory=dict)
    bodies: dict[ServedLayer, bytes] = field(default_factory=dict)
    obstacles: dict[ServedLayer, tuple[Obstacle, str]] = field(default_factory=dict)
    assumed: set[ServedLayer] = field(default_factory=set)
    not_served: list[ServedLayer] = field(default_factory=list)
    warnings: list[Text] = field(default_factory=list)

    def drawn(self) -> Mapping[tuple[str, str], TileRange]:
        """Return the tiles QGIS can draw, by root and name."""
        return {(layer.root, layer.name): found for layer, found in self.tiles.items() if layer not in self.obstacles}


def read_tile_layers(layers: Sequence[ServedLayer], probe: ServiceProbe, held: Mapping[str, TileRange]) -> TileLayers:
    """Ask for the descriptions of the tile layers among `layers`.

    `held` are the tiles of the connections that QGIS has for the key, by the URL before the levels.
    """
    known = TileLayers()
    wanting = [layer for layer in layers if connection_plans.needs_tile_description(layer)]
    for layer, answer in probe.tile_descriptions(wanting).items():
        if answer.is_not_served:
            known.not_served.append(layer)
        elif not _describe(known, layer, answer.body):
            _make_do(known, layer, answer, held.get(connection_plans.tiles_url(layer)))
    return known


def _describe(known: TileLayers, layer: ServedLayer, body: bytes | None) -> bool:
    found = describe_tiles(body)
    if found is None or body is None:
        return False
    known.tiles[layer] = found.tiles
    known.bodies[layer] = body
    obstacle = wmts_or_tms.obstacle(found.tiles, found.crs)
    if obstacle is not None:
        known.obstacles[layer] = (obstacle, found.crs)
    return True


def _make_do(known: TileLayers, layer: ServedLayer, answer: ProbeAnswer, held: TileRange | None) -> None:
    assumed = wmts_or_tms.assumed_tiles(layer)
    if held is not None and wmts_or_tms.is_kept(layer, held):
        known.tiles[layer] = held
        known.warnings.append(connection_choice_texts.levels_kept(layer, answer.reason))
        return
    known.tiles[layer] = assumed
    known.assumed.add(layer)
    known.warnings.append(connection_choice_texts.levels_assumed(layer, answer.reason, assumed))
