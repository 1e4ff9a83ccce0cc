"""Ask the services of a key what they serve, and choose from that which connections and layers are made of it."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Mapping, NamedTuple, Sequence

from ....entrepot.request_turns import side_by_side
from ....entrepot.translatable_text import Text
from ....keys.services import connection_plans, style_choice, wmts_or_tms
from ....keys.services.connection_plans import ConnectionKind, ConnectionPlan, ServedLayer, TileRange
from ....keys.services.wmts_or_tms import Obstacle
from ....store.services import listed_layers
from ....store.services.capabilities import ServiceLayer
from ....store.services.tile_descriptions import describe_tiles
from ..service_probe import ProbeAnswer, ServiceProbe
from . import connection_choice_texts
from .tile_levels import TileLayers, read_tile_layers
from .wms_style_trial import DrawingStyles, drawing_styles

_VALUES_FORMAT = "image/x-bil"


@dataclass(frozen=True)
class Choice:
    """One connection to be written: its plan, and what the service said of it.

    `styles` are those its layers need to draw, by name; `is_assumed`: nobody told the levels of its tiles.
    """

    plan: ConnectionPlan
    body: bytes | None = field(default=None, repr=False)
    styles: Mapping[str, str] = field(default_factory=dict)
    is_assumed: bool = False


@dataclass
class Choices:
    """What is made of a key's services; `url_only` are the layers of which only the URL can be given."""

    made: list[Choice] = field(default_factory=list)
    url_only: list[ServedLayer] = field(default_factory=list)
    warnings: list[Text] = field(default_factory=list)


def choose_connections(
    key_name: str, layers: Sequence[ServedLayer], probe: ServiceProbe, held: Mapping[str, TileRange]
) -> Choices:
    """Return the connections and layers to make; what a service did not tell becomes a warning, not a failure.

    `held` are the tiles of the connections that QGIS has for the key, by the URL before the levels.
    """
    # All at once, though the WMTS of tiles without pictures is asked in vain then: one more wait would cost more.
    probe.ask_ahead(connection_plans.capabilities_url(layer) for layer in layers if layer.kind is not None)
    tiles = read_tile_layers(layers, probe, held)
    chooser = _Chooser(probe, tiles)
    plans = connection_plans.connection_plans(key_name, chooser.without_unseen(layers), tiles.drawn())
    answers = probe.capabilities(plan for plan in plans if plan.tiles is None)
    # Side by side, since each may ask its service for pictures.
    told = dict(zip(answers, side_by_side(lambda plan: _told(plan, answers[plan], probe), answers)))
    for plan in plans:
        if plan.tiles is not None:
            chooser.take_tiles(plan)
        else:
            chooser.take(plan, answers[plan], told[plan])
    chooser.tell()
    return chooser.choices


class _Told(NamedTuple):
    """What a service lists of the layers of a plan, and what trying them has shown."""

    layers: Mapping[str, ServiceLayer | None]
    trial: DrawingStyles


def _told(plan: ConnectionPlan, answer: ProbeAnswer, probe: ServiceProbe) -> _Told | None:
    found = listed_layers.found_layers(plan, answer.body)
    if found is None or answer.body is None:
        return None
    return _Told(found, drawing_styles(plan, answer.body, probe))


