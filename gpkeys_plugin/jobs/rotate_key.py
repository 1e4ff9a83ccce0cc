"""Use case: give a key a new secret. A new key with the same accesses takes its place; the old one works meanwhile."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import replace
from datetime import datetime, timedelta, timezone
from typing import Sequence

from ..entrepot.errors import GpkeysError
from ..entrepot.models import Hits, Key, KeyCreation, KeyDetails, KeyType
from ..entrepot.request_turns import MOST_AT_ONCE
from ..entrepot.translatable_text import Text
from ..keys.services.connection_plans import ServedLayer
from ..keys.upkeep import key_edits, rotation
from ..keys.upkeep.overview import expired_accesses
from ..store.records import connection_origins, installed_keys
from ..store.records.installed_keys import InstalledKey
from ..store.records.room_to_write import require_room_to_write
from ..store.records.rotations import RotationRecords, UnfinishedRotation, new_id
from .finish_creation import require_creation_ended
from .running.main_thread import MainThread
from .running.task import Progress
from .steps import key_configurations
from .steps.account_sessions import SignedIn, TriedKey
from .steps.begun_edit import require_whole
from .steps.key_services import services_of
from .steps.key_steps import KeySteps
from .steps.rotation_guard import require_none_begun
from .steps.secret_swap import HashSwap, Swapped, further_configurations, swap_of
from .steps.service_probe import Credential
from .successor_check import SuccessorCheck
from .values import Failed, KeyPage, Rotation, RotationRequest

_USES_SHOWN = timedelta(days=30)


class KeyRotator:
    """Runs one rotation on a worker, up to where QGIS uses the new key; the old one is left as it is."""

    def __init__(
        self, signed_in: SignedIn, rotations: RotationRecords, main_thread: MainThread, progress: Progress
    ) -> None:
        self._signed_in = signed_in
        self._rotations = rotations
        self._main_thread = main_thread
        self._progress = progress
        self._steps = KeySteps(signed_in, main_thread, progress)
        self._at_work = ExitStack()

    def rotate(self, page: KeyPage, request: RotationRequest) -> Rotation:
        """Return what was swapped; raise Failed with the old key working everywhere, as before, and what stayed."""
        begun: list[UnfinishedRotation] = []
        with self._at_work, ThreadPoolExecutor(max_workers=MOST_AT_ONCE) as pool:
            try:
                return self._rotate(page, request, begun, pool)
            except Exception as error:  # whatever it was, the old key must work on
                stayed = self._steps.undo.take_back()
                if begun and not stayed:
                    self._rotations.remove(begun[-1].id)
                raise Failed(error, stayed) from error

    def _rotate(
        self, page: KeyPage, request: RotationRequest, begun: list[UnfinishedRotation], pool: ThreadPoolExecutor
    ) -> Rotation:
        require_room_to_write()
        require_whole(self._signed_in, page.details.key)
        require_creation_ended(page.details.key, self._signed_in, but_lost_passwords=True)
        require_none_begun(page.details.key.id, page.details.key.name)
        self._progress.tell(5, Text("Reading the key’s services…"))
        client, old_id = self._steps.client, page.details.key.id
        key, opened = pool.submit(client.key, old_id), pool.submit(client.accesses, old_id)
        listed, usage = pool.submit(client.keys), pool.submit(self._usage, old_id)
        old, keys, accesses = key.result(), listed.result(), opened.result()
        services = pool.submit(services_of, client, self._signed_in.known, accesses)
        installed = self._steps.configurations.noted(old.key)
        entry = self._begun(old, keys, installed, request)
        self._at_work.enter_context(self._rotations.at_work(entry.id))
        self._note(begun, entry)
        former_id = installed.authcfg if installed is not None else ""
        entry = self._keep_password(entry, old, former_id, request, begun)
        new = self._make(entry, old, request)
        entry = made = self._note(begun, replace(entry, new_key_id=new.key.id))
        ended = expired_accesses(accesses, datetime.now(timezone.utc))
        grants = [key_edits.grant_of(access) for access in accesses if access not in ended]
        self._steps.add_accesses(new.key.id, grants, lambda: self._test(new, old, made, services.result()))
        swapped = self._swap(entry, old, new)
        entry = self._note(begun, replace(entry, is_swapped=True))
        stays = _NOTED_ELSEWHERE.with_values({"name": entry.old_key_name})
        self._steps.undo.add(stays, lambda: _return_to_old(entry, installed))
        hand_over(entry)
        return self._outcome(entry, old, swapped, usage.result())

    def _held(self, old: KeyDetails, installed: InstalledKey | None) -> str:
        """Return the configuration to swap first: the key's own, else one under a borrowed id."""
        own = self._steps.configurations.own(old.key, installed)
        others = self._main_thread.call(lambda: key_configurations.borrowed(installed, old.key.type))
        return own or next(iter(others), "")

    def _begun(
        self, old: KeyDetails, keys: Sequence[Key], installed: InstalledKey | None, request: RotationRequest
    ) -> UnfinishedRotation:
        return UnfinishedRotation(
            id=new_id(),
            api_url=self._signed_in.api_url,
            account_id=self._signed_in.account_id,
            old_key_id=old.key.id,
            old_key_name=old.key.name,
            key_type=old.key.type.value,
            new_key_name=rotation.temporary_name(old.key.name, old.key.type, [key.name for key in keys]),
            known_ids=tuple(key.id for key in keys),
            authcfg=self._held(old, installed),
            new_login=request.login if old.key.type is KeyType.BASIC else "",
            predecessor_id=installed.key_id if installed is not None and installed.key_id != old.key.id else "",
        )

    def _note(self, begun: list[UnfinishedRotation], entry: UnfinishedRotation) -> UnfinishedRotation:
        self._rotations.write(entry)
        begun.append(entry)
        return entry

    def _keep_password(
        self,
        entry: UnfinishedRotation,
        old: KeyDetails,
        former_id: str,
        request: RotationRequest,
        begun: list[UnfinishedRotation],
    ) -> UnfinishedRotation:
        """Keep the new password before the key is made with it, in a configuration beside the key's own."""
        if old.key.type is not KeyType.BASIC:
            return entry
        configurations, login, password = self._steps.configurations, request.login, request.password
        if entry.authcfg:
            spare = configurations.spare_id()
            entry = self._note(begun, replace(entry, spare_authcfg=spare))
            kept = configurations.keep_basic(spare, entry.new_key_name, login, password)
            return entry if kept == spare else self._note(begun, replace(entry, spare_authcfg=kept))
        planned = configurations.planned(entry.old_key_name, KeyType.BASIC, former_id)
        entry = self._note(begun, replace(entry, authcfg=planned.authcfg, is_authcfg_new=planned.is_new))
        kept = configurations.keep_basic(entry.authcfg, entry.old_key_name, login, password)
        return entry if kept == entry.authcfg else self._note(begun, replace(entry, authcfg=kept, is_authcfg_new=True))

    def _make(self, entry: UnfinishedRotation, old: KeyDetails, request: RotationRequest) -> KeyDetails:
        is_basic = old.key.type is KeyType.BASIC
        creation = KeyCreation(
            name=entry.new_key_name,
            type=old.key.type,
            filters=old.filters,
            login=request.login if is_basic else None,
            password=request.password if is_basic else None,
        )
        return self._steps.create_key(creation, entry.known_ids)

    def _test(
        self, new: KeyDetails, old: KeyDetails, entry: UnfinishedRotation, services: Sequence[ServedLayer]
    ) -> None:
        """Ask the services with the new key; what they refuse must not be what they gave to the old one."""
        self._progress.tell(60, Text("Testing the new key…"))
        check = SuccessorCheck(self._signed_in, self._progress)
        if new.hash is not None:
            check.require_accepted(Credential(hash=new.hash), Credential(hash=old.hash), services)
        elif entry.spare_authcfg:
            # What a key that is gone has left opens nothing.
            former = None if entry.predecessor_id else Credential(entry.authcfg)
            check.require_accepted(Credential(entry.spare_authcfg), former, services)
        else:
            check.require_accepted(Credential(entry.authcfg), None, services)
        self._signed_in.known.tried.keep(new.key.id, TriedKey(new.hash, frozenset(services)))

    def _swap(self, entry: UnfinishedRotation, old: KeyDetails, new: KeyDetails) -> Swapped:
        self._progress.tell(75, Text("Having QGIS use the new key…"))
        swap = swap_of(entry, old, new, self._main_thread)
        if swap is None:
            return Swapped()
        self._steps.undo.add(_NEW_SECRET_STAYED, lambda: self._swap_back(entry, old, new), needs_earlier=True)
        return swap.make()

    def _swap_back(self, entry: UnfinishedRotation, old: KeyDetails, new: KeyDetails) -> None:
        swap = swap_of(entry, old, new, self._main_thread)
        if isinstance(swap, HashSwap) or (swap is not None and swap.holds(new.login or "")):
            swap.reversed().make()

    def _outcome(
        self, entry: UnfinishedRotation, old: KeyDetails, swapped: Swapped, old_usage: Hits | None
    ) -> Rotation:
        return Rotation(
            id=entry.id,
            old_key_id=entry.old_key_id,
            old_key_name=entry.old_key_name,
            new_key=new_key(entry),
            connections=swapped.connections,
            layer_names=swapped.layer_names,
            authcfg=entry.authcfg,
            borrowed_authcfgs=self._main_thread.call(lambda: further_configurations(entry, old.key.type)),
            unchanged=swapped.warnings,
            old_usage=old_usage,
        )

    def _usage(self, key_id: str) -> Hits | None:
        end = datetime.now(timezone.utc)
        try:
            return self._steps.lasting_client().key_stats(key_id, end - _USES_SHOWN, end).total
        except GpkeysError:
            return None


