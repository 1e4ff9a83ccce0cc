"""Use case: change a key that exists. Only the difference is sent, and no access that is kept is ever gone."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timezone
from typing import Sequence

from ..entrepot import lost_answers
from ..entrepot.errors import ErrorCode, GpkeysError, as_gpkeys_error
from ..entrepot.models import Access, Key, KeyDetails, KeyType, KeyUpdate
from ..entrepot.translatable_text import Text
from ..keys.services import connection_plans
from ..keys.upkeep import key_edits
from ..keys.upkeep.draft_requests import AddAccesses
from ..keys.upkeep.key_edits import KeyDifference
from ..keys.upkeep.overview import expired_accesses
from ..store.configurations import auth_config_snapshots, auth_configs
from ..store.records import installed_keys
from ..store.records.installed_keys import InstalledKey
from ..store.records.room_to_write import require_room_to_write
from .load_key_page import offerings_with_urls, unserved_warnings
from .running.main_thread import MainThread
from .running.task import Progress
from .running.undo_list import STEP_FAILURES
from .steps.account_sessions import SignedIn
from .steps.key_steps import ADDITIONS_STAYED, KeySteps
from .steps.service_probe import Credential
from .values import Edited, Failed, KeyPage


class KeyEditor:
    """Runs one edit on a worker: additions, then the update, then removals; then QGIS follows."""

    def __init__(self, signed_in: SignedIn, main_thread: MainThread, progress: Progress) -> None:
        self._signed_in = signed_in
        self._main_thread = main_thread
        self._progress = progress
        self._steps = KeySteps(signed_in, main_thread, progress)

    def edit(self, page: KeyPage, wanted: KeyDifference) -> Edited:
        """Return the key as it is now; raise Failed with what was done and stays, if anything.

        No access that was to be kept is ever lost; asking for the same again sends what is missing.
        """
        if wanted.is_empty:
            return Edited(page.details)
        accesses, left = self._before(page, wanted)
        try:
            self._add(page.details, accesses, left)
            self._update(page.details, left.update)
        except Exception as error:  # whatever it was, the key must get back what it had
            raise Failed(error, self._steps.undo.take_back()) from error
        closed: list[Access] = []
        try:
            self._remove(page.details, left.removals, closed)
        except Exception as error:  # what was added and changed stays; asked again, the rest is sent
            # QGIS has to have what the platform has, the new name above all, even after a cancel.
            followed = self._followed(page.details, replace(left, removals=tuple(closed)), Progress())
            behind = followed.warnings if _CONNECT_AGAIN in followed.warnings else ()
            raise Failed(error, (_still_open(left.removals[len(closed) :]), *behind)) from error
        return self._followed(page.details, left, self._progress)

    def _before(self, page: KeyPage, wanted: KeyDifference) -> tuple[tuple[Access, ...], KeyDifference]:
        try:
            require_room_to_write()
            self._progress.tell(5, Text("Reading the key’s services…"))
            accesses = self._steps.client.accesses(page.details.key.id)
        except Exception as error:  # nothing was sent yet
            raise Failed(error) from error
        return accesses, key_edits.rebased(wanted, accesses)

    def _add(self, details: KeyDetails, accesses: Sequence[Access], left: KeyDifference) -> None:
        present = {access.id for access in accesses}
        if left.additions:
            self._steps.undo.add(ADDITIONS_STAYED, lambda: self._remove_all_but(present, details.key.id))
        for number, step in enumerate(left.additions):
            self._tell(10, 40, number, len(left.additions), Text("Opening the services…"))
            self._add_step(details.key.id, step, left.removals)

    def _add_step(self, key_id: str, step: AddAccesses, removals: Sequence[Access]) -> None:
        client = self._steps.client
        try:
            client.create_accesses(key_id, step.permission_id, step.offering_ids)
        except GpkeysError as error:
            ended = expired_accesses(removals, datetime.now(timezone.utc))
            in_the_way = [access for access in ended if access.offering.id in step.offering_ids]
            if error.code is not ErrorCode.CONFLICT or not in_the_way:
                raise
            # The platform may take an offering once only: what an ended permission opened opens nothing any more.
            for access in in_the_way:
                client.delete_access(key_id, access.id)
            client.create_accesses(key_id, step.permission_id, step.offering_ids)

    def _remove_all_but(self, present: set[str], key_id: str) -> None:
        client = self._steps.lasting_client()
        for access in client.accesses(key_id):
            if access.id not in present:
                client.delete_access(key_id, access.id)

    def _update(self, details: KeyDetails, update: KeyUpdate) -> None:
        if update != KeyUpdate():
            self._progress.tell(55, Text("Changing the key…"))
            # Noted first: a change whose answer is lost for good may have been made all the same.
            self._steps.undo.add(_CHANGE_STAYED, lambda: self._change_back(details, update))
            self._steps.lasting_client().update_key(details.key.id, update)

    def _change_back(self, before: KeyDetails, update: KeyUpdate) -> None:
        client, filters = self._steps.lasting_client(), before.filters
        former = KeyUpdate(
            name=None if update.name is None else before.key.name,
            whitelist=None if update.whitelist is None else filters.whitelist,
            blacklist=None if update.blacklist is None else filters.blacklist,
            user_agent=None if update.user_agent is None else filters.user_agent or "",
            referer=None if update.referer is None else filters.referer or "",
        )
        if not lost_answers.is_updated(former, client.key(before.key.id)):
            client.update_key(before.key.id, former)

    def _remove(self, details: KeyDetails, removals: Sequence[Access], closed: list[Access]) -> None:
        client = self._steps.lasting_client()
        for number, access in enumerate(removals):
            self._tell(60, 15, number, len(removals), Text("Closing the services that are no longer wanted…"))
            client.delete_access(details.key.id, access.id)
            closed.append(access)

    def _tell(self, start: float, span: float, number: int, count: int, text: Text) -> None:
        self._progress.tell(start + span * number / count, text)

    def _followed(self, before: KeyDetails, done: KeyDifference, progress: Progress) -> Edited:
        """Have QGIS follow where it holds the key; the platform is done, so what fails here is a warning."""
        details = _expected(before, done.update)
        installed = installed_keys.find(self._signed_in.api_url, before.key.id)
        has_changed = done.additions or done.removals or done.update.name is not None
        if installed is None or not has_changed:
            return Edited(details)
        steps = KeySteps(self._signed_in, self._main_thread, progress)
        try:
            return Edited(details, self._follow(steps, details, installed))
        except STEP_FAILURES as error:
            reason = Text("QGIS could not be brought up to date: {reason}", {"reason": as_gpkeys_error(error).user})
            return Edited(details, (reason, *steps.undo.take_back(), _CONNECT_AGAIN))

    def _follow(self, steps: KeySteps, details: KeyDetails, installed: InstalledKey) -> tuple[Text, ...]:
        steps.progress.tell(78, Text("Bringing QGIS’s connections up to date…"))
        accesses = steps.client.accesses(details.key.id)
        offerings = offerings_with_urls(steps.client, accesses)
        layers = [layer for offering in offerings.values() for layer in connection_plans.served_layers(offering)]
        created = steps.reconnect(details, layers, _credential(details, installed))
        self._main_thread.call(lambda: _rename_configurations(details.key, installed))
        return (*unserved_warnings(accesses, layers), *created.warnings)


def _credential(details: KeyDetails, installed: InstalledKey) -> Credential:
    return Credential(installed.authcfg) if installed.authcfg else Credential(hash=details.hash)


def _rename_configurations(key: Key, installed: InstalledKey) -> None:
    if key.type is not KeyType.OAUTH2:
        auth_config_snapshots.rename(installed.authcfg, auth_configs.name_for_key(key.name))
    for authcfg in installed.borrowed_authcfgs:
        auth_config_snapshots.rename(authcfg, auth_configs.name_for_key(key.name, authcfg))


def _expected(details: KeyDetails, update: KeyUpdate) -> KeyDetails:
    """Return the key with the change that the platform has accepted."""
    now = details.filters
    filters = replace(
        now,
        whitelist=now.whitelist if update.whitelist is None else update.whitelist,
        blacklist=now.blacklist if update.blacklist is None else update.blacklist,
        user_agent=now.user_agent if update.user_agent is None else update.user_agent or None,
        referer=now.referer if update.referer is None else update.referer or None,
    )
    key = details.key if update.name is None else replace(details.key, name=update.name)
    return replace(details, key=key, filters=filters)


def _still_open(left: Sequence[Access]) -> Text:
    names = ", ".join(access.offering.layer_name for access in left)
    return Text("The rest is done, but these services are still open to the key: {names}.", {"names": names})


_CHANGE_STAYED = Text("The key may have its new name or filters on the Géoplateforme, but not in QGIS.")
_CONNECT_AGAIN = Text("Open the key’s page and connect it to QGIS again.")
