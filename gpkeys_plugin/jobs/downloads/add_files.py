"""Use case: add to the open project what was fetched: mosaics, images outside of them, vector files."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Iterator

from osgeo import gdal
from qgis.core import QgsMapLayer, QgsProject

from ...entrepot.errors import GpkeysError
from ...entrepot.translatable_text import Text
from ...keys.services.connection_plans import Extent
from ...keys.services.extents import united
from ...store.layer_extents import extent_in_degrees
from ...store.layer_placement import place_in_project
from ...store.sources.layers_on_disk import layers_of
from ..running.main_thread import MainThread
from ..running.task import Progress
from ..values import AddedLayers
from .fetch_order import FetchOutcome
from .make_ready import ReadyFolder
from .mosaic import IMAGE_ENDINGS, kind_of

_VECTOR_ENDINGS = (".gpkg", ".shp", ".geojson", ".fgb", ".gml", ".kml", ".tab", ".mif")


def add_files(outcome: FetchOutcome, main_thread: MainThread, progress: Progress) -> AddedLayers:
    """Open the files on this worker, then place their layers, an edition a group; cancelled, none is placed."""
    groups = [_Group(folder) for folder in outcome.ready]
    try:
        for group in groups:
            group.open(progress)
        added = main_thread.call(lambda: _place(groups, progress))
    except GpkeysError:
        main_thread.call(lambda: _let_go(groups))
        raise
    return added


class _Group:
    """The layers of an edition: they belong to the main thread, which alone may let go of them."""

    def __init__(self, folder: ReadyFolder) -> None:
        self.name = folder.plan.listed.edition.title
        self.layers: list[QgsMapLayer] = []
        self.extents: list[Extent | None] = []
        self.problems: list[Text] = []
        self._folder = folder

    def open(self, progress: Progress) -> None:
        """Make the layers."""
        for path in usable_files(self._folder):
            progress.tell(0, Text("Opening {layer}…", {"layer": path.name}))
            found = layers_of(path)
            self.layers += found
            self.extents += map(extent_in_degrees, found)
            if not found:
                self.problems.append(Text("QGIS cannot open “{name}”.", {"name": path.name}))


def usable_files(folder: ReadyFolder) -> Iterator[Path]:
    """Yield the files of an edition that become layers; an image that a mosaic holds is in that."""
    yield from folder.mosaics
    held = {Path(name) for mosaic in folder.mosaics for name in _files_of(mosaic)}
    for path in sorted(folder.plan.folder.rglob("*")):
        ending = path.suffix.casefold()
        is_image = ending in IMAGE_ENDINGS and path not in held
        if path.is_file() and (ending in _VECTOR_ENDINGS or (is_image and kind_of(path) is not None)):
            yield path


def _files_of(mosaic: Path) -> list[str]:
    opened: Any = gdal.Open(str(mosaic))
    return list(opened.GetFileList() or ()) if opened is not None else []


def _place(groups: list[_Group], progress: Progress) -> AddedLayers:
    progress.check()
    placed = [place_in_project(QgsProject.instance(), group.layers, group.name) for group in groups]
    _let_go(groups)
    return AddedLayers(
        sum(one.added for one in placed),
        sum(one.there for one in placed),
        tuple(problem for group in groups for problem in group.problems),
        united([extent for group in groups for extent in group.extents]),
        is_first=bool(placed) and placed[0].is_first,
    )


def _let_go(groups: list[_Group]) -> None:
    for group in groups:
        group.layers.clear()
