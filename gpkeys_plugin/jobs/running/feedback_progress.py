"""Progress of a use case that runs in an algorithm: told to, and cancelled by, Processing's feedback."""

from __future__ import annotations

from typing import Any

from qgis.core import QgsProcessingFeedback

from ...entrepot.translatable_text import Text
from .task import Progress
from .translate import show
from .waits import wait_text


class FeedbackProgress(Progress):
    """Tells the feedback of an algorithm; parts of a result are collected in `parts`."""

    def __init__(self, feedback: QgsProcessingFeedback) -> None:
        super().__init__()
        self._feedback = feedback
        self.parts: list[Any] = []

    def is_cancelled(self) -> bool:
        """Whether the user asked to stop."""
        return bool(self._feedback.isCanceled())

    def tell(self, percent: float, text: Text) -> None:
        """Say what is being done and the share done, 0 to 100; raise a CANCELLED error if the user asked to stop."""
        self.check()
        self._feedback.setProgress(percent)
        self._feedback.setProgressText(show(text))

    def tell_wait(self, left_s: int, why: Text | None = None) -> None:
        """Say how many seconds are left of a wait, and why; without a reason it is the platform that asks for it."""
        self._feedback.setProgressText(show(wait_text(left_s, why)))

    def hand_over(self, part: Any) -> None:
        """Keep a part of the result."""
        self.parts.append(part)

    def warn(self, text: Text) -> None:
        """Say what the user should know, though all goes on."""
        self._feedback.pushWarning(show(text))

    def inform(self, text: Text) -> None:
        """Say what was done."""
        self._feedback.pushInfo(show(text))
