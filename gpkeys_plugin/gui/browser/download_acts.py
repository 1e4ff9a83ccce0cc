"""What one does from QGIS's Browser with what a key has to download; nothing that was read is asked for again."""

from __future__ import annotations

from pathlib import Path
from typing import Callable, Sequence

from qgis.PyQt.QtWidgets import QWidget

from ...entrepot.downloads.models import Edition, RemoteFile
from ...entrepot.errors import ErrorCode, GpkeysError
from ...entrepot.models import Key
from ...entrepot.translatable_text import Text
from ...jobs.browser.connected_keys import ConnectedKey
from ...jobs.downloads.download_access import resource_of
from ...jobs.downloads.fetch_order import FetchOrder, FetchOutcome, OrderedEdition
from ...jobs.running.translate import tr
from ...jobs.values import AddedLayers, KeyPage
from ...jobs.window import window_memory
from ...jobs.window.job_callbacks import OnFailed
from ...jobs.window.my_keys_jobs import MyKeysJobs
from ..downloads.choice_page import AskFolder, ask_folder

Say = Callable[[str], object]


class DownloadActs:
    """Reads, opens in the panel, fetches and adds to the map. `is_signed_in` tells whether the platform can be asked.

    `say` tells what is under way, `on_failed` what went wrong; `on_added` hears of the layers that were added.
    """

    def __init__(
        self,
        jobs: MyKeysJobs,
        is_signed_in: Callable[[], bool],
        on_wanted: Callable[[str, str], object],
        say: Say,
        on_added: Callable[[AddedLayers], None],
        on_failed: OnFailed,
    ) -> None:
        self._jobs = jobs
        self._is_signed_in = is_signed_in
        self._on_wanted = on_wanted
        self._say, self._on_added, self._on_failed = say, on_added, on_failed
        self.ask: AskFolder = ask_folder

    def read_editions(
        self,
        key: ConnectedKey,
        offering_id: str,
        on_done: Callable[[tuple[Edition, ...]], None],
        on_failed: OnFailed,
    ) -> None:
        """Read what an offering of a key has to download."""
        downloads = self._jobs.downloads

        def read(page: KeyPage) -> None:
            resource = resource_of(page, offering_id)
            if resource is None or downloads.listing(page, resource).is_whole:
                on_done(downloads.listing(page, resource).editions if resource is not None else ())
                return
            known = resource
            downloads.read(
                page, known, lambda _: None, lambda: on_done(downloads.listing(page, known).editions), on_failed
            )

        self._with_page(key, read, on_failed)

    def read_files(
        self,
        key: ConnectedKey,
        edition: Edition,
        on_done: Callable[[tuple[RemoteFile, ...]], None],
        on_failed: OnFailed,
    ) -> None:
        """Read the files of an edition."""
        downloads = self._jobs.downloads

        def read(page: KeyPage) -> None:
            downloads.read_files(
                page, [edition], lambda *_: None, lambda: on_done(downloads.files(page, edition) or ()), on_failed
            )

        self._with_page(key, read, on_failed)

    def open(self, key: ConnectedKey, offering_id: str, edition: Edition, names: Sequence[str] = ()) -> None:
        """Show an edition in the panel, ticked, or files of it."""
        wanted = OrderedEdition(edition, frozenset(names) if names else None)
        self._jobs.downloads.want(key.key_id, wanted)
        self._on_wanted(key.key_id, offering_id)

    def fetch_and_add(self, key: ConnectedKey, file: RemoteFile, edition: Edition, parent: QWidget | None) -> None:
        """Fetch a file into the folder of last time, or one that is chosen, and add what it holds to the map."""
        folder = window_memory.DOWNLOAD_FOLDER.get() or self.ask(parent, tr("Choose a folder"), "")
        if not folder:
            return
        window_memory.DOWNLOAD_FOLDER.set(folder)
        order = FetchOrder((OrderedEdition(edition, frozenset({file.name})),), Path(folder).expanduser())
        downloads = self._jobs.downloads

        def fetch(page: KeyPage) -> None:
            self._say(tr("Downloading “{name}” into {folder}…").format(name=file.name, folder=folder))
            downloads.fetch(
                page, downloads.new_fetch(order), lambda *_: None, lambda _: None, self._on_fetched, self._on_failed
            )

        self._with_page(key, fetch, self._on_failed)

    def _on_fetched(self, outcome: FetchOutcome) -> None:
        problem = next((one.error for one in outcome.failed), None) or next(iter(outcome.problems), None)
        if problem is not None:
            self._on_failed(problem)
        if not outcome.failed:
            self._jobs.downloads.add_to_map(outcome, lambda *_: None, self._on_added, self._on_failed)

    def _with_page(self, key: ConnectedKey, then: Callable[[KeyPage], None], on_failed: OnFailed) -> None:
        if self._is_signed_in():
            self._jobs.page(Key(key.key_id, key.name, key.type), then, on_failed)
        else:
            on_failed(_nobody_is_signed_in())


def _nobody_is_signed_in() -> GpkeysError:
    return GpkeysError(
        ErrorCode.NOT_SIGNED_IN,
        Text("Nobody is signed in."),
        "not signed in",
        advice=Text("Sign in, in the panel, then refresh this entry."),
    )
