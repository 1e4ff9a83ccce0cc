"""Use case: change a key that exists. Only the difference is sent, and no access that is kept is ever gone."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from typing import Sequence

from ..entrepot.errors import GpkeysError, as_gpkeys_error
from ..entrepot.models import Access, KeyDetails, KeyUpdate
from ..entrepot.translatable_text import Text
from ..keys.upkeep import key_edits, key_states
from ..keys.upkeep.key_edits import KeyDifference
from ..store.records import installed_keys
from ..store.records.edits import EDITS
from ..store.records.room_to_write import require_room_to_write
from .changed_services import ChangedServices
from .finish_creation import require_creation_ended
from .running.main_thread import MainThread
from .running.task import Progress
from .running.undo_list import STEP_FAILURES
from .steps.account_sessions import SignedIn
from .steps.begun_edit import BegunEdit
from .steps.key_changes import KeyChanges, are_apart
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

    @property
    def changes_services(self) -> bool:
        return bool(self.left.additions or self.left.removals)


@dataclass(frozen=True)
class _Changed:
    """The key after the requests for it; `accesses` are None where they are to be looked at yet."""

    details: KeyDetails
    accesses: Sequence[Access] | None


class KeyEditor:
    """Runs one edit on a worker: additions, then the update, then removals; then QGIS follows."""

    def __init__(self, signed_in: SignedIn, main_thread: MainThread, progress: Progress) -> None:
        self._signed_in = signed_in
        self._main_thread = main_thread
        self._progress = progress
        self._changes = KeyChanges(signed_in, main_thread, progress)
        self._begun = BegunEdit(signed_in, main_thread)

    def edit(self, page: KeyPage, wanted: KeyDifference, *, is_fresh: bool = False) -> Edited:
        """Return the key as it is now; raise Failed with what was done and stays, to be finished or undone.

        No access that was to be kept is ever lost; asking for the same again sends what is missing. A page that
        `is_fresh` is believed: the key is not read again before it is changed.
        """
        if wanted.is_empty and not self._has_begun(page.details.key.id):
            return Edited(page.details)
        with self._begun, ThreadPoolExecutor(max_workers=1) as pool:
            plan = self._begin(page, wanted, is_fresh=is_fresh)
            services = self._services(plan, pool)
            changed = self._change(plan, services)
            closed: list[Access] = []
            try:
                accesses = self._changes.remove(plan.key_id, plan.left, changed.accesses, closed)
            except Exception as error:  # what was added and changed stays; asked again, the rest is sent
                raise self._cut_off(error, plan, changed.details, closed) from error
            return self._followed(plan, _Changed(changed.details, accesses), services)

    def _has_begun(self, key_id: str) -> bool:
        return EDITS.of_key(self._signed_in.api_url, self._signed_in.account_id, key_id) is not None

    def _begin(self, page: KeyPage, wanted: KeyDifference, *, is_fresh: bool) -> _Plan:
        try:
            require_room_to_write()
            require_none_begun(page.details.key.id, page.details.key.name)
            require_creation_ended(page.details.key, self._signed_in)
            details, accesses = (page.details, page.accesses) if is_fresh else self._read(page.details.key.id)
            left = key_edits.rebased(wanted, accesses)
            self._begun.begin(details, accesses, left)
        except Exception as error:  # nothing was sent yet
            raise Failed(error) from error
        return _Plan(details, accesses, left)

    def _read(self, key_id: str) -> tuple[KeyDetails, tuple[Access, ...]]:
        self._progress.tell(5, Text("Reading the key’s services…"))
        return key_and_accesses(self._changes.steps.client, key_id)

    def _services(self, plan: _Plan, pool: ThreadPoolExecutor) -> ChangedServices | None:
        """Begin to have QGIS follow a change of services; None where it does not hold the key, or needs all anew."""
        installed = installed_keys.find(self._signed_in.api_url, plan.key_id)
        if installed is None or self._begun.takes_over or not plan.changes_services:
            return None
        details, changes = _expected(plan.details, plan.left.update), self._new_changes(self._progress)
        services = ChangedServices(self._signed_in, self._main_thread, changes, details, installed)
        services.begin(pool, plan.accesses, plan.left)
        return services

    def _change(self, plan: _Plan, services: ChangedServices | None) -> _Changed:
        """Open services and change the key."""
        left, changes = plan.left, self._changes
        before = key_states.state_of(plan.details, plan.accesses)
        try:
            failed = changes.send(plan.key_id, left, plan.accesses)
            if services is not None and not failed:
                services.ask()
            can_wait = not failed and are_apart(left)
            opened = None if can_wait else changes.look(plan.key_id, left, plan.accesses, failed)
            updated = changes.update(plan.key_id, before, left.update)
            return _Changed(updated or _expected(plan.details, left.update), opened)
        except Exception as error:  # whatever it was, the key must get back what it had
            raise self._begun.failed(error, changes.steps.undo.take_back()) from error

    def _cut_off(self, error: Exception, plan: _Plan, details: KeyDetails, closed: Sequence[Access]) -> Failed:
        """Return the failure to tell; QGIS has to have what the platform has, the new name above all."""
        accesses = self._seen(plan.key_id)
        there = {access.id for access in accesses} if accesses is not None else set()
        removals = plan.left.removals
        gone = tuple(access for access in removals if access.id not in there) if accesses is not None else tuple(closed)
        still_open = [access for access in removals if access not in gone]
        done = replace(plan, left=replace(plan.left, removals=gone))
        # Not stopped by the cancel that it may have been.
        changes, changed = self._new_changes(Progress()), _Changed(details, accesses)
        told = self._brought_up(done, changed, changes, None) if self._concerns_qgis(done) else ()
        behind = told if _CONNECT_AGAIN in told else ()
        said = (_still_open(still_open),) if still_open else ()
        return Failed(error, (*said, *behind), self._begun.remainder())

    def _seen(self, key_id: str) -> tuple[Access, ...] | None:
        """Return what the key opens now, None where nobody can tell."""
        try:
            return self._changes.steps.lasting_client().accesses(key_id)
        except GpkeysError:
            return None

    def _followed(self, plan: _Plan, changed: _Changed, services: ChangedServices | None) -> Edited:
        """Have QGIS follow; the platform is done, so what fails here is a warning, and the record stays for it."""
        warnings: tuple[Text, ...] = ()
        if self._concerns_qgis(plan):
            changes = services.changes if services is not None else self._new_changes(self._progress)
            warnings = self._brought_up(plan, changed, changes, services)
        if _CONNECT_AGAIN not in warnings:
            warnings = (*warnings, *self._begun.strike())
        accesses = tuple(changed.accesses) if changed.accesses is not None else None
        return Edited(changed.details, warnings, accesses, services.served() if services is not None else None)

    def _concerns_qgis(self, plan: _Plan) -> bool:
        is_held = installed_keys.find(self._signed_in.api_url, plan.key_id) is not None
        return is_held and (plan.changes_services or plan.left.update.name is not None or self._begun.takes_over)

    def _brought_up(
        self, plan: _Plan, changed: _Changed, changes: KeyChanges, services: ChangedServices | None
    ) -> tuple[Text, ...]:
        """Bring QGIS up to date with the key; return what to tell."""
        details, accesses = changed.details, changed.accesses
        installed = installed_keys.find(self._signed_in.api_url, plan.key_id)
        is_name_only = not (plan.changes_services or self._begun.takes_over)
        try:
            if is_name_only and installed is not None and changes.follow_name(details, installed):
                return ()
            told = services.write(details, accesses) if services is not None and accesses is not None else None
            return told if told is not None else changes.follow(details, installed, accesses).warnings
        except STEP_FAILURES as error:
            reason = Text("QGIS could not be brought up to date: {reason}", {"reason": as_gpkeys_error(error).user})
            return (reason, *changes.steps.undo.take_back(), _CONNECT_AGAIN)

    def _new_changes(self, progress: Progress) -> KeyChanges:
        return KeyChanges(self._signed_in, self._main_thread, progress)


def _expected(details: KeyDetails, update: KeyUpdate) -> KeyDetails:
    """Return the key with the change that it is to have."""
    key = details.key if update.name is None else replace(details.key, name=update.name)
    return replace(details, key=key, filters=key_states.filters_after(details.filters, update))


def _still_open(left: Sequence[Access]) -> Text:
    names = ", ".join(access.offering.layer_name for access in left)
    return Text("The rest is done, but these services are still open to the key: {names}.", {"names": names})


_CONNECT_AGAIN = Text("Open the key’s page and connect it to QGIS again.")
