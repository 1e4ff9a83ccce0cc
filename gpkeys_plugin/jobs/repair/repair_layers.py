"""Use case: mend layers of the open project, each in its place."""

from __future__ import annotations

from typing import Sequence

from ...entrepot.errors import ErrorCode, GpkeysError
from ...entrepot.translatable_text import Text
from ...keys.layer_needs.credential_replacement import (
    Configuration,
    Credential,
    HashInHeader,
    HashInUrl,
    with_credential,
)
from ...keys.layer_needs.geoportail_moves import moved_to
from ...keys.layer_needs.needs import Cause
from ...keys.layer_needs.platform_hosts import Platform
from ...keys.layer_needs.sources import CarrierKind
from ...store.known_reference_systems import keep_known
from ...store.records.room_to_write import require_room_to_write
from ...store.sources import layer_trials, project_layers
from ...store.sources.project_layers import SourceChange
from ..running.main_thread import MainThread
from ..running.part_progress import PartProgress
from ..running.task import Progress
from ..steps.account_sessions import SignedIn
from ..steps.key_steps import KeySteps
from ..steps.layers_drawn_anew import draw_anew
from .key_credentials import KeyCredentials
from .layer_answers import LayerAnswers
from .repair_preparations import RepairPreparations
from .repair_values import LayerFound, LayerPlan, Repaired, WhereKept
from .undoable_layers import CHANGE_WORDS, MendedLayer, MendedLayers

_LAYERS_AT = 30.0


class LayerRepairer:
    """Runs on a worker, for one repair. What it changes, it notes in `mended` as it does so."""

    def __init__(
        self, signed_in: SignedIn, main_thread: MainThread, progress: Progress, mended: MendedLayers, where: WhereKept
    ) -> None:
        self._signed_in = signed_in
        self._main_thread = main_thread
        self._progress = progress
        self._mended = mended
        self._where = where
        self._platform = Platform.of(signed_in.api_url)
        before = PartProgress(progress, 0, _LAYERS_AT)
        self._keys = KeyCredentials(signed_in, main_thread, KeySteps(signed_in, main_thread, before), where)
        self._ready = RepairPreparations(signed_in, main_thread, before, self._keys, mended)
        self._answers = LayerAnswers(signed_in, self._platform, progress)
        self._done: list[str] = []
        self._left: list[tuple[str, Text]] = []

    def repair(self, plans: Sequence[LayerPlan]) -> Repaired:
        """Return what came of it; raise GpkeysError where nothing was changed, as when it is cancelled at once."""
        try:
            self._repair(plans)
        except GpkeysError as error:
            if not (self._done or self._ready.made or self._ready.added):
                raise
            if error.code is not ErrorCode.CANCELLED:
                told = {*self._done}
                self._left += [(plan.found.name, error.user) for plan in plans if plan.found.layer_id not in told]
            return self._outcome(is_cancelled=error.code is ErrorCode.CANCELLED)
        finally:
            if self._done:
                self._main_thread.call(project_layers.refresh_layouts)
        self._draw_others(plans)
        return self._outcome()

    def _draw_others(self, plans: Sequence[LayerPlan]) -> None:
        """Draw the layers that nobody has chosen and that name a configuration that was made for those that were."""
        chosen = {plan.found.layer_id for plan in plans}
        draw_anew(
            self._signed_in.api_url, self._main_thread, self._progress, authcfgs=tuple(self._ready.made), but=chosen
        )

    def _outcome(self, *, is_cancelled: bool = False) -> Repaired:
        made, added = tuple(self._ready.made), tuple(self._ready.added)
        return Repaired(tuple(self._done), tuple(self._left), made, added, is_cancelled)

    def _repair(self, plans: Sequence[LayerPlan]) -> None:
        require_room_to_write()
        self._progress.tell(0, Text("Reading the keys…"))
        usable = [plan for plan in plans if plan.can_be_mended]
        self._left += [(plan.found.name, _why_not(plan)) for plan in plans if not plan.can_be_mended]
        self._ready.read_keys(usable)
        self._ready.open_services(usable)
        if self._where is not WhereKept.IN_URL:
            self._ready.make_configurations(usable)
        sources = [(plan.found.provider, plan.found.source) for plan in usable]
        self._main_thread.call(lambda: keep_known(layer_trials.reference_systems(sources)))
        for number, plan in enumerate(usable):
            self._tell(number, len(usable), plan.found)
            problem = self._mend(plan)
            if problem is not None:
                self._left.append((plan.found.name, problem))

    def _tell(self, number: int, count: int, layer: LayerFound) -> None:
        share = _LAYERS_AT + (100 - _LAYERS_AT) * number / count
        values = {"name": layer.name, "number": number + 1, "total": count}
        self._progress.tell(share, Text("Mending “{name}” ({number} of {total})…", values))

    def _mend(self, plan: LayerPlan) -> Text | None:
        """Mend a layer; return why it was left, None when it draws."""
        key = plan.key
        if key is not None and key.id in self._ready.unusable:
            return self._ready.unusable[key.id]
        try:
            credential = self._credential(plan)
            source = self._source(plan, credential)
            problem = self._answers.problem(plan.found.provider, source, credential)
        except GpkeysError as error:
            if error.ends_all:
                raise
            return error.user
        return problem or self._put(plan.found, source)

    def _credential(self, plan: LayerPlan) -> Credential:
        if plan.key is None or self._keeps_source(plan):
            return _carried(plan.found)
        return self._keys.of(plan.key)

    def _keeps_source(self, plan: LayerPlan) -> bool:
        """Return whether the layer's source stays: its key is good, or its configuration was just made for its key."""
        need = plan.found.need
        if plan.key is None or need.cause is not Cause.UNKNOWN_CONFIGURATION:
            return plan.key is None
        return self._ready.made.get(need.source.configuration_id) == plan.key.id

    def _source(self, plan: LayerPlan, credential: Credential) -> str:
        found = plan.found
        if self._keeps_source(plan):
            return found.source
        source, asked = found.source, found.need.source
        if asked.is_geoportail:
            source = moved_to(found.provider, source, self._platform.private_root(asked.endpoint))
        return with_credential(found.provider, source, credential, self._platform)

    def _put(self, found: LayerFound, source: str) -> Text | None:
        mended = MendedLayer(found.layer_id, found.name, found.source, source, found.is_valid)
        is_undoable = source != found.source or found.need.source.configuration_id in self._ready.made
        change = self._main_thread.call(lambda: self._put_now(mended, is_undoable=is_undoable))
        if change is SourceChange.DONE:
            self._done.append(found.layer_id)
        return CHANGE_WORDS.get(change)

    def _put_now(self, mended: MendedLayer, *, is_undoable: bool) -> SourceChange:
        change = project_layers.change_source(mended.layer_id, mended.before, mended.after, keep_only_valid=True)
        if change is SourceChange.DONE and is_undoable:
            self._mended.add(mended)
        return change


def _carried(found: LayerFound) -> Credential:
    """Return the credential that a layer's source carries already."""
    asked = found.need.source
    if asked.carrier is CarrierKind.HASH_IN_HEADER and asked.hash is not None:
        return HashInHeader(asked.hash)
    if asked.hash is not None:
        return HashInUrl(asked.hash)
    return Configuration(asked.configuration_id)


def _why_not(plan: LayerPlan) -> Text:
    if plan.key is not None:
        return _NEEDS_PASSWORD.with_values({"name": plan.key.name})
    return _NO_KEY


_NEEDS_PASSWORD = Text("QGIS does not know the password of “{name}”: connect the key first")
_NO_KEY = Text("no key of yours opens it")
