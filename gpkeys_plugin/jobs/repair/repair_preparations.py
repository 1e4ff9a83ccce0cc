"""What a repair does before the first layer: the keys read, services added to them, unknown configurations made."""

from __future__ import annotations

from collections import Counter
from functools import partial
from typing import Callable, Sequence

from ...entrepot.errors import GpkeysError
from ...entrepot.models import Key
from ...entrepot.translatable_text import Text
from ...keys.draft import Grant
from ...keys.layer_needs.needs import Cause
from ...keys.layer_needs.remedies import CouldBeOpenedBy
from ...keys.upkeep.draft_requests import access_steps
from ...keys.upkeep.key_edits import KeyDifference
from ..edit_key import KeyEditor
from ..make_missing_configuration import ConfigurationMaker
from ..running.main_thread import MainThread
from ..running.part_progress import PartProgress
from ..running.task import Progress
from ..steps.account_sessions import SignedIn
from ..steps.begun_edit import require_whole
from ..values import ConfigurationRequest, Failed, KeyPage
from .key_credentials import KeyCredentials
from .repair_values import LayerPlan
from .undoable_layers import MadeConfiguration, MendedLayers

_CONFIGURATIONS_AT = 50.0


class RepairPreparations:
    """Runs on a worker, for one repair. What cannot be done for a key is told of the layers that need it.

    `unusable` says why, by the key's id; `made` are the configurations, each with its key's id; `added` says which
    services were opened: that stays.
    """

    def __init__(
        self,
        signed_in: SignedIn,
        main_thread: MainThread,
        progress: Progress,
        keys: KeyCredentials,
        mended: MendedLayers,
    ) -> None:
        self._signed_in = signed_in
        self._main_thread = main_thread
        self._progress = progress
        self._keys = keys
        self._mended = mended
        self.unusable: dict[str, Text] = {}
        self.made: dict[str, str] = {}
        self.added: list[Text] = []

    def read_keys(self, plans: Sequence[LayerPlan]) -> None:
        """Read each key once."""
        for key in dict.fromkeys(plan.key for plan in plans if plan.key is not None):
            self._attempt(key, partial(self._keys.details, key))

    def open_services(self, plans: Sequence[LayerPlan]) -> None:
        """Open to the keys what their permissions cover and the layers need."""
        wanted: dict[Key, dict[Grant, None]] = {}
        for plan in plans:
            if isinstance(plan.remedy, CouldBeOpenedBy):
                wanted.setdefault(plan.remedy.key, {}).update(dict.fromkeys(plan.remedy.grants))
        for number, (key, grants) in enumerate(wanted.items()):
            progress = self._part(0, _CONFIGURATIONS_AT, number, len(wanted))
            self._attempt(key, partial(self._add, key, tuple(grants), progress))

    def make_configurations(self, plans: Sequence[LayerPlan]) -> None:
        """Make the configurations that the project names and this profile lacks, each for the key of most layers."""
        wanted: dict[str, Counter[Key]] = {}
        for plan in plans:
            if plan.found.need.cause is Cause.UNKNOWN_CONFIGURATION and plan.key is not None:
                wanted.setdefault(plan.found.need.source.configuration_id, Counter())[plan.key] += 1
        for number, (authcfg, counts) in enumerate(wanted.items()):
            progress = self._part(_CONFIGURATIONS_AT, 100, number, len(wanted))
            self._make(authcfg, counts.most_common(1)[0][0], progress)

    def _part(self, start: float, end: float, number: int, count: int) -> PartProgress:
        span = (end - start) / count
        return PartProgress(self._progress, start + span * number, span)

    def _attempt(self, key: Key, step: Callable[[], object]) -> None:
        if key.id in self.unusable:
            return
        try:
            step()
        except GpkeysError as error:
            if error.ends_all:
                raise
            self.unusable[key.id] = error.user

    def _add(self, key: Key, grants: Sequence[Grant], progress: Progress) -> None:
        require_whole(self._signed_in, key)
        editor = KeyEditor(self._signed_in, self._main_thread, progress)
        try:
            edited = editor.edit(KeyPage(self._keys.details(key)), KeyDifference(additions=access_steps(grants)))
        except Failed as failed:
            self.added += failed.stayed
            raise failed.error from failed
        opened = Text("Services opened to the key “{name}”: {count}.", {"name": key.name, "count": len(grants)})
        self.added += (opened, *edited.warnings)

    def _make(self, authcfg: str, key: Key, progress: Progress) -> None:
        if key.id in self.unusable:
            return
        maker = ConfigurationMaker(self._signed_in, self._main_thread, progress)
        try:
            maker.make(KeyPage(self._keys.details(key)), ConfigurationRequest(authcfg))
        except GpkeysError as error:
            if error.ends_all:
                raise
            # No such id, one that would send the key elsewhere, a QGIS without headers: its layers get the key's own
            # configuration, or its hash in the URL, as all others do.
            return
        made = MadeConfiguration(authcfg, key.id, self._signed_in.api_url)
        self._main_thread.call(lambda: self._mended.add_configuration(made))
        self.made[authcfg] = key.id
