"""Bars for creations that stopped half-way: finish or undo."""

from __future__ import annotations

from typing import Callable, Iterable

from ...jobs.running.translate import show, tr
from ...jobs.values import CreationRemainder
from ..notices.message_area import Messages
from ..notices.notice import Action
from ..parts import theme


class Remainders:
    """Keeps one bar for each creation that is left half-way."""

    def __init__(
        self, messages: Messages, finish: Callable[[CreationRemainder], None], undo: Callable[[CreationRemainder], None]
    ) -> None:
        self._messages = messages
        self._finish = finish
        self._undo = undo
        self._shown: set[str] = set()

    def show(self, remainders: Iterable[CreationRemainder]) -> None:
        """Show these, and no others."""
        self.clear()
        for remainder in remainders:
            self.add(remainder)

    def add(self, remainder: CreationRemainder) -> None:
        """Show one more."""
        actions = [Action("undoButton", tr("Undo"), lambda: self._undo(remainder))]
        if remainder.can_finish:
            actions.insert(0, Action("finishButton", tr("Finish"), lambda: self._finish(remainder)))
        self._messages.post(_key(remainder.id), theme.Level.WARNING, show(remainder.text), actions)
        self._shown.add(remainder.id)

    def remove(self, remainder: CreationRemainder) -> None:
        """Put the bar of one away."""
        self._messages.withdraw(_key(remainder.id))
        self._shown.discard(remainder.id)

    def clear(self) -> None:
        """Put all bars away."""
        for key_id in tuple(self._shown):
            self._messages.withdraw(_key(key_id))
        self._shown.clear()


def _key(key_id: str) -> str:
    return f"remainder-{key_id}"
