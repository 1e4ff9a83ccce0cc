"""The producer's Mapbox GL styles of the vector tiles, one in colours and one in greys."""

from __future__ import annotations

import json
from typing import Any

from ..dataset.made_up_layers import DatasetLayer
from ..dataset.public_addresses import GLYPHS, sprite_url

_COLOURS = {
    "standard": {
        "ground": "#fcf7e8",
        "wood": "#c4e2b0",
        "water": "#5aa0dc",
        "road": "#fac83c",
        "lane": "#787878",
        "edge": "#961e14",
        "limit": "#963ca0",
        "name": "#4d004b",
    },
    "gris": {
        "ground": "#f7f7f7",
        "wood": "#d9d9d9",
        "water": "#bdbdbd",
        "road": "#969696",
        "lane": "#b4b4b4",
        "edge": "#636363",
        "limit": "#525252",
        "name": "#252525",
    },
}
_SOURCE = "rochebrune"


def style_json(layer: DatasetLayer, style: str, host_url: str) -> str:
    """The style file of that name; KeyError when there is none."""
    zmin, zmax = layer.tile_levels
    tiles = f"{host_url}/private/tms/1.0.0/{layer.layer_name}/{{z}}/{{x}}/{{y}}.pbf"
    content = {
        "version": 8,
        "name": f"{layer.title} ({style})",
        "glyphs": host_url + GLYPHS,
        "sprite": sprite_url(layer, host_url),
        "sources": {_SOURCE: {"type": "vector", "tiles": [tiles], "minzoom": zmin, "maxzoom": zmax}},
        "layers": _layers(_COLOURS[style], has_pattern=style == "standard"),
    }
    return json.dumps(content, ensure_ascii=False, indent=2)


def _layers(colours: dict[str, str], *, has_pattern: bool) -> list[dict[str, Any]]:
    wood: dict[str, Any] = {"fill-color": colours["wood"]}
    if has_pattern:
        wood["fill-pattern"] = "foret"
    # QGIS 3.22 makes an empty list of a value that is not in one.
    nature = ["match", ["get", "nature"], ["départementale"], colours["road"], colours["lane"]]
    widths = {"base": 1.4, "stops": [[8, 0.5], [14, 5]]}
    return [
        {"id": "fond", "type": "background", "paint": {"background-color": colours["ground"]}},
        _layer("foret", "fill", "foret", paint=wood),
        _layer("cours d'eau", "line", "cours_eau", paint={"line-color": colours["water"], "line-width": 3}),
        _layer(
            "bord des départementales",
            "line",
            "route",
            filter=["==", "nature", "départementale"],
            paint={"line-color": colours["edge"], "line-width": {"stops": [[8, 1], [14, 8]]}},
        ),
        _layer("routes", "line", "route", paint={"line-color": nature, "line-width": widths}),
        _layer(
            "limites communales",
            "line",
            "commune",
            paint={"line-color": colours["limit"], "line-width": 1.5, "line-dasharray": [4, 2]},
        ),
        _layer(
            "localités",
            "symbol",
            "localite",
            minzoom=9,
            layout={
                "icon-image": "localite",
                "text-field": "{nom}",
                "text-font": ["Source Sans Pro Regular"],
                "text-size": 13,
                "text-offset": [0, 1],
            },
            paint={"text-color": colours["name"], "text-halo-color": "#ffffff", "text-halo-width": 1},
        ),
    ]


def _layer(name: str, kind: str, table: str, **more: Any) -> dict[str, Any]:
    return {"id": name, "type": kind, "source": _SOURCE, "source-layer": table, **more}
