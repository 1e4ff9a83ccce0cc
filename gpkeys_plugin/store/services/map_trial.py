"""A picture of a WMS layer as small as can be, to see whether it draws in a style.

The capabilities of ROK4 do not tell elevation from pictures, but its GetMap does: asked for a png of values, it refuses
(6.0 and later) unless the style colours them.
"""

from __future__ import annotations

from typing import Iterator

from ...keys.services.connection_plans import ConnectionKind, ConnectionPlan
from .capabilities import ServiceLayer
from .listed_layers import found_layers, shown_formats
from .small_requests import map_url

# A service that offers this format may hold values; others are not asked.
_VALUES_FORMAT = "image/x-bil"


def layers_to_try(plan: ConnectionPlan, capabilities: bytes | None) -> Iterator[tuple[str, ServiceLayer]]:
    """Yield the planned layers that may hold values instead of a picture, by name."""
    found = found_layers(plan, capabilities) if plan.kind is ConnectionKind.WMS else None
    for name, layer in (found or {}).items():
        if layer is not None and any(written.startswith(_VALUES_FORMAT) for written in layer.formats):
            yield name, layer


def map_request(root: str, layer: ServiceLayer, style: str) -> str:
    """Return the URL of a small picture from the middle of the data, without any secret."""
    return map_url(root, layer, next(iter(shown_formats(layer.formats)), "image/png"), style)
