"""Files on disk: looked through below a folder, mended where they are ticked, and put back."""

from __future__ import annotations

from pathlib import Path
from typing import Callable

from qgis.PyQt.QtCore import QSize, Qt, pyqtSignal
from qgis.PyQt.QtWidgets import QFileDialog, QHBoxLayout, QLineEdit, QStackedWidget, QTreeView, QWidget

from ...entrepot.errors import ErrorCode
from ...jobs.file_repair.file_values import FilesFound, FilesMended, FilesOrder, FilesUndone
from ...jobs.file_repair.scan_files import FilesWanted
from ...jobs.running.translate import tr
from ...jobs.values import Failed
from ...jobs.window.repair_files_jobs import RepairFilesJobs
from ...keys.draft import HashStorage
from ...keys.layer_needs.needs import SAFE_CAUSES, Cause
from ..notices.message_area import Messages
from ..parts import theme, value_words
from ..parts.focus_after_turn import follow_turns
from ..parts.folding_section import Fold
from ..parts.job_with_progress_page import JobInFront
from ..parts.labels import FieldMessage, WrappedLabel, field_label, heading
from ..parts.outlined_choices import TickBox
from ..parts.page import Page, push_button, tool_button
from ..parts.progress_page import ProgressPage
from ..parts.row_delegate import PermissionsDelegate
from ..parts.shortening import ShorteningCombo
from . import files_words
from .files_model import FilesModel

_NEWS = ("error", "cancelled", "filesMended", "filesBack", "filesReport")
_LINES = 6
_SHARE_OF_TREE = 100
_ALL_CAUSES = frozenset(Cause) - {Cause.NONE}


