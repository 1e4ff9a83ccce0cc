"""Orders of files that are struck, killed or refused half-way: each from what its folder has before, as a job."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from gpkeys_plugin.entrepot.downloads.models import Edition, RemoteFile
from gpkeys_plugin.jobs.downloads.download_access import list_editions
from gpkeys_plugin.jobs.downloads.fetch_order import (
    BegunFetch,
    FetchOrder,
    OrderedEdition,
    fetch_and_make_ready,
    files_of,
    listed_for,
)
from gpkeys_plugin.jobs.downloads.part_file import PartFile
from gpkeys_plugin.jobs.downloads.resource_listing import read_listing
from gpkeys_plugin.jobs.running.task import Progress, RunningJob, TaskRunner
from gpkeys_plugin.jobs.scripts.downloads import DownloadChoice, DownloadOrder, download, list_downloads
from gpkeys_plugin.jobs.values import KeyPage
from gpkeys_plugin.jobs.window.download_jobs import DownloadJobs
from gpkeys_plugin.jobs.window.new_key_jobs import QgisSide
from gpkeys_plugin.store.records.begun_downloads import DownloadRecords
from tests.qgis.jobs.conftest import Bench
from tests.qgis.jobs.faults.script_jobs import scripted
from tests.qgis.jobs.faults.true_results import Parts
from tests.qgis.jobs.key_pages import page_named
from tests.simulator.downloads.product import SCAN_FILES, editions
from tests.simulator.memory.seeds import ARCHIVE

Work = Callable[[Progress], Any]

KEY_NAME = "Téléchargements"
MADE_UP = editions(SCAN_FILES)[-1]
# Two tiles that make a mosaic, an archive in three volumes, and one of its own.
NAMES = frozenset(file.name for file in MADE_UP.files if file.name.endswith((".zip", ".001", ".002", ".003"))).union(
    file.name for file in MADE_UP.files[:2]
)
FIRST = MADE_UP.files[0]
_PART = 1000


class _Taken(TaskRunner):
    """Takes the work of a job where others would start it."""

    def __init__(self) -> None:
        super().__init__()
        self.work: Work = lambda _: None

    def start(self, title: str, work: Work, *_: Any, **__: Any) -> RunningJob:
        """Take it; what would run is nothing that anybody asks for."""
        self.work = work
        nothing: Any = None
        return nothing


@dataclass
class Orders:
    """What denise orders with a key of hers, into a folder of hers; the work of it, for whoever runs it."""

    bench: Bench
    page: KeyPage
    folder: Path

    @classmethod
    def of(cls, bench: Bench, folder: Path) -> Orders:
        """Return them; the service may be asked as often as one likes."""
        bench.simulator.switch(download_limit_per_s=1000)
        return cls(bench, page_named(bench, KEY_NAME), folder)

    def fetch(self) -> Work:
        """Return the fetching of the files, noted while it is under way."""
        edition = Edition(SCAN_FILES, MADE_UP.name, MADE_UP.name, date=MADE_UP.date)
        order = FetchOrder((OrderedEdition(edition, NAMES),), self.folder)
        return self._taken(lambda jobs: jobs.fetch(self.page, jobs.new_fetch(order), *_UNHEARD))

    def go_on(self) -> Work | None:
        """Return the going on with what is noted, None where nothing is."""
        begun = self.begun()
        return None if begun is None else self._taken(lambda jobs: jobs.fetch(self.page, begun, *_UNHEARD))

    def give_up(self) -> Work | None:
        """Return the giving up of what is noted, None where nothing is."""
        begun = self.begun()
        return None if begun is None else self._taken(lambda jobs: jobs.give_up(begun, *_UNHEARD[:2]))

    def begun(self) -> BegunFetch | None:
        """Return what is offered to be gone on with."""
        found = self._jobs(_Taken()).begun(self.page)
        assert len(found) <= 1
        return found[0] if found else None

    def listing(self) -> Work:
        """Return the reading of a resource's editions."""
        (resource,) = (one for one in self._jobs(_Taken()).resources(self.page) if one.name == SCAN_FILES)
        return self._taken(lambda jobs: jobs.read(self.page, resource, *_UNHEARD[:3]))

    def files(self) -> Work:
        """Return the reading of an edition's files: what it hands over."""
        edition = Edition(SCAN_FILES, MADE_UP.name, MADE_UP.name)
        return Parts.of(self._taken(lambda jobs: jobs.read_files(self.page, [edition], *_UNHEARD[:3])))

    def script(self) -> Work:
        """Return the script that fetches what another resource has."""
        order = DownloadOrder(DownloadChoice(KEY_NAME, ARCHIVE), self.folder)
        return scripted(self.bench, lambda script: download(script, order))

    def listing_script(self) -> Work:
        """Return the script that lists the same."""
        return scripted(self.bench, lambda script: list_downloads(script, DownloadChoice(KEY_NAME, ARCHIVE)))

    def leave_part(self) -> None:
        """Leave the beginning of the first file, as a download that was cut off does."""
        folder = self.folder / MADE_UP.name
        folder.mkdir()
        place = PartFile(folder, FIRST.name)
        file = RemoteFile(SCAN_FILES, MADE_UP.name, FIRST.name, FIRST.length, FIRST.md5)
        place.open_at(0, file, f'"{FIRST.md5}"', lambda: None)
        place.write(FIRST.content[:_PART])
        place.close()

    def clear(self) -> None:
        """Have nothing in the folder, and nothing noted."""
        for path in self.folder.iterdir():
            shutil.rmtree(path) if path.is_dir() else path.unlink()
        for entry in DownloadRecords().entries():
            DownloadRecords().remove(entry.id)

    def _taken(self, start: Callable[[DownloadJobs], object]) -> Work:
        runner = _Taken()
        start(self._jobs(runner))
        return runner.work

    def _jobs(self, runner: TaskRunner) -> DownloadJobs:
        side = QgisSide(lambda: "", lambda: None, lambda _: None, lambda _: None)
        return DownloadJobs(lambda: self.bench.signed_in, runner, self.bench.main_thread, side)


