"""What changes a key that exists: the requests of an edit, and QGIS that follows."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timezone
from typing import Sequence

from ...entrepot import lost_answers
from ...entrepot.client import Opening
from ...entrepot.errors import ErrorCode, GpkeysError
from ...entrepot.models import Access, Key, KeyDetails, KeyType, KeyUpdate
from ...entrepot.request_turns import side_by_side
from ...entrepot.translatable_text import Text
from ...keys.upkeep.key_edits import KeyDifference
from ...keys.upkeep.key_states import KeyState
from ...keys.upkeep.overview import expired_accesses
from ...store.configurations import auth_config_snapshots
from ...store.records.installed_keys import InstalledKey
from ..running.main_thread import MainThread
from ..running.task import Progress
from ..values import CreatedKey
from .account_sessions import SignedIn
from .key_configurations import named_after
from .key_services import services_of, unserved_warnings
from .key_steps import ADDITIONS_STAYED, KeySteps
from .service_probe import Credential


class KeyChanges:
    """Runs on a worker, for one change of one key; `steps.undo` fills up as the requests are sent."""

    def __init__(self, signed_in: SignedIn, main_thread: MainThread, progress: Progress) -> None:
        self.steps = KeySteps(signed_in, main_thread, progress)
        self._signed_in = signed_in
        self._main_thread = main_thread
        self._progress = progress

    def add(self, key_id: str, found: KeyDifference, accesses: Sequence[Access]) -> Sequence[Access]:
        """Open services beside the `accesses` that there are, and return those that there are then, as read back."""
        return self.look(key_id, found, accesses, self.send(key_id, found, accesses))

    def send(self, key_id: str, found: KeyDifference, accesses: Sequence[Access]) -> Sequence[GpkeysError]:
        """Open services beside the `accesses` that there are; return what failed. Whether it was made, `look` tells."""
        if not found.additions:
            return ()
        present = {access.id for access in accesses}
        self._progress.tell(10, Text("Opening the services…"))
        self.steps.undo.add(ADDITIONS_STAYED, lambda: self._remove_all_but(present, key_id))
        return self.steps.client.try_to_open(key_id, _openings(found))

    def look(
        self, key_id: str, found: KeyDifference, accesses: Sequence[Access], failed: Sequence[GpkeysError]
    ) -> Sequence[Access]:
        """Return the accesses that there are after `send`, as read back; raises what was not made.

        Of the removals, those that are in the way of what is opened are gone then.
        """
        if not found.additions:
            return accesses
        openings = _openings(found)
        try:
            return self.steps.client.accesses_after(key_id, openings, (), failed)
        except GpkeysError as error:
            ended = expired_accesses(found.removals, datetime.now(timezone.utc))
            in_the_way = [access for access in ended if access.offering.id in _opened(found)]
            if error.code is not ErrorCode.CONFLICT or not in_the_way:
                raise
            # The platform may take an offering once only: what an ended permission opened opens nothing any more.
            for access in in_the_way:
                self.steps.client.delete_access(key_id, access.id)
            return self.steps.client.open_offerings(key_id, openings)

    def update(self, key_id: str, before: KeyState, update: KeyUpdate) -> KeyDetails | None:
        """Change the name and the filters from what they were `before`; return the key as read back if that was so."""
        if update == KeyUpdate():
            return None
        self._progress.tell(55, Text("Changing the key…"))
        # Noted first: a change whose answer is lost for good may have been made all the same.
        self.steps.undo.add(_CHANGE_STAYED, lambda: self._change_back(key_id, before, update))
        return self.steps.lasting_client().update_key(key_id, update)

    def remove(
        self, key_id: str, found: KeyDifference, accesses: Sequence[Access] | None, closed: list[Access]
    ) -> Sequence[Access]:
        """Close services side by side, and return the accesses that there are then, as read back.

        Where `accesses` is None, what was opened was not looked at yet: it must be there, too. `closed` gets those that
        the platform says are closed.
        """
        if not found.removals and accesses is not None:
            return accesses
        self._progress.tell(60, Text("Closing the services that are no longer wanted…"))
        client = self.steps.lasting_client()

        def close(access: Access) -> GpkeysError | None:
            self._progress.check()
            error = client.try_to_close(key_id, access.id)
            if error is None:
                closed.append(access)
            return error

        failed = [error for error in side_by_side(close, found.removals) if error is not None]
        openings = _openings(found) if accesses is None else ()
        return client.accesses_after(key_id, openings, {access.id for access in found.removals}, failed)

    def follow_name(self, details: KeyDetails, installed: InstalledKey) -> bool:
        """Have QGIS hold what it holds under the key's new name; False where all must be written anew for that."""
        self._progress.tell(78, Text("Bringing QGIS’s connections up to date…"))
        if not self.steps.rename(details, installed):
            return False
        self._main_thread.call(lambda: rename_configurations(details.key, installed))
        return True

    def follow(
        self, details: KeyDetails, installed: InstalledKey | None, accesses: Sequence[Access] | None = None
    ) -> CreatedKey:
        """Have QGIS hold what the key opens, under the name that it has; `installed` is what QGIS held before.

        The key's `accesses` are read where it is not known how they are now.
        """
        steps = self.steps
        self._progress.tell(78, Text("Bringing QGIS’s connections up to date…"))
        if accesses is None:
            accesses = steps.client.accesses(details.key.id)
        layers = services_of(steps.client, self._signed_in.known, accesses)
        created = steps.reconnect(details, layers, self.credential(details, installed))
        if installed is not None:
            self._main_thread.call(lambda: rename_configurations(details.key, installed))
        return replace(created, warnings=(*unserved_warnings(accesses, layers), *created.warnings))

    def _remove_all_but(self, present: set[str], key_id: str) -> None:
        client = self.steps.lasting_client()
        for access in client.accesses(key_id):
            if access.id not in present:
                client.delete_access(key_id, access.id)

    def _change_back(self, key_id: str, before: KeyState, update: KeyUpdate) -> None:
        client, filters = self.steps.lasting_client(), before.filters
        former = KeyUpdate(
            name=None if update.name is None else before.name,
            whitelist=None if update.whitelist is None else filters.whitelist,
            blacklist=None if update.blacklist is None else filters.blacklist,
            user_agent=None if update.user_agent is None else filters.user_agent or "",
            referer=None if update.referer is None else filters.referer or "",
        )
        # Only where it was made: what somebody else has changed meanwhile is left alone.
        if lost_answers.is_updated(update, client.key(key_id)):
            client.update_key(key_id, former)

    def credential(self, details: KeyDetails, installed: InstalledKey | None) -> Credential:
        """Return what opens the services of a key; `installed` is what QGIS holds for it."""
        if installed is not None and installed.authcfg:
            return Credential(installed.authcfg)
        if details.key.type is KeyType.OAUTH2:
            return Credential(self._signed_in.authcfg)
        return Credential(hash=details.hash)


def _openings(found: KeyDifference) -> list[Opening]:
    return [(step.permission_id, step.offering_ids) for step in found.additions]


def _opened(found: KeyDifference) -> set[str]:
    return {offering_id for step in found.additions for offering_id in step.offering_ids}


def are_apart(found: KeyDifference) -> bool:
    """Return whether all can be looked at once: something is closed, and none of what is opened in its place.

    What goes through one permission only once it is open through another must be seen to be open first.
    """
    opened = _opened(found)
    return bool(found.removals) and not any(access.offering.id in opened for access in found.removals)


def rename_configurations(key: Key, installed: InstalledKey) -> None:
    """Give the configurations that are named after a key its name of today; on the main thread only."""
    for authcfg, name in named_after(key, installed).items():
        auth_config_snapshots.rename(authcfg, name)


_CHANGE_STAYED = Text("The key may have its new name or filters on the Géoplateforme, but not in QGIS.")
