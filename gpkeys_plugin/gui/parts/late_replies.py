"""Recognises late replies."""

from __future__ import annotations

from typing import Any, Callable


class Latest:
    """Numbers the calls under way: only the latest one is listened to.

    `start` begins a new attempt; what `only` wraps is called as long as that attempt is still the latest one.
    """

    def __init__(self) -> None:
        self._attempt = 0

    def start(self) -> None:
        """Begin an attempt; replies to earlier ones are dropped from now on."""
        self._attempt += 1

    def drop(self, *_unused: object) -> None:
        """Drop whatever is still to come."""
        self._attempt += 1

    def only(self, listener: Callable[..., None]) -> Callable[..., None]:
        """Return `listener` made deaf to replies that come after this attempt was given up."""
        attempt = self._attempt

        def listen(*values: Any) -> None:
            if attempt == self._attempt:
                listener(*values)

        return listen
