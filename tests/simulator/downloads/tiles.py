"""Tiles of a made-up SCAN: real GeoTIFFs in Lambert 93 that share the extent of all data."""

from __future__ import annotations

from functools import cache

from ..dataset.made_up_layers import EXTENT_LAMBERT
from ..tiling.lambert93 import to_degrees

COLUMNS, ROWS = 4, 3
PIXEL_M = 20.0
"""A pixel in metres: 150 × 200 pixels a tile."""
_WIDTH_M = (EXTENT_LAMBERT[2] - EXTENT_LAMBERT[0]) / COLUMNS
_HEIGHT_M = (EXTENT_LAMBERT[3] - EXTENT_LAMBERT[1]) / ROWS

Box = tuple[float, float, float, float]


def box(cell: int) -> Box:
    """The extent of a tile in metres (xmin, ymin, xmax, ymax); cells count by rows from the north-west."""
    row, column = divmod(cell, COLUMNS)
    west, north = EXTENT_LAMBERT[0] + column * _WIDTH_M, EXTENT_LAMBERT[3] - row * _HEIGHT_M
    return west, north - _HEIGHT_M, west + _WIDTH_M, north


def box_lonlat(cells: tuple[int, ...]) -> Box:
    """What holds these tiles, in degrees (west, south, east, north)."""
    corners = [
        to_degrees(x, y) for west, south, east, north in map(box, cells) for x in (west, east) for y in (south, north)
    ]
    longitudes, latitudes = zip(*corners)
    return min(longitudes), min(latitudes), max(longitudes), max(latitudes)


@cache
def geotiff(cell: int, year: int) -> bytes:
    """A tile as a GeoTIFF: a colour of its own, graded, so that tiles laid out wrongly are seen to be so."""
    # Imported here: who lists files only does without GDAL.
    import numpy as np
    from osgeo import gdal, osr

    west, south, east, north = box(cell)
    width, height = round((east - west) / PIXEL_M), round((north - south) / PIXEL_M)
    path = f"/vsimem/scan-{cell}-{year}.tif"
    written = gdal.GetDriverByName("GTiff").Create(path, width, height, 3, gdal.GDT_Byte, ["COMPRESS=DEFLATE"])
    written.SetGeoTransform((west, PIXEL_M, 0, north, 0, -PIXEL_M))
    reference = osr.SpatialReference()
    reference.ImportFromEPSG(2154)
    written.SetProjection(reference.ExportToWkt())
    graded = np.add.outer(np.arange(height), np.arange(width)) % 64
    for band, base in enumerate((40 + 15 * cell, 190 - 12 * cell, year % 100)):
        written.GetRasterBand(band + 1).WriteArray((base + graded * (band < 2)).astype(np.uint8))
    written = None
    handle = gdal.VSIFOpenL(path, "rb")
    content = bytes(gdal.VSIFReadL(1, gdal.VSIStatL(path).size, handle))
    gdal.VSIFCloseL(handle)
    gdal.Unlink(path)
    return content
