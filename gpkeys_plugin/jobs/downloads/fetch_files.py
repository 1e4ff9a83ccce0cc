"""Fetching files, two at once, with what is told meanwhile."""

from __future__ import annotations

import shutil
import threading
import time
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass
from pathlib import Path
from typing import Iterable, Sequence

from ...entrepot.errors import GpkeysError
from ...entrepot.retries import Patience
from ...entrepot.translatable_text import Text
from ...keys.downloads import fetch_plan, file_names
from ...keys.downloads.fetch_plan import Act, PlannedFile, shown_size
from ..running.task import Progress
from . import disk_problems
from .disk_problems import DiskError
from .download_access import DownloadAccess, ListedEdition, pace_of
from .fetch_file import MOST_FRUITLESS, PASSING, FileFetch, FileWay
from .part_file import PartFile

AT_ONCE = 2
_LOOK_S = 0.25


@dataclass(frozen=True)
class FolderPlan:
    """What is to be fetched of an edition, into a folder of its own."""

    listed: ListedEdition
    folder: Path
    files: tuple[PlannedFile, ...]


@dataclass(frozen=True)
class FetchedFile:
    """What became of a file. `md5` is its sum where it was found to be the platform's.

    `error` is None where the file is there.
    """

    planned: PlannedFile
    path: Path
    md5: str | None = None
    error: GpkeysError | None = None

    @property
    def was_kept(self) -> bool:
        """Whether it was there before."""
        return self.planned.act is Act.KEEP


def plan_folders(
    listed: Sequence[ListedEdition], folder: Path, progress: Progress, *, overwrite: bool = False
) -> tuple[FolderPlan, ...]:
    """Return what is to be fetched into `folder`, a folder an edition; files that are there are summed up.

    Raises GpkeysError where the folder cannot be written to or has no room.
    """
    names = file_names.safe_names(one.edition.name for one in listed)
    try:
        plans = tuple(_plan(one, folder / name, progress, overwrite=overwrite) for one, name in zip(listed, names))
        free = shutil.disk_usage(folder).free
    except OSError as error:
        raise disk_problems.of_os_error(error, folder) from error
    needed = fetch_plan.needed_bytes(file for plan in plans for file in plan.files)
    sentence = fetch_plan.space_problem(needed, free) if needed else None
    if sentence is not None:
        raise disk_problems.no_room(sentence)
    return plans


def _plan(listed: ListedEdition, folder: Path, progress: Progress, *, overwrite: bool) -> FolderPlan:
    folder.mkdir(exist_ok=True)
    found = []
    for file, name in zip(listed.files, file_names.safe_names(file.name for file in listed.files)):
        progress.tell(0, Text("Looking at what is there: “{name}”…", {"name": name}))
        on_disk = PartFile(folder, name).found(file, progress.check)
        found.append(fetch_plan.planned(file, name, on_disk, overwrite=overwrite))
    return FolderPlan(listed, folder, tuple(found))


class _Meter:
    """Counts what arrives. Any thread may use it."""

    def __init__(self, plans: Iterable[FolderPlan]) -> None:
        self._lock = threading.Lock()
        self._begun_s = time.monotonic()
        self._fetched = 0
        self._total = fetch_plan.needed_bytes(file for plan in plans for file in plan.files)

    def count(self, size: int) -> None:
        """Note bytes that arrived, or, below 0, were dropped."""
        with self._lock:
            self._fetched += size

    def tell(self, progress: Progress) -> None:
        """Say how far it is, and how long the rest may take."""
        with self._lock:
            fetched = max(self._fetched, 0)
        left = max(self._total - fetched, 0)
        percent = 100 * min(fetched / self._total, 1.0) if self._total else 0.0
        values = {"done": shown_size(fetched), "total": shown_size(max(self._total, fetched))}
        seconds = fetch_plan.seconds_left(left, fetched, time.monotonic() - self._begun_s)
        if seconds is None:
            progress.tell(percent, Text("Downloading: {done} of {total}", values))
        else:
            values["left"] = _shown_time(seconds)
            progress.tell(percent, Text("Downloading: {done} of {total}, about {left} left", values))


def fetch_files(plans: Sequence[FolderPlan], access: DownloadAccess, progress: Progress) -> tuple[FetchedFile, ...]:
    """Fetch what is planned, two files at once, and return what became of each, in their order.

    A file that cannot be had does not keep the others from being fetched. Raises GpkeysError when cancelled, or when
    the disk takes nothing more; what was fetched by then stays, and is gone on with the next time.
    """
    meter, stop = _Meter(plans), threading.Event()
    fetcher = _Fetcher(access, meter, Patience(lambda: stop.is_set() or progress.is_cancelled(), progress.tell_wait))
    with ThreadPoolExecutor(max_workers=AT_ONCE) as pool:
        under_way = [pool.submit(fetcher.fetched, plan, file) for plan in plans for file in plan.files]
        try:
            _watch(under_way, meter, progress)
        except BaseException:
            stop.set()
            pool.shutdown(wait=True, cancel_futures=True)
            raise
    return tuple(one.result() for one in under_way)


def _watch(under_way: Iterable[Future[FetchedFile]], meter: _Meter, progress: Progress) -> None:
    waiting = set(under_way)
    while waiting:
        done, waiting = wait(waiting, _LOOK_S, FIRST_COMPLETED)
        for one in done:
            progress.hand_over(one.result())
        meter.tell(progress)


class _Fetcher:
    """Fetches one file after the other, on whichever thread asks."""

    def __init__(self, access: DownloadAccess, meter: _Meter, patience: Patience) -> None:
        self._access = access
        self._meter = meter
        self._patience = patience
        self._most_fruitless = MOST_FRUITLESS

    def fetched(self, plan: FolderPlan, file: PlannedFile) -> FetchedFile:
        """Return what became of a file; raise GpkeysError for what ends all."""
        place = PartFile(plan.folder, file.name)
        try:
            if file.act is Act.KEEP:
                # Its note may be there still, where QGIS ended right after the file was whole.
                place.discard()
                return FetchedFile(file, place.path, file.file.md5)
            self._patience.check()
            md5 = FileFetch(self._way(plan), file, place).run()
        except OSError as error:
            raise disk_problems.of_os_error(error, plan.folder) from error
        except GpkeysError as error:
            if error.ends_all or isinstance(error, DiskError):
                raise
            # Where nobody answers, the others would each be waited for as long: they are tried once.
            self._most_fruitless = 0 if error.code in PASSING else self._most_fruitless
            return FetchedFile(file, place.path, error=error)
        self._most_fruitless = MOST_FRUITLESS
        return FetchedFile(file, place.path, md5)

    def _way(self, plan: FolderPlan) -> FileWay:
        root = plan.listed.resource.root
        session = self._access.session(root, self._patience.is_cancelled)
        client = self._access.client(root, self._patience)
        return FileWay(session, client, root, pace_of(root), self._patience, self._meter.count, self._most_fruitless)


def _shown_time(seconds: int) -> Text:
    if seconds < 60:
        return Text("{seconds} s", {"seconds": seconds})
    minutes = round(seconds / 60)
    return Text("{minutes} min", {"minutes": minutes}) if minutes < 120 else Text("{hours} h", {"hours": minutes // 60})
