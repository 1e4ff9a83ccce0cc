"""Cuts the made-up country into vector tiles.

GDAL does it: the writer of QGIS 3.22 drops the last point of every line.
"""

from __future__ import annotations

from pathlib import Path

from osgeo import gdal

from ..dataset import MIN_ZOOM, layer
from .tms import TILE_TABLES
from .vectors import VECTOR_FILE

VECTOR_TILE_LAYER = "rochebrune.plan.vecteur"
VECTOR_TILE_FOLDER = "plan_vecteur"


def write_vector_tiles(folder: Path) -> None:
    """Write `folder`/plan_vecteur/z/x/y.pbf out of the GeoPackage in `folder`."""
    options = gdal.VectorTranslateOptions(
        format="MVT",
        layers=list(TILE_TABLES),
        datasetCreationOptions=[
            "FORMAT=DIRECTORY",
            "COMPRESS=NO",
            f"MINZOOM={MIN_ZOOM}",
            f"MAXZOOM={layer(VECTOR_TILE_LAYER).max_zoom}",
        ],
    )
    written = gdal.VectorTranslate(str(folder / VECTOR_TILE_FOLDER), str(folder / VECTOR_FILE), options=options)
    if written is None:
        raise RuntimeError(f"the vector tiles cannot be written: {gdal.GetLastErrorMsg()}")
