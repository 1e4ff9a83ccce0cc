"""A job that a page has started, as long as it is under way."""

from __future__ import annotations

from typing import Any, Callable, TypeVar, cast

from ...jobs.running.task import RunningJob

Listener = TypeVar("Listener", bound=Callable[..., None])


class JobUnderWay:
    """At most one job at a time; what it says after it has ended or was given up is dropped.

    `on_change` hears whether one is under way, each time that changes.
    """

    def __init__(self, on_change: Callable[[bool], None] = lambda _is_busy: None) -> None:
        self._on_change = on_change
        self._number = 0
        self._is_busy = False
        self._running: RunningJob | None = None

    def is_busy(self) -> bool:
        """Say whether a job is under way."""
        return self._is_busy

    def begin(self, start: Callable[[], RunningJob | None]) -> None:
        """Start a job instead of the one that is under way; `start` returns None when there is nothing to do.

        The job's listeners are to be made by `part` and `end`, within `start`.
        """
        self.drop()
        self._set_busy(True)
        number = self._number
        running = start()
        # It may have ended by now, and its end have begun another one.
        if number == self._number:
            self._running = running
            if running is None:
                self._over()

    def part(self, listener: Listener) -> Listener:
        """Return `listener`, called until the job that is being started ends or is given up."""
        number = self._number

        def hear(*values: Any) -> None:
            if number == self._number:
                listener(*values)

        return cast("Listener", hear)

    def end(self, listener: Listener) -> Listener:
        """Return `listener`, called once with the outcome of the job that is being started, which is over by then."""

        def hear(*outcome: Any) -> None:
            self._over()
            listener(*outcome)

        return self.part(cast("Listener", hear))

    def cancel(self) -> None:
        """Ask the job to stop; it fails when it has."""
        if self._running is not None:
            self._running.cancel()

    def drop(self) -> None:
        """Stop the job and do not listen to it any more."""
        running = self._running
        self._over()
        if running is not None:
            running.cancel()

    def _over(self) -> None:
        self._number += 1
        self._running = None
        self._set_busy(False)

    def _set_busy(self, is_busy: bool) -> None:
        if is_busy is not self._is_busy:
            self._is_busy = is_busy
            self._on_change(is_busy)
