"""A folder of tiles as one picture: a virtual mosaic (`.vrt`) that names them."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Callable, Sequence

from osgeo import gdal

from ...keys.downloads.file_names import safe_name
from .unfinished_file import made_whole

IMAGE_ENDINGS = (".tif", ".tiff", ".jp2", ".png", ".jpg", ".jpeg", ".asc")
_FEWEST = 2


def write_mosaics(folder: Path, name: str) -> tuple[Path, ...]:
    """Write a mosaic of the images below a folder that lie somewhere, and return its path.

    There is one for each reference system and kind of picture, none of a single image; none replaces a file that
    was fetched. Raises OSError.
    """
    found = [group for group in _groups(folder).values() if len(group) >= _FEWEST]
    numbered = (f"{name}_{number}" if number > 1 else name for number in range(1, len(found) + 1))
    return tuple(_write(folder, safe_name(f"{stem}.vrt"), tiles) for stem, tiles in zip(numbered, found))


def _groups(folder: Path) -> dict[object, list[Path]]:
    """Return the images that can lie in one mosaic."""
    found: dict[object, list[Path]] = {}
    for path in sorted(folder.rglob("*")):
        if path.suffix.casefold() in IMAGE_ENDINGS and path.is_file():
            kind = kind_of(path)
            if kind is not None:
                found.setdefault(kind, []).append(path)
    return found


def kind_of(path: Path) -> object:
    """Return what the images of one mosaic have in common; None for what is no image, or lies nowhere."""
    image = _made(gdal.Open, str(path))
    if image is None or image.GetGeoTransform(can_return_null=True) is None:
        return None
    return image.GetProjection(), image.RasterCount, image.GetRasterBand(1).DataType


def _made(make: Callable[..., Any], *given: object) -> Any:
    """Return what GDAL makes, None where it cannot: with Processing of QGIS 3.40 and newer, it raises."""
    try:
        return make(*given)
    except RuntimeError:
        return None


def _write(folder: Path, name: str, tiles: Sequence[Path]) -> Path:
    target = folder / name
    with made_whole(target) as unfinished:
        if not _made(_is_written, unfinished, tiles):
            raise OSError(None, "GDAL cannot write the mosaic")
    return target


def _is_written(path: Path, tiles: Sequence[Path]) -> bool:
    mosaic: Any = gdal.BuildVRT(str(path), [str(tile) for tile in tiles])
    if mosaic is not None:
        mosaic.FlushCache()
    # On a full disk, GDAL writes a part of it and returns none the less.
    return gdal.Open(str(path)) is not None
