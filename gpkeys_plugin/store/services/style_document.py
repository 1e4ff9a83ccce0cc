"""A style of vector tiles as its producer publishes it: Mapbox GL or MapLibre style, version 8."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any, Iterator, Mapping, Sequence
from urllib.parse import unquote

from ...entrepot.translatable_text import Text

_VERSION = 8
_BACKGROUND = "background"
# What QGIS 3.22 knows besides; newer ones know no more that would make a map.
_DRAWN = ("fill", "line", "circle", "symbol")
_DEFAULT_SPRITE = "default"


class UnreadableStyle(Exception):
    """A style that can't be used; `reason` is the second half of a sentence, without any secret."""

    def __init__(self, reason: Text) -> None:
        super().__init__(str(reason))
        self.reason = reason


@dataclass(frozen=True)
class StyleDocument:
    """What is used of a style: the layers that draw our tiles, and where its sprites are (as written, maybe relative).

    `sprite` is empty for a style without icons.
    """

    layers: tuple[Mapping[str, Any], ...]
    sprite: str = ""


def read_style(data: bytes, layer_name: str) -> StyleDocument:
    """Return what a style says of the tiles of `layer_name`; raise UnreadableStyle where that is nothing."""
    content = read_object(data)
    if content is None or not isinstance(content.get("layers"), list):
        raise UnreadableStyle(NOT_A_STYLE)
    version = content.get("version", _VERSION)
    if version != _VERSION:
        raise UnreadableStyle(Text("it is of version {version}, QGIS reads version 8", {"version": version}))
    layers = tuple(_layers(content, layer_name))
    if all(layer["type"] == _BACKGROUND for layer in layers):
        raise UnreadableStyle(_NOT_OURS)
    if not any(layer["type"] in _DRAWN for layer in layers):
        raise UnreadableStyle(_NOTHING_DRAWN)
    return StyleDocument(layers, _sprite(content.get("sprite")))


def read_object(data: bytes) -> Mapping[str, Any] | None:
    """Return a JSON object; None for anything else."""
    try:
        content = json.loads(data, parse_constant=_refuse)
    except (ValueError, RecursionError):
        return None
    return content if isinstance(content, dict) else None


def _refuse(constant: str) -> None:
    raise ValueError(constant)


def _layers(content: Mapping[str, Any], layer_name: str) -> Iterator[Mapping[str, Any]]:
    sources = content.get("sources")
    own = _own_sources(sources, layer_name) if isinstance(sources, dict) else None
    for layer in content["layers"]:
        if not isinstance(layer, dict) or not isinstance(layer.get("type"), str):
            continue
        if layer["type"] == _BACKGROUND or own is None or layer.get("source") in own:
            sound = _sound_layer(layer)
            if sound is not None:
                yield sound


def _own_sources(sources: Mapping[str, Any], layer_name: str) -> list[str]:
    """Return the names of the sources that are our tiles: those that name the layer, else all vector tiles.

    The public address of the same tiles may stand there, or an older one: the host and the root prove nothing.
    """
    vector = {
        name: entry for name, entry in sources.items() if isinstance(entry, dict) and entry.get("type") == "vector"
    }
    named = [name for name, entry in vector.items() if any(layer_name in parts for parts in _addresses(entry))]
    return named or list(vector)


def _addresses(source: Mapping[str, Any]) -> Iterator[list[str]]:
    tiles = source.get("tiles")
    for address in (source.get("url"), *(tiles if isinstance(tiles, list) else ())):
        if isinstance(address, str):
            path = address.partition("?")[0].partition("#")[0]
            yield [unquote(part).removesuffix(".json") for part in path.split("/")]


def _sprite(written: Any) -> str:
    """Return the address of the sprites; of several sets, that whose icons go by their plain names."""
    if isinstance(written, str):
        return written
    sets = [entry for entry in written if isinstance(entry, dict)] if isinstance(written, list) else []
    plain = next((entry for entry in sets if entry.get("id") == _DEFAULT_SPRITE), sets[0] if sets else {})
    return str(plain.get("url") or "")


def _sound_layer(layer: Mapping[str, Any]) -> Mapping[str, Any] | None:
    """Return a layer without the values that QGIS can't be given, None where its filter is one.

    QGIS 3.22 takes values apart unlooked at: `["!"]`, an object without stops as `text-font` or an empty list as
    `text-justify` bring it down.
    """
    if not _is_sound(layer.get("filter") or True):
        return None
    layout, paint = (_sound_properties(layer.get(part)) for part in ("layout", "paint"))
    kept = {name: value for name, value in layer.items() if name not in ("layout", "paint")}
    if "filter" in kept:
        kept["filter"] = _listed(kept["filter"])
    if isinstance(layer.get("paint"), dict):
        # QGIS leaves out a layer without `paint`.
        kept["paint"] = paint
    if layout:
        kept["layout"] = layout
    if layout.get("visibility") == "none":
        # QGIS 3.22 looks for it here, and would draw what is hidden.
        kept["visibility"] = "none"
    return kept


def _sound_properties(properties: Any) -> dict[str, Any]:
    if not isinstance(properties, dict):
        return {}
    return {name: _listed(value) for name, value in properties.items() if _is_sound_property(value)}


def _listed(value: Any) -> Any:
    """Return an expression with the labels of each `match` as lists.

    Of a label that stands alone QGIS 3.22 makes an empty list, and draws everything as the fallback says.
    """
    if not isinstance(value, list):
        return value
    parts = [_listed(part) for part in value]
    if parts and parts[0] == "match":
        last = len(parts) - 1
        labels = range(len(("match", "input")), last, 2)
        parts = [[part] if place in labels and not isinstance(part, list) else part for place, part in enumerate(parts)]
    return parts


def _is_sound_property(value: Any) -> bool:
    if isinstance(value, dict):
        stops = value.get("stops")
        return isinstance(stops, list) and bool(stops) and all(map(_is_stop, stops))
    return _is_sound(value)


def _is_stop(stop: Any) -> bool:
    return isinstance(stop, list) and len(stop) == len(("zoom", "value")) and all(map(_is_sound, stop))


def _is_sound(value: Any) -> bool:
    if isinstance(value, dict):
        return all(map(_is_sound, value.values()))
    if not isinstance(value, list):
        return True
    return bool(value) and not _is_lame_negation(value) and all(map(_is_sound, value))


def _is_lame_negation(expression: Sequence[Any]) -> bool:
    if expression[0] != "!":
        return False
    negated = expression[1] if len(expression) > 1 else None
    return not isinstance(negated, list) or not negated


NOT_A_STYLE = Text("the file received is not a style")
_NOT_OURS = Text("none of its layers draws these tiles")
_NOTHING_DRAWN = Text("QGIS can draw nothing of it")
