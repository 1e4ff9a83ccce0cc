"""Reads what a key opens for download, as far as the page that shows it needs it; nothing is asked for twice."""

from __future__ import annotations

from pathlib import Path
from typing import Sequence

from qgis.PyQt.QtCore import QObject, pyqtSignal

from ...entrepot.downloads.models import Edition, RemoteFile
from ...entrepot.errors import ErrorCode, GpkeysError
from ...jobs.downloads.download_access import DownloadResource
from ...jobs.downloads.resource_listing import ResourceListing
from ...jobs.values import KeyPage
from ...jobs.window.download_jobs import DownloadJobs
from ...keys.services.titles import TitleBook
from ..notices.message_area import sentence
from ..parts.page_job import JobUnderWay
from .choice_page import ChoicePage


class EditionsReader(QObject):
    """The editions of the resource that shows, the files of those that are opened or ticked, the room on the disk."""

    token_refused = pyqtSignal()

    def __init__(self, jobs: DownloadJobs, choice: ChoicePage) -> None:
        super().__init__(choice)
        self._jobs, self._choice = jobs, choice
        self._page: KeyPage | None = None
        self._reading, self._counting, self._looking = JobUnderWay(self._show_known), JobUnderWay(), JobUnderWay()
        choice.resource_chosen.connect(lambda _name: self._read())
        choice.stop_wanted.connect(self._reading.drop)
        choice.reading_wanted.connect(self._read)
        choice.again_wanted.connect(self._on_again)
        choice.files_wanted.connect(self._on_files_wanted)
        choice.folder_changed.connect(lambda _folder: self.look_at_disk())

    def show_key(self, page: KeyPage, titles: TitleBook, resource: str) -> None:
        """Show what a key opens, one resource first; what is not known of it is read."""
        self.shut_down()
        self._page = page
        names = [one.name for one in self._jobs.resources(page)]
        self._choice.show_resources(page.details.key.name, names, titles, resource)
        self._read()

    def look_at_disk(self) -> None:
        """Find how much room there is in the folder that is chosen."""
        looking, folder = self._looking, self._choice.folder()
        looking.drop()
        self._choice.show_space(None, is_known=False)
        if folder:
            path = Path(folder).expanduser()
            looking.begin(lambda: self._jobs.free_space(path, looking.end(self._on_space)))

    def shut_down(self) -> None:
        """Stop what is being read, and forget the key."""
        self._page = None
        for job in (self._reading, self._counting, self._looking):
            job.drop()
        self._choice.model.clear()

    def _on_space(self, free: int | None) -> None:
        self._choice.show_space(free, is_known=True)

    def _resource(self) -> DownloadResource | None:
        found = self._jobs.resources(self._page) if self._page is not None else ()
        return next((one for one in found if one.name == self._choice.resource()), None)

    def _read(self) -> None:
        """Show what is known of the resource, and read on."""
        page, resource, reading = self._page, self._resource(), self._reading
        reading.drop()
        self._choice.say("")
        self._show_known(is_reading=False)
        if page is None or resource is None or self._jobs.listing(page, resource).is_whole:
            return
        reading.begin(
            lambda: self._jobs.read(
                page,
                resource,
                reading.part(self._on_listing),
                reading.end(lambda: None),
                reading.end(self._on_failed),
            )
        )

    def _on_listing(self, listing: ResourceListing) -> None:
        self._choice.show_listing(listing, is_reading=True)

    def _show_known(self, is_reading: bool) -> None:
        page, resource = self._page, self._resource()
        if page is not None and resource is not None:
            self._choice.show_listing(self._jobs.listing(page, resource), is_reading=is_reading)

    def _on_again(self) -> None:
        page, resource = self._page, self._resource()
        if page is not None and resource is not None:
            self._reading.drop()
            self._counting.drop()
            self._jobs.read_again(page, resource)
            self._choice.model.clear()
            self._read()

    def _on_failed(self, error: GpkeysError) -> None:
        if error.ends_session:
            self.token_refused.emit()
        elif error.code is not ErrorCode.CANCELLED:
            self._choice.say(sentence(error))

    def _on_files_wanted(self, editions: Sequence[Edition]) -> None:
        page, counting = self._page, self._counting
        if page is None:
            return
        for edition in editions:
            files = self._jobs.files(page, edition)
            if files is not None:
                self._choice.show_files(edition, files)
        wanted = dict.fromkeys((*editions, *self._choice.model.chosen.unread()))
        lacking = [edition for edition in wanted if self._jobs.files(page, edition) is None]
        if lacking:
            counting.begin(
                lambda: self._jobs.read_files(
                    page,
                    lacking,
                    counting.part(self._on_files),
                    counting.end(lambda: None),
                    counting.end(self._on_failed),
                )
            )

    def _on_files(self, edition: Edition, files: Sequence[RemoteFile]) -> None:
        self._choice.show_files(edition, tuple(files))
