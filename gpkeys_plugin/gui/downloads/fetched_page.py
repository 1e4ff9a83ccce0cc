"""What came of a download, and what can be done with it: on the map, in its folder, once more where files lack."""

from __future__ import annotations

from pathlib import Path
from typing import Callable

from qgis.PyQt.QtCore import QSize, Qt, QUrl, pyqtSignal
from qgis.PyQt.QtGui import QDesktopServices
from qgis.PyQt.QtWidgets import QHBoxLayout, QListView, QProgressBar, QWidget

from ...jobs.downloads.fetch_order import FetchOutcome
from ...jobs.running.translate import tr
from ..notices.message_area import Messages
from ..parts import theme
from ..parts.labels import FieldMessage, MutedLine, heading
from ..parts.page import Page, tool_button
from ..parts.row_delegate import ServicesDelegate
from . import download_words
from .fetched_model import FetchedModel

_LINES = 6
_SHARE_OF_LIST = 100

OpenFolder = Callable[[Path], object]


def open_folder(folder: Path) -> None:
    """Show a folder in the system's own window."""
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder)))


class FetchedPage(Page):
    """The end of a download."""

    left = pyqtSignal()
    add_wanted = pyqtSignal()
    stop_wanted = pyqtSignal()
    again_wanted = pyqtSignal()

    def __init__(self, show_folder: OpenFolder = open_folder, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._show_folder = show_folder
        self._target = Path()
        self.news = Messages()
        self._folder, self._model, self._view = MutedLine(), FetchedModel(self), _Files()
        self._bar, self._message = QProgressBar(), FieldMessage()
        self._again = self.add_button("fetchAgainButton", tr("&Try what lacks again"))
        self._open = self.add_button("openDownloadFolderButton", tr("Open the &folder"))
        self._stop = self.add_button("stopAddingButton", tr("Cancel"))
        self._add = self.add_button("addFilesButton", tr("&Add to the map"), is_main=True, is_default=True)
        self._build()

    def show_outcome(self, outcome: FetchOutcome, folder: Path) -> None:
        """Show what came of a download into a folder."""
        self._target = outcome.ready[0].plan.folder if len(outcome.ready) == 1 else folder
        self._folder.setText(str(self._target))
        words, level = download_words.outcome(outcome)
        self.news.clear()
        notice = self.news.post("fetched", level, words)
        if outcome.failed:
            notice.set_details(download_words.whys(outcome))
        self._model.show_files(outcome.fetched)
        self._again.setVisible(bool(outcome.failed))
        self._add.setVisible(len(outcome.failed) < len(outcome.fetched))
        self._message.say("")
        self.emphasise(self._add)
        self.show_adding(is_adding=False)

    def show_adding(self, *, is_adding: bool) -> None:
        """Show that layers are being added, or not."""
        self._bar.setRange(0, 0)
        self._bar.setVisible(is_adding)
        self._stop.setVisible(is_adding)
        for button in (self._add, self._again):
            button.setEnabled(not is_adding)

    def show_added(self) -> None:
        """Have what comes next stand out, now that the layers are on the map."""
        self.emphasise(self._open)

    def say(self, text: str, level: theme.Level | None = None) -> None:
        """Say something under the list."""
        self._message.say(text, level)

    def take_focus(self) -> None:
        """Give the keyboard to what is mostly done next."""
        self.reveal(self._open if self._add.isHidden() else self._add)

    def _build(self) -> None:
        back = tool_button("backToDownloadsButton", "back", tr("Back to what can be downloaded"))
        back.clicked.connect(self.left)
        self.escape_with(back)
        head = QHBoxLayout()
        head.addWidget(back, 0, Qt.AlignmentFlag.AlignTop)
        head.addWidget(heading(tr("Downloaded")), 1)
        self._bar.setObjectName("addFilesBar")
        self._bar.setTextVisible(False)
        self._bar.setAccessibleName(tr("Adding layers to the map"))
        self._message.setObjectName("fetchedMessage")
        self._view.setModel(self._model)
        self._view.setItemDelegate(ServicesDelegate(self._view))
        self.column.addLayout(head)
        self.column.addWidget(self._folder)
        self.column.addWidget(self.news)
        self.column.addWidget(self._view, _SHARE_OF_LIST)
        self.column.addWidget(self._bar)
        self.column.addWidget(self._message)
        self._add.clicked.connect(self.add_wanted)
        self._stop.clicked.connect(self.stop_wanted)
        self._again.clicked.connect(self.again_wanted)
        self._open.clicked.connect(lambda: self._show_folder(self._target))


class _Files(QListView):
    """The list, as tall as a few rows at least."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("fetchedList")
        self.setAccessibleName(tr("Files of the download"))
        self.setUniformItemSizes(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMinimumHeight(self.fontMetrics().height() * _LINES)

    def sizeHint(self) -> QSize:  # noqa: N802
        """Return room for a few rows: the list takes what the page leaves, and scrolls instead of it."""
        return QSize(theme.em(self) * 12, self.fontMetrics().height() * _LINES)
