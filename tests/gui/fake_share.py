"""A stand-in for the use cases of sharing: what is found is made up, what it is asked to do it remembers."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from gpkeys_plugin.entrepot.errors import GpkeysError
from gpkeys_plugin.jobs.repair.repair_values import Repaired, Undone
from gpkeys_plugin.jobs.share.share_values import (
    CopyRequest,
    CountInClear,
    HashesInClear,
    KeysNeeded,
    LayerInClear,
    SharedCopy,
    ShareOutlook,
)
from gpkeys_plugin.jobs.values import KeyPage
from gpkeys_plugin.jobs.window.job_callbacks import OnFailure, OnProgress
from gpkeys_plugin.jobs.window.share_jobs import ShareJobs
from gpkeys_plugin.keys.draft import PlainFilters
from gpkeys_plugin.keys.problem import DraftContext, Problem
from gpkeys_plugin.keys.rules import draft_rules
from gpkeys_plugin.keys.rules.filter_rules import filter_problems
from gpkeys_plugin.keys.upkeep.holdings import Holdings

from . import fake_my_keys, fake_repair
from .fakes import NOW, Call

CARRYING = tuple(LayerInClear(found, fake_my_keys.HASH_KEY) for found in fake_repair.SHEETS[:6])
IN_CLEAR = ShareOutlook(
    HashesInClear(CARRYING, ("url_du_fond",)),
    others=("Ancien fond (GDAL)",),
    file=Path("/projets/Plan de situation.qgz"),
    is_changed=True,
)
WITHOUT_SECRET = ShareOutlook(
    layer_names=("Estompage SCAN 25", "Zonage du PLU"),
    configurations=("q7d2k9z",),
    file=Path("/projets/Plan de situation.qgz"),
)


@dataclass
class FakeShareJobs(ShareJobs):
    """What the test says is found, and use cases that do nothing until it says how they end."""

    found: ShareOutlook = IN_CLEAR
    count: CountInClear = field(default_factory=CountInClear)
    needed: KeysNeeded = field(default_factory=KeysNeeded)
    signed_in: bool = True
    has_header: bool = True
    meant: bool = False
    undoable: int = 0
    looks: int = 0
    fault: GpkeysError | None = None
    calls: list[Call] = field(default_factory=list)
    exports: list[tuple[Path, str]] = field(default_factory=list)

    def last(self, name: str) -> Call:
        """Return the latest call of a use case."""
        return next(call for call in reversed(self.calls) if call.name == name)

    def is_signed_in(self) -> bool:
        """Return what the test says."""
        return self.signed_in

    def count_in_clear(self) -> CountInClear:
        """Return what the test says."""
        self.looks += 1
        return self.count

    def layers_in_clear(self) -> tuple[LayerInClear, ...]:
        """Return what is found."""
        return self.found.in_clear.layers

    def can_use_configuration(self) -> bool:
        """Return what the test says."""
        return self.has_header

    def is_meant(self) -> bool:
        """Return what the project notes."""
        return self.meant

    def mean_it(self) -> None:
        """Note it."""
        self.meant = True

    def untold_keys(self) -> KeysNeeded:
        """Return what the test says, until it was told."""
        return self.needed

    def note_told(self, needed: KeysNeeded) -> None:
        """Find nothing any more."""
        assert needed == self.needed
        self.needed = KeysNeeded()

    def outlook(self, page: KeyPage) -> ShareOutlook:
        """Return what is found."""
        return self.found

    def copy_problems(self, page: KeyPage, holdings: Holdings, request: CopyRequest) -> tuple[Problem, ...]:
        """Return what the rules say."""
        context = DraftContext(NOW, frozenset(key.name for key in holdings.keys))
        filters = filter_problems(PlainFilters(whitelist=request.addresses), context)
        return (*draft_rules.name_problems(request.name, context), *filters)

    def export(self, page: KeyPage, file: Path, password: str) -> None:
        """Remember it, or fail."""
        if self.fault is not None:
            raise self.fault
        self.exports.append((file, password))

    def take_out(
        self,
        layers: Sequence[LayerInClear],
        on_progress: OnProgress,
        on_done: Callable[[Repaired], None],
        on_failed: OnFailure,
    ) -> Call:
        """Start."""
        return self._remember(Call("take_out", (tuple(layers),), on_progress, on_done, on_failed))

    def can_undo(self) -> int:
        """Return what the test says."""
        return self.undoable

    def undo(self, on_done: Callable[[Undone], None], on_failed: OnFailure) -> Call:
        """Start."""
        return self._remember(Call("undo", (), on_done=on_done, on_failed=on_failed))

    def make_copy(
        self,
        page: KeyPage,
        request: CopyRequest,
        on_progress: OnProgress,
        on_done: Callable[[SharedCopy], None],
        on_failed: OnFailure,
    ) -> Call:
        """Start."""
        return self._remember(Call("make_copy", (request,), on_progress, on_done, on_failed))

    def _remember(self, call: Call) -> Call:
        self.calls.append(call)
        return call
