"""The made-up data as files, made without QGIS."""

from __future__ import annotations

from pathlib import Path

from tests.simulator.ogc import cache
from tests.simulator.ogc.rasters import write_rasters
from tests.simulator.ogc.vectors import write_vectors


def data_folder(cache_root: Path) -> Path:
    """The folder with the GeoPackage and the GeoTIFFs; they are made when they are not in the cache yet."""
    return cache.data_folder(cache_root, cache.content_version("peers"), _write)


def _write(folder: Path) -> None:
    write_rasters(folder, write_vectors(folder))
