"""Use case: delete a key, and what the plugin made for it in QGIS. What will stop working is found beforehand."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timezone
from typing import Sequence

from qgis.core import Qgis, QgsMessageLog

from ..entrepot.client import EntrepotClient
from ..entrepot.errors import ErrorCode, GpkeysError, as_gpkeys_error
from ..entrepot.models import Hits, Key, KeyDetails, KeyType
from ..entrepot.translatable_text import Text
from ..keys.services.layer_recipes import WrittenConnection
from ..keys.upkeep.overview import USAGE_PERIOD
from ..store import connections, key_uses, open_project
from ..store.configurations import auth_config_snapshots, auth_configs
from ..store.records import connection_origins, installed_keys, known_layers
from ..store.records.deletions import DELETIONS, UnfinishedDeletion, new_id
from ..store.records.edits import EDITS
from ..store.records.installed_keys import InstalledKey
from ..store.records.room_to_write import require_room_to_write
from .running.main_thread import MainThread
from .running.task import LOG_TAG, Progress
from .running.undo_list import STEP_FAILURES
from .steps import cached_answers
from .steps.account_sessions import SignedIn
from .steps.deletion_failures import FINISH_LATER, advised, told
from .steps.key_in_qgis import held_key
from .steps.rotation_guard import require_none_begun
from .values import ChangeRemainder, Deleted, DeletionOutlook, Failed, HeldKey, KeyPage


def deletion_outlook(
    page: KeyPage, signed_in: SignedIn, main_thread: MainThread, progress: Progress
) -> DeletionOutlook:
    """Return what will stop working when the key is deleted."""
    progress.tell(0, Text("Looking for what uses the key…"))
    usage = _usage(signed_in.client(progress.is_cancelled, progress.tell_wait), page.details.key.id)
    return main_thread.call(lambda: _outlook(page.details, signed_in, usage))


def delete_key(
    page: KeyPage,
    outlook: DeletionOutlook,
    signed_in: SignedIn,
    main_thread: MainThread,
    progress: Progress,
) -> Deleted:
    """Delete the key, then what the outlook says is to go from QGIS; the latter cannot fail the former."""
    require_room_to_write()
    require_none_begun(page.details.key.id, page.details.key.name)
    progress.tell(10, Text("Deleting the key…"))
    entry = _entry(page.details.key, outlook, signed_in)
    with DELETIONS.at_work(entry.id):
        DELETIONS.write(entry)
        # Not stopped by a cancel: cut off in between, nobody would know whether the key is gone.
        client = signed_in.client(main_thread.is_shut_down, progress.tell_wait)
        try:
            client.delete_key(entry.key_id)
        except GpkeysError as error:
            raise _not_deleted(entry, client, advised(error)) from error
        signed_in.known.gone_keys.add(entry.key_id)
        # First the layers: without their configuration QGIS would ask for them in vain.
        gone = _without_layers(page.details, outlook, main_thread)
        return replace(_cleaned_up(entry, main_thread, page.details.hash or ""), layer_names=gone)


def finish_deletion(deletion_id: str, signed_in: SignedIn, main_thread: MainThread, progress: Progress) -> Deleted:
    """Carry a deletion that stopped half-way to its end; raise Failed where the key cannot be deleted."""
    with DELETIONS.at_work(deletion_id):
        require_room_to_write()
        entry = _with_what_came(_found(deletion_id), signed_in)
        progress.tell(10, Text("Deleting the key…"))
        try:
            signed_in.client(main_thread.is_shut_down, progress.tell_wait).delete_key(entry.key_id)
        except GpkeysError as error:
            raise Failed(advised(error), remainder=deletion_remainder(entry)) from error
        signed_in.known.gone_keys.add(entry.key_id)
        return _cleaned_up(entry, main_thread)


def drop_deletion(deletion_id: str) -> None:
    """Leave a deletion that stopped half-way as it is; raises GpkeysError when that cannot be written."""
    DELETIONS.remove(deletion_id)


def deletion_remainder(entry: UnfinishedDeletion) -> ChangeRemainder:
    """Return what the user is told of a deletion that stopped half-way."""
    text = _HALF_WAY_KEPT if entry.is_kept else _HALF_WAY
    return ChangeRemainder(entry.id, entry.key_name, text.with_values({"name": entry.key_name}), is_deletion=True)


def remove_leftovers(installed: InstalledKey, sign_in_authcfg: str, main_thread: MainThread) -> Deleted:
    """Remove what the plugin made in QGIS for a key that is gone from the platform.

    What is left of it is told, and can be removed later. Raises GpkeysError with nothing removed where QGIS could not
    keep that.
    """
    require_room_to_write()
    try:
        written = connection_origins.written_for(installed.key_id, installed.connections)
        return _remove(installed, written, _made_for(installed, sign_in_authcfg), main_thread)
    except STEP_FAILURES as error:
        return _not_all_removed(installed.key_name, error)


def _made_for(installed: InstalledKey, sign_in_authcfg: str) -> tuple[str, ...]:
    is_own = installed.key_type != KeyType.OAUTH2.value
    made = installed.authcfgs if is_own else installed.borrowed_authcfgs
    return tuple(authcfg for authcfg in made if authcfg != sign_in_authcfg)


def _usage(client: EntrepotClient, key_id: str) -> Hits | None:
    end = datetime.now(timezone.utc)
    try:
        return client.key_stats(key_id, end - USAGE_PERIOD, end).total
    except GpkeysError as error:
        if error.ends_all:
            raise
        return None


def _outlook(details: KeyDetails, signed_in: SignedIn, usage: Hits | None) -> DeletionOutlook:
    held = held_key(details, signed_in)
    is_own = details.key.type is not KeyType.OAUTH2
    made = (held.authcfg, *held.borrowed_authcfgs) if is_own else held.borrowed_authcfgs
    return DeletionOutlook(
        held=held,
        removable_authcfgs=tuple(
            authcfg for authcfg in made if authcfg not in ("", signed_in.authcfg) and not _opens_more(authcfg, held)
        ),
        removable_connections=held.connections,
        usage=usage,
    )


def _opens_more(authcfg: str, held: HeldKey) -> bool:
    """Return whether a configuration also opens connections that were not written for the key: it is not its alone."""
    return any(used not in held.connections for used in key_uses.connections_with(authcfgs=[authcfg]))


def _entry(key: Key, outlook: DeletionOutlook, signed_in: SignedIn) -> UnfinishedDeletion:
    return UnfinishedDeletion(
        id=new_id(),
        api_url=signed_in.api_url,
        account_id=signed_in.account_id,
        key_id=key.id,
        key_name=key.name,
        key_type=key.type.value,
        connections=outlook.removable_connections,
        authcfgs=outlook.removable_authcfgs,
        is_kept=outlook.is_kept,
    )


def _not_deleted(entry: UnfinishedDeletion, client: EntrepotClient, error: GpkeysError) -> Exception:
    """Return what to tell of a key that could not be deleted; the record stays where it may be gone all the same."""
    try:
        listed = client.keys()
        if entry.key_id in {key.id for key in listed}:
            DELETIONS.remove(entry.id)
            return error
    except GpkeysError as cause:
        QgsMessageLog.logMessage(f"not seen whether a key is gone: {cause.log}", LOG_TAG, Qgis.MessageLevel.Warning)
    return Failed(error, remainder=deletion_remainder(entry))


def _found(deletion_id: str) -> UnfinishedDeletion:
    entry = DELETIONS.find(deletion_id)
    if entry is None:
        raise GpkeysError(
            ErrorCode.NOT_FOUND,
            Text("This deletion was carried to its end already."),
            "the record has no such deletion",
            advice=Text("Refresh the list."),
        )
    return entry


def _with_what_came(entry: UnfinishedDeletion, signed_in: SignedIn) -> UnfinishedDeletion:
    """Have what was made for the key since the deletion stopped go with it, too, unless what QGIS holds is to stay."""
    installed = installed_keys.find(entry.api_url, entry.key_id)
    if entry.is_kept or installed is None:
        return entry
    noted = (*entry.connections, *installed.connections)
    authcfgs = dict.fromkeys((*entry.authcfgs, *_made_for(installed, signed_in.authcfg)))
    written = connection_origins.written_for(entry.key_id, noted)
    entry = replace(entry, connections=written, authcfgs=tuple(authcfgs))
    DELETIONS.write(entry)
    return entry


def _cleaned_up(entry: UnfinishedDeletion, main_thread: MainThread, hash_value: str = "") -> Deleted:
    """Remove from QGIS what was made for a key that is gone now; what stays of it stays recorded, and is told."""
    key = InstalledKey(entry.key_id, entry.key_name, entry.key_type, entry.api_url, account_id=entry.account_id)
    try:
        cached_answers.forget({hash_value}, main_thread)
        deleted = _remove(key, entry.connections, entry.authcfgs, main_thread)
        edit = EDITS.of_key(entry.api_url, entry.account_id, entry.key_id)
        if edit is not None:
            EDITS.remove(edit.id)
        if deleted.warnings:
            return replace(deleted, warnings=(*deleted.warnings, FINISH_LATER))
        DELETIONS.remove(entry.id)
    except STEP_FAILURES as error:
        return _not_all_removed(entry.key_name, error)
    return deleted


def _without_layers(details: KeyDetails, outlook: DeletionOutlook, main_thread: MainThread) -> tuple[str, ...]:
    """Remove the layers that are to go from the open project, those that the key still opens; return their names."""
    held = outlook.held
    authcfgs = tuple(filter(None, (held.authcfg, *held.borrowed_authcfgs)))

    def remove(some: Sequence[str]) -> tuple[str, ...]:
        return open_project.remove_layers_with(some, hash_value=details.hash, authcfgs=authcfgs)

    try:
        return tuple(name for part in main_thread.call_by_parts(remove, outlook.unwanted_layers) for name in part)
    except STEP_FAILURES:
        # QGIS is closing; what is not removed is not said to be.
        return ()


def _not_all_removed(key_name: str, error: Exception) -> Deleted:
    reason = {"reason": as_gpkeys_error(error).user}
    text = Text("What QGIS holds of the key could not all be removed: {reason}", reason)
    return Deleted(key_name, warnings=(text, FINISH_LATER))


def _remove(
    key: InstalledKey, written: Sequence[WrittenConnection], authcfgs: Sequence[str], main_thread: MainThread
) -> Deleted:
    own = [one for one in written if _is_of(one, key.key_id)]
    hashes = set[str]().union(*main_thread.call_by_parts(_hashes, own))
    try:
        removed = [one for part in main_thread.call_by_parts(connections.remove, own) for one in part]
    except GpkeysError as error:
        # Not forgotten: what is left of a key that is gone is offered to be removed.
        return Deleted(key.key_name, warnings=told(error))
    finally:
        cached_answers.forget(hashes, main_thread)
    # Another key may have taken one over since: a key of the same name takes the configuration that it finds.
    others = {id_ for other in installed_keys.installed() if other.key_id != key.key_id for id_ in other.authcfgs}
    left = [authcfg for authcfg in authcfgs if authcfg not in others]
    sent = main_thread.call(lambda: frozenset[str]().union(*map(auth_config_snapshots.sent_by, left)))
    gone, warnings = main_thread.call(lambda: _remove_configurations(left))
    cached_answers.forget(sent, main_thread)
    noted = [origin.connection for origin in connection_origins.recorded() if origin.owner == key.key_id]
    missing = [one for part in main_thread.call_by_parts(_missing, noted) for one in part]
    connection_origins.forget_all((*own, *missing))
    if not warnings:
        installed_keys.forget(key.api_url, key.key_id)
    known_layers.drop_forgotten()
    return Deleted(key.key_name, tuple(removed), gone, warnings)


def _is_of(connection: WrittenConnection, key_id: str) -> bool:
    origin = connection_origins.find(connection)
    return origin is None or origin.owner == key_id


def _missing(written: Sequence[WrittenConnection]) -> tuple[WrittenConnection, ...]:
    """Return what was written for a key and is not in QGIS any more: the user has removed it by hand."""
    return tuple(one for one in written if not connections.exists(one.kind, one.name))


def _hashes(written: Sequence[WrittenConnection]) -> set[str]:
    stored = (connections.read(one.kind, one.name) for one in written)
    return {one.hash for one in stored if one is not None and one.hash}


def _remove_configurations(authcfgs: Sequence[str]) -> tuple[tuple[str, ...], tuple[Text, ...]]:
    """Remove the configurations that nothing else uses; return those that are gone, and what to tell of the others."""
    gone: list[str] = []
    warnings: list[Text] = []
    for authcfg in authcfgs:
        if key_uses.connections_with(authcfgs=[authcfg]):
            continue
        try:
            auth_configs.remove(authcfg)
            gone.append(authcfg)
        except GpkeysError as error:
            warnings += told(error)
    return tuple(gone), tuple(warnings)


_HALF_WAY = Text(
    "The deletion of the key “{name}” stopped half-way. "
    "Finishing it deletes the key and what the plugin made for it in QGIS."
)
_HALF_WAY_KEPT = Text(
    "The deletion of the key “{name}” stopped half-way. "
    "Finishing it deletes the key; what QGIS holds of it stays, as you wished."
)
