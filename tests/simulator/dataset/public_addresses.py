"""Where the public files lie, as on the platform."""

from __future__ import annotations

from .made_up_layers import DatasetLayer

STYLES = "/annexes/ressources/vectorTiles/styles"
GLYPHS = "/annexes/ressources/vectorTiles/fonts/{fontstack}/{range}.pbf"
LEGEND = "/annexes/ressources/legendes/LEGEND.png"


def style_url(layer: DatasetLayer, style: str, host_url: str) -> str:
    """The address of a style of a layer at the platform `host_url`."""
    return f"{host_url}{STYLES}/{layer.layer_name}/{style}.json"


def style_urls(layer: DatasetLayer, host_url: str) -> tuple[str, ...]:
    """The addresses of all styles of a layer."""
    return tuple(style_url(layer, style, host_url) for style in layer.styles)


def sprite_url(layer: DatasetLayer, host_url: str) -> str:
    """The address of a layer's sprite, without ending."""
    return f"{host_url}{STYLES}/{layer.layer_name}/sprite/symboles"
