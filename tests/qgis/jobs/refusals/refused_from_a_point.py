"""Something that begins to refuse in the middle of a job."""

from __future__ import annotations

from contextlib import AbstractContextManager, ExitStack

from gpkeys_plugin.jobs.running.main_thread import MainThread
from tests.qgis.jobs.kills.points import Points


class RefusedFrom(Points):
    """Has a refusal begin when a job comes by the point of a name; it ends with `until`."""

    def __init__(self, moment: str, refusal: AbstractContextManager[None], main_thread: MainThread) -> None:
        super().__init__()
        self._moment, self._refusal, self._main_thread = moment, refusal, main_thread
        self.until = ExitStack()

    def pass_by(self, what: str) -> str:
        """Come by a point."""
        name = super().pass_by(what)
        if name == self._moment:
            # QGIS has a connection to the database for each thread.
            self._main_thread.call(self._begin)
        return name

    def _begin(self) -> None:
        self.until.enter_context(self._refusal)
