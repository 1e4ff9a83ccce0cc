"""What the platform makes jobs wait for that show no progress of their own: told in one place of the window."""

from __future__ import annotations

from typing import Callable, Hashable, Optional

from ...entrepot.translatable_text import Text

OnWait = Callable[[Optional[Text]], None]
"""Is told why and how long is waited, once a second; None once nobody waits any more."""


def wait_text(left_s: int, why: Text | None = None) -> Text:
    """Return what is said of a wait; `left_s` are the seconds left, `why` what is waited for but the platform."""
    if left_s:
        return (why or _ASKED).with_values({"seconds": left_s})
    return Text("Next attempt…")


class Waits:
    """The waits under way, for one listener; on the main thread."""

    def __init__(self) -> None:
        self._tell: OnWait = _unheard
        self._waiting: dict[Hashable, tuple[int, Text]] = {}

    def listen(self, tell: OnWait) -> None:
        """Have `tell` hear of waits, instead of who did before."""
        self._tell = tell

    def silence(self) -> None:
        """Tell nobody any more."""
        self._tell = _unheard

    def hear(self, who: Hashable, left_s: int, why: Text | None = None) -> None:
        """Take notice that somebody waits, or does so no more."""
        if left_s:
            self._waiting[who] = (left_s, wait_text(left_s, why))
        elif self._waiting.pop(who, None) is None:
            return
        self._tell(self._longest())

    def forget(self, who: Hashable) -> None:
        """Take notice that somebody has ended, perhaps in the middle of a wait."""
        self.hear(who, 0)

    def _longest(self) -> Text | None:
        return max(self._waiting.values(), key=lambda wait: wait[0])[1] if self._waiting else None


def _unheard(_text: Text | None) -> None:
    """Tell nobody."""


_ASKED = Text("The Géoplateforme asks to wait: next attempt in {seconds} s…")
