"""An order of files: which ones, into which folder; fetched and made ready, and what came of it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Iterable, Mapping, Sequence

from ...entrepot.downloads.models import Edition, RemoteFile
from ...entrepot.errors import GpkeysError
from ...entrepot.retries import Patience
from ...entrepot.translatable_text import Text
from ...keys.downloads import file_names
from ..running.task import Progress
from . import disk_problems, unfinished_file, unpack
from .download_access import DownloadAccess, ListedEdition, named_resources
from .fetch_files import FetchedFile, FolderPlan, fetch_files, plan_folders
from .make_ready import ReadyFolder, make_ready
from .part_file import PartFile

EditionId = tuple[str, str]
"""A resource and the name of an edition of it."""


@dataclass(frozen=True)
class OrderedEdition:
    """Files of an edition: those of these names, or all of them."""

    edition: Edition
    names: frozenset[str] | None = None

    @property
    def id(self) -> EditionId:
        """What tells it from others."""
        return self.edition.resource, self.edition.name


@dataclass(frozen=True)
class FetchOrder:
    """What is to be fetched, and the folder it goes to, a folder an edition below it."""

    editions: tuple[OrderedEdition, ...]
    folder: Path


@dataclass(frozen=True)
class BegunFetch:
    """An order that was begun and neither finished nor given up; `day` is when."""

    id: str
    order: FetchOrder
    day: date


@dataclass(frozen=True)
class FetchOutcome:
    """What became of the files, and what each folder has for use."""

    fetched: tuple[FetchedFile, ...]
    ready: tuple[ReadyFolder, ...]

    @property
    def failed(self) -> tuple[FetchedFile, ...]:
        """The files that could not be had."""
        return tuple(one for one in self.fetched if one.error is not None)

    @property
    def problems(self) -> tuple[GpkeysError, ...]:
        """What could not be made ready."""
        return tuple(problem for folder in self.ready for problem in folder.problems)


def files_of(access: DownloadAccess, edition: Edition, progress: Progress) -> tuple[RemoteFile, ...]:
    """Return the files of an edition; raises GpkeysError."""
    (resource,) = named_resources(access, [edition.resource])
    client = access.client(resource.root, Patience(progress.is_cancelled, progress.tell_wait))
    return client.files(edition.resource, edition.name)


def listed_for(
    access: DownloadAccess,
    editions: Iterable[OrderedEdition],
    known: Mapping[EditionId, tuple[RemoteFile, ...]],
    progress: Progress,
) -> tuple[ListedEdition, ...]:
    """Return what an order means: its editions with their files, asked for where they are not `known`."""
    found = []
    for ordered in editions:
        progress.tell(0, Text("Reading what “{name}” has to download…", {"name": ordered.edition.title}))
        (resource,) = named_resources(access, [ordered.edition.resource])
        files = known.get(ordered.id) or files_of(access, ordered.edition, progress)
        found.append(ListedEdition(resource, ordered.edition, _named(files, ordered.names)))
    return tuple(found)


def fetch_and_make_ready(
    listed: Sequence[ListedEdition],
    folder: Path,
    access: DownloadAccess,
    progress: Progress,
    *,
    overwrite: bool = False,
    is_unpacking: bool = True,
) -> FetchOutcome:
    """Fetch files into a folder and make ready what arrived; what is there already stays. Raises GpkeysError."""
    plans = plan_folders(listed, folder, progress, overwrite=overwrite)
    fetched = fetch_files(plans, access, progress)
    ready = tuple(make_ready(plan, of(plan, fetched), progress, is_unpacking=is_unpacking) for plan in plans)
    return FetchOutcome(fetched, ready)


def of(plan: FolderPlan, fetched: Iterable[FetchedFile]) -> list[FetchedFile]:
    """Return what was fetched of an edition."""
    return [one for one in fetched if one.path.parent == plan.folder]


def make_folder(folder: Path) -> None:
    """Make a folder that somebody named, in one that is there. Raises GpkeysError."""
    try:
        folder.mkdir(exist_ok=True)
    except OSError as error:
        raise disk_problems.of_os_error(error, folder) from error


def drop_begun(order: FetchOrder) -> None:
    """Drop what is there of what is not whole; folders in which nothing is left go too. Raises GpkeysError."""
    try:
        for name in file_names.safe_names(ordered.edition.name for ordered in order.editions):
            _drop_unfinished(order.folder / name)
    except OSError as error:
        raise disk_problems.of_os_error(error, order.folder) from error


def _drop_unfinished(folder: Path) -> None:
    if not folder.is_dir():
        return
    for ending in (file_names.PART_ENDING, file_names.NOTE_ENDING):
        for path in folder.glob(f"*{ending}"):
            PartFile(folder, path.name[: -len(ending)]).discard()
    unpack.drop_unfinished(folder)
    unfinished_file.drop_unfinished(folder)
    if not any(folder.iterdir()):
        folder.rmdir()


def again(order: FetchOrder, outcome: FetchOutcome) -> FetchOrder:
    """Return an order of the editions of which something could not be had: whole, for their archives' sake."""
    failed = {(one.planned.file.resource, one.planned.file.edition) for one in outcome.failed}
    return replace(order, editions=tuple(one for one in order.editions if one.id in failed))


def _named(files: tuple[RemoteFile, ...], names: frozenset[str] | None) -> tuple[RemoteFile, ...]:
    return files if names is None else tuple(file for file in files if file.name in names)
