"""The progress of a use case that is one part of another one."""

from __future__ import annotations

from typing import Any

from ...entrepot.translatable_text import Text
from .task import Progress


class PartProgress(Progress):
    """Tells the whole what its part tells, from `start` on over `span`, both in percent of the whole."""

    def __init__(self, whole: Progress, start: float, span: float) -> None:
        super().__init__()
        self._whole = whole
        self._start = start
        self._span = span

    def is_cancelled(self) -> bool:
        """Whether the user asked to stop."""
        return self._whole.is_cancelled()

    def tell(self, percent: float, text: Text) -> None:
        """Say what is being done and the share done of this part, 0 to 100; raises as that of the whole."""
        self._whole.tell(self._start + self._span * percent / 100, text)

    def tell_wait(self, left_s: int, why: Text | None = None) -> None:
        """Say how many seconds are left of a wait, and why; without a reason it is the platform that asks for it."""
        self._whole.tell_wait(left_s, why)

    def hand_over(self, part: Any) -> None:
        """Hand over a part of the result."""
        self._whole.hand_over(part)
