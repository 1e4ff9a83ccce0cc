"""Try which WMS layers draw a picture, and in which style."""

from __future__ import annotations

from typing import NamedTuple

from ....keys.services.connection_plans import ConnectionPlan
from ....store.services import map_trial
from ....store.services.capabilities import ServiceLayer
from ..service_probe import ServiceProbe


class DrawingStyles(NamedTuple):
    """The styles to take instead of the service's first, and the layers that draw in none, by name."""

    styles: dict[str, str]
    values: set[str]


def drawing_styles(plan: ConnectionPlan, capabilities: bytes, probe: ServiceProbe) -> DrawingStyles:
    """Ask a WMS that may hold elevation for one small picture of each planned layer; no other service is asked."""
    tried = dict(map_trial.layers_to_try(plan, capabilities))
    root = plan.layers[0].root
    first = probe.ask_once([map_trial.map_request(root, layer, _first(layer)) for layer in tried.values()])
    found = DrawingStyles({}, set())
    for (name, layer), answer in zip(tried.items(), first):
        if not answer.holds_values:
            continue
        style = _style_that_draws(root, layer, probe)
        if style is None:
            found.values.add(name)
        else:
            found.styles[name] = style
    return found


def _first(layer: ServiceLayer) -> str:
    return layer.styles[0] if layer.styles else ""


def _style_that_draws(root: str, layer: ServiceLayer, probe: ServiceProbe) -> str | None:
    others = layer.styles[1:]
    answers = probe.ask_once([map_trial.map_request(root, layer, style) for style in others])
    return next((style for style, answer in zip(others, answers) if answer.body is not None), None)
