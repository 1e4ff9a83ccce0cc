"""Paints the made-up country as GeoTIFFs (GDAL and numpy): maps, a hill shading, an aerial photograph, heights."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
from osgeo import gdal, ogr

from ..dataset.made_up_layers import EXTENT_LAMBERT
from ..dataset.scenery import HILLS, PLATEAU_HEIGHT
from .vectors import lambert

PIXEL_M = 5.0
_XMIN, _YMIN, _XMAX, _YMAX = EXTENT_LAMBERT
_WIDTH = int((_XMAX - _XMIN) / PIXEL_M)
_HEIGHT = int((_YMAX - _YMIN) / PIXEL_M)

RASTER_FILES = {
    "rochebrune.scan25.touristique": "scan25_touristique.tif",
    "rochebrune.scan25.estompage": "scan25_estompage.tif",
    "rochebrune.ortho_vallee_2023": "ortho_vallee_2023.tif",
    "rochebrune.ortho.tuiles": "ortho_vallee_2023.tif",
    "rochebrune.cadastre.lamb93": "cadastre.tif",
    "rochebrune.mnt": "altitudes.tif",
}
"""Layer name → its GeoTIFF, for what QGIS Server draws."""
HEIGHT_FILE = "altitudes.tif"

Image = np.ndarray[Any, Any]


def write_rasters(folder: Path, vectors: Path) -> None:
    """Paint the rasters into `folder`, with what the GeoPackage `vectors` holds."""
    height = _elevation()
    shade = _hillshade(height)
    masks = _masks(vectors)
    _save(folder / RASTER_FILES["rochebrune.scan25.estompage"], _grey(shade))
    _save(folder / RASTER_FILES["rochebrune.scan25.touristique"], _tourist_map(height, shade, masks))
    _save(folder / RASTER_FILES["rochebrune.ortho_vallee_2023"], _photograph(shade, masks))
    _save(folder / RASTER_FILES["rochebrune.cadastre.lamb93"], _land_register(masks))
    _save(folder / HEIGHT_FILE, height[np.newaxis], gdal.GDT_Float32)


def _elevation() -> Image:
    x, y = np.meshgrid(
        np.linspace(_XMIN, _XMAX, _WIDTH, dtype=np.float32), np.linspace(_YMAX, _YMIN, _HEIGHT, dtype=np.float32)
    )
    height = np.full((_HEIGHT, _WIDTH), PLATEAU_HEIGHT, dtype=np.float32)
    for hill in HILLS:
        height += hill.height * np.exp(-((x - hill.x) ** 2 + (y - hill.y) ** 2) / (2 * (hill.width / 1.6) ** 2))
    height += 18 * np.sin((x - _XMIN) / 410) * np.cos((y - _YMIN) / 530)
    return height


def _hillshade(height: Image) -> Image:
    """Light from the north-west, 0 (dark) to 1 (light)."""
    down, right = np.gradient(height, PIXEL_M)
    slope = np.arctan(2.2 * np.hypot(down, right))
    aspect = np.arctan2(down, -right)
    light = np.sin(np.pi / 4) * np.cos(slope) + np.cos(np.pi / 4) * np.sin(slope) * np.cos(0.75 * np.pi - aspect)
    return np.clip(light / 0.95, 0.0, 1.0)


def _masks(vectors: Path) -> dict[str, Image]:
    """Where woods, water, roads, houses and field edges are."""
    return {
        "wood": _burn(vectors, "SELECT geom FROM foret"),
        "water": _burn(vectors, "SELECT ST_Buffer(geom, 28) AS geom FROM cours_eau"),
        "road_edge": _burn(vectors, "SELECT ST_Buffer(geom, 24) AS geom FROM route WHERE nature = 'départementale'"),
        "road": _burn(vectors, "SELECT ST_Buffer(geom, 15) AS geom FROM route WHERE nature = 'départementale'"),
        "lane": _burn(vectors, "SELECT ST_Buffer(geom, 7) AS geom FROM route WHERE nature = 'communale'"),
        "town": _burn(vectors, "SELECT ST_Buffer(geom, 120 + population / 12) AS geom FROM localite"),
        "limit": _burn(vectors, "SELECT ST_Buffer(ST_Boundary(geom), 9) AS geom FROM commune"),
        "field_edge": _burn(vectors, "SELECT ST_Buffer(ST_Boundary(geom), 6) AS geom FROM zonage"),
    }


def _burn(vectors: Path, query: str) -> Image:
    target = gdal.GetDriverByName("MEM").Create("", _WIDTH, _HEIGHT, 1, gdal.GDT_Byte)
    target.SetGeoTransform((_XMIN, PIXEL_M, 0, _YMAX, 0, -PIXEL_M))
    target.SetProjection(lambert().ExportToWkt())
    source = ogr.Open(str(vectors))
    layer = source.ExecuteSQL(query, dialect="SQLITE")
    gdal.RasterizeLayer(target, [1], layer, burn_values=[1])
    source.ReleaseResultSet(layer)
    return target.ReadAsArray().astype(bool)


def _grey(shade: Image) -> Image:
    return np.repeat((40 + 215 * shade)[np.newaxis], 3, axis=0)


def _filled(red: int, green: int, blue: int) -> Image:
    return np.array([red, green, blue], dtype=np.float32)[:, np.newaxis, np.newaxis] * np.ones(
        (1, _HEIGHT, _WIDTH), dtype=np.float32
    )


def _paint(image: Image, mask: Image, colour: tuple[int, int, int]) -> None:
    for band, value in enumerate(colour):
        image[band][mask] = value


def _tourist_map(height: Image, shade: Image, masks: dict[str, Image]) -> Image:
    image = _filled(252, 247, 232)
    _paint(image, masks["wood"], (196, 226, 176))
    image *= 0.55 + 0.45 * shade
    steps = np.floor(height / 20)
    contours = (steps != np.roll(steps, 1, axis=0)) | (steps != np.roll(steps, 1, axis=1))
    contours[0, :] = contours[:, 0] = False
    _paint(image, contours, (200, 140, 90))
    _paint(image, masks["limit"] & _dashes(), (150, 60, 160))
    _paint(image, masks["water"], (90, 160, 220))
    _paint(image, masks["lane"], (120, 120, 120))
    _paint(image, masks["road_edge"], (150, 30, 20))
    _paint(image, masks["road"], (250, 200, 60))
    _paint(image, masks["town"] & _houses(), (60, 50, 50))
    return image


def _photograph(shade: Image, masks: dict[str, Image]) -> Image:
    grain = np.random.default_rng(2023).normal(0, 9, (_HEIGHT, _WIDTH)).astype(np.float32)
    image = _filled(142, 152, 92)
    _paint(image, masks["field_edge"], (92, 104, 62))
    _paint(image, masks["wood"], (38, 66, 36))
    _paint(image, masks["town"] & _houses(), (186, 110, 84))
    _paint(image, masks["lane"], (176, 170, 156))
    _paint(image, masks["road_edge"], (130, 130, 128))
    _paint(image, masks["water"], (44, 62, 70))
    return image * (0.45 + 0.55 * shade) + grain


def _land_register(masks: dict[str, Image]) -> Image:
    image = _filled(255, 255, 250)
    _paint(image, masks["lane"] | masks["road_edge"], (235, 230, 215))
    _paint(image, masks["water"], (170, 210, 240))
    _paint(image, masks["field_edge"], (70, 70, 70))
    _paint(image, masks["town"] & _houses(), (250, 190, 90))
    _paint(image, masks["limit"] & _dashes(), (200, 30, 60))
    return image


def _houses() -> Image:
    """A pattern of small blocks, seen inside towns only."""
    row, column = np.mgrid[0:_HEIGHT, 0:_WIDTH]
    return ((row // 4) % 3 != 0) & ((column // 5) % 2 == 0)


def _dashes() -> Image:
    row, column = np.mgrid[0:_HEIGHT, 0:_WIDTH]
    return ((row + column) // 12) % 3 != 0


def _save(path: Path, image: Image, kind: int = gdal.GDT_Byte) -> None:
    is_picture = kind == gdal.GDT_Byte
    options = ["TILED=YES", "COMPRESS=DEFLATE", "PREDICTOR=2" if is_picture else "PREDICTOR=3"]
    options += ["PHOTOMETRIC=RGB"] if is_picture else []
    file = gdal.GetDriverByName("GTiff").Create(str(path), _WIDTH, _HEIGHT, len(image), kind, options)
    file.SetGeoTransform((_XMIN, PIXEL_M, 0, _YMAX, 0, -PIXEL_M))
    file.SetProjection(lambert().ExportToWkt())
    file.WriteArray(np.clip(image, 0, 255).astype(np.uint8) if is_picture else image)
    gdal.SetConfigOption("COMPRESS_OVERVIEW", "DEFLATE")
    file.BuildOverviews("AVERAGE", [2, 4, 8, 16])
