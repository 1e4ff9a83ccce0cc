"""Pictures of four quarters of four colours around one place, in any reference system."""

from __future__ import annotations

import re

from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransform,
    QgsCoordinateTransformContext,
    QgsPointXY,
    QgsRectangle,
)
from qgis.PyQt.QtCore import QBuffer, QByteArray, QIODevice, QRect
from qgis.PyQt.QtGui import QColor, QImage, QPainter

LYON = QgsPointXY(4.87, 45.77)
REUNION = QgsPointXY(55.45, -21.24)
# Quarters by (is east, is north).
COLOURS = {
    (False, True): QColor("red"),
    (True, True): QColor("blue"),
    (False, False): QColor("yellow"),
    (True, False): QColor("green"),
}
_DEGREES = QgsCoordinateReferenceSystem("EPSG:4326")
_PIXEL_M = 0.00028


def system(code: str) -> QgsCoordinateReferenceSystem:
    """Return a reference system by a service's name for it."""
    return QgsCoordinateReferenceSystem.fromOgcWmsCrs(code)


def place_in(code: str, place: QgsPointXY) -> QgsPointXY:
    """Return a place, given in degrees, in a reference system."""
    return QgsCoordinateTransform(_DEGREES, system(code), QgsCoordinateTransformContext()).transform(place)


def painted(around: QgsPointXY, code: str, box: QgsRectangle, width: int, height: int, image_format: str) -> bytes:
    """Return the picture of a box: four quarters around a place."""
    centre = place_in(code, around)
    image = QImage(width, height, QImage.Format.Format_RGB32)
    x = round((centre.x() - box.xMinimum()) / box.width() * width)
    y = round((box.yMaximum() - centre.y()) / box.height() * height)
    painter = QPainter(image)
    for (is_east, is_north), colour in COLOURS.items():
        left, right = (x, width) if is_east else (0, x)
        top, bottom = (0, y) if is_north else (y, height)
        painter.fillRect(QRect(left, top, right - left, bottom - top), colour)
    painter.end()
    return _bytes(image, "JPG" if "jpeg" in image_format else "PNG")


def tile_box(capabilities: bytes, query: dict[str, str]) -> tuple[QgsRectangle, str]:
    """Return the box of a WMTS tile and its reference system, from the tilings of the capabilities."""
    text = capabilities.decode()
    name, level = re.escape(query["TILEMATRIXSET"]), re.escape(query["TILEMATRIX"])
    tiling = re.search(rf"<TileMatrixSet>\s*<ows:Identifier>{name}</ows:Identifier>.*?</TileMatrixSet>", text, re.S)
    if tiling is None:
        raise LookupError(name)
    crs = re.search(r"SupportedCRS>([^<]*)<", tiling[0])
    matrix = re.search(
        rf"<ows:Identifier>{level}</ows:Identifier>\s*<ScaleDenominator>([^<]*)<.*?<TopLeftCorner>([^<]*)<",
        tiling[0],
        re.S,
    )
    if crs is None or matrix is None:
        raise LookupError(level)
    metres = 111319.49079327358 if system(crs[1]).isGeographic() else 1.0
    side = float(matrix[1]) * _PIXEL_M / metres * 256
    left, top = map(float, matrix[2].split())
    x, y = left + side * int(query["TILECOL"]), top - side * int(query["TILEROW"])
    return QgsRectangle(x, y - side, x + side, y), crs[1]


def _bytes(image: QImage, image_format: str) -> bytes:
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, image_format)
    return bytes(data)
