"""Downloads as the window has them done: what was read is kept for the session, what was begun for the next one."""

from __future__ import annotations

import shutil
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Callable, Sequence

from ...entrepot.downloads.models import Edition, Extent, RemoteFile
from ...store.records import begun_downloads
from ...store.records.begun_downloads import BegunDownload, BegunEdition, DownloadRecords
from ..downloads.add_files import add_files
from ..downloads.download_access import DownloadResource, download_access, resources_of
from ..downloads.fetch_files import FetchedFile
from ..downloads.fetch_order import (
    BegunFetch,
    EditionId,
    FetchOrder,
    FetchOutcome,
    OrderedEdition,
    drop_begun,
    fetch_and_make_ready,
    files_of,
    listed_for,
    make_folder,
)
from ..downloads.resource_listing import ResourceListing, read_listing
from ..running.main_thread import MainThread
from ..running.task import Progress, RunningJob, TaskRunner
from ..running.translate import tr
from ..steps.account_sessions import SignedIn
from ..values import AddedLayers, KeyPage
from .job_callbacks import OnFailed, OnProgress, shown_to
from .new_key_jobs import QgisSide

OnFiles = Callable[[Edition, Sequence[RemoteFile]], None]


class DownloadJobs:
    """Each use case on a thread of its own, for the account that is signed in.

    Every call returns at once; the callables run later on the GUI thread. Nothing is asked of the service twice in a
    session: what was read of a key's resources and editions is known until somebody else signs in.
    """

    def __init__(
        self, signed_in: Callable[[], SignedIn], runner: TaskRunner, main_thread: MainThread, qgis_side: QgisSide
    ) -> None:
        self._signed_in = signed_in
        self._runner = runner
        self._main_thread = main_thread
        self._qgis = qgis_side
        self._records = DownloadRecords()
        self._owner: tuple[str, str] = ("", "")
        self._listings: dict[tuple[str, str], ResourceListing] = {}
        self._files: dict[tuple[str, EditionId], tuple[RemoteFile, ...]] = {}
        self._wanted: tuple[str, OrderedEdition] | None = None

    # What there is

    def want(self, key_id: str, wanted: OrderedEdition) -> None:
        """Have an edition of a key be ticked where its downloads show next, or files of it."""
        self._wanted = key_id, wanted

    def take_wanted(self, page: KeyPage) -> OrderedEdition | None:
        """Return what is to be ticked of a key, once."""
        wanted, self._wanted = self._wanted, None
        return wanted[1] if wanted is not None and wanted[0] == page.details.key.id else None

    def resources(self, page: KeyPage) -> tuple[DownloadResource, ...]:
        """Return what a key opens of the download service."""
        return resources_of(page)

    def listing(self, page: KeyPage, resource: DownloadResource) -> ResourceListing:
        """Return what is known of a resource's editions."""
        self._forget_others()
        return self._listings.get((page.details.key.id, resource.name), ResourceListing())

    def read(
        self,
        page: KeyPage,
        resource: DownloadResource,
        on_listing: Callable[[ResourceListing], None],
        on_done: Callable[[], None],
        on_failed: OnFailed,
    ) -> RunningJob:
        """Read the editions of a resource that are not known; `on_listing` gets what is known after each page."""
        signed_in, known = self._signed_in(), self.listing(page, resource)
        place, kept = (page.details.key.id, resource.name), self._listings

        def hear(listing: ResourceListing) -> None:
            kept[place] = listing
            on_listing(listing)

        return self._runner.start(
            tr("Reading what can be downloaded"),
            lambda progress: read_listing(download_access(page, signed_in), resource, known, progress),
            lambda _: on_done(),
            shown_to(on_failed),
            on_part=hear,
        )

    def read_again(self, page: KeyPage, resource: DownloadResource) -> None:
        """Forget what is known of a resource, for it to be read anew."""
        key_id = page.details.key.id
        self._listings.pop((key_id, resource.name), None)
        for place in [place for place in self._files if place[0] == key_id and place[1][0] == resource.name]:
            del self._files[place]

    def files(self, page: KeyPage, edition: Edition) -> tuple[RemoteFile, ...] | None:
        """Return the files of an edition, None as long as they are not known."""
        self._forget_others()
        return self._files.get((page.details.key.id, (edition.resource, edition.name)))

    def read_files(
        self,
        page: KeyPage,
        editions: Sequence[Edition],
        on_files: OnFiles,
        on_done: Callable[[], None],
        on_failed: OnFailed,
    ) -> RunningJob:
        """Read the files of editions that are not known; `on_files` gets those of one at a time."""
        signed_in, kept, key_id = self._signed_in(), self._files, page.details.key.id
        lacking = [edition for edition in editions if self.files(page, edition) is None]

        def work(progress: Progress) -> None:
            access = download_access(page, signed_in) if lacking else None
            for edition in lacking:
                if access is not None:
                    progress.check()
                    progress.hand_over((edition, files_of(access, edition, progress)))

        def hear(part: tuple[Edition, tuple[RemoteFile, ...]]) -> None:
            edition, files = part
            kept[key_id, (edition.resource, edition.name)] = files
            on_files(edition, files)

        return self._runner.start(
            tr("Reading the files of editions"), work, lambda _: on_done(), shown_to(on_failed), on_part=hear
        )

    def map_extent(self) -> Extent | None:
        """Return what the map shows, in degrees; None without a map."""
        return self._qgis.map_extent()

    # Where to

    def free_space(self, folder: Path, on_done: Callable[[int | None], None]) -> RunningJob:
        """Find how many bytes are free in a folder, or in the one where it would be made; None without either."""
        return self._runner.start(
            tr("Looking at the disk"),
            lambda _progress: shutil.disk_usage(folder if folder.exists() else folder.parent).free,
            on_done,
            lambda _error: on_done(None),
        )

    # Fetching

    def new_fetch(self, order: FetchOrder) -> BegunFetch:
        """Return an order that begins now; `fetch` writes it down."""
        return BegunFetch(begun_downloads.new_id(), order, datetime.now().astimezone().date())

    def fetch(
        self,
        page: KeyPage,
        begun: BegunFetch,
        on_progress: OnProgress,
        on_file: Callable[[FetchedFile], None],
        on_done: Callable[[FetchOutcome], None],
        on_failed: OnFailed,
    ) -> RunningJob:
        """Fetch what is ordered, or go on with it; the folder of a new order is made where only it is missing.

        It is noted until all is there or cannot be had: what is cut off, by a cancel too, is in `begun` the next time.
        """
        signed_in, records, order = self._signed_in(), self._records, begun.order
        known = {place: files for (key_id, place), files in self._files.items() if key_id == page.details.key.id}

        def work(progress: Progress) -> FetchOutcome:
            left = records.unfinished(signed_in.api_url, signed_in.account_id)
            is_new = all(one.id != begun.id for one in left)
            with records.at_work(begun.id):
                if is_new:
                    make_folder(order.folder)
                records.write(_note(begun, signed_in, page))
                access = download_access(page, signed_in)
                listed = listed_for(access, order.editions, known, progress)
                outcome = fetch_and_make_ready(listed, order.folder, access, progress)
                if not any(one.error is not None and one.error.can_retry for one in outcome.failed):
                    records.remove(begun.id)
            return outcome

        return self._runner.start(tr("Downloading"), work, on_done, shown_to(on_failed), on_progress, on_file)

    def begun(self, page: KeyPage) -> tuple[BegunFetch, ...]:
        """Return the downloads with a key that were begun and nobody works on, the latest last."""
        signed_in = self._signed_in()
        found = self._records.unfinished(signed_in.api_url, signed_in.account_id)
        return tuple(_begun(one) for one in found if one.key_id == page.details.key.id)

    def give_up(self, begun: BegunFetch, on_done: Callable[[], None], on_failed: OnFailed) -> RunningJob:
        """Drop what is there of files that are not whole, and go on with it no more; whole files stay."""
        records = self._records

        def work(_progress: Progress) -> None:
            with records.at_work(begun.id):
                drop_begun(begun.order)
                records.remove(begun.id)

        return self._runner.start(tr("Giving a download up"), work, lambda _: on_done(), shown_to(on_failed))

    # What was fetched

    def add_to_map(
        self,
        outcome: FetchOutcome,
        on_progress: OnProgress,
        on_done: Callable[[AddedLayers], None],
        on_failed: OnFailed,
    ) -> RunningJob:
        """Add to the open project what was fetched."""
        return self._runner.start(
            tr("Adding layers to the map"),
            lambda progress: add_files(outcome, self._main_thread, progress),
            lambda added: on_done(self._in_sight(added)),
            shown_to(on_failed),
            on_progress,
        )

    def _in_sight(self, added: AddedLayers) -> AddedLayers:
        """Move the map to the first layers of a project; elsewhere, tell whether it shows them."""
        if added.extent is None:
            return added
        if added.is_first:
            self._qgis.show_extent(added.extent)
            return added
        return replace(added, is_out_of_sight=not self._qgis.shows_extent(added.extent))

    def show_on_map(self, extent: Extent) -> None:
        """Move the map."""
        self._qgis.show_extent(extent)

    def _forget_others(self) -> None:
        """Leave nothing of another account."""
        signed_in = self._signed_in()
        owner = (signed_in.api_url, signed_in.account_id)
        if owner != self._owner:
            # Others, not emptied ones: what is still being read for the former account is none of the next one's.
            self._owner, self._listings, self._files = owner, {}, {}


def _note(begun: BegunFetch, signed_in: SignedIn, page: KeyPage) -> BegunDownload:
    editions = tuple(
        BegunEdition(
            one.edition.resource,
            one.edition.name,
            one.edition.title,
            one.edition.date,
            tuple(sorted(one.names)) if one.names is not None else None,
        )
        for one in begun.order.editions
    )
    whose = (signed_in.api_url, signed_in.account_id, page.details.key.id)
    return BegunDownload(begun.id, *whose, str(begun.order.folder), begun.day.isoformat(), editions)


def _begun(noted: BegunDownload) -> BegunFetch:
    order = FetchOrder(tuple(map(_ordered, noted.editions)), Path(noted.folder))
    return BegunFetch(noted.id, order, date.fromisoformat(noted.day))


def _ordered(noted: BegunEdition) -> OrderedEdition:
    edition = Edition(noted.resource, noted.name, noted.title, date=noted.date)
    return OrderedEdition(edition, frozenset(noted.files) if noted.files is not None else None)
