"""Downloads with a key, one page after the other: what there is, what is under way, what came of it."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from qgis.PyQt.QtCore import pyqtSignal
from qgis.PyQt.QtWidgets import QStackedWidget, QWidget

from ...entrepot.errors import ErrorCode, GpkeysError
from ...entrepot.translatable_text import Text
from ...jobs.downloads import fetch_order
from ...jobs.downloads.fetch_order import BegunFetch, FetchOrder, FetchOutcome
from ...jobs.running.translate import show, tr
from ...jobs.values import AddedLayers, KeyPage
from ...jobs.window import window_memory
from ...jobs.window.download_jobs import DownloadJobs
from ...keys.upkeep.holdings import Holdings
from ..notices.message_area import Messages, sentence
from ..notices.notice import Action
from ..parts import theme
from ..parts.focus_after_turn import follow_turns
from ..parts.page_job import JobUnderWay
from ..parts.row_content import tooltip
from ..result.added_layers_words import added_level, added_words
from . import download_words
from .choice_page import ChoicePage
from .editions_reader import EditionsReader
from .fetch_page import FetchPage
from .fetched_page import FetchedPage


class DownloadsView(QStackedWidget):
    """One download at a time: it goes on while one looks elsewhere. `front_wanted` asks for these pages to show."""

    help_page = "downloads"
    left = pyqtSignal()
    token_refused = pyqtSignal()
    front_wanted = pyqtSignal()

    def __init__(self, jobs: DownloadJobs, messages: Messages, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._jobs, self._messages = jobs, messages
        self._page: KeyPage | None = None
        self._fetched_with: KeyPage | None = None
        self._under_way: BegunFetch | None = None
        self._outcome: FetchOutcome | None = None
        self._is_to_give_up = False
        self._fetching, self._giving_up = JobUnderWay(), JobUnderWay()
        self._choice = ChoicePage(jobs.map_extent)
        self._reader = EditionsReader(jobs, self._choice)
        self._fetch, self._fetched = FetchPage(), FetchedPage()
        self._adding = JobUnderWay(lambda is_adding: self._fetched.show_adding(is_adding=is_adding))
        for page in (self._choice, self._fetch, self._fetched):
            self.addWidget(page)
        self._connect()
        follow_turns(self)

    def show_key(self, page: KeyPage, holdings: Holdings, resource: str = "") -> None:
        """Show what a key opens for download, one resource first; or the download that is under way."""
        if self._fetching.is_busy():
            self.setCurrentWidget(self._fetch)
            return
        self._page, self._under_way = page, None
        if not self._choice.folder():
            self._choice.set_folder(window_memory.DOWNLOAD_FOLDER.get())
        self._reader.show_key(page, holdings.titles, resource)
        wanted = self._jobs.take_wanted(page)
        if wanted is not None:
            self._choice.tick(wanted)
        self._show_choice()

    def shut_down(self) -> None:
        """Stop what is under way and don't listen to it any more; what was begun is offered again."""
        for job in (self._fetching, self._giving_up, self._adding):
            job.drop()
        self._reader.shut_down()
        self._page, self._fetched_with, self._under_way, self._outcome = None, None, None, None
        self.setCurrentWidget(self._choice)

    def _connect(self) -> None:
        choice, fetch, fetched = self._choice, self._fetch, self._fetched
        choice.left.connect(self.left)
        self._reader.token_refused.connect(self.token_refused)
        choice.fetch_wanted.connect(lambda order: self._begin(self._jobs.new_fetch(order), self._page))
        fetch.left.connect(self.left)
        fetch.pause_wanted.connect(lambda: self._stop(is_to_give_up=False))
        fetch.cancel_wanted.connect(lambda: self._stop(is_to_give_up=True))
        fetch.go_on_wanted.connect(self._on_go_on)
        fetched.left.connect(self._show_choice)
        fetched.add_wanted.connect(self._on_add)
        fetched.stop_wanted.connect(self._on_stop_adding)
        fetched.again_wanted.connect(self._on_again)

    # What was begun before

    def _show_choice(self) -> None:
        """Show what there is, above it what was begun and not finished."""
        begun = self._choice.begun
        begun.clear()
        for one in self._jobs.begun(self._page) if self._page is not None else ():
            actions = (
                Action("goOnBegunButton", tr("Go on"), partial(self._begin, one, self._page)),
                Action("giveUpBegunButton", tr("Give up"), partial(self._give_up, one)),
            )
            notice = begun.post(f"begun{one.id}", theme.Level.INFO, download_words.begun(one), actions)
            notice.setToolTip(tooltip(str(one.order.folder)))
        self._reader.look_at_disk()
        self.setCurrentWidget(self._choice)

    def _give_up(self, begun: BegunFetch) -> None:
        giving_up = self._giving_up
        giving_up.begin(
            lambda: self._jobs.give_up(
                begun, giving_up.end(self._show_choice), giving_up.end(self._messages.show_error)
            )
        )

    # What is under way

    def _begin(self, begun: BegunFetch, page: KeyPage | None) -> None:
        if page is None or self._fetching.is_busy():
            return
        window_memory.DOWNLOAD_FOLDER.set(str(begun.order.folder))
        self._messages.withdraw("error", "fetched")
        self._under_way, self._fetched_with, self._is_to_give_up = begun, page, False
        self._fetch.start(begun.order, self._total(begun.order, page))
        self.setCurrentWidget(self._fetch)
        fetching = self._fetching
        fetching.begin(
            lambda: self._jobs.fetch(
                page,
                begun,
                fetching.part(self._on_progress),
                fetching.part(self._fetch.show_file),
                fetching.end(self._on_fetched),
                fetching.end(self._on_fetch_failed),
            )
        )

    def _total(self, order: FetchOrder, page: KeyPage) -> int | None:
        counts = []
        for ordered in order.editions:
            files = self._jobs.files(page, ordered.edition)
            if files is None and ordered.names is None:
                return None
            counts.append(len(ordered.names) if ordered.names is not None else len(files or ()))
        return sum(counts)

    def _on_progress(self, percent: float, text: Text) -> None:
        self._fetch.show_progress(percent, show(text))

    def _stop(self, *, is_to_give_up: bool) -> None:
        self._is_to_give_up = is_to_give_up
        if self._fetching.is_busy():
            self._fetch.show_stopping()
            self._fetching.cancel()
        elif self._under_way is not None:
            self._give_up(self._under_way)

    def _on_go_on(self) -> None:
        if self._under_way is not None:
            self._begin(self._under_way, self._fetched_with)

    def _on_fetch_failed(self, error: GpkeysError) -> None:
        if error.ends_session:
            self.token_refused.emit()
        if error.code is ErrorCode.CANCELLED and self._is_to_give_up and self._under_way is not None:
            self._give_up(self._under_way)
            return
        # What has arrived is kept, whatever went wrong.
        self._fetch.show_paused()
        if error.code is not ErrorCode.CANCELLED:
            self._messages.show_error(error, self._on_go_on)

    def _on_fetched(self, outcome: FetchOutcome) -> None:
        self._outcome = outcome
        order = self._under_way.order if self._under_way is not None else None
        self._fetched.show_outcome(outcome, order.folder if order is not None else Path())
        self.setCurrentWidget(self._fetched)
        if not self.isVisible():
            words, level = download_words.outcome(outcome)
            offer = Action("showFetchedButton", tr("Show the download"), self.front_wanted.emit)
            self._messages.post("fetched", level, words, [offer], can_close=True)

    # What was fetched

    def _on_again(self) -> None:
        if self._under_way is not None and self._outcome is not None:
            order = fetch_order.again(self._under_way.order, self._outcome)
            self._begin(BegunFetch(self._under_way.id, order, self._under_way.day), self._fetched_with)

    def _on_add(self) -> None:
        outcome = self._outcome
        if outcome is None:
            return
        self._fetched.news.withdraw("added")
        adding = self._adding
        adding.begin(
            lambda: self._jobs.add_to_map(
                outcome,
                adding.part(lambda _percent, text: self._fetched.say(show(text))),
                adding.end(self._on_added),
                adding.end(self._on_adding_failed),
            )
        )

    def _on_added(self, added: AddedLayers) -> None:
        self._fetched.say("")
        extent = added.extent
        offer = Action("showLayersButton", tr("&Zoom to the layers"), lambda: self._on_zoom(added))
        actions = [offer] if added.is_out_of_sight and extent is not None else []
        words = added_words(added) or tr("There is nothing in it that QGIS shows on a map.")
        if self._outcome is not None and download_words.outcome(self._outcome)[1] is theme.Level.GOOD:
            self._fetched.news.withdraw("fetched")
        level = added_level(added) if added_words(added) else theme.Level.INFO
        self._fetched.news.post("added", level, words, actions)
        self._fetched.show_added()

    def _on_zoom(self, added: AddedLayers) -> None:
        if added.extent is not None:
            self._jobs.show_on_map(added.extent)
        self._fetched.news.withdraw("added")

    def _on_stop_adding(self) -> None:
        self._adding.drop()
        self._fetched.say(tr("Adding the layers was cancelled."))

    def _on_adding_failed(self, error: GpkeysError) -> None:
        self._fetched.say("" if error.code is ErrorCode.CANCELLED else sentence(error), theme.Level.ERROR)
