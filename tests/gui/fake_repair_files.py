"""A stand-in for the use cases around files, and files as a scan finds them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from gpkeys_plugin.entrepot.models import Key, KeyType
from gpkeys_plugin.entrepot.translatable_text import Text
from gpkeys_plugin.jobs.file_repair.file_values import (
    FileFound,
    FilesFound,
    FilesMended,
    FilesOrder,
    FilesUndone,
    PlaceFound,
    PlaceOutcome,
)
from gpkeys_plugin.jobs.file_repair.scan_files import FilesWanted
from gpkeys_plugin.jobs.window.job_callbacks import OnFailed, OnFailure, OnProgress
from gpkeys_plugin.jobs.window.repair_files_jobs import RepairFilesJobs
from gpkeys_plugin.keys.draft import HashStorage
from gpkeys_plugin.keys.layer_needs.needs import Cause
from gpkeys_plugin.keys.layer_needs.permission_road import road_to
from gpkeys_plugin.keys.layer_needs.platform_hosts import Platform
from gpkeys_plugin.keys.layer_needs.remedies import NoPermission, OpenedBy, Remedy
from gpkeys_plugin.keys.layer_needs.sources import read_source
from gpkeys_plugin.store.project_files.places import Place, Where
from gpkeys_plugin.store.project_files.rewrite import RewriteResult

from .fakes import Call

KEY = Key("k1", "Poste 12", KeyType.HASH)
OPENED = OpenedBy(KEY)
FOLDER = Path("/srv/projets")
_DEAD = "ign_scan_ws"
_PLATFORM = Platform.of("https://data.geopf.fr/api")


def place(
    name: str, where: Where = Where.LAYER, cause: Cause = Cause.DEAD_SHARED_HASH, remedy: Remedy | None = OPENED
) -> PlaceFound:
    """Return a place of a file."""
    layer = "GEOGRAPHICALGRIDSYSTEMS.MAPS.SCAN25TOUR.L93"
    source = f"layers={layer}&url=https://data.geopf.fr/private/wmts?apikey%3D{_DEAD}"
    asked = read_source("wms", source, _PLATFORM)
    return PlaceFound(
        Place("", where, "datasource", name, name), "wms", source, cause, asked, hash=_DEAD, remedy=remedy
    )


def found(*, is_signed_in: bool = True) -> FilesFound:
    """Return what a scan of a folder finds."""
    remedy = OpenedBy(KEY) if is_signed_in else None
    nobody = NoPermission(road_to(["GEOGRAPHICALGRIDSYSTEMS.MAPS.SCAN-OACI"])) if is_signed_in else None
    files = (
        FileFound(
            FOLDER / "Plan local d’urbanisme intercommunal 2026.qgz",
            tuple(place(f"SCAN 25 touristique, dalle {number}", remedy=remedy) for number in range(4)),
        ),
        FileFound(
            FOLDER / "urbanisme" / "cadastre.qgs",
            (
                place("Fond SCAN 25", remedy=remedy),
                place("Fond SCAN 25", Where.TREE, remedy=remedy),
                place("Carte OACI", cause=Cause.FOREIGN_HASH, remedy=nobody),
            ),
        ),
        FileFound(FOLDER / "ouvert.qgs", (place("Fond", remedy=remedy),), is_open=True),
        FileFound(FOLDER / "abîmé.qgs", problem=Text("It ends in the middle. Take it from a backup.")),
    )
    return FilesFound(files, 312, is_signed_in=is_signed_in)


def mended(of: FilesFound) -> FilesMended:
    """Return what becomes of those: all but one place mended."""
    left = Text("The key “{name}” does not open it.", {"name": KEY.name})
    outcomes = tuple(
        PlaceOutcome(file.path, one, left if one.cause is Cause.FOREIGN_HASH else None, KEY.name)
        for file in of.files
        if not file.is_open
        for one in file.places
    )
    written = tuple(RewriteResult(file.path, 3, is_copied=True) for file in of.files[:2])
    return FilesMended(outcomes, written, ("abc1234",))


class FakeRepairFilesJobs(RepairFilesJobs):
    """Use cases that do nothing until the test says how they end."""

    def __init__(self) -> None:
        self.calls: list[Call] = []
        self.fixed: HashStorage | None = None

    def last(self, name: str) -> Call:
        """Return the latest call of a use case."""
        return next(call for call in reversed(self.calls) if call.name == name)

    def first_folder(self) -> Path:
        """Return a folder."""
        return FOLDER

    def fixed_storage(self) -> HashStorage | None:
        """Return what the test says."""
        return self.fixed

    def scan(
        self,
        wanted: FilesWanted,
        on_progress: OnProgress,
        on_done: Callable[[FilesFound], None],
        on_failed: OnFailure,
    ) -> Call:
        """Start."""
        return self._remember(Call("scan", (wanted,), on_progress, on_done, on_failed))

    def repair(
        self,
        found: FilesFound,
        order: FilesOrder,
        on_progress: OnProgress,
        on_done: Callable[[FilesMended], None],
        on_failed: OnFailure,
    ) -> Call:
        """Start."""
        return self._remember(Call("repair", (found, order), on_progress, on_done, on_failed))

    def undo(
        self,
        mended: FilesMended,
        on_progress: OnProgress,
        on_done: Callable[[FilesUndone], None],
        on_failed: OnFailure,
    ) -> Call:
        """Start."""
        return self._remember(Call("undo", (mended,), on_progress, on_done, on_failed))

    def save_report(
        self,
        path: Path,
        found: FilesFound,
        mended: FilesMended | None,
        on_done: Callable[[], None],
        on_failed: OnFailed,
    ) -> Call:
        """Start."""
        return self._remember(Call("save_report", (path, found, mended), on_done=on_done, on_failed=on_failed))

    def _remember(self, call: Call) -> Call:
        self.calls.append(call)
        return call
