"""Heights as ROK4 gives them: 32-bit floats, row after row from the top (GDAL)."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import numpy as np
from osgeo import gdal

from ..tiling.matrix_sets import TILE_PIXELS
from ..tiling.pyramids import Box
from .answers import Answer
from .rasters import HEIGHT_FILE
from .tiff import FORMATS, box_of, tiff_of

NO_HEIGHT = -99_999.0


def heights_answer(folder: Path, parameters: Mapping[str, str]) -> Answer:
    """Answer `/heights`, put like a GetMap, in 32-bit floats or as a TIFF of them."""
    crs, wanted = parameters["crs"], parameters["format"]
    size = int(parameters["width"]), int(parameters["height"])
    warped = _warped(folder, crs, box_of(parameters["bbox"], crs), *size)
    return Answer(200, wanted, tiff_of(warped) if wanted in FORMATS else _floats(warped))


def height_tile(folder: Path, crs: str, box: Box) -> bytes:
    """The heights in the box of a tile (x first)."""
    return _floats(_warped(folder, crs, box, TILE_PIXELS, TILE_PIXELS))


def _floats(warped: gdal.Dataset) -> bytes:
    content: bytes = warped.ReadAsArray().astype(np.dtype("<f4")).tobytes()
    return content


def _warped(folder: Path, crs: str, box: Box, width: int, height: int) -> gdal.Dataset:
    return gdal.Warp(
        "",
        str(folder / HEIGHT_FILE),
        format="MEM",
        dstSRS=crs,
        outputBounds=box,
        width=width,
        height=height,
        dstNodata=NO_HEIGHT,
        resampleAlg="bilinear",
    )
