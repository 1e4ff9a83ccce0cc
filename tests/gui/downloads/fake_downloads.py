"""A stand-in for downloads: what there is is made up, what it is asked to do it remembers."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

from gpkeys_plugin.entrepot.downloads.models import Edition, Extent, RemoteFile, Term
from gpkeys_plugin.entrepot.errors import ErrorCode, GpkeysError
from gpkeys_plugin.entrepot.translatable_text import Text
from gpkeys_plugin.jobs.downloads import disk_problems
from gpkeys_plugin.jobs.downloads.download_access import DownloadResource, ListedEdition
from gpkeys_plugin.jobs.downloads.fetch_files import FetchedFile, FolderPlan
from gpkeys_plugin.jobs.downloads.fetch_order import BegunFetch, FetchOrder, FetchOutcome, OrderedEdition
from gpkeys_plugin.jobs.downloads.make_ready import ReadyFolder
from gpkeys_plugin.jobs.downloads.resource_listing import ResourceListing
from gpkeys_plugin.jobs.values import AddedLayers, KeyPage
from gpkeys_plugin.jobs.window.download_jobs import DownloadJobs, OnFiles
from gpkeys_plugin.jobs.window.job_callbacks import OnFailed, OnProgress
from gpkeys_plugin.keys.downloads.edition_search import searchable
from gpkeys_plugin.keys.downloads.fetch_plan import Act, PlannedFile

from .. import fakes
from ..fakes import NOW, Call

RESOURCE = fakes.ARCHIVE.layer_name
NORTH, SOUTH = (2.8, 45.6, 3.3, 46.2), (2.1, 44.6, 3.0, 45.3)
FOLDER = Path("/données/scan25")


def edition(zone: str, name: str, year: int, extent: Extent | None = None, kind: str = "TIFF") -> Edition:
    """Return an edition of the SCAN of a department."""
    title = f"SCAN25_3-1_{kind}_LAMB93_{zone}_{year}-01-01"
    terms = (Term(zone, f"{zone} {name}"),), (Term(kind, f"{kind} (Geo{kind})"),)
    return Edition(RESOURCE, title, title, *terms, ("EPSG:2154",), f"{year}-01-01", extent)


PUY_2024, CANTAL_2025, PUY_2026 = (
    edition("D063", "Puy-de-Dôme", 2024, NORTH),
    edition("D015", "Cantal", 2025, SOUTH),
    edition("D063", "Puy-de-Dôme", 2026, NORTH),
)
WITHOUT_ZONE = Edition(RESOURCE, "rochebrune_plu_2026", "Plan local d’urbanisme de Rochebrune", date="2026-04-20")
EDITIONS = (PUY_2024, CANTAL_2025, PUY_2026, WITHOUT_ZONE)


def listing(editions: tuple[Edition, ...], total: int, pages: int, *, is_whole: bool = False) -> ResourceListing:
    """Return what is known of a resource."""
    return ResourceListing(editions, total, pages, is_whole, tuple(map(searchable, editions)))


WHOLE = listing(EDITIONS, len(EDITIONS), 1, is_whole=True)
HALF = listing(EDITIONS[:2], 10_000, 1)


def files(of: Edition, count: int = 3, size: int | None = 12_345_678) -> tuple[RemoteFile, ...]:
    """Return the files of an edition."""
    return tuple(
        RemoteFile(of.resource, of.name, f"SC25_TOUR_{700 + number:04}_6500_L93.tif", size, "0" * 32)
        for number in range(count)
    )


def order(*ordered: Edition) -> FetchOrder:
    """Return an order of all files of editions."""
    return FetchOrder(tuple(OrderedEdition(one) for one in ordered or (PUY_2026,)), FOLDER)


BEGUN = BegunFetch("b1", order(), date(NOW.year, NOW.month, NOW.day))


def fetched(one: RemoteFile, error: GpkeysError | None = None, *, was_kept: bool = False) -> FetchedFile:
    """Return what became of a file."""
    planned = PlannedFile(one, one.name, Act.KEEP if was_kept else Act.FETCH)
    return FetchedFile(planned, FOLDER / one.edition / one.name, one.md5 if error is None else None, error)


def outcome(*, has_failed: bool = False) -> FetchOutcome:
    """Return what came of a download: one file was there, and one may have arrived wrong."""
    first, second, third = files(PUY_2026)
    error = disk_problems.wrong_sum(third.name) if has_failed else None
    listed = ListedEdition(DownloadResource(RESOURCE, "https://data.geopf.fr"), PUY_2026, (first, second, third))
    plan = FolderPlan(listed, FOLDER / PUY_2026.name, ())
    found = (fetched(first), fetched(second, was_kept=True), fetched(third, error))
    return FetchOutcome(found, (ReadyFolder(plan, mosaics=(plan.folder / "scan.vrt",)),))


class FakeDownloadJobs(DownloadJobs):
    """Use cases that do nothing until the test says how they end; what was read is known, as it is in the real ones."""

    def __init__(self, remember: Callable[[Call], Call]) -> None:
        self._remember = remember
        self.kept: dict[str, ResourceListing] = {}
        self.kept_files: dict[str, tuple[RemoteFile, ...]] = {}
        self.left: tuple[BegunFetch, ...] = ()
        self.extent: Extent | None = NORTH
        self.free: int | None = 52_000_000_000
        self.shown_on_map: list[Extent] = []
        self._wanted = None

    def listing(self, page: KeyPage, resource: DownloadResource) -> ResourceListing:
        """Return what was read."""
        return self.kept.get(resource.name, ResourceListing())

    def read(
        self,
        page: KeyPage,
        resource: DownloadResource,
        on_listing: Callable[[ResourceListing], None],
        on_done: Callable[[], None],
        on_failed: OnFailed,
    ) -> Call:
        """Start."""

        def hear(listing: ResourceListing) -> None:
            self.kept[resource.name] = listing
            on_listing(listing)

        known = self.listing(page, resource)
        return self._remember(Call("read", (resource, known), on_part=hear, on_done=on_done, on_failed=on_failed))

    def read_again(self, page: KeyPage, resource: DownloadResource) -> None:
        """Forget what was read."""
        self.kept.pop(resource.name, None)
        self.kept_files.clear()

    def files(self, page: KeyPage, of: Edition) -> tuple[RemoteFile, ...] | None:
        """Return what was read."""
        return self.kept_files.get(of.name)

    def read_files(
        self,
        page: KeyPage,
        editions: Sequence[Edition],
        on_files: OnFiles,
        on_done: Callable[[], None],
        on_failed: OnFailed,
    ) -> Call:
        """Start."""

        def hear(of: Edition, found: tuple[RemoteFile, ...]) -> None:
            self.kept_files[of.name] = found
            on_files(of, found)

        return self._remember(Call("read_files", tuple(editions), on_part=hear, on_done=on_done, on_failed=on_failed))

    def map_extent(self) -> Extent | None:
        """Return what the test says."""
        return self.extent

    def free_space(self, folder: Path, on_done: Callable[[int | None], None]) -> Call:
        """Answer at once."""
        on_done(self.free)
        return self._remember(Call("free_space", (folder,)))

    def fetch(
        self,
        page: KeyPage,
        begun: BegunFetch,
        on_progress: OnProgress,
        on_file: Callable[[FetchedFile], None],
        on_done: Callable[[FetchOutcome], None],
        on_failed: OnFailed,
    ) -> Call:
        """Start."""
        return self._remember(Call("fetch", (page, begun), on_progress, on_done, on_failed, on_part=on_file))

    def begun(self, page: KeyPage) -> tuple[BegunFetch, ...]:
        """Return what is left."""
        return self.left

    def give_up(self, begun: BegunFetch, on_done: Callable[[], None], on_failed: OnFailed) -> Call:
        """Start."""
        return self._remember(Call("give_up", (begun,), on_done=on_done, on_failed=on_failed))

    def add_to_map(
        self,
        one: FetchOutcome,
        on_progress: OnProgress,
        on_done: Callable[[AddedLayers], None],
        on_failed: OnFailed,
    ) -> Call:
        """Start."""
        return self._remember(Call("add_files", (one,), on_progress, on_done, on_failed))

    def show_on_map(self, extent: Extent) -> None:
        """Remember it."""
        self.shown_on_map.append(extent)


def many(count: int) -> ResourceListing:
    """Return a list of many editions, each of its own zone."""
    found = tuple(
        replace(PUY_2026, name=f"SCAN_{number:05}", title=f"SCAN_{number:05}", zones=(Term(f"Z{number:05}"),))
        for number in range(count)
    )
    return listing(found, count, count // 50, is_whole=True)


def of_departments(count: int) -> ResourceListing:
    """Return a list of many editions, one a department and day, as a product of years has."""
    found = tuple(
        replace(
            PUY_2026,
            name=f"SCAN25_3-1_TIFF_LAMB93_D{number % 95 + 1:03}_{_day(number // 95)}",
            title=f"SCAN25 D{number % 95 + 1:03} {_day(number // 95)}",
            zones=(Term(f"D{number % 95 + 1:03}", f"D{number % 95 + 1:03} Département"),),
            date=_day(number // 95),
        )
        for number in range(count)
    )
    return listing(found, count, count // 50, is_whole=True)


def _day(number: int) -> str:
    return f"{2017 + number // 12}-{number % 12 + 1:02}-01"


def refused() -> GpkeysError:
    """Return the error of a key that the service refuses."""
    return GpkeysError(ErrorCode.FORBIDDEN, Text("The download service does not accept this key."), "HTTP 401")


def cancelled() -> GpkeysError:
    """Return what a job that was cancelled ends with."""
    return GpkeysError(ErrorCode.CANCELLED, Text("Cancelled."), "cancelled by the user")
