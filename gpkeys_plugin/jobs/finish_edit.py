"""Use cases: finish or undo an edit that stopped half-way, perhaps in an earlier session of QGIS; each repeatable."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timezone
from typing import Callable

from ..entrepot.client import EntrepotClient
from ..entrepot.errors import ErrorCode, GpkeysError
from ..entrepot.models import Access, KeyDetails
from ..entrepot.translatable_text import Text
from ..keys.draft import Grant
from ..keys.services.catalogue import is_expired
from ..keys.upkeep import key_states
from ..keys.upkeep.key_edits import KeyDifference, grant_of
from ..keys.upkeep.key_states import KeyState
from ..store import connections
from ..store.configurations import auth_config_snapshots
from ..store.records import connection_origins, installed_keys, known_layers
from ..store.records.edits import EDITS, UnfinishedEdit
from ..store.records.room_to_write import require_room_to_write
from .running.main_thread import MainThread
from .running.task import Progress
from .steps.account_sessions import SignedIn
from .steps.begun_edit import remainder_of
from .steps.key_changes import KeyChanges
from .steps.key_services import key_and_accesses
from .values import Edited, Failed


def finish_edit(edit_id: str, signed_in: SignedIn, main_thread: MainThread, progress: Progress) -> Edited:
    """Send what is missing and have QGIS follow; raise Failed, with everything left to be finished or undone later."""
    return _ended(edit_id, _WayOut(signed_in, main_thread, progress).finish)


def undo_edit(edit_id: str, signed_in: SignedIn, main_thread: MainThread, progress: Progress) -> Edited:
    """Make the key what it was, on the platform and in QGIS; raise Failed as `finish_edit`."""
    return _ended(edit_id, _WayOut(signed_in, main_thread, progress).undo)


def _ended(edit_id: str, way_out: Callable[[UnfinishedEdit], Edited]) -> Edited:
    try:
        with EDITS.at_work(edit_id):
            entry = _found(edit_id)
            edited = way_out(entry)
            EDITS.remove(edit_id)
            return edited
    except Exception as error:  # whatever it was, the record says what is left
        left = EDITS.find(edit_id)
        raise Failed(error, remainder=remainder_of(left) if left is not None else None) from error


class _WayOut:
    """Runs on a worker, for one edit; what it has done stays where it fails, since it can be asked for again."""

    def __init__(self, signed_in: SignedIn, main_thread: MainThread, progress: Progress) -> None:
        self._signed_in = signed_in
        self._main_thread = main_thread
        self._progress = progress
        self._changes = KeyChanges(signed_in, main_thread, progress)
        self._client = self._changes.steps.client

    def finish(self, entry: UnfinishedEdit) -> Edited:
        """Make the key what was wanted."""
        self._start(entry)
        details = self._bring(entry, entry.wanted, entry.before)
        return Edited(details, self._follow(entry, details, is_connected=entry.was_connected or entry.is_extension))

    def undo(self, entry: UnfinishedEdit) -> Edited:
        """Make the key what it was, but for services that nobody can open to it any more."""
        self._start(entry)
        lost = self._lost(entry)
        kept = tuple(grant for grant in entry.before.grants if grant not in lost)
        details = self._bring(entry, replace(entry.before, grants=kept), entry.wanted)
        warnings = self._follow(entry, details, is_connected=entry.was_connected)
        self._main_thread.call(lambda: _name_back(entry))
        gone = (_NOT_OPENED_AGAIN.with_values({"count": len(lost)}),) if lost else ()
        return Edited(details, (*gone, *warnings))

    def _start(self, entry: UnfinishedEdit) -> None:
        require_room_to_write()
        self._progress.tell(5, Text("Reading the key’s services…"))
        listed = self._client.keys()
        if entry.key_id not in {key.id for key in listed}:
            EDITS.remove(entry.id)
            raise _key_is_gone(entry)

    def _bring(self, entry: UnfinishedEdit, wanted: KeyState, other: KeyState) -> KeyDetails:
        """Send what is missing, additions first, and read the key back: it must have all of it."""
        details, accesses, left = self._looked(entry, wanted, other)
        now, changes = key_states.state_of(details, accesses), self._changes
        opened = changes.add(entry.key_id, left, accesses)
        changes.update(entry.key_id, now, left.update)
        changes.remove(entry.key_id, left, opened, [])
        if left.is_empty:
            return details
        details, _, left = self._looked(entry, wanted, other)
        if not left.is_empty:
            raise _not_made(entry)
        return details

    def _looked(
        self, entry: UnfinishedEdit, wanted: KeyState, other: KeyState
    ) -> tuple[KeyDetails, tuple[Access, ...], KeyDifference]:
        details, accesses = key_and_accesses(self._client, entry.key_id)
        return details, accesses, key_states.towards(wanted, other, details, accesses)

    def _lost(self, entry: UnfinishedEdit) -> set[Grant]:
        """Return what the edit has closed and nobody can open again: the permission has ended, or is gone."""
        present = set(map(grant_of, self._client.accesses(entry.key_id)))
        closed = set(entry.before.grants) - set(entry.wanted.grants) - present
        ids = {grant.permission_id for grant in closed if grant.permission_id is not None}
        open_now = {id_: _offerings(self._client, id_) for id_ in ids}
        return {
            grant
            for grant in closed
            if grant.permission_id is not None and grant.offering_id not in open_now[grant.permission_id]
        }

    def _follow(self, entry: UnfinishedEdit, details: KeyDetails, *, is_connected: bool) -> tuple[Text, ...]:
        """Have QGIS hold what the key is now, wherever it holds the key or is to."""
        installed = installed_keys.find(self._signed_in.api_url, entry.key_id)
        if entry.is_extension and not is_connected:
            self._disconnect(entry)
            return ()
        if not entry.concerns_qgis or (installed is None and not is_connected):
            return ()
        try:
            return self._changes.follow(details, installed).warnings
        except Exception:
            self._changes.steps.undo.take_back()
            raise

    def _disconnect(self, entry: UnfinishedEdit) -> None:
        """Remove what the extension has written for a key that QGIS did not hold before."""
        written = connection_origins.written_for(entry.key_id)
        self._main_thread.call_by_parts(connections.remove, written)
        connection_origins.forget_all(written)
        known = installed_keys.find(entry.api_url, entry.key_id)
        if known is not None and known.borrowed_authcfgs:
            # Made for projects, before or since: the extension has no part in them.
            installed_keys.remember(replace(known, authcfg="", connections=()))
        else:
            installed_keys.forget(entry.api_url, entry.key_id)
        known_layers.drop_forgotten()


def _offerings(client: EntrepotClient, permission_id: str) -> set[str]:
    """Return what a permission can open now."""
    try:
        permission = client.permission(permission_id)
    except GpkeysError as error:
        if error.code is not ErrorCode.NOT_FOUND:
            raise
        return set()
    has_ended = is_expired(permission, datetime.now(timezone.utc))
    return set() if has_ended else {offering.id for offering in permission.offerings}


def _name_back(entry: UnfinishedEdit) -> None:
    for authcfg, name in entry.configurations:
        auth_config_snapshots.rename(authcfg, name)


def _found(edit_id: str) -> UnfinishedEdit:
    entry = EDITS.find(edit_id)
    if entry is None:
        raise GpkeysError(
            ErrorCode.NOT_FOUND,
            Text("This change was finished or undone already."),
            "the record has no such edit",
            advice=Text("Refresh the list."),
        )
    return entry


def _key_is_gone(entry: UnfinishedEdit) -> GpkeysError:
    return GpkeysError(
        ErrorCode.NOT_FOUND,
        Text(
            "The key “{name}” was deleted elsewhere: nothing of its change is left to finish or to undo.",
            {"name": entry.before.name},
        ),
        "the key of an unfinished edit is not on the platform",
        advice=Text("Refresh the list."),
    )


def _not_made(entry: UnfinishedEdit) -> GpkeysError:
    return GpkeysError(
        ErrorCode.SERVER,
        Text(
            "The Géoplateforme has taken the change of the key “{name}”, but not made it.", {"name": entry.before.name}
        ),
        "a key that was read back is not as it was to be",
        advice=Text("Try again in a few minutes."),
    )


_NOT_OPENED_AGAIN = Text("Services that are not opened again, since their permission has ended: {count}.")
