"""A producer's style of vector tiles, drawn by QGIS: what its Mapbox GL converter makes of it.

Everything here may run on a worker.
"""

from __future__ import annotations

import json
import struct
from dataclasses import dataclass
from typing import Any, Mapping, Sequence

from qgis.core import (
    QgsMapBoxGlStyleConversionContext,
    QgsMapBoxGlStyleConverter,
    QgsUnitTypes,
    QgsVectorTileBasicLabeling,
    QgsVectorTileBasicRenderer,
    QgsVectorTileLayer,
)
from qgis.PyQt.QtGui import QImage

from ...entrepot.translatable_text import Text
from .style_document import NOT_A_STYLE, StyleDocument, UnreadableStyle, read_object

_MM_PER_PIXEL = 25.4 / 96
"""QGIS's own measure for such styles: pixels would shrink on fine screens and in layouts."""
_MOST_PIXELS = 4096 * 4096
_PNG = b"\x89PNG\r\n\x1a\n"
_PNG_SIZE = struct.Struct(">16xII")


@dataclass(frozen=True)
class Sprites:
    """The icons of a style: one image that holds them all, and where in it each one is."""

    image: QImage
    places: Mapping[str, Mapping[str, float]]


@dataclass(frozen=True)
class ProducerStyle:
    """A style that QGIS can draw. `warnings` are QGIS's own words for what it left out of it."""

    name: str
    renderer: QgsVectorTileBasicRenderer
    labeling: QgsVectorTileBasicLabeling
    warnings: tuple[str, ...] = ()


def read_sprites(index: bytes, image: bytes) -> Sprites:
    """Return the icons; raise UnreadableStyle where the two files are not those of sprites."""
    listed = read_object(index)
    if listed is None:
        raise UnreadableStyle(_NOT_SPRITES)
    picture = _picture(image)
    places = {name: _place(entry, picture) for name, entry in listed.items()}
    return Sprites(picture, {name: place for name, place in places.items() if place is not None})


def _picture(data: bytes) -> QImage:
    if not data.startswith(_PNG) or len(data) < _PNG_SIZE.size:
        raise UnreadableStyle(_NOT_SPRITES)
    # Looked at before it is unpacked: a small file may hold an image that fills the memory.
    width, height = _PNG_SIZE.unpack_from(data)
    picture = QImage.fromData(data) if width * height <= _MOST_PIXELS else QImage()
    if picture.isNull():
        raise UnreadableStyle(_NOT_SPRITES)
    return picture


def _place(entry: Any, picture: QImage) -> Mapping[str, float] | None:
    """Return where an icon is, None for one that is not inside of the image."""
    try:
        x, y, width, height = (int(entry[side]) for side in ("x", "y", "width", "height"))
        # Without the ratio QGIS divides by zero, and draws icons of any size.
        ratio = float(entry.get("pixelRatio") or 1)
    except (TypeError, ValueError, KeyError, AttributeError, OverflowError):
        return None
    is_inside = x >= 0 and y >= 0 and x + width <= picture.width() and y + height <= picture.height()
    if not is_inside or width <= 0 or height <= 0 or ratio <= 0:
        return None
    return {"x": x, "y": y, "width": width, "height": height, "pixelRatio": ratio}


def convert(name: str, document: StyleDocument, sprites: Sprites | None) -> ProducerStyle:
    """Return what QGIS makes of a style; raise UnreadableStyle where it makes nothing of it."""
    converter = QgsMapBoxGlStyleConverter()
    result = converter.convert(json.dumps({"layers": document.layers}), _context(sprites))
    if result != QgsMapBoxGlStyleConverter.Result.Success:
        raise UnreadableStyle(NOT_A_STYLE)
    # Not looked into: each list of what they hold is a copy, for which the window stands still.
    return ProducerStyle(name, converter.renderer(), converter.labeling(), tuple(converter.warnings()))


def _context(sprites: Sprites | None) -> QgsMapBoxGlStyleConversionContext:
    context = QgsMapBoxGlStyleConversionContext()
    # By name: the enumeration moved to Qgis with 3.30.
    unit, _is_known = QgsUnitTypes.decodeRenderUnit("MM")
    context.setTargetUnit(unit)
    context.setPixelSizeConversionFactor(_MM_PER_PIXEL)
    if sprites is not None:
        context.setSprites(sprites.image, dict(sprites.places))
    return context


def draw_in(layer: QgsVectorTileLayer, styles: Sequence[ProducerStyle]) -> None:
    """Give a layer the styles, and have it drawn in the first; the layer belongs to the thread that calls."""
    chosen, *others = styles
    manager = layer.styleManager()
    for style in others:
        _apply(layer, style)
        manager.addStyleFromLayer(style.name)
    _apply(layer, chosen)
    manager.renameStyle(manager.currentStyle(), chosen.name)


def _apply(layer: QgsVectorTileLayer, style: ProducerStyle) -> None:
    # Clones: the layer takes over what it is given, and frees it.
    layer.setRenderer(style.renderer.clone())
    layer.setLabeling(style.labeling.clone())


_NOT_SPRITES = Text("the file received is not a set of icons")