def _nobody(*_: object) -> None:
    """Hear nothing."""


_UNHEARD: Any = (_nobody,) * 4


@dataclass(frozen=True)
class OrderedJob:
    """A job of downloads. It runs the use cases in `of`; one that `is_fetching` leaves files in the folder.

    `make test` strikes those that are `often`, `make faults` all.
    """

    name: str
    work: Callable[[Orders], Work]
    of: tuple[Callable[..., Any], ...]
    is_fetching: bool = False
    has_part: bool = False
    often: bool = True

    def prepared(self, orders: Orders) -> Work:
        """Return the job, in the state that it begins in."""
        orders.clear()
        if self.has_part:
            orders.leave_part()
        return self.work(orders)


_FETCH = (listed_for, files_of, fetch_and_make_ready)

JOBS = (
    OrderedJob("fetch", Orders.fetch, _FETCH, is_fetching=True),
    OrderedJob("fetch-on", Orders.fetch, _FETCH, is_fetching=True, has_part=True),
    OrderedJob("listing", Orders.listing, (read_listing,)),
    OrderedJob("files", Orders.files, (files_of,)),
    OrderedJob("script-download", Orders.script, (download, list_editions), is_fetching=True, often=False),
    OrderedJob("script-list-downloads", Orders.listing_script, (list_downloads, list_editions), often=False),
)


def files_in(folder: Path) -> dict[str, bytes]:
    """Return all files below a folder."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in _files(folder)}


def sums(files: dict[str, bytes]) -> dict[str, str]:
    """Return what can be compared and printed of files."""
    return {name: hashlib.md5(content, usedforsecurity=False).hexdigest() for name, content in files.items()}


def _files(folder: Path) -> Iterable[Path]:
    return (path for path in folder.rglob("*") if path.is_file())
