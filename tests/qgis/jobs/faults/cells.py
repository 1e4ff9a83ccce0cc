"""One cell of the matrix: a job, a request of it and a fault; then the way out of what was begun."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack
from typing import Any

from gpkeys_plugin.jobs.running.task import Progress, RunningJob
from gpkeys_plugin.network.authentication import token_file
from gpkeys_plugin.store.configurations import auth_config_snapshots, auth_configs
from gpkeys_plugin.store.connection_settings import layout_for
from gpkeys_plugin.store.key_uses import every_connection
from tests.qgis.jobs.conftest import Bench
from tests.qgis.jobs.faults.fault_kinds import FaultKind
from tests.qgis.jobs.faults.offered_jobs import entered, not_entered
from tests.qgis.jobs.faults.quick_waits import Waits, impatient, quick
from tests.qgis.jobs.faults.sent_requests import SentRequest, sent
from tests.qgis.jobs.faults.struck_job import StruckJob
from tests.qgis.jobs.faults.struck_jobs import PASSWORDS
from tests.qgis.jobs.faults.told_by_jobs import Told, carried_out
from tests.qgis.jobs.faults.user_cancels import cancelled_at, heard
from tests.qgis.jobs.faults.verdict import Ends, World, is_part, what_is_wrong
from tests.qgis.jobs.kills.prepared_state import PreparedState
from tests.qgis.jobs.kills.ways_out import finish_all, undo_all
from tests.qgis.jobs.kills.world import difference, world

Work = Callable[[Progress], Any]

# The time-out where something hangs, and where nothing does.
_SHORT_S, _LONG_S = 0.3, 3.0


class Matrix:
    """The cells of one job; the state it begins in is made anew only where a cell has changed it."""

    def __init__(self, bench: Bench, job: StruckJob) -> None:
        self._bench = bench
        self._job = job
        self._work: Work | None = None
        self._is_struck = False
        with quick() as waits:
            self._state = PreparedState(bench, job.prepare)
            self.ends = self._measured(waits)

    def cell(self, request: SentRequest, fault: FaultKind, way_out: str) -> str:
        """Run the job with the fault, then take the way out; return what is wrong, empty for nothing."""
        with quick() as waits:
            work = self._prepared()
            told = self._struck(work, request, fault, waits)
            if not self._is_struck:
                # A busy machine took too long for an earlier request.
                work = self._prepared()
                told = self._struck(work, request, fault, waits, is_patient=True)
            if not self._is_struck:
                return "never struck"
            try:
                return self._judged(told, work, request, fault, way_out)
            except Exception as error:  # noqa: BLE001 - whatever it is, the cell is bad
                return f"afterwards {type(error).__name__}: {error}"

    # ---- the run

    def _prepared(self) -> Work:
        work, self._work = self._work, None
        return self._state.again() if work is None else work

    def _struck(
        self, work: Work, request: SentRequest, fault: FaultKind, waits: Waits, *, is_patient: bool = False
    ) -> Told:
        bench, running = self._bench, list[RunningJob]()
        bench.simulator.clear_requests()
        # Whatever was read while the job was prepared, each run asks for it.
        bench.signed_in.known.forget()
        fault.strike(bench.simulator, request)
        is_hanging = fault.order.get("action") == "timeout" and not is_patient
        with ExitStack() as stack:
            stack.enter_context(impatient(_SHORT_S if is_hanging else _LONG_S))
            if fault.cancel:
                stack.enter_context(cancelled_at(request, fault.cancel, lambda: self._cancel(running)))
            told = carried_out(bench, work, waits, running)
        # A cancel may come before what was to hang is asked for.
        self._is_struck = (
            running[0].is_to_stop() if fault.cancel else any(entry.fault for entry in bench.simulator.requests())
        )
        bench.simulator.reset_faults()
        return told

    def _cancel(self, running: list[RunningJob]) -> None:
        self._bench.main_thread.call(lambda: running[0].cancel())  # noqa: PLW0108 - there once the main thread is free

    # ---- what there is

    def _measured(self, waits: Waits) -> Ends:
        """Run the job without a fault, and what was begun in both ways."""
        bench, urls = self._bench, list[tuple[str, str]]()
        work = self._prepared()
        before = _comparable(bench)
        bench.simulator.clear_requests()
        bench.signed_in.known.forget()
        with heard(lambda method, url: urls.append((method, url))), entered() as seen:
            told = carried_out(bench, work, waits)
        assert not_entered(self._job.of, seen) == []
        requests = _told_apart(sent(bench.simulator.requests()), urls)
        if told.errors:
            raise told.errors[0]
        after = _comparable(bench)
        if after == before:
            self._work = work
        undone, finished = self._ways(before, after)
        return Ends(before, after, undone, finished, told.results[0], requests)

    def _ways(self, before: World, after: World) -> tuple[World, World]:
        """Return where undoing and finishing lead, from what a run has begun or from what was begun before it."""
        if not before["begun"]:
            finish_all(self._bench)
            return before, _comparable(self._bench) if after["begun"] else after
        self._prepared()
        undo_all(self._bench)
        undone = _comparable(self._bench)
        self._prepared()
        is_finished = finish_all(self._bench)
        return undone, _comparable(self._bench) if is_finished else undone

    def _judged(self, told: Told, work: Work, request: SentRequest, fault: FaultKind, way_out: str) -> str:
        found, ends = _comparable(self._bench), self.ends
        wrong = what_is_wrong(told, found, ends, self._job, request, fault, _secrets(self._bench))
        if found == ends.before:
            self._work = work
        is_begun = found["begun"] != ends.after["begun"]
        is_partial = self._job.again is not None and any(map(is_part, told.results))
        if wrong or found == ends.before or (told.failure is None and not is_begun and not is_partial):
            return wrong
        wanted = self._taken(way_out, found, work)
        now = _comparable(self._bench)
        return "" if now == wanted else f"after the way out: {difference(now, wanted)}"

    def _taken(self, way_out: str, found: World, work: Work) -> World:
        """Take the way out of what was begun, or ask for the same again; return where that must lead."""
        ends = self.ends
        if self._job.again is not None:
            # What it has begun within is ended first, by the way wanted or else by the other.
            if not (undo_all if way_out == "undo" else finish_all)(self._bench):
                (finish_all if way_out == "undo" else undo_all)(self._bench)
            self._bench.run(self._job.again(self._bench))
            return ends.after
        if not found["begun"]:
            if found != ends.after:
                self._bench.run(work)
            return ends.after
        if way_out == "undo":
            is_undone = undo_all(self._bench)
            if not is_undone:
                finish_all(self._bench)
            return ends.undone if is_undone else ends.finished
        is_finished = finish_all(self._bench)
        if not is_finished:
            undo_all(self._bench)
        return ends.finished if is_finished else ends.undone


def _told_apart(requests: tuple[SentRequest, ...], urls: list[tuple[str, str]]) -> tuple[SentRequest, ...]:
    """Return the requests, with a note at those that QGIS has sent by itself: they are not among the `urls` of ours."""
    return tuple(one.by_qgis(is_by_qgis=sum(one.is_like(*url) for url in urls) < one.nth) for one in requests)


def _comparable(bench: Bench) -> World:
    """Return all that there is, in words that are the same for the same."""
    found = world(bench)
    rotations = bench.rotations.entries()
    stages = [(entry.is_swapped, entry.is_old_deleted) for entry in rotations]
    return {
        **found,
        "begun": [*stages, *["a record"] * (len(found["begun"]) - len(rotations))],
    }


def _secrets(bench: Bench) -> set[str]:
    account = bench.simulator.account("camille")
    kept = token_file.read(bench.signed_in.authcfg)
    tokens = (kept.access, kept.refresh) if kept is not None else ()
    hashes = [stored.hash for stored in every_connection(layout_for())]
    held = [auth_config_snapshots.take(id_).entries.get("apikey") for id_ in auth_configs.ids()]
    known = {*PASSWORDS, account.password, bench.simulator.client_secret, *tokens, *hashes, *held}
    return {secret for secret in known if secret}
