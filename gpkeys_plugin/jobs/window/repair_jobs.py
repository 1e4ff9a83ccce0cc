"""The use cases around repair, bound to this QGIS: what the page of the open project and connections works on."""

from __future__ import annotations

from datetime import datetime, timezone
from typing import Any, Callable, Mapping, Sequence

from ...keys.draft import HashStorage
from ...keys.layer_needs.needs import Cause
from ...keys.layer_needs.shared_hashes import SharedHash
from ...keys.upkeep.holdings import Holdings
from ...keys.upkeep.overview import KeyOverview
from ...store import settings, shared_hash_list
from ..repair.find_connections import connection_repairs, find_connections
from ..repair.look_at_project import look_at_project
from ..repair.plan_repairs import plan_repairs
from ..repair.repair_connections import ConnectionRepairer, undo_connections
from ..repair.repair_layers import LayerRepairer
from ..repair.repair_values import (
    ConnectionFound,
    ConnectionRepair,
    ConnectionsRepaired,
    LayerPlan,
    ProjectFindings,
    Repaired,
    Undone,
    WhereKept,
)
from ..repair.undo_repair import RepairUndoer
from ..repair.undoable_connections import MendedConnections
from ..repair.undoable_layers import MendedLayers
from ..running.main_thread import MainThread
from ..running.task import Progress, RunningJob, TaskRunner
from ..running.translate import tr
from ..steps.account_sessions import SignedIn
from .job_callbacks import OnFailure, OnProgress, failure_to
from .new_key_jobs import QgisSide


class RepairJobs:
    """Finds and mends; what it has mended, it can undo until QGIS ends or another project is opened.

    Jobs return at once; their callables run later on the GUI thread. `on_progress` gets the share done, 0 to 100, and
    what is being done. After `cancel` what is done stays, and `on_done` hears of it (`is_cancelled`): it can be undone.
    """

    def __init__(
        self,
        signed_in: Callable[[], SignedIn],
        runner: TaskRunner,
        main_thread: MainThread,
        qgis_side: QgisSide,
    ) -> None:
        self._signed_in = signed_in
        self._runner = runner
        self._main_thread = main_thread
        self._qgis = qgis_side
        self._mended = MendedLayers()
        self._mended_connections = MendedConnections()

    def ended_shared_hashes(self) -> Mapping[str, SharedHash]:
        """Return the shared hashes that open nothing any more, by their text."""
        return shared_hash_list.ended_shared_hashes(datetime.now(timezone.utc).date())

    # The open project

    def look(self, overviews: Sequence[KeyOverview] = (), holdings: Holdings | None = None) -> ProjectFindings:
        """Return the layers of the open project that ask for what needs a key.

        At once, on the GUI thread: no request, no prompt. With `overviews` and `holdings` of the account that is signed
        in, keys that are gone or no longer open a layer are found, too.
        """
        return look_at_project(self._signed_in(), overviews, holdings)

    def plans(
        self, findings: ProjectFindings, overviews: Sequence[KeyOverview], holdings: Holdings | None
    ) -> tuple[LayerPlan, ...]:
        """Return what mends each layer that is to be mended or dark, in the order of the findings; no request.

        `holdings` is None where nobody is signed in. Keys whose accesses were not read yet count as opening nothing.
        """
        return plan_repairs(findings, self._signed_in(), overviews, holdings)

    def repair(
        self,
        plans: Sequence[LayerPlan],
        where: WhereKept,
        on_progress: OnProgress,
        on_done: Callable[[Repaired], None],
        on_failed: OnFailure,
    ) -> RunningJob:
        """Mend these layers: services added to keys, unknown configurations made, then a layer after the other.

        A layer that its key does not open stays as it is and is told in `Repaired.left`; so are those whose remedy is
        none that can be applied. `on_failed` hears only what stopped all before the first layer was changed.
        """
        signed_in = self._signed_in()
        return self._runner.start(
            tr("Mending layers"),
            lambda progress: LayerRepairer(signed_in, self._main_thread, progress, self._mended, where).repair(plans),
            self._written(on_done),
            failure_to(on_failed),
            on_progress,
        )

    def fixed_storage(self) -> HashStorage | None:
        """Return where a hash goes by an administrator's word, None where that is for the user to say."""
        return settings.fixed_hash_storage()

    def can_undo(self) -> int:
        """Return how many layers of the open project can be brought back to what they were."""
        return len({layer.layer_id for layer in self._mended.undoable()})

    def undo(self, on_done: Callable[[Undone], None], on_failed: OnFailure) -> RunningJob:
        """Bring every mended layer's source back byte for byte, and remove the configurations made for it."""
        api_url = self._signed_in().api_url
        return self._runner.start(
            tr("Undoing the mending of layers"),
            lambda progress: RepairUndoer(self._main_thread, progress, self._mended, api_url).undo(),
            on_done,
            failure_to(on_failed),
        )

    # The profile

    def connections(
        self, overviews: Sequence[KeyOverview] = (), holdings: Holdings | None = None
    ) -> tuple[ConnectionFound, ...]:
        """Return the connections of this profile whose credential does not work or is somebody else's; no request."""
        return find_connections(self._signed_in(), overviews, holdings)

    def connection_repairs(
        self, found: Sequence[ConnectionFound], overviews: Sequence[KeyOverview], holdings: Holdings | None
    ) -> tuple[ConnectionRepair, ...]:
        """Return which key each connection could have, the best chosen; another of `keys` may be put in its place."""
        return connection_repairs(found, self._signed_in(), overviews, holdings)

    def repair_connections(
        self,
        repairs: Sequence[ConnectionRepair],
        where: WhereKept,
        on_progress: OnProgress,
        on_done: Callable[[ConnectionsRepaired], None],
        on_failed: OnFailure,
    ) -> RunningJob:
        """Give these connections their key, in both settings trees.

        What they said before is kept in memory only, since it holds secrets: it can be undone until QGIS ends.
        """
        signed_in = self._signed_in()
        ended = frozenset(repair.found.need.key_id for repair in repairs if repair.found.need.cause is Cause.ENDED_KEY)

        def work(progress: Progress) -> ConnectionsRepaired:
            return ConnectionRepairer(signed_in, self._main_thread, progress, self._mended_connections, where).repair(
                repairs, ended
            )

        return self._runner.start(
            tr("Mending connections"), work, self._written(on_done), failure_to(on_failed), on_progress
        )

    def can_undo_connections(self) -> int:
        """Return how many connections and configurations can be brought back to what they were."""
        return len(self._mended_connections.undoable())

    def undo_connections(self, on_done: Callable[[ConnectionsRepaired], None], on_failed: OnFailure) -> RunningJob:
        """Write mended connections and configurations back as they were; one changed since is left, and told."""
        return self._runner.start(
            tr("Undoing the mending of connections"),
            lambda progress: undo_connections(self._mended_connections, self._main_thread, progress),
            self._written(on_done),
            failure_to(on_failed),
        )

    def _written(self, listener: Callable[[Any], None]) -> Callable[[Any], None]:
        """Have QGIS's Browser read the connections again before the listener hears."""

        def hear(result: Any) -> None:
            self._qgis.on_connections_changed()
            listener(result)

        return hear
