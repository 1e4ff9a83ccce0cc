"""The use cases around sharing, bound to this QGIS: what the page of sharing and the line after saving work on."""

from __future__ import annotations

from pathlib import Path
from typing import Callable, Sequence

from ...entrepot.errors import GpkeysError
from ...keys.draft import KeyDraft, PlainFilters
from ...keys.layer_needs.remedies import OpenedBy
from ...keys.problem import Problem
from ...keys.rules import draft_rules
from ...keys.rules.filter_rules import filter_problems
from ...keys.upkeep import key_edits
from ...keys.upkeep.holdings import Holdings
from ...store import open_project
from ...store.configurations import auth_config_export, auth_configs
from ...store.records.creations import CreationRecords
from ..draft_context import draft_context
from ..repair.repair_values import LayerPlan, Repaired, Undone, WhereKept
from ..running.main_thread import MainThread
from ..running.task import RunningJob, TaskRunner
from ..running.translate import tr
from ..share.dedicated_key_and_copy import DedicatedCopier, usable_accesses
from ..share.hashes_in_clear import configurations_of, count_in_clear, layers_in_clear, share_outlook
from ..share.keys_needed import note_told, untold_keys
from ..share.share_values import CopyRequest, CountInClear, KeysNeeded, LayerInClear, SharedCopy, ShareOutlook
from ..steps.account_sessions import SignedIn
from ..values import KeyPage
from .job_callbacks import OnFailure, OnProgress, failure_to
from .repair_jobs import RepairJobs


class ShareJobs:
    """What it takes out of the open project, it can bring back until QGIS ends or another project is opened.

    `repair` changes the layers; its undo is to be of nobody else's changes.
    """

    def __init__(
        self,
        signed_in: Callable[[], SignedIn],
        runner: TaskRunner,
        main_thread: MainThread,
        creations: CreationRecords,
        repair: RepairJobs,
    ) -> None:
        self._signed_in = signed_in
        self._runner = runner
        self._main_thread = main_thread
        self._creations = creations
        self._repair = repair

    # At once, on the GUI thread: no request, no prompt

    def is_signed_in(self) -> bool:
        """Say whether somebody is signed in."""
        return bool(self._signed_in().authcfg)

    def count_in_clear(self) -> CountInClear:
        """Return how much of the open project holds hashes of ours in clear; a few milliseconds for 500 layers."""
        return count_in_clear(self._signed_in())

    def layers_in_clear(self) -> tuple[LayerInClear, ...]:
        """Return the layers that carry a hash of ours."""
        return layers_in_clear(self._signed_in())

    def can_use_configuration(self) -> bool:
        """Say whether this QGIS can keep a hash in a configuration: from 3.24 on."""
        return auth_configs.has_header_method()

    def is_meant(self) -> bool:
        """Say whether the open project notes that a hash in it is meant so."""
        return open_project.is_hash_meant()

    def mean_it(self) -> None:
        """Note it in the project, which is to be saved then."""
        open_project.mean_hash()

    def untold_keys(self) -> KeysNeeded:
        """Return which keys of ours the open project needs, unless that was told; milliseconds for 500 layers."""
        return untold_keys(self._signed_in())

    def note_told(self, needed: KeysNeeded) -> None:
        """Remember that it was told, so that it is never told again."""
        note_told(needed)

    def outlook(self, page: KeyPage) -> ShareOutlook:
        """Return what sharing the open project would give away of a key."""
        return share_outlook(page, self._signed_in())

    def copy_problems(self, page: KeyPage, holdings: Holdings, request: CopyRequest) -> tuple[Problem, ...]:
        """Return what to say about the key of a copy before it is made."""
        # Whether it lets this QGIS in does not matter: the key is for elsewhere.
        context = draft_context(holdings, "")
        filters = PlainFilters(whitelist=request.addresses)
        grants = tuple(key_edits.grant_of(access) for access in usable_accesses(page))
        draft = KeyDraft(name=request.name, grants=grants, filters=filters)
        return (*draft_rules.service_problems(draft, context), *filter_problems(filters, context))

    def export_problem(self, password: str) -> GpkeysError | None:
        """Return why a file cannot be opened by this password only, None when it can."""
        return auth_config_export.password_problem(password)

    def export(self, page: KeyPage, file: Path, password: str) -> None:
        """Write the key's configurations into a file that only the password opens; raises GpkeysError."""
        auth_config_export.export(configurations_of(page, self._signed_in()), file, password)

    # As tasks; their callables run later on the GUI thread

    def take_out(
        self,
        layers: Sequence[LayerInClear],
        on_progress: OnProgress,
        on_done: Callable[[Repaired], None],
        on_failed: OnFailure,
    ) -> RunningJob:
        """Have these layers use the configuration of their key, which is made where there is none yet.

        A layer that does not open so keeps its hash, and is told.
        """
        plans = [LayerPlan(layer.found, OpenedBy(layer.key)) for layer in layers]
        return self._repair.repair(plans, WhereKept.IN_CONFIGURATION, on_progress, on_done, on_failed)

    def can_undo(self) -> int:
        """Return how many layers of the open project can have their hash back."""
        return self._repair.can_undo()

    def undo(self, on_done: Callable[[Undone], None], on_failed: OnFailure) -> RunningJob:
        """Bring the sources back byte for byte."""
        return self._repair.undo(on_done, on_failed)

    def make_copy(
        self,
        page: KeyPage,
        request: CopyRequest,
        on_progress: OnProgress,
        on_done: Callable[[SharedCopy], None],
        on_failed: OnFailure,
    ) -> RunningJob:
        """Make a key for elsewhere, and a copy of the project that carries its hash."""
        signed_in = self._signed_in()
        return self._runner.start(
            tr("Making a key and a copy of the project"),
            lambda progress: DedicatedCopier(signed_in, self._creations, self._main_thread, progress).make(
                page, request
            ),
            on_done,
            failure_to(on_failed),
            on_progress,
        )
