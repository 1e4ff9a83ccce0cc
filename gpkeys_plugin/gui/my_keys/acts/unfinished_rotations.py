"""Rotations that were begun and neither finished nor undone: a notice each, above all pages."""

from __future__ import annotations

from functools import partial
from typing import Callable

from ....jobs.running.translate import show, tr
from ....jobs.values import RotationRemainder
from ....jobs.window.my_keys_jobs import MyKeysJobs
from ...notices.message_area import Messages
from ...notices.notice import Action
from ...parts import theme


class UnfinishedRotations:
    """Shows the notices; `on_chosen` hears of the one that is to be finished or undone.

    `in_front` returns the id of the one whose page shows: that says all that there is to say.
    """

    def __init__(
        self,
        my_keys_jobs: MyKeysJobs,
        messages: Messages,
        on_chosen: Callable[[RotationRemainder], None],
        in_front: Callable[[], str],
    ) -> None:
        self._jobs, self._messages, self._on_chosen, self._in_front = my_keys_jobs, messages, on_chosen, in_front
        self._left_out = ""
        self._shown: set[str] = set()

    def show(self) -> None:
        """Show a notice for each that the account has now."""
        self.withdraw()
        self._left_out = self._in_front()
        for view in self._jobs.unfinished_rotations():
            if view.id == self._left_out:
                continue
            self._shown.add(view.id)
            action = Action("showRotationButton", tr("Finish or undo"), partial(self._on_chosen, view))
            self._messages.post(f"rotation-{view.id}", theme.Level.WARNING, show(view.text), (action,))

    def follow(self) -> None:
        """Show other notices where another page has come to the front."""
        if self._in_front() != self._left_out:
            self.show()

    def withdraw(self) -> None:
        """Take all notices away."""
        for rotation_id in self._shown:
            self._messages.withdraw(f"rotation-{rotation_id}")
        self._shown.clear()
        self._left_out = ""
