"""Use case: change a key that exists. Only the difference is sent, and no access that is kept is ever gone."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Sequence

from ..entrepot.errors import as_gpkeys_error
from ..entrepot.models import Access, KeyDetails, KeyUpdate
from ..entrepot.translatable_text import Text
from ..keys.upkeep import key_edits, key_states
from ..keys.upkeep.key_edits import KeyDifference
from ..store.records import installed_keys
from ..store.records.edits import EDITS
from ..store.records.room_to_write import require_room_to_write
from .finish_creation import require_creation_ended
from .running.main_thread import MainThread
from .running.task import Progress
from .running.undo_list import STEP_FAILURES
from .steps.account_sessions import SignedIn
from .steps.begun_edit import BegunEdit
from .steps.key_changes import KeyChanges
from .steps.key_services import key_and_accesses
from .steps.rotation_guard import require_none_begun
from .values import Edited, Failed, KeyPage


@dataclass(frozen=True)
class _Plan:
    """The key as it is before the first request, and what is to be asked for."""

    details: KeyDetails
    accesses: tuple[Access, ...]
    left: KeyDifference

    @property
    def key_id(self) -> str:
        return self.details.key.id


class KeyEditor:
    """Runs one edit on a worker: additions, then the update, then removals; then QGIS follows."""

    def __init__(self, signed_in: SignedIn, main_thread: MainThread, progress: Progress) -> None:
        self._signed_in = signed_in
        self._main_thread = main_thread
        self._progress = progress
        self._changes = KeyChanges(signed_in, main_thread, progress)
        self._begun = BegunEdit(signed_in, main_thread)

    def edit(self, page: KeyPage, wanted: KeyDifference) -> Edited:
        """Return the key as it is now; raise Failed with what was done and stays, to be finished or undone.

        No access that was to be kept is ever lost; asking for the same again sends what is missing.
        """
        if wanted.is_empty and not self._has_begun(page.details.key.id):
            return Edited(page.details)
        with self._begun:
            plan = self._begin(page, wanted)
            opened = self._change(plan)
            closed: list[Access] = []
            try:
                left = self._changes.remove(plan.key_id, plan.left.removals, opened, closed)
            except Exception as error:  # what was added and changed stays; asked again, the rest is sent
                raise self._cut_off(error, plan, closed) from error
            return self._followed(plan, self._progress, left)

    def _has_begun(self, key_id: str) -> bool:
        return EDITS.of_key(self._signed_in.api_url, self._signed_in.account_id, key_id) is not None

    def _begin(self, page: KeyPage, wanted: KeyDifference) -> _Plan:
        try:
            require_room_to_write()
            require_none_begun(page.details.key.id, page.details.key.name)
            require_creation_ended(page.details.key, self._signed_in)
            self._progress.tell(5, Text("Reading the key’s services…"))
            client, key_id = self._changes.steps.client, page.details.key.id
            details, accesses = key_and_accesses(client, key_id)
            left = key_edits.rebased(wanted, accesses)
            self._begun.begin(details, accesses, left)
        except Exception as error:  # nothing was sent yet
            raise Failed(error) from error
        return _Plan(details, accesses, left)

    def _change(self, plan: _Plan) -> Sequence[Access]:
        """Open services and change the key; return the accesses that there are then."""
        left, before = plan.left, key_states.state_of(plan.details, plan.accesses)
        try:
            opened = self._changes.add(plan.key_id, left.additions, plan.accesses, left.removals)
            self._changes.update(plan.key_id, before, left.update)
            return opened
        except Exception as error:  # whatever it was, the key must get back what it had
            raise self._begun.failed(error, self._changes.steps.undo.take_back()) from error

    def _cut_off(self, error: Exception, plan: _Plan, closed: Sequence[Access]) -> Failed:
        """Return the failure to tell; QGIS has to have what the platform has, the new name above all."""
        done = replace(plan, left=replace(plan.left, removals=tuple(closed)))
        # Not stopped by the cancel that it may have been.
        followed = self._followed(done, Progress(), None, is_whole=False)
        behind = followed.warnings if _CONNECT_AGAIN in followed.warnings else ()
        still_open = _still_open(plan.left.removals[len(closed) :])
        return Failed(error, (still_open, *behind), self._begun.remainder())

    def _followed(
        self, plan: _Plan, progress: Progress, accesses: Sequence[Access] | None, *, is_whole: bool = True
    ) -> Edited:
        """Have QGIS follow where it holds the key; the platform is done, so what fails here is a warning.

        The record stays then, so that it can be finished. `accesses` are those of the key now, None where unknown.
        """
        details, done = _expected(plan.details, plan.left.update), plan.left
        installed = installed_keys.find(self._signed_in.api_url, plan.key_id)
        has_changed = done.additions or done.removals or done.update.name is not None or self._begun.takes_over
        if installed is None or not has_changed:
            return Edited(details, self._begun.strike() if is_whole else ())
        changes = KeyChanges(self._signed_in, self._main_thread, progress)
        try:
            is_name_only = not (done.additions or done.removals or self._begun.takes_over)
            is_followed = is_name_only and changes.follow_name(details, installed)
            warnings = () if is_followed else changes.follow(details, installed, accesses).warnings
        except STEP_FAILURES as error:
            reason = Text("QGIS could not be brought up to date: {reason}", {"reason": as_gpkeys_error(error).user})
            return Edited(details, (reason, *changes.steps.undo.take_back(), _CONNECT_AGAIN))
        return Edited(details, (*warnings, *self._begun.strike()) if is_whole else warnings)


def _expected(details: KeyDetails, update: KeyUpdate) -> KeyDetails:
    """Return the key with the change that the platform has accepted."""
    key = details.key if update.name is None else replace(details.key, name=update.name)
    return replace(details, key=key, filters=key_states.filters_after(details.filters, update))


def _still_open(left: Sequence[Access]) -> Text:
    names = ", ".join(access.offering.layer_name for access in left)
    return Text("The rest is done, but these services are still open to the key: {names}.", {"names": names})


_CONNECT_AGAIN = Text("Open the key’s page and connect it to QGIS again.")
