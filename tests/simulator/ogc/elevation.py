"""Heights as ROK4 gives them: 32-bit floats, row after row from the top (GDAL)."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from osgeo import gdal

from ..rok4.pyramids import Box

NO_HEIGHT = -99_999.0


def heights(file: Path, crs: str, box: Box, width: int, height: int) -> bytes:
    """The heights of a GeoTIFF in a box of a system (x first), `width` times `height` of them."""
    warped = gdal.Warp(
        "",
        str(file),
        format="MEM",
        dstSRS=crs,
        outputBounds=box,
        width=width,
        height=height,
        dstNodata=NO_HEIGHT,
        resampleAlg="bilinear",
    )
    content: bytes = warped.ReadAsArray().astype(np.dtype("<f4")).tobytes()
    return content
