"""A download under way: how far it is, and what stops it for a while or for good."""

from __future__ import annotations

from qgis.PyQt.QtCore import Qt, pyqtSignal
from qgis.PyQt.QtWidgets import QHBoxLayout, QProgressBar, QVBoxLayout, QWidget

from ...jobs.downloads.fetch_files import FetchedFile
from ...jobs.downloads.fetch_order import FetchOrder
from ...jobs.running.translate import tr
from ..lifetime.delete_later import delete_later
from ..notices.notice import Notice
from ..parts import theme
from ..parts.labels import MutedLine, TonedLabel, heading
from ..parts.page import Page, tool_button
from . import download_words

_MOST_FAILURES = 20


class FetchPage(Page):
    """One may go elsewhere meanwhile: `left`."""

    left = pyqtSignal()
    pause_wanted = pyqtSignal()
    go_on_wanted = pyqtSignal()
    cancel_wanted = pyqtSignal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._there, self._failures = 0, 0
        self._total: int | None = None
        self._title, self._folder = heading(""), MutedLine()
        self._bar, self._text, self._count = QProgressBar(), TonedLabel(), TonedLabel()
        self._rows = QVBoxLayout()
        self._cancel = self.add_button("cancelFetchButton", tr("C&ancel"))
        self._pause = self.add_button("pauseFetchButton", tr("Pa&use"), is_main=True)
        self._go_on = self.add_button("goOnFetchButton", tr("&Go on"), is_main=True)
        self._build()

    def start(self, order: FetchOrder, total: int | None) -> None:
        """Show that a download begins; `total` is how many files it has, None where that is not known yet."""
        self._there, self._failures, self._total = 0, 0, total
        self._title.setText(tr("Downloading {editions}").format(editions=download_words.editions(order)))
        self._folder.setText(str(order.folder))
        self._bar.setRange(0, 0)
        self._text.setText("")
        while self._rows.count():
            delete_later(self._rows.takeAt(0).widget())
        self._show_count()
        self._show_state(is_paused=False)

    def show_progress(self, percent: float, text: str) -> None:
        """Show how far it is."""
        self._bar.setRange(0, 100)
        self._bar.setValue(round(percent))
        self._text.setText(text)

    def show_file(self, one: FetchedFile) -> None:
        """Show what became of a file."""
        if one.error is None:
            self._there += 1
            self._show_count()
            return
        self._failures += 1
        if self._failures <= _MOST_FAILURES:
            notice = Notice(theme.Level.WARNING, download_words.why(one))
            notice.setObjectName("fileFailedNotice")
            self._rows.addWidget(notice)

    def show_stopping(self) -> None:
        """Show that it was heard."""
        for button in (self._pause, self._cancel):
            button.setEnabled(False)
        self._text.setText(tr("Stopping…"))

    def show_paused(self) -> None:
        """Show that it stands still, and can be gone on with."""
        self._text.setText(tr("Paused. What has arrived is kept, also when QGIS is closed."))
        if self._bar.maximum() == 0:
            self._bar.setRange(0, 100)
        self._show_state(is_paused=True)
        self.reveal(self._go_on)

    def take_focus(self) -> None:
        """Hold the keyboard on what is told, not on a button: the Enter that began it may be pressed twice."""
        self._bar.setFocus()

    def _build(self) -> None:
        back = tool_button("backToKeyButton", "back", tr("Back: the download goes on"))
        back.clicked.connect(self.left)
        self.escape_with(back)
        head = QHBoxLayout()
        head.addWidget(back, 0, Qt.AlignmentFlag.AlignTop)
        head.addWidget(self._title, 1)
        self._title.setObjectName("fetchTitle")
        self._bar.setObjectName("fetchBar")
        self._bar.setAccessibleName(tr("Progress of the download"))
        self._bar.setTextVisible(False)
        self._bar.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._text.setObjectName("fetchText")
        self._count.setObjectName("fetchCount")
        self._rows.setSpacing(theme.gap(self))
        self.column.addLayout(head)
        for widget in (self._folder, self._bar, self._text, self._count):
            self.column.addWidget(widget)
        self.column.addLayout(self._rows)
        self.column.addStretch(1)
        self._pause.clicked.connect(self.pause_wanted)
        self._go_on.clicked.connect(self.go_on_wanted)
        self._cancel.clicked.connect(self.cancel_wanted)

    def _show_count(self) -> None:
        self._count.setText(download_words.done(self._there, self._total))

    def _show_state(self, *, is_paused: bool) -> None:
        self._pause.setVisible(not is_paused)
        self._go_on.setVisible(is_paused)
        for button in (self._pause, self._cancel):
            button.setEnabled(True)
