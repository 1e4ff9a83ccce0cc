"""A job that faults strike, and what of its results must be true."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from gpkeys_plugin.jobs.running.task import Progress
from tests.qgis.jobs.conftest import Bench
from tests.qgis.jobs.faults import true_results
from tests.qgis.jobs.faults.true_results import IsUntrue

Work = Callable[[Progress], Any]
Prepare = Callable[[Bench], Work]


@dataclass(frozen=True)
class StruckJob:
    """A job; `prepare` makes the state it begins in and returns it. `is_untrue` says what of a result is not so.

    It runs the use cases in `of`. QGIS may lack something after one that `may_lack`: its result says so, and
    `is_untrue` sees to that. `again` is for one that may do a part and say so: it returns what a user asks for then,
    worked out from what there is, which must lead to where the whole would have led. `make test` strikes those that are
    `often`, `make faults` all.
    """

    name: str
    prepare: Prepare
    is_untrue: IsUntrue = true_results.nothing
    may_lack: bool = False
    of: tuple[Callable[..., Any], ...] = ()
    again: Prepare | None = None
    often: bool = True