class FilesPage(QStackedWidget):
    """One act at a time: what it says is in `messages`. `left` goes back to the page before."""

    help_page = "repair_files"
    left = pyqtSignal()
    token_refused = pyqtSignal()

    def __init__(self, jobs: RepairFilesJobs, messages: Messages, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._jobs = jobs
        self._messages = messages
        self._found: FilesFound | None = None
        self._mended: FilesMended | None = None
        self._folder, self._templates = QLineEdit(), TickBox(tr("Also the &templates of this profile"))
        self._browse = push_button("browseFolderButton", tr("&Browse…"))
        self._words, self._summary = WrappedLabel(), WrappedLabel()
        self._model, self._view = FilesModel(self), _Files()
        self._causes, self._storage = ShorteningCombo(), ShorteningCombo()
        self._storage_words = WrappedLabel()
        self._fixed_line = FieldMessage()
        self._fixed_line.setObjectName("filesStorageFixedLine")
        self._choices = Fold("filesChoicesFold", tr("What is mended, and how"))
        self._page, wait = Page(), ProgressPage()
        self.addWidget(self._page)
        self.addWidget(wait)
        self._act = JobInFront(self, wait)
        wait.cancel_wanted.connect(self._act.cancel)
        self._build()
        self._offer()
        follow_turns(self)

    def open(self) -> None:
        """Show the page with the folder to begin with, unless one was chosen before."""
        if not self._folder.text():
            self._folder.setText(str(self._jobs.first_folder()))

    def forget(self) -> None:
        """Leave nothing of the account in the page: what was found names its keys."""
        self._act.drop()
        self._found, self._mended = None, None
        self._offer()

    def shut_down(self) -> None:
        """Stop what is under way and don't listen to it any more."""
        self._act.drop()

    def _build(self) -> None:
        back = tool_button("filesBackButton", "back", tr("Back"))
        back.clicked.connect(self.left)
        head, folder = QHBoxLayout(), QHBoxLayout()
        head.addWidget(back, 0, Qt.AlignmentFlag.AlignTop)
        head.addWidget(heading(tr("Projects in a folder")), 1)
        self._folder.setObjectName("folderField")
        folder.addWidget(self._folder, 1)
        folder.addWidget(self._browse)
        self._templates.setObjectName("templatesBox")
        self._summary.setObjectName("filesSummary")
        self._view.setModel(self._model)
        self._view.setItemDelegate(PermissionsDelegate(self._view))
        self._words.setText(
            tr(
                "Projects, backups, layer definitions, layout templates and exported connections are looked through, "
                "on this computer only. Nothing is changed before you say so."
            )
        )
        column = self._page.column
        column.addLayout(head)
        column.addWidget(self._words)
        column.addWidget(field_label(tr("&Folder, with all below it"), self._folder))
        column.addLayout(folder)
        column.addWidget(self._templates)
        column.addWidget(self._summary)
        column.addWidget(self._view, _SHARE_OF_TREE)
        column.addWidget(self._choices)
        # Without the tree, what is above it stays together.
        column.addStretch(1)
        self._build_choices()
        self._build_buttons()

    def _build_choices(self) -> None:
        box = self._choices.column
        for combo, name in ((self._causes, "filesCausesCombo"), (self._storage, "filesStorageCombo")):
            combo.setObjectName(name)
        self._causes.addItem(tr("What surely does not draw any more"), SAFE_CAUSES)
        self._causes.addItem(tr("All that one of your keys opens"), _ALL_CAUSES)
        self._offer_storages(self._jobs.fixed_storage())
        self._storage.currentIndexChanged.connect(lambda _place: self._explain())
        for label, combo in ((tr("What &is mended"), self._causes), (tr("Where a hash &goes"), self._storage)):
            box.addWidget(field_label(label, combo))
            box.addWidget(combo)
        box.addWidget(self._fixed_line)
        box.addWidget(self._storage_words)
        self._explain()

    def _offer_storages(self, fixed: HashStorage | None) -> None:
        places = {
            None: tr("Where QGIS keeps it already"),
            HashStorage.URL: tr("In the URL"),
            HashStorage.HEADER: tr("In an authentication configuration"),
        }
        for storage, words in places.items():
            if fixed is None or storage is fixed:
                self._storage.addItem(words, storage)
        self._storage.setEnabled(fixed is None)
        if fixed is not None:
            self._fixed_line.say(value_words.fixed(places[fixed]), None)
            self._storage.setAccessibleDescription(self._fixed_line.text())

    def _build_buttons(self) -> None:
        self._undo = self._page.add_button("undoFilesButton", tr("&Undo"))
        self._save = self._page.add_button("saveFilesReportButton", tr("S&ave the report…"))
        self._scan = self._page.add_button("scanFilesButton", tr("Loo&k through"), is_main=True)
        self._mend = self._page.add_button("mendFilesButton", tr("Me&nd the files"), is_main=True)
        for button, act in (
            (self._browse, self._on_browse),
            (self._scan, self._on_scan),
            (self._mend, self._on_mend),
            (self._undo, self._on_undo),
            (self._save, self._on_save),
        ):
            button.clicked.connect(act)
        self._model.ticks_changed.connect(self._offer)
        self._folder.textChanged.connect(lambda _text: self._offer())

    def _explain(self) -> None:
        self._storage_words.setText(files_words.where_it_goes(self._storage.currentData()))

    def _offer(self) -> None:
        """Show the buttons and the choices that go with what is there."""
        found = self._found
        has_places = found is not None and found.place_count > 0
        can_mend = has_places and found is not None and found.is_signed_in and self._mended is None
        self._view.setVisible(found is not None and bool(found.files))
        self._words.setVisible(found is None)
        self._summary.setVisible(found is not None)
        self._choices.setVisible(can_mend)
        self._mend.setVisible(can_mend)
        self._mend.setEnabled(bool(self._model.ticked()))
        self._save.setVisible(found is not None and bool(found.files))
        self._undo.setVisible(self._mended is not None and bool(self._mended.written))
        self._scan.setEnabled(bool(self._folder.text().strip()))
        self._scan.setFont(theme.larger(self._save.font(), 1.0, bold=not can_mend))

    def _begin(self) -> None:
        for news in _NEWS:
            self._messages.withdraw(news)

    def _on_browse(self) -> None:
        chosen = QFileDialog.getExistingDirectory(self, tr("Choose a folder"), self._folder.text())
        if chosen:
            self._folder.setText(chosen)

    def _on_scan(self) -> None:
        self._begin()
        wanted = FilesWanted(Path(self._folder.text().strip()).expanduser(), self._templates.isChecked())
        self._act.begin_under(
            tr("Looking through files"),
            lambda: self._jobs.scan(
                wanted, self._act.progress(), self._act.end(self._on_found), self._act.end(self._on_failed)
            ),
        )

    def _on_found(self, found: FilesFound) -> None:
        self._found, self._mended = found, None
        self._model.show_found(found)
        self._summary.setText(files_words.summary(found))
        self._offer()

    def _on_mend(self) -> None:
        found = self._found
        if found is None:
            return
        self._begin()
        order = FilesOrder(self._causes.currentData(), None, self._storage.currentData(), self._model.ticked())
        self._act.begin_under(
            tr("Mending files"),
            lambda: self._jobs.repair(
                found, order, self._act.progress(), self._act.end(self._on_mended), self._act.end(self._on_failed)
            ),
        )

    def _on_mended(self, mended: FilesMended) -> None:
        self._mended = mended
        self._model.show_mended(mended)
        self._offer()
        level = theme.Level.GOOD if not mended.left_count and mended.failure is None else theme.Level.WARNING
        notice = self._messages.post("filesMended", level, "\n".join(files_words.news(mended)), can_close=True)
        more = files_words.more_news(mended)
        if more:
            notice.set_details("\n".join(more))
        if mended.failure is not None:
            self._on_failed(Failed.of(mended.failure))

    def _on_undo(self) -> None:
        mended = self._mended
        if mended is None:
            return
        self._begin()
        self._act.begin_under(
            tr("Putting files back"),
            lambda: self._jobs.undo(
                mended, self._act.progress(), self._act.end(self._on_undone), self._act.end(self._on_failed)
            ),
        )

    def _on_undone(self, undone: FilesUndone) -> None:
        level = theme.Level.WARNING if undone.left else theme.Level.GOOD
        self._messages.post("filesBack", level, "\n".join(files_words.put_back(undone)), can_close=True)
        self._found, self._mended = None, None
        self._offer()

    def _on_save(self) -> None:
        found, mended = self._found, self._mended
        name, _ = QFileDialog.getSaveFileName(
            self, tr("Save the report"), "", "PDF (*.pdf);;CSV (*.csv);;JSON (*.json)"
        )
        if not name or found is None:
            return
        path = Path(name) if Path(name).suffix else Path(f"{name}.pdf")
        self._begin()
        self._act.begin(
            lambda: self._jobs.save_report(
                path,
                found,
                mended,
                self._act.end(lambda: self._on_saved(path)),
                self._act.end(self._messages.show_error),
            )
        )

    def _on_saved(self, path: Path) -> None:
        words = tr("The report was saved as “{file}”.").format(file=path)
        self._messages.post("filesReport", theme.Level.GOOD, words, can_close=True)

    def _on_failed(self, failure: Failed) -> None:
        if failure.error.ends_session:
            self.token_refused.emit()
        self._messages.show_failure(failure, self._retry(failure))

    def _retry(self, failure: Failed) -> Callable[[], None] | None:
        return self._on_scan if failure.error.code is not ErrorCode.CANCELLED and self._found is None else None


class _Files(QTreeView):
    """The tree, as tall as a few rows at least."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("filesTree")
        self.setAccessibleName(tr("Files that need a key"))
        self.setHeaderHidden(True)
        self.setUniformRowHeights(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMinimumHeight(self.fontMetrics().height() * _LINES)

    def sizeHint(self) -> QSize:  # noqa: N802
        """Return room for a few rows: the tree takes what the page leaves, and scrolls instead of it."""
        return QSize(theme.em(self) * 12, self.fontMetrics().height() * _LINES)
