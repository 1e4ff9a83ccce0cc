"""Use cases for scripts that look after keys: test, rotate, delete."""

from __future__ import annotations

from typing import Any

from ...entrepot.errors import Conflict, ErrorCode, GpkeysError
from ...entrepot.models import Key, KeyType
from ...entrepot.texts import Text
from ...keys.rules import passwords
from ...keys.upkeep import rotation, script_selection
from ...store.records import installed_keys
from ...store.records.creations import UnfinishedCreation
from ...store.records.installed_keys import InstalledKey
from ...store.records.rotations import UnfinishedRotation
from ..check_key import check_key
from ..delete_key import delete_key, deletion_outlook, remove_leftovers
from ..finish_creation import undo_creation
from ..finish_rotation import finish_rotation, undo_rotation
from ..load_key_page import load_key_page
from ..rotate_key import KeyRotator
from ..values import Deleted, KeyPage, Rotation, RotationRequest, ServiceVerdict, Verdict
from . import report_values
from .script import Script, joined
from .values import KeyOutcome

_LOGINS_TRIED = 5


def judge_key(script: Script, wanted: str) -> KeyOutcome:
    """Ask each service of a key, with what QGIS holds for it; `is_good` when all of them work."""
    page = load_key_page(script.key(wanted), script.signed_in, script.main_thread, script.progress)
    check_key(page, script.signed_in, script.side.user_agent(), script.progress)
    verdicts: list[ServiceVerdict] = script.progress.parts
    for found in verdicts:
        _tell(script, found)
    return KeyOutcome(
        page.details.key.id,
        page.held.authcfg,
        is_good=all(found.verdict is Verdict.WORKS for found in verdicts),
        report={
            **report_values.key(page.details.key),
            "services": [report_values.verdict(found) for found in verdicts],
        },
    )


def rotate_key(script: Script, wanted: str) -> KeyOutcome:
    """Give a key a new secret and delete the old one; a rotation that was cut off earlier is brought to its end first.

    Raises GpkeysError; until QGIS uses the new key, the old one works everywhere, as before.
    """
    begun = _begun(script, wanted)
    if begun is not None and begun.is_swapped:
        return _finished(script, begun.id, begun.authcfg, {})
    if begun is not None:
        undo_rotation(begun.id, script.signed_in, script.rotations, script.main_thread, script.progress)
    holdings = script.holdings()
    page = script.page(script.key(wanted, holdings.keys))
    done = _rotate(script, page, used=len(holdings.keys), quota=holdings.account.keys_quota)
    return _finished(script, done.id, done.authcfg, _swapped(done))


def delete_for_good(script: Script, wanted: str, *, remove_from_qgis: bool) -> KeyOutcome:
    """Delete a key and, if wanted, what the plugin made for it in QGIS.

    Of a key that is gone already, what is left in QGIS is removed, and of a half-made one what there is of it; raises
    GpkeysError where there is nothing of it.
    """
    keys = script.client().keys()
    key, begun = script_selection.find_key(wanted, keys), script.unfinished(wanted)
    if key is not None:
        outcome = _delete(script, key, remove_from_qgis=remove_from_qgis)
        # A half-made key that goes by another name by now is not the one that was named.
        if begun is not None and all(begun.key_id != other.id for other in keys if other.id != key.id):
            _undo(script, begun)
        return outcome
    if begun is not None:
        _undo(script, begun)
        script.tell_changed()
        return KeyOutcome(begun.key_id)
    left = _left_in_qgis(script, wanted) if remove_from_qgis else None
    if left is None:
        raise script.no_such_key(wanted, keys)
    script.progress.warn(Text("The key “{name}” did not exist any more.", {"name": left.key_name}))
    deleted = script.main_thread.call(lambda: remove_leftovers(left, script.signed_in.authcfg))
    return _deleted(script, left.key_id, deleted)


def _delete(script: Script, key: Key, *, remove_from_qgis: bool) -> KeyOutcome:
    page = script.page(key)
    outlook = deletion_outlook(page, script.signed_in, script.main_thread, script.progress)
    chosen = outlook if remove_from_qgis else outlook.keeping_all()
    done = delete_key(page, chosen, script.signed_in, script.main_thread, script.progress)
    return _deleted(script, key.id, done)


def _undo(script: Script, begun: UnfinishedCreation) -> None:
    undo_creation(begun, script.signed_in, script.creations, script.main_thread, script.progress)


def _tell(script: Script, found: ServiceVerdict) -> None:
    text = Text("{service}: {verdict}", {"service": found.service, "verdict": found.text})
    if found.verdict is Verdict.WORKS:
        script.progress.inform(text)
        return
    script.progress.warn(joined([text, found.advice]) if found.advice is not None else text)


def _begun(script: Script, wanted: str) -> UnfinishedRotation | None:
    entries = script.rotations.entries(script.signed_in.api_url, script.signed_in.account_id)
    return next((entry for entry in entries if wanted in _names(entry)), None)


def _names(entry: UnfinishedRotation) -> tuple[str, ...]:
    return tuple(filter(None, (entry.old_key_id, entry.old_key_name, entry.new_key_id, entry.new_key_name)))


def _rotate(script: Script, page: KeyPage, *, used: int, quota: int | None) -> Rotation:
    outlook = rotation.outlook(page.details, page.accesses, used=used, quota=quota, now=script.now())
    if outlook.obstacle is not None:
        raise GpkeysError(
            ErrorCode.INVALID,
            outlook.obstacle,
            "the key cannot be rotated",
            advice=joined(outlook.offers) if outlook.offers else None,
        )
    for access in outlook.dropped:
        values = {"name": access.offering.layer_name}
        script.progress.warn(Text("The permission for “{name}” has ended: the new key does not open it.", values))
    login = outlook.proposed_login
    for _ in range(_LOGINS_TRIED - 1):
        try:
            return _attempt(script, page, login)
        except GpkeysError as error:
            # Somebody on the platform has that user name; nothing was made.
            if error.conflict is not Conflict.LOGIN:
                raise
            login = rotation.next_login(login)
    return _attempt(script, page, login)


def _attempt(script: Script, page: KeyPage, login: str) -> Rotation:
    is_basic = page.details.key.type is KeyType.BASIC
    request = RotationRequest(login, passwords.generate()) if is_basic else RotationRequest()
    rotator = KeyRotator(script.signed_in, script.rotations, script.main_thread, script.progress)
    return rotator.rotate(page, request)


def _swapped(done: Rotation) -> dict[str, Any]:
    return {
        "old_key_id": done.old_key_id,
        "old_key_usage": report_values.hits(done.old_usage),
        "connections": [report_values.connection(changed) for changed in done.connections],
        "layers": list(done.layer_names),
        "warnings": report_values.texts(done.unchanged),
    }


def _finished(script: Script, rotation_id: str, authcfg: str, swapped: dict[str, Any]) -> KeyOutcome:
    try:
        key = finish_rotation(rotation_id, script.signed_in, script.rotations, script.main_thread, script.progress)
    finally:
        # Also where it failed: QGIS uses the new key already.
        script.tell_changed()
    return KeyOutcome(key.id, authcfg, report={**report_values.key(key), "auth_id": authcfg, **swapped})


def _left_in_qgis(script: Script, wanted: str) -> InstalledKey | None:
    known = installed_keys.installed(script.signed_in.api_url)
    return next((key for key in known if wanted in (key.key_id, key.key_name)), None)


def _deleted(script: Script, key_id: str, deleted: Deleted) -> KeyOutcome:
    script.tell_changed()
    for warning in deleted.warnings:
        script.progress.warn(warning)
    return KeyOutcome(key_id)
