"""What a run of a job tells: its result or its error, and all that can be read of it on the way."""

from __future__ import annotations

import time
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from qgis.core import QgsApplication

from gpkeys_plugin.jobs.running.task import LOG_TAG, Progress, RunningJob
from gpkeys_plugin.jobs.values import Failed
from tests.qgis.jobs.conftest import Bench, ended
from tests.qgis.jobs.faults.quick_waits import Waits


@dataclass
class Told:
    """The result or the error of a job, the messages it logged, how long it took and would have paused."""

    results: list[Any] = field(default_factory=list)
    errors: list[Exception] = field(default_factory=list)
    logged: list[str] = field(default_factory=list)
    seconds: float = 0.0
    paused_s: float = 0.0

    @property
    def failure(self) -> Failed | None:
        """The failure, as the window is told it."""
        return Failed.of(self.errors[0]) if self.errors else None

    @property
    def all_words(self) -> str:
        """Everything that somebody can read of it."""
        words = [*self.logged, *map(repr, self.results), *map(str, self.results)]
        for error in self.errors:
            words += traceback.format_exception(type(error), error, error.__traceback__)
        if self.failure is not None:
            told = self.failure.error
            words += [repr(told), str(told.user), str(told.advice), told.log, *told.details]
            words += [*map(str, self.failure.stayed), str(self.failure.remainder)]
        return "\n".join(words)


def remarks(result: Any) -> tuple[Any, ...]:
    """Return what a success says that it lacks."""
    said = (getattr(result, name, ()) for name in ("warnings", "unchanged", "added"))
    return tuple(remark for told in said if isinstance(told, tuple) for remark in told)


def carried_out(
    bench: Bench, work: Callable[[Progress], Any], waits: Waits, running: list[RunningJob] | None = None
) -> Told:
    """Run a job to its end; `running` gets what cancels it."""
    told = Told()
    waits.total_s = 0.0
    begun_s = time.monotonic()
    with _logged(told.logged), ended() as hear:
        started = bench.runner.start("essai", work, hear(told.results), hear(told.errors))
        if running is not None:
            running.append(started)
    told.seconds, told.paused_s = time.monotonic() - begun_s, waits.total_s
    return told


@contextmanager
def _logged(lines: list[str]) -> Iterator[None]:
    log = QgsApplication.messageLog()

    def hear(text: str, tag: str, _: object) -> None:
        # QGIS's own lines quote the addresses of layers, with a hash that stands in them as the user wished.
        if tag == LOG_TAG:
            lines.append(text)

    log.messageReceived.connect(hear)
    yield
    log.messageReceived.disconnect(hear)
