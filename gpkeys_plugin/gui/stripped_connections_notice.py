"""Tells of connections that a move to another QGIS version has stripped of their configuration."""

from __future__ import annotations

from ..entrepot.errors import GpkeysError
from ..jobs.running.translate import tr
from ..jobs.window.new_key_jobs import NewKeyJobs
from .notices.message_area import Messages
from .notices.notice import Action
from .parts import theme

_NEWS = "stripped"


class StrippedConnections:
    """A notice with the way to put things right."""

    def __init__(self, new_key_jobs: NewKeyJobs, messages: Messages) -> None:
        self._jobs, self._messages = new_key_jobs, messages

    def tell(self) -> None:
        """Name them, where there are any."""
        names = self._jobs.stripped_connections()
        if not names:
            return
        text = tr("QGIS lost the authentication of these connections when your profile was upgraded: {names}.")
        actions = (Action("putBackButton", tr("Put it back"), self._on_put_back),)
        self._messages.post(_NEWS, theme.Level.WARNING, text.format(names=", ".join(names)), actions, can_close=True)

    def _on_put_back(self) -> None:
        try:
            self._jobs.mend_connections()
        except GpkeysError as error:
            self._messages.show_error(error, self._on_put_back)
            return
        self._messages.withdraw(_NEWS)
