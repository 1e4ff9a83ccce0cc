"""What of a planned connection a service lists, and what of that QGIS can show."""

from __future__ import annotations

from typing import Mapping, Sequence

from ...keys.services.connection_plans import ConnectionKind, ConnectionPlan
from .capabilities import ServiceLayer, read_layers

# What QGIS's WMS provider reads through Qt, the one to ask for first.
_SHOWN = ("image/png", "image/jpeg", "image/gif", "image/webp", "image/tiff", "image/bmp")
# Names that services of maps have for png and jpeg beside the registered ones.
_OTHER_NAMES = {"image/jpg": "image/jpeg", "image/png8": "image/png", "image/vnd.jpeg-png": "image/png"}
_PICTURES = (ConnectionKind.WMS, ConnectionKind.WMTS)


def is_readable(data: bytes) -> bool:
    """Return whether a body is a capabilities document."""
    return read_layers(data) is not None


def find_layer(listed: Sequence[ServiceLayer], name: str) -> ServiceLayer | None:
    """Return the layer of that name; a service may put a namespace in front of it or leave its own out."""
    exact = next((layer for layer in listed if layer.name == name), None)
    alike = [layer for layer in listed if layer.name.endswith(f":{name}") or name.endswith(f":{layer.name}")]
    return exact or (alike[0] if len(alike) == 1 else None)


def found_layers(plan: ConnectionPlan, capabilities: bytes | None) -> Mapping[str, ServiceLayer | None] | None:
    """Return the planned layers by name as the service describes them, None for one that it does not list.

    None for the whole where the capabilities cannot be read: nothing is known then.
    """
    listed = read_layers(capabilities)
    if listed is None:
        return None
    return {layer.name: find_layer(listed, layer.name) for layer in plan.layers}


def unlisted(plan: ConnectionPlan, capabilities: bytes | None) -> tuple[str, ...]:
    """Return the names of the planned layers that readable capabilities don't list (yet)."""
    found = found_layers(plan, capabilities) if plan.tiles is None else None
    return tuple(name for name, layer in (found or {}).items() if layer is None)


def is_shown(kind: ConnectionKind, layer: ServiceLayer) -> bool:
    """Return whether QGIS can show one of the formats a layer is offered in."""
    return kind not in _PICTURES or not layer.formats or bool(shown_formats(layer.formats))


def shown_formats(formats: Sequence[str]) -> tuple[str, ...]:
    """Return the formats of pictures that QGIS reads, the one to ask for first."""
    shown = [written for written in formats if _plain(written) in _SHOWN]
    # `image/png; mode=8bit` only where there is no plain png.
    return tuple(sorted(shown, key=lambda written: (_SHOWN.index(_plain(written)), written.lower() != _plain(written))))


def _plain(written: str) -> str:
    """Return a format without its parameters, under its registered name."""
    name = written.partition(";")[0].strip().lower()
    return _OTHER_NAMES.get(name, name)
