"""The sprite of the vector tile styles: a round mark for places, a pattern for woods; in one and in two pixels."""

from __future__ import annotations

import json
import math

from .png import CLEAR, Colour, Painter, png

_SIDE = 16


def _mark(x: float, y: float) -> Colour:
    distance = math.hypot(x - 0.5, y - 0.5)
    if distance > 0.45:
        return CLEAR
    return (255, 255, 255, 255) if distance > 0.3 else (178, 24, 43, 255)


def _wood(x: float, y: float) -> Colour:
    is_tree = math.hypot(x % 0.5 - 0.25, y % 0.5 - 0.25) < 0.16
    return (27, 120, 55, 255) if is_tree else (196, 226, 176, 255)


_SYMBOLS: dict[str, Painter] = {"localite": _mark, "foret": _wood}


def sprite_json(ratio: int) -> str:
    """Where each symbol lies in the picture of that pixel ratio."""
    side = _SIDE * ratio
    places = {
        name: {"x": number * side, "y": 0, "width": side, "height": side, "pixelRatio": ratio}
        for number, name in enumerate(_SYMBOLS)
    }
    return json.dumps(places)


def sprite_png(ratio: int) -> bytes:
    """The picture that holds every symbol."""
    side, painters = _SIDE * ratio, list(_SYMBOLS.values())

    def pixel(column: int, row: int) -> Colour:
        return painters[column // side]((column % side + 0.5) / side, (row + 0.5) / side)

    return png(side * len(painters), side, pixel)
