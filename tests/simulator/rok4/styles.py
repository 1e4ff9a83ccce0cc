"""The styles of raster layers: the data as they are, and a palette for heights."""

from __future__ import annotations

from dataclasses import dataclass

from ..dataset.made_up_layers import DatasetLayer
from ..dataset.public_addresses import LEGEND


@dataclass(frozen=True)
class Style:
    """A style; `bands` and `sample` tell what pictures in it hold."""

    name: str
    title: str
    abstract: str
    keyword: str
    bands: int = 3
    sample: str = "UINT8"

    @property
    def is_picture(self) -> bool:
        """Whether what it gives is colours and not heights."""
        return self.sample == "UINT8"


_NORMAL = Style("normal", "Données brutes", "Données brutes, sans modification de canal", "Défaut")
_HEIGHTS = Style(_NORMAL.name, _NORMAL.title, _NORMAL.abstract, _NORMAL.keyword, 1, "FLOAT32")
LEGEND_SIZE = (280, 69)


def styles_of(layer: DatasetLayer) -> tuple[Style, ...]:
    """The styles of a layer in WMS, the default first."""
    if not layer.tiles.is_elevation:
        return (_NORMAL,)
    palette = Style(layer.palette, "Teinte Hypsométrique", "Teinte Hypsométrique", layer.palette)
    return (_HEIGHTS, palette) if layer.palette else (_HEIGHTS,)


def legend_url(host_url: str) -> str:
    """Where the legend of every style lies."""
    return host_url + LEGEND
