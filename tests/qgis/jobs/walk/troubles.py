"""What goes wrong while a job runs: a request that fails, a cancel, the end of QGIS, or somebody else's hand."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from hypothesis import strategies as st

from gpkeys_plugin.jobs.running.task import Progress
from tests.qgis.jobs.kills.points import Killed, Points, watched
from tests.simulator.remote.steering import Simulator

# All that is not the sign-in.
_PATH = r"^/(?!.*openid-connect)"
_FAULTS: dict[str, dict[str, object]] = {
    "500": {"status": 500},
    "401": {"status": 401},
    "403": {"status": 403},
    "404": {"status": 404},
    "409": {"status": 409},
    "reset": {"action": "reset"},
    "applied, lost": {"action": "applied-lost"},
    "empty": {"action": "empty"},
    "bad JSON": {"action": "bad-json"},
    "portal page": {"action": "html", "status": 200},
    "outage": {"action": "reset", "times": 1000},
    "applied outage": {"action": "applied-lost", "times": 1000},
}
_MEANWHILE = ("web deletes", "web renames", "permission ends")
_REQUESTS, _POINTS = 20, 60


@dataclass(frozen=True)
class Trouble:
    """A trouble at the n-th request, or at the n-th point of a job, counted from 0."""

    kind: str
    nth: int = 0

    @property
    def is_none(self) -> bool:
        """Whether all goes well."""
        return self.kind == "none"

    @property
    def is_kill(self) -> bool:
        """Whether QGIS ends."""
        return self.kind == "kill"

    @property
    def is_meanwhile(self) -> bool:
        """Whether somebody else does something on the platform."""
        return self.kind in _MEANWHILE


NONE = Trouble("none")
TROUBLES = (
    st.just(NONE)
    | st.builds(Trouble, kind=st.sampled_from(tuple(_FAULTS)), nth=st.integers(0, _REQUESTS))
    | st.builds(Trouble, kind=st.sampled_from(("cancel", *_MEANWHILE)), nth=st.integers(0, _POINTS))
    | st.builds(Trouble, kind=st.just("kill"), nth=st.integers(0, _POINTS))
)


class _Event(Points):
    """Points that let something happen at one of them."""

    def __init__(self, nth: int, act: Callable[[], None]) -> None:
        super().__init__()
        self._nth = nth
        self._act = act
        self._is_acting = False
        self.has_happened = False

    def pass_by(self, what: str) -> str:
        if self._is_acting:
            return what
        name = super().pass_by(what)
        if len(self.names) - 1 == self._nth:
            self._is_acting = True
            try:
                self._act()
            finally:
                self._is_acting = False
            self.has_happened = True
        return name


class _Stopped(Progress):
    """The progress of a job that is cancelled once a point was come by."""

    def __init__(self, event: _Event) -> None:
        super().__init__()
        self._event = event

    def is_cancelled(self) -> bool:
        return self._event.has_happened


class TroubledRun:
    """Makes work of a job that runs into a trouble; `is_killed` afterwards where QGIS ended in it."""

    def __init__(self, simulator: Simulator, trouble: Trouble, act: Callable[[str], None]) -> None:
        self._simulator = simulator
        self._trouble = trouble
        self._act = act
        self.is_killed = False

    @contextmanager
    def around(self, work: Callable[[Progress], object]) -> Iterator[Callable[[Progress], object]]:
        """Yield the work, to be run within the block."""
        trouble = self._trouble
        if trouble.is_none:
            yield work
        elif trouble.kind in _FAULTS:
            self._simulator.fail(None, _PATH, nth=trouble.nth + 1, **_FAULTS[trouble.kind])  # type: ignore[arg-type]
            try:
                yield work
            finally:
                self._simulator.reset_faults()
        else:
            with self._watched(work) as passing:
                yield passing

    @contextmanager
    def _watched(self, work: Callable[[Progress], object]) -> Iterator[Callable[[Progress], object]]:
        trouble = self._trouble
        if trouble.is_kill:
            with watched(Points(trouble.nth)):
                yield lambda progress: self._outlived(work, progress)
            return
        event = _Event(trouble.nth, lambda: self._act(trouble.kind))
        with watched(event):
            yield work if trouble.is_meanwhile else lambda _: work(_Stopped(event))

    def _outlived(self, work: Callable[[Progress], object], progress: Progress) -> object:
        # What a thread cannot end with: the process would have.
        try:
            return work(progress)
        except Killed:
            self.is_killed = True
            return None
