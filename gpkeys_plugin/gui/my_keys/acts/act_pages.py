"""The pages of all that can be done with a key, each made when it is first wanted."""

from __future__ import annotations

from functools import cached_property
from typing import TypeVar, Union

from qgis.PyQt.QtCore import QObject, pyqtSignal
from qgis.PyQt.QtWidgets import QStackedWidget, QWidget

from ....jobs.window.my_keys_jobs import MyKeysJobs
from ....jobs.window.share_jobs import ShareJobs
from ....keys.services.titles import TitleBook
from ...downloads.downloads_view import DownloadsView
from ...notices.message_area import Messages
from ...parts.page import finish
from .check_page import CheckPage
from .connect_page import ConnectPage
from .delete_page import DeletePage
from .edit_flow import EditFlow
from .key_act_page import ActPage
from .rotate_page import RotatePage
from .share_page import SharePage
from .unfinished_changes import UnfinishedChangesPage

_Made = TypeVar("_Made", bound=Union[ActPage, CheckPage, DownloadsView])
_Changing = TypeVar("_Changing", bound=ActPage)


class ActPages(QObject):
    """One page an act, hung into `pages` as it comes; the signals tell what any of them tells.

    Together they are half of all that the window is made of, and most people open one or two of them.
    """

    front_wanted = pyqtSignal(QWidget)
    left = pyqtSignal()
    left_half_done = pyqtSignal()
    token_refused = pyqtSignal()
    edited = pyqtSignal(object)
    connected = pyqtSignal(object)
    shared = pyqtSignal()
    rotated = pyqtSignal(object)
    new_key_made = pyqtSignal(object)
    rotation_undone = pyqtSignal(object)
    rotation_failed = pyqtSignal()
    deleted = pyqtSignal(object)

    def __init__(
        self, my_keys_jobs: MyKeysJobs, share_jobs: ShareJobs, messages: Messages, pages: QStackedWidget
    ) -> None:
        super().__init__(pages)
        self._pages = pages
        self._jobs, self._share_jobs, self._messages = my_keys_jobs, share_jobs, messages
        self.every: list[ActPage | CheckPage | DownloadsView] = []
        # It has notices to show before anything is done with a key.
        self.unfinished = UnfinishedChangesPage(my_keys_jobs.unfinished_changes, messages)
        self.unfinished.began.connect(lambda: self.front_wanted.emit(self.unfinished))
        self.unfinished.deleted.connect(self.deleted)
        self._changing(self.unfinished)

    @cached_property
    def check(self) -> CheckPage:
        """The page of its test."""
        return self._taken(CheckPage(self._jobs))

    @cached_property
    def download(self) -> DownloadsView:
        """The pages of what it has for download."""
        page = self._taken(DownloadsView(self._jobs.downloads, self._messages))
        page.front_wanted.connect(lambda: self.front_wanted.emit(page))
        return page

    @cached_property
    def edit(self) -> EditFlow:
        """The pages that change it."""
        page = self._changing(EditFlow(self._jobs, self._messages))
        page.done.connect(self.edited)
        return page

    @cached_property
    def connect(self) -> ConnectPage:
        """The page that connects it in QGIS."""
        page = self._changing(ConnectPage(self._jobs, self._messages))
        page.done.connect(self.connected)
        return page

    @cached_property
    def rotate(self) -> RotatePage:
        """The page that gives it another secret."""
        page = self._changing(RotatePage(self._jobs, self._messages))
        page.done.connect(self.rotated)
        page.made.connect(self.new_key_made)
        page.undone.connect(self.rotation_undone)
        page.failed.connect(self.rotation_failed)
        return page

    @cached_property
    def share(self) -> SharePage:
        """The page that shares a project drawn with it."""
        page = self._changing(SharePage(self._share_jobs, self._messages))
        page.changed.connect(self.shared)
        return page

    @cached_property
    def delete(self) -> DeletePage:
        """The page that deletes it."""
        page = self._changing(DeletePage(self._jobs, self._messages))
        page.done.connect(self.deleted)
        return page

    def show_titles(self, titles: TitleBook) -> None:
        """Show what people call the services; a page that is not made yet takes them from what fills it."""
        for page in self.every:
            if isinstance(page, EditFlow):
                page.show_titles(titles)

    def _changing(self, page: _Changing) -> _Changing:
        """Take a page in after whose act the key may be another one."""
        page.left_half_done.connect(self.left_half_done)
        page.stopped_half_way.connect(self.unfinished.show_failure)
        return self._taken(page)

    def _taken(self, page: _Made) -> _Made:
        self.every.append(page)
        page.left.connect(self.left)
        page.token_refused.connect(self.token_refused)
        self._pages.addWidget(page)
        finish(page)
        return page
