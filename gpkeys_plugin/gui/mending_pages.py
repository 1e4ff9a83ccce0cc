"""What the tab of repairs shows: the open project and the connections, and behind that the files on disk."""

from __future__ import annotations

from typing import Collection

from qgis.PyQt.QtCore import pyqtSignal
from qgis.PyQt.QtWidgets import QStackedWidget, QWidget

from ..jobs.window.my_keys_jobs import MyKeysJobs
from ..jobs.window.repair_tab_jobs import MendingJobs
from .notices.message_area import Messages
from .repair.files_page import FilesPage
from .repair.repair_page import RepairPage


class MendingPages(QStackedWidget):
    """`project` is the page of the open project."""

    token_refused = pyqtSignal()

    def __init__(
        self, mending_jobs: MendingJobs, my_keys_jobs: MyKeysJobs, messages: Messages, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.project = RepairPage(mending_jobs.project, my_keys_jobs)
        self._files = FilesPage(mending_jobs.files, messages)
        for page in (self.project, self._files):
            self.addWidget(page)
            page.token_refused.connect(self.token_refused)
        self.project.files_wanted.connect(self._on_files_wanted)
        self._files.left.connect(lambda: self.setCurrentWidget(self.project))

    def show_layers(self, layer_ids: Collection[str]) -> None:
        """Show the open project, with these layers ticked, or those that surely draw nothing."""
        self.setCurrentWidget(self.project)
        if layer_ids:
            self.project.show_layers(layer_ids)

    def forget(self) -> None:
        """Leave nothing of the account in the pages."""
        self.project.forget()
        self._files.forget()

    def shut_down(self) -> None:
        """Stop what is under way and don't listen to it any more."""
        self.project.shut_down()
        self._files.shut_down()

    def _on_files_wanted(self) -> None:
        self._files.open()
        self.setCurrentWidget(self._files)
