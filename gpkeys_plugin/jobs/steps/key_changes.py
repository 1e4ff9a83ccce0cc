"""What changes a key that exists: the requests of an edit, and QGIS that follows."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timezone
from typing import Sequence

from ...entrepot import lost_answers
from ...entrepot.errors import ErrorCode, GpkeysError
from ...entrepot.models import Access, Key, KeyDetails, KeyType, KeyUpdate
from ...entrepot.translatable_text import Text
from ...keys.upkeep.draft_requests import AddAccesses
from ...keys.upkeep.key_states import KeyState
from ...keys.upkeep.overview import expired_accesses
from ...store.configurations import auth_config_snapshots, auth_configs
from ...store.records.installed_keys import InstalledKey
from ..running.main_thread import MainThread
from ..running.task import Progress
from ..values import CreatedKey
from .account_sessions import SignedIn
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

    def add(
        self, key_id: str, additions: Sequence[AddAccesses], accesses: Sequence[Access], removals: Sequence[Access]
    ) -> Sequence[Access]:
        """Open services beside the `accesses` that there are; of the `removals`, those in the way go first.

        Returns the accesses that there are then.
        """
        if not additions:
            return accesses
        present = {access.id for access in accesses}
        self._progress.tell(10, Text("Opening the services…"))
        self.steps.undo.add(ADDITIONS_STAYED, lambda: self._remove_all_but(present, key_id))
        openings = [(step.permission_id, step.offering_ids) for step in additions]
        try:
            return self.steps.client.open_offerings(key_id, openings)
        except GpkeysError as error:
            ended = expired_accesses(removals, datetime.now(timezone.utc))
            wanted = {offering_id for step in additions for offering_id in step.offering_ids}
            in_the_way = [access for access in ended if access.offering.id in wanted]
            if error.code is not ErrorCode.CONFLICT or not in_the_way:
                raise
            # The platform may take an offering once only: what an ended permission opened opens nothing any more.
            for access in in_the_way:
                self.steps.client.delete_access(key_id, access.id)
            return self.steps.client.open_offerings(key_id, openings)

    def update(self, key_id: str, before: KeyState, update: KeyUpdate) -> None:
        """Change the name and the filters from what they were `before`."""
        if update != KeyUpdate():
            self._progress.tell(55, Text("Changing the key…"))
            # Noted first: a change whose answer is lost for good may have been made all the same.
            self.steps.undo.add(_CHANGE_STAYED, lambda: self._change_back(key_id, before, update))
            self.steps.lasting_client().update_key(key_id, update)

    def remove(
        self, key_id: str, removals: Sequence[Access], accesses: Sequence[Access], closed: list[Access]
    ) -> Sequence[Access]:
        """Close services, and return what is left of the `accesses`; `closed` gets those that are, one by one."""
        client = self.steps.lasting_client()
        for number, access in enumerate(removals):
            self._tell(60, 15, number, len(removals), Text("Closing the services that are no longer wanted…"))
            accesses = client.delete_access(key_id, access.id)
            closed.append(access)
        return accesses

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
        created = steps.reconnect(details, layers, self._credential(details, installed))
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

    def _tell(self, start: float, span: float, number: int, count: int, text: Text) -> None:
        self._progress.tell(start + span * number / count, text)

    def _credential(self, details: KeyDetails, installed: InstalledKey | None) -> Credential:
        if installed is not None and installed.authcfg:
            return Credential(installed.authcfg)
        if details.key.type is KeyType.OAUTH2:
            return Credential(self._signed_in.authcfg)
        return Credential(hash=details.hash)


def rename_configurations(key: Key, installed: InstalledKey) -> None:
    """Give the configurations that are named after a key its name of today; on the main thread only."""
    for authcfg in renamed_with(key.type, installed):
        # The key's own configuration is named after the key, one under a borrowed id says which id that is, too.
        more = () if authcfg == installed.authcfg else (authcfg,)
        auth_config_snapshots.rename(authcfg, auth_configs.name_for_key(key.name, *more))


def renamed_with(key_type: KeyType, installed: InstalledKey) -> tuple[str, ...]:
    """Return the configurations that are named after a key; that of an OAUTH2 key is the account's."""
    return installed.borrowed_authcfgs if key_type is KeyType.OAUTH2 else installed.authcfgs


_CHANGE_STAYED = Text("The key may have its new name or filters on the Géoplateforme, but not in QGIS.")
