"""Cuts the made-up country into vector tiles.

GDAL does it: the writer of QGIS 3.22 drops the last point of every line.
"""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

from osgeo import gdal

from ..dataset.made_up_layers import LAYERS, DatasetLayer
from ..tiling.pyramids import Box
from .vectors import VECTOR_FILE


def tile_folder(layer: DatasetLayer) -> str:
    """Where the tiles of a layer lie below the folder of the data: `<folder>/z/x/y.<extension>`."""
    return f"tiles_{layer.layer_name}"


def write_vector_tiles(folder: Path) -> None:
    """Write the vector tiles of every pyramid out of the GeoPackage in `folder`."""
    for known in LAYERS:
        if known.has_vector_tiles and known.pyramid is not None:
            top, bottom = known.tile_levels
            _write(folder, folder / tile_folder(known), known, layers=list(known.tile_tables), **_levels(top, bottom))


def cut_tile(folder: Path, layer: DatasetLayer, zoom: int, column: int, row: int, box: Box) -> bytes:
    """Cut one tile of a layer of one table; `box` is its extent in EPSG:3857. Nothing where there is no data."""
    margin = (box[2] - box[0]) / 16
    edges = (box[0] - margin, box[1] - margin, box[2] + margin, box[3] + margin)
    clip = ["-clipdst", *map(str, edges)]
    with tempfile.TemporaryDirectory() as scratch:
        target = Path(scratch) / "tiles"
        # pg_tileserv calls what a tile holds after the layer.
        named = {"layers": list(layer.tile_tables), "layerName": layer.layer_name}
        _write(folder, target, layer, options=clip, dstSRS="EPSG:3857", **named, **_levels(zoom, zoom))
        tile = target / str(zoom) / str(column) / f"{row}.pbf"
        return tile.read_bytes() if tile.is_file() else b""


def _levels(top: int, bottom: int) -> dict[str, Any]:
    return {"datasetCreationOptions": ["FORMAT=DIRECTORY", "COMPRESS=NO", f"MINZOOM={top}", f"MAXZOOM={bottom}"]}


def _write(folder: Path, target: Path, layer: DatasetLayer, **options: Any) -> None:
    written = gdal.VectorTranslate(str(target), str(folder / VECTOR_FILE), format="MVT", **options)
    if written is None:
        raise RuntimeError(f"the tiles of {layer.layer_name} cannot be written: {gdal.GetLastErrorMsg()}")
