"""What a key opens for download: a resource, its editions and their files to tick, and the folder they go to."""

from __future__ import annotations

from pathlib import Path
from typing import Callable, Sequence

from qgis.PyQt.QtCore import QModelIndex, Qt, pyqtSignal
from qgis.PyQt.QtWidgets import (
    QFileDialog,
    QHBoxLayout,
    QLineEdit,
    QProgressBar,
    QVBoxLayout,
    QWidget,
)

from ...entrepot.downloads.models import Edition, Extent, RemoteFile
from ...jobs.downloads.fetch_order import OrderedEdition
from ...jobs.downloads.resource_listing import ResourceListing
from ...jobs.running.translate import tr
from ...keys.downloads import edition_search
from ...keys.services.titles import TitleBook
from ..notices.message_area import Messages
from ..parts.labels import FieldMessage, TonedLabel, heading
from ..parts.page import Page, tool_button
from ..parts.row_content import tooltip
from ..parts.shortening import ShorteningCombo
from . import download_words
from .edition_filters import EditionFilters
from .editions_model import EditionsModel
from .editions_tree import EditionsTree

_SHARE_OF_TREE = 100
# The files of each are read to tell how much that is: eight editions a second.
_MOST_TICKED = 500

AskFolder = Callable[[QWidget, str, str], str]


def ask_folder(parent: QWidget, title: str, proposed: str) -> str:
    """Have the user choose a folder; empty when they do not want to."""
    return str(QFileDialog.getExistingDirectory(parent, title, proposed))


