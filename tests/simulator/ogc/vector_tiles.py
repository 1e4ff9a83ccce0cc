"""Cuts the made-up country into vector tiles.

GDAL does it: the writer of QGIS 3.22 drops the last point of every line.
"""

from __future__ import annotations

from pathlib import Path

from osgeo import gdal

from ..dataset import LAYERS, TILE_TABLES, DatasetLayer
from .vectors import VECTOR_FILE


def tile_folder(layer: DatasetLayer) -> str:
    """Where the tiles of a layer lie below the folder of the data: `<folder>/z/x/y.<extension>`."""
    return f"tiles_{layer.layer_name}"


def write_vector_tiles(folder: Path) -> None:
    """Write the vector tiles of every layer out of the GeoPackage in `folder`."""
    for known in LAYERS:
        if known.has_vector_tiles:
            _write(folder, known)


def _write(folder: Path, layer: DatasetLayer) -> None:
    options = gdal.VectorTranslateOptions(
        format="MVT",
        layers=list(TILE_TABLES),
        datasetCreationOptions=[
            "FORMAT=DIRECTORY",
            "COMPRESS=NO",
            f"MINZOOM={layer.tiles.top}",
            f"MAXZOOM={layer.tiles.bottom}",
        ],
    )
    written = gdal.VectorTranslate(str(folder / tile_folder(layer)), str(folder / VECTOR_FILE), options=options)
    if written is None:
        raise RuntimeError(f"the vector tiles cannot be written: {gdal.GetLastErrorMsg()}")