def new_key(entry: UnfinishedRotation) -> Key:
    """Return the new key, under the name that it has until the old one is deleted."""
    return Key(entry.new_key_id, entry.new_key_name, KeyType(entry.key_type))


def hand_over(entry: UnfinishedRotation) -> None:
    """Say that what QGIS holds is the new key's now, under the old name, which it takes over.

    Asked for again, it changes nothing more.
    """
    name = entry.old_key_name
    installed_keys.move(entry.api_url, entry.noted_id, key_id=entry.new_key_id, key_name=name)
    connection_origins.change_owner(entry.noted_id, entry.new_key_id)
    known = installed_keys.find(entry.api_url, entry.new_key_id)
    known = known or InstalledKey(entry.new_key_id, name, entry.key_type, entry.api_url, account_id=entry.account_id)
    if entry.authcfg and entry.authcfg not in known.authcfgs:
        # What the notes named is gone, if they named any.
        installed_keys.remember(replace(known, authcfg=entry.authcfg))


def hand_back(entry: UnfinishedRotation) -> None:
    """Say that what QGIS holds is again that of whom it was."""
    name = entry.old_key_name
    installed_keys.move(entry.api_url, entry.new_key_id, key_id=entry.noted_id, key_name=name)
    connection_origins.change_owner(entry.new_key_id, entry.noted_id)


def _return_to_old(entry: UnfinishedRotation, installed: InstalledKey | None) -> None:
    if installed is not None:
        hand_back(entry)
        installed_keys.remember(installed)
    else:
        installed_keys.forget(entry.api_url, entry.new_key_id)


_NOTED_ELSEWHERE = Text("GPKeys takes what QGIS holds of the key “{name}” for another key’s.")
_NEW_SECRET_STAYED = Text("Connections or layers of this QGIS may use the new key.")
