"""The pages of all that can be done with a key."""

from __future__ import annotations

from ....jobs.window.my_keys_jobs import MyKeysJobs
from ....jobs.window.share_jobs import ShareJobs
from ...downloads.downloads_view import DownloadsView
from ...notices.message_area import Messages
from .check_page import CheckPage
from .connect_page import ConnectPage
from .delete_page import DeletePage
from .edit_flow import EditFlow
from .key_act_page import ActPage
from .rotate_page import RotatePage
from .share_page import SharePage
from .unfinished_changes import UnfinishedChangesPage


class ActPages:
    """One page an act; `changing` are those after which a key may be another one."""

    def __init__(self, my_keys_jobs: MyKeysJobs, share_jobs: ShareJobs, messages: Messages) -> None:
        self.edit, self.check = EditFlow(my_keys_jobs, messages), CheckPage(my_keys_jobs)
        self.connect, self.rotate = ConnectPage(my_keys_jobs, messages), RotatePage(my_keys_jobs, messages)
        self.share, self.delete = SharePage(share_jobs, messages), DeletePage(my_keys_jobs, messages)
        self.unfinished = UnfinishedChangesPage(my_keys_jobs.unfinished_changes, messages)
        self.download = DownloadsView(my_keys_jobs.downloads, messages)
        changing = (self.edit, self.connect, self.rotate, self.share, self.delete, self.unfinished)
        self.changing: tuple[ActPage, ...] = changing
        self.every = (self.check, self.download, *changing)