class ChoicePage(Page):
    """`files_wanted` carries editions whose files are to be shown or counted, `fetch_wanted` an order."""

    left = pyqtSignal()
    resource_chosen = pyqtSignal(str)
    stop_wanted = pyqtSignal()
    reading_wanted = pyqtSignal()
    again_wanted = pyqtSignal()
    files_wanted = pyqtSignal(object)
    folder_changed = pyqtSignal(str)
    fetch_wanted = pyqtSignal(object)

    def __init__(
        self,
        map_extent: Callable[[], Extent | None],
        ask: AskFolder = ask_folder,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._ask = ask
        self._listing, self._is_reading = ResourceListing(), False
        self._free: int | None = None
        self._is_space_known = False
        self.begun = Messages()
        self._title, self._resources = heading(""), ShorteningCombo()
        self._filters = EditionFilters(map_extent)
        self._bar, self._read, self._message = QProgressBar(), TonedLabel(), FieldMessage()
        self.model = EditionsModel(self)
        self._view = EditionsTree(self.model)
        self._folder, self._summary = QLineEdit(), TonedLabel()
        self._build()
        self._connect()

    # What is shown

    def show_resources(self, key_name: str, names: Sequence[str], titles: TitleBook, wanted: str) -> None:
        """Show what a key opens, the one that is wanted first."""
        self._title.setText(tr("Download – {name}").format(name=key_name))
        self._resources.blockSignals(True)
        self._resources.clear()
        for name in names:
            self._resources.addItem(titles.known_as(name), name)
        self._resources.setCurrentIndex(max(self._resources.findData(wanted), 0))
        self._resources.blockSignals(False)
        self._filters.clear()
        self.model.clear()
        self._message.say("")

    def resource(self) -> str:
        """Return the name of the resource that shows."""
        return str(self._resources.currentData() or "")

    def show_listing(self, listing: ResourceListing, *, is_reading: bool) -> None:
        """Show what is known of the resource, and whether more is being read."""
        self._listing = listing
        self._filters.offer(listing.editions)
        self._show_reading(is_reading=is_reading)
        self._show_found()

    def show_files(self, edition: Edition, files: tuple[RemoteFile, ...]) -> None:
        """Show the files of an edition, in the tree and in the sum."""
        self.model.show_files(edition, files)
        self._show_summary()

    def show_space(self, free: int | None, *, is_known: bool) -> None:
        """Show how much room there is, once that `is_known`; None where the folder is not there."""
        self._free, self._is_space_known = free, is_known
        self._show_summary()

    def say(self, text: str) -> None:
        """Say what went wrong with a list, or nothing."""
        self._message.say(text)

    def tick(self, wanted: OrderedEdition) -> None:
        """Tick an edition, or files of it, and show it alone."""
        self._filters.show_only(wanted.edition)
        self.model.tick(wanted)

    def folder(self) -> str:
        """Return the folder that is chosen, empty for none."""
        return str(self._folder.text()).strip()

    def set_folder(self, folder: str) -> None:
        """Choose a folder."""
        self._folder.setText(folder)

    # Inside

    def _build(self) -> None:
        back = tool_button("backToKeyButton", "back", tr("Back"))
        back.clicked.connect(self.left)
        self.escape_with(back)
        self._again = tool_button("readDownloadsAgainButton", "refresh", tr("Read the list again"))
        self._tick_shown = tool_button("tickShownEditionsButton", "done", tr("Tick all that is shown"))
        self._untick_shown = tool_button("untickShownEditionsButton", "close", tr("Untick all that is shown"))
        head, read, self._reading_row = QHBoxLayout(), QHBoxLayout(), QWidget()
        head.addWidget(back, 0, Qt.AlignmentFlag.AlignTop)
        head.addWidget(self._title, 1)
        read.addWidget(self._read, 1)
        for button in (self._tick_shown, self._untick_shown, self._again):
            read.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
        self._resources.setObjectName("downloadResourceCombo")
        self._resources.setAccessibleName(tr("Data to download"))
        self._read.setObjectName("downloadsRead")
        self._message.setObjectName("downloadsMessage")
        self._summary.setObjectName("downloadSummary")
        self._build_reading()
        column = self.column
        column.addLayout(head)
        for widget in (self.begun, self._resources, self._filters):
            column.addWidget(widget)
        column.addLayout(read)
        column.addWidget(self._reading_row)
        column.addWidget(self._message)
        column.addWidget(self._view, _SHARE_OF_TREE)
        self._build_folder(column)
        column.addWidget(self._summary)
        self._fetch = self.add_button("fetchButton", tr("Dow&nload"), is_main=True)

    def _build_reading(self) -> None:
        row = QHBoxLayout(self._reading_row)
        row.setContentsMargins(0, 0, 0, 0)
        self._bar.setObjectName("downloadsBar")
        self._bar.setAccessibleName(tr("Reading what can be downloaded"))
        self._bar.setTextVisible(False)
        self._stop = tool_button("stopReadingButton", "close", tr("Stop"), with_text=True)
        self._go_on = tool_button("goOnReadingButton", "refresh", tr("Read on"), with_text=True)
        row.addWidget(self._bar, 1)
        row.addWidget(self._stop)
        row.addWidget(self._go_on)
        row.addStretch(0)

    def _build_folder(self, column: QVBoxLayout) -> None:
        self._folder.setObjectName("downloadFolderField")
        self._folder.setPlaceholderText(tr("Folder to download into"))
        self._folder.setAccessibleName(tr("Folder to download into"))
        self._browse = tool_button("browseDownloadFolderButton", "folder", tr("Choose the folder"))
        row = QHBoxLayout()
        row.addWidget(self._folder, 1)
        row.addWidget(self._browse)
        column.addLayout(row)

    def _connect(self) -> None:
        self._resources.currentIndexChanged.connect(lambda _place: self.resource_chosen.emit(self.resource()))
        self._again.clicked.connect(self.again_wanted)
        self._tick_shown.clicked.connect(lambda: self.model.tick_found(is_chosen=True))
        self._untick_shown.clicked.connect(lambda: self.model.tick_found(is_chosen=False))
        self._stop.clicked.connect(self.stop_wanted)
        self._go_on.clicked.connect(self.reading_wanted)
        self._filters.changed.connect(self._show_found)
        self.model.ticks_changed.connect(self._on_ticks_changed)
        self._view.expanded.connect(self._on_expanded)
        self._browse.clicked.connect(self._on_browse)
        self._folder.textChanged.connect(self.folder_changed)
        self._fetch.clicked.connect(self._on_fetch)

    def _show_reading(self, *, is_reading: bool) -> None:
        listing = self._listing
        self._reading_row.setVisible(is_reading or not listing.is_whole)
        self._bar.setRange(0, (listing.total or 0) if listing.editions else 0)
        self._bar.setValue(min(len(listing.editions), listing.total or 0))
        self._bar.setVisible(is_reading)
        self._stop.setVisible(is_reading)
        self._go_on.setVisible(not is_reading)
        self._resources.setVisible(self._resources.count() > 1)
        self._is_reading = is_reading

    def _show_found(self) -> None:
        found = edition_search.found(self._listing.searchable, self._filters.wanted())
        current, place = self.model.edition(self._view.currentIndex()), self._view.verticalScrollBar().value()
        self.model.show_found(found)
        self._view.restore(self.model, current, place)
        is_short = self._is_reading or not self._listing.is_whole
        words = [download_words.reading(self._listing)] if is_short and self._listing.pages else []
        if not is_short or len(found) < len(self._listing.editions):
            words.append(download_words.found(len(found), self._listing))
        self._read.setText(" – ".join(words))
        self._offer_ticks(len(found))

    def _offer_ticks(self, count: int) -> None:
        is_few = count <= _MOST_TICKED
        words = tr("Tick all that is shown") if is_few else download_words.too_many_to_tick(_MOST_TICKED)
        self._tick_shown.setToolTip(tooltip(words))
        self._tick_shown.setEnabled(count > 0 and is_few)
        self._untick_shown.setEnabled(bool(count))

    def _on_ticks_changed(self) -> None:
        unread = self.model.chosen.unread()
        if unread:
            self.files_wanted.emit(unread)
        self._show_summary()

    def _show_summary(self) -> None:
        chosen = self.model.chosen.count()
        words, level = download_words.summary(chosen, self._free, is_known=self._is_space_known)
        self._summary.set_level(level)
        self._summary.setText(words)
        self._fetch.setEnabled(bool(chosen.editions) and not chosen.editions_unread)

    def _on_expanded(self, index: QModelIndex) -> None:
        edition = self.model.edition(index)
        if edition is not None and self.model.chosen.files(edition) is None:
            self.files_wanted.emit([edition])

    def _on_browse(self) -> None:
        chosen = self._ask(self, tr("Choose a folder"), self.folder())
        if chosen:
            self.set_folder(chosen)

    def _on_fetch(self) -> None:
        if not self.folder():
            self._on_browse()
        if self.folder():
            self.fetch_wanted.emit(self.model.chosen.order(Path(self.folder()).expanduser()))
