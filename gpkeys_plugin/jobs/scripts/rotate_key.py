"""Use case for scripts: give a key a new secret."""

from __future__ import annotations

from typing import Any

from ...entrepot.errors import Conflict, ErrorCode, GpkeysError
from ...entrepot.models import KeyType
from ...entrepot.translatable_text import Text
from ...keys.rules import passwords
from ...keys.upkeep import rotation
from ...store.records.rotations import UnfinishedRotation
from ..finish_rotation import finish_rotation, undo_rotation, view_of
from ..rotate_key import KeyRotator
from ..values import Failed, KeyPage, Rotation, RotationRequest
from . import report_values
from .key_outcome import KeyOutcome
from .script_context import RUN_AGAIN, Script, joined

_LOGINS_TRIED = 5


def rotate_key(script: Script, wanted: str) -> KeyOutcome:
    """Give a key a new secret and delete the old one; a rotation that was cut off earlier is brought to its end first.

    Raises Failed or GpkeysError; until QGIS uses the new key, the old one works everywhere, as before.
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
        except Failed as failure:
            # Somebody on the platform has that user name; nothing was made.
            if failure.error.conflict is not Conflict.LOGIN or failure.stayed:
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
    except Failed as failure:
        left = script.rotations.find(rotation_id)
        said = failure.stayed or (() if left is None else (view_of(left).text,))
        raise Failed(failure.error, said if left is None else (*said, RUN_AGAIN)) from failure
    finally:
        # Also where it failed: QGIS uses the new key already.
        script.tell_changed()
    return KeyOutcome(key.id, authcfg, report={**report_values.key(key), "auth_id": authcfg, **swapped})