class _Chooser:
    def __init__(self, probe: ServiceProbe, tiles: TileLayers) -> None:
        self.choices = Choices(warnings=list(tiles.warnings))
        self._probe = probe
        self._tiles = tiles
        self._not_served = list(tiles.not_served)

    def without_unseen(self, layers: Sequence[ServedLayer]) -> list[ServedLayer]:
        """Return the layers without the WMTS of vector tiles and of elevation: it has no picture of them to give."""
        unseen = wmts_or_tms.without_pictures(self._tiles.tiles)
        values = {layer.offering_id for layer, (found, _) in self._tiles.obstacles.items() if found is Obstacle.VALUES}
        left_out = [layer for layer in layers if layer.kind is ConnectionKind.WMTS and layer.offering_id in unseen]
        self.choices.url_only += [layer for layer in left_out if layer.offering_id in values]
        return [layer for layer in layers if layer not in left_out]

    def take_tiles(self, plan: ConnectionPlan) -> None:
        """Take a connection of tiles as it is planned."""
        layer = next(known for known in self._tiles.tiles if (known.root, known.name) == _place(plan))
        is_assumed = layer in self._tiles.assumed
        body = self._tiles.bodies.get(layer)
        self.choices.made.append(Choice(_styled(plan, body), body, is_assumed=is_assumed))

    def take(self, plan: ConnectionPlan, answer: ProbeAnswer, told: _Told | None) -> None:
        """Take of a WMS, WMTS or WFS connection what the service lists and QGIS shows, nothing where that is none."""
        if told is None:
            self.choices.warnings.append(connection_choice_texts.service_unknown(plan.name, answer.reason))
            self.choices.made.append(Choice(plan))
            return
        styles, values = told.trial
        kept = [layer for layer in plan.layers if self._is_kept(layer, plan, told.layers[layer.name], values)]
        if kept:
            self.choices.made.append(Choice(replace(plan, layers=tuple(kept)), answer.body, styles))

    def tell(self) -> None:
        """Say of the layers that were left out why, and where they are drawn instead."""
        for name in dict.fromkeys(layer.name for layer in self._not_served):
            services = [layer.service for layer in self._not_served if layer.name == name]
            self.choices.warnings.append(connection_choice_texts.not_served(name, services))
        for layer, (obstacle, crs) in self._tiles.obstacles.items():
            instead = self._drawn_instead(layer) if obstacle is Obstacle.REFERENCE_SYSTEM else None
            if instead is not None:
                self.choices.warnings.append(connection_choice_texts.drawn_elsewhere(layer, crs, instead))
            elif obstacle is Obstacle.VALUES:
                self._give_url_only(layer, connection_choice_texts.holds_values(layer))
            else:
                self._give_url_only(layer, connection_choice_texts.drawn_nowhere(layer, crs))

    def _is_kept(
        self, layer: ServedLayer, plan: ConnectionPlan, described: ServiceLayer | None, values: set[str]
    ) -> bool:
        if described is None:
            self._not_served.append(layer)
            return False
        if layer.name not in values and listed_layers.is_shown(plan.kind, described):
            return True
        has_values = layer.name in values or any(known.startswith(_VALUES_FORMAT) for known in described.formats)
        unknown = connection_choice_texts.format_unknown(layer, described.formats)
        self._give_url_only(layer, connection_choice_texts.holds_values(layer) if has_values else unknown)
        return False

    def _give_url_only(self, layer: ServedLayer, text: Text) -> None:
        self.choices.url_only.append(layer)
        self.choices.warnings.append(text)

    def _drawn_instead(self, tiles: ServedLayer) -> str | None:
        """Return the service that draws the same layer: the WMTS of the offering, else a WMS that has the name."""
        drawn = [layer for choice in self.choices.made for layer in choice.plan.layers]
        for layer in drawn:
            if layer.kind is ConnectionKind.WMTS and layer.offering_id == tiles.offering_id:
                return layer.service
        is_in_wms = any(layer.kind is ConnectionKind.WMS and layer.name == tiles.name for layer in drawn)
        return ConnectionKind.WMS.value if is_in_wms else None


def _styled(plan: ConnectionPlan, body: bytes | None) -> ConnectionPlan:
    """Return a plan with the style for the layers that are added from QGIS's Browser."""
    described = describe_tiles(body)
    if described is None or plan.kind is not ConnectionKind.VECTOR_TILES:
        return plan
    return replace(plan, style_url=style_choice.public_style(described.styles, plan.layers[0].name, plan.url))


def _place(plan: ConnectionPlan) -> tuple[str, str]:
    return plan.layers[0].root, plan.layers[0].name
