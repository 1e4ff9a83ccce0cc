"""What there is to download: resources, their editions, their files."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cache, cached_property

from ..dataset.made_up_layers import layer
from . import archives, tiles
from .tiles import Box

SCAN_FILES = "rochebrune.scan.fichiers"
PUY_DE_DOME, CANTAL = "D063", "D015"
ZONES = {PUY_DE_DOME: "D063 Puy-de-Dôme", CANTAL: "D015 Cantal", "FXX": "FXX France métropolitaine"}
FORMATS = {"TIFF": "TIFF (GeoTIFF)", "PNG": "PNG", "ZIP": "ZIP", "DAT": "DAT"}
_TYPES = {"7z": "application/x-7z-compressed", "zip": "application/zip", "tif": "image/tiff", "md5": "text/plain"}
_WRONG = "0" * 32


@dataclass(frozen=True)
class OfferedFile:
    """A file of an edition. `told_md5` is what its feed says of it where that is not true."""

    name: str
    make: Callable[[], bytes] = field(repr=False)
    told_md5: str = ""

    @cached_property
    def content(self) -> bytes:
        """All of it, made once."""
        return self.make()

    @cached_property
    def md5(self) -> str:
        """The sum that the platform tells."""
        return self.told_md5 or hashlib.md5(self.content, usedforsecurity=False).hexdigest()

    @property
    def length(self) -> int:
        """Its size in bytes."""
        return len(self.content)

    @property
    def content_type(self) -> str:
        """As the feed and the answer say it."""
        return _TYPES.get(self.name.rpartition(".")[2], "application/octet-stream")


@dataclass(frozen=True)
class Edition:
    """A data set of a resource: one zone, one format, one day."""

    name: str
    zone: str
    format: str
    date: str
    crs: str
    bbox: Box
    files: tuple[OfferedFile, ...] = ()

    def file(self, name: str) -> OfferedFile | None:
        """The file of that name."""
        return next((known for known in self.files if known.name == name), None)


def editions(resource: str, more: int = 0) -> tuple[Edition, ...]:
    """The editions of a resource, the oldest first, as the platform lists them; `more` are empty ones besides."""
    if resource == SCAN_FILES:
        return (*_further(more), *_scan())
    return (_archive(resource),)


@cache
def _archive(resource: str) -> Edition:
    name = f"{resource}_2026-04"
    readme = {f"{resource}/LISEZMOI.txt": f"{layer(resource).title}\nDonnées inventées.\n".encode()}
    file = OfferedFile(f"{name}.zip", lambda: archives.zipped(readme))
    return Edition(name, PUY_DE_DOME, "ZIP", "2026-04-20", "EPSG:2154", tiles.box_lonlat((0, 11)), (file,))


@cache
def _scan() -> tuple[Edition, ...]:
    return (
        _scan_edition(PUY_DE_DOME, 2024, (0, 1), tuple(_tile(cell, 2024) for cell in (0, 1))),
        _scan_edition(CANTAL, 2025, (8, 9, 10, 11), tuple(_southern_tiles())),
        _scan_edition(PUY_DE_DOME, 2026, tuple(range(8)), tuple(_northern_tiles())),
    )


def _scan_edition(zone: str, year: int, cells: tuple[int, ...], files: tuple[OfferedFile, ...]) -> Edition:
    name, date = f"SCAN25_3-1_TIFF_LAMB93_{zone}_{year}-01-01", f"{year}-01-01"
    return Edition(name, zone, "TIFF", date, "EPSG:2154", tiles.box_lonlat(cells), files)


def _northern_tiles() -> Iterator[OfferedFile]:
    """Eight tiles: four as they are, two in archives of their own, one in an archive of three volumes, one zipped."""
    for cell in range(4):
        yield _tile(cell, 2026)
    for cell in (4, 5):
        yield OfferedFile(f"{_stem(cell, 2026)}.7z", _packed(cell, 2026, archives.seven_zipped))
    for number in (1, 2, 3):
        yield OfferedFile(f"{_stem(6, 2026)}.7z.{number:03}", _volume(6, 2026, number))
    yield OfferedFile(f"{_stem(7, 2026)}.zip", _packed(7, 2026, archives.zipped))


def _southern_tiles() -> Iterator[OfferedFile]:
    """Four tiles; the sum that is told of the last one is wrong."""
    for cell in (8, 9, 10):
        yield _tile(cell, 2025)
    yield OfferedFile(f"{_stem(11, 2025)}.tif", lambda: tiles.geotiff(11, 2025), _WRONG)


def _stem(cell: int, year: int) -> str:
    west, _, _, north = tiles.box(cell)
    return f"SC25_TOUR_{west / 1000:04.0f}_{north / 1000:04.0f}_L93_{year}"


def _tile(cell: int, year: int) -> OfferedFile:
    return OfferedFile(f"{_stem(cell, year)}.tif", lambda: tiles.geotiff(cell, year))


def _packed(cell: int, year: int, pack: Callable[[dict[str, bytes]], bytes]) -> Callable[[], bytes]:
    return lambda: pack({f"{_stem(cell, year)}/{_stem(cell, year)}.tif": tiles.geotiff(cell, year)})


@cache
def _whole(cell: int, year: int) -> bytes:
    return _packed(cell, year, archives.seven_zipped)()


def _volume(cell: int, year: int, number: int) -> Callable[[], bytes]:
    return lambda: archives.volume(_whole(cell, year), number, 3)


def _further(count: int) -> Iterator[Edition]:
    for number in range(count):
        year = 1990 + number % 30
        name = f"SCAN25_1-0_TIFF_LAMB93_D{number % 95 + 1:03}_{year}-{number // 30 % 12 + 1:02}-01_{number:05}"
        yield Edition(name, f"D{number % 95 + 1:03}", "TIFF", f"{year}-01-01", "EPSG:2154", (0.0, 45.0, 1.0, 46.0))
