"""Use case for scripts: delete a key, or what is left of one."""

from __future__ import annotations

from ...entrepot.models import Key
from ...entrepot.translatable_text import Text
from ...keys.upkeep import named_in_scripts
from ...store.records import installed_keys
from ...store.records.creations import UnfinishedCreation
from ...store.records.deletions import DELETIONS, UnfinishedDeletion
from ...store.records.installed_keys import InstalledKey
from ..delete_key import delete_key, deletion_outlook, finish_deletion, remove_leftovers
from ..finish_creation import undo_creation
from ..values import Deleted
from .key_outcome import KeyOutcome
from .script_context import Script


def delete_for_good(script: Script, wanted: str, *, remove_from_qgis: bool) -> KeyOutcome:
    """Delete a key and, if wanted, what the plugin made for it in QGIS.

    Of a key that is gone already, what is left in QGIS is removed, and of a half-made one what there is of it; raises
    GpkeysError where there is nothing of it.
    """
    keys = script.client().keys()
    key, begun = named_in_scripts.find_key(wanted, keys), script.unfinished(wanted)
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
    stopped = _stopped(script, wanted)
    if stopped is not None:
        return _deleted(script, stopped.key_id, _finish(script, stopped))
    left = _left_in_qgis(script, wanted) if remove_from_qgis else None
    if left is None:
        raise script.no_such_key(wanted, keys)
    script.progress.warn(Text("The key “{name}” did not exist any more.", {"name": left.key_name}))
    deleted = remove_leftovers(left, script.signed_in.authcfg, script.main_thread)
    return _deleted(script, left.key_id, deleted)


def _delete(script: Script, key: Key, *, remove_from_qgis: bool) -> KeyOutcome:
    page = script.page(key)
    outlook = deletion_outlook(page, script.signed_in, script.main_thread, script.progress)
    chosen = outlook if remove_from_qgis else outlook.keeping_all()
    done = delete_key(page, chosen, script.signed_in, script.main_thread, script.progress)
    return _deleted(script, key.id, done)


def _undo(script: Script, begun: UnfinishedCreation) -> None:
    undo_creation(begun, script.signed_in, script.creations, script.main_thread, script.progress)


def _stopped(script: Script, wanted: str) -> UnfinishedDeletion | None:
    """Return the deletion of a key that was cut off after the key had gone, None where there is none."""
    entries = DELETIONS.entries(script.signed_in.api_url, script.signed_in.account_id)
    return next((entry for entry in entries if wanted in (entry.key_id, entry.key_name)), None)


def _finish(script: Script, stopped: UnfinishedDeletion) -> Deleted:
    return finish_deletion(stopped.id, script.signed_in, script.main_thread, script.progress)


def _left_in_qgis(script: Script, wanted: str) -> InstalledKey | None:
    known = installed_keys.of_account(script.signed_in.api_url, script.signed_in.account_id)
    return next((key for key in known if wanted in (key.key_id, key.key_name)), None)


def _deleted(script: Script, key_id: str, deleted: Deleted) -> KeyOutcome:
    script.tell_changed()
    for warning in deleted.warnings:
        script.progress.warn(warning)
    return KeyOutcome(key_id)
