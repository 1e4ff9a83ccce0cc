"""Use cases: finish or undo a rotation, perhaps one of an earlier session of QGIS. Each can be asked for again."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import Callable, Iterable, Iterator, Sequence

from ..entrepot.client import EntrepotClient
from ..entrepot.errors import ErrorCode, GpkeysError
from ..entrepot.key_replacement import KeyReplacement
from ..entrepot.models import Key, KeyDetails, KeyType
from ..entrepot.request_turns import MOST_AT_ONCE
from ..entrepot.translatable_text import Text
from ..keys.services.connection_plans import ServedLayer
from ..store.records import installed_keys
from ..store.records.room_to_write import require_room_to_write
from ..store.records.rotations import RotationRecords, UnfinishedRotation
from .rotate_key import hand_back, hand_over, new_key
from .running.main_thread import MainThread
from .running.task import Progress
from .steps import cached_answers, rotation_failures
from .steps.account_sessions import SignedIn
from .steps.deletion_failures import advised
from .steps.key_services import KeyRead
from .steps.secret_swap import HashSwap, PasswordSwap, swap_back, swap_of
from .successor_check import SuccessorTrial
from .values import Failed, RotationRemainder

OnRead = Callable[[KeyRead, Sequence[ServedLayer]], object]


def view_of(entry: UnfinishedRotation) -> RotationRemainder:
    """Return what the user is told of a rotation under way."""
    is_basic = entry.key_type == KeyType.BASIC.value
    swapped = _SWAPPED_PASSWORD if is_basic else _SWAPPED
    interrupted = _INTERRUPTED_PASSWORD if is_basic else _INTERRUPTED
    words = (swapped if entry.is_swapped else interrupted).with_values({"name": entry.old_key_name})
    new = new_key(entry) if entry.new_key_id else None
    return RotationRemainder(entry.id, entry.old_key_name, entry.old_key_id, words, entry.is_swapped, new)


def finish_rotation(
    rotation_id: str,
    signed_in: SignedIn,
    rotations: RotationRecords,
    main_thread: MainThread,
    progress: Progress,
    on_read: OnRead = lambda read, served: None,
) -> Key:
    """Delete the old key, give its name to the new one, and return that; raise Failed with what was done and stays.

    Where another key has taken that name meanwhile, the new one keeps its own. `on_read` gets the new key, and where
    its services are, before the old one is deleted.
    """
    try:
        with rotations.at_work(rotation_id):
            return _finish(rotation_id, signed_in, rotations, main_thread, progress, on_read)
    except Exception as error:  # whatever it was, the record knows how far it came
        left = rotations.find(rotation_id)
        is_gone = left is not None and left.is_old_deleted
        raise Failed(error if is_gone else advised(error), (_OLD_DELETED,) if is_gone else ()) from error


def undo_rotation(
    rotation_id: str, signed_in: SignedIn, rotations: RotationRecords, main_thread: MainThread, progress: Progress
) -> None:
    """Put the old secret back everywhere and delete the new key; raise Failed with what was done and stays."""
    try:
        with rotations.at_work(rotation_id):
            _undo(rotation_id, signed_in, rotations, main_thread, progress)
    except Exception as error:  # whatever it was, the record knows how far it came
        left = rotations.find(rotation_id)
        is_back = left is not None and not left.is_swapped
        raise Failed(advised(error), (_NEW_STAYED,) if is_back else ()) from error


def _finish(
    rotation_id: str,
    signed_in: SignedIn,
    rotations: RotationRecords,
    main_thread: MainThread,
    progress: Progress,
    on_read: OnRead,
) -> Key:
    entry = _found(rotations, rotation_id)
    require_room_to_write()
    # A cancel is heard between the changes: cut off within one, nobody would know whether it was made.
    client = signed_in.client(main_thread.is_shut_down, progress.tell_wait)
    if not entry.is_swapped:
        entry = _seen_swapped(entry, client, rotations, main_thread)
    # QGIS may have stopped between the swap and this: connections must not be taken for those of a deleted key.
    hand_over(entry)
    trial = SuccessorTrial(signed_in, progress, entry)
    with ThreadPoolExecutor(max_workers=MOST_AT_ONCE) as pool:
        # Read and tried beside the list: what cannot be is of no concern where the old key is gone.
        both = _both_read(entry, client, pool)
        trial.begin(pool)
        keys = client.keys()
    listed = {key.id for key in keys}
    if entry.new_key_id not in listed:
        if entry.old_key_id not in listed:
            _end(entry, rotations, main_thread)
        raise rotation_failures.new_is_gone(entry, is_old_there=entry.old_key_id in listed)
    name = _name_to_have(entry, keys)
    deleted = replace(entry, is_old_deleted=True)
    replacement = KeyReplacement(client, entry.old_key_id, entry.new_key_id, name, lambda: rotations.write(deleted))
    # By the list, whatever the record says: a deletion may have been believed that was none.
    if entry.old_key_id in listed:
        progress.tell(20, Text("Testing the new key…"))
        old, new = both
        on_read(*trial.require_passed(old, new, client))
        _require_in_use(entry, old.details, new.details, main_thread)
        progress.tell(50, Text("Deleting the old key…"))
        replacement.make(lambda: progress.tell(60, _NAMING))
    else:
        rotations.write(deleted)
        progress.tell(60, _NAMING)
        replacement.rename()
    return _settled(entry, name, rotations, main_thread)


def _settled(entry: UnfinishedRotation, name: str, rotations: RotationRecords, main_thread: MainThread) -> Key:
    """Leave nothing of the rotation here but the new key, under its name."""
    installed_keys.move(entry.api_url, entry.new_key_id, key_id=entry.new_key_id, key_name=name)
    _end(entry, rotations, main_thread)
    return Key(entry.new_key_id, name, KeyType(entry.key_type))


def _end(entry: UnfinishedRotation, rotations: RotationRecords, main_thread: MainThread) -> None:
    if entry.spare_authcfg:
        cached_answers.forget_with(entry.spare_authcfg, main_thread)
    rotations.remove(entry.id)


def _undo(
    rotation_id: str, signed_in: SignedIn, rotations: RotationRecords, main_thread: MainThread, progress: Progress
) -> None:
    entry = _found(rotations, rotation_id)
    if entry.is_old_deleted:
        raise rotation_failures.old_is_gone(entry)
    require_room_to_write()
    client = signed_in.client(progress.is_cancelled, progress.tell_wait)
    progress.tell(10, Text("Having QGIS use the old key again…"))
    old, new = _if_there(client, entry.old_key_id), _new_key(entry, client)
    if old is None and new is not None and entry.is_swapped:
        raise rotation_failures.old_is_gone(entry)
    is_back = old is None or swap_back(entry, old, new, main_thread)
    if new is not None and not is_back:
        rotations.write(replace(entry, is_swapped=True))
        raise rotation_failures.no_way_back(entry)
    if old is not None and new is not None:
        # From here on the old key must not be deleted by finishing: QGIS uses it again.
        entry = replace(entry, is_swapped=False)
        rotations.write(entry)
    if new is not None:
        progress.tell(70, Text("Deleting the new key…"))
        signed_in.client(main_thread.is_shut_down, progress.tell_wait).delete_key(new.key.id)
    _forget_new(entry, main_thread)
    rotations.remove(entry.id)
    if not is_back:
        raise rotation_failures.password_lost(entry)


def _seen_swapped(
    entry: UnfinishedRotation, client: EntrepotClient, rotations: RotationRecords, main_thread: MainThread
) -> UnfinishedRotation:
    """Return the entry as swapped, where QGIS was stopped between that and its record; raise GpkeysError where not."""
    new = _if_there(client, entry.new_key_id) if entry.new_key_id and entry.spare_authcfg else None
    swap = swap_of(entry, new, new, main_thread) if new is not None else None
    if new is None or not isinstance(swap, PasswordSwap) or not swap.holds(new.login or ""):
        raise rotation_failures.not_swapped(entry)
    swap.spread()
    entry = replace(entry, is_swapped=True)
    rotations.write(entry)
    return entry


def _name_to_have(entry: UnfinishedRotation, keys: Iterable[Key]) -> str:
    """Return the old key's name, or the one the new key has where a third one took that since the old key is gone."""
    names = {key.id: key.name for key in keys}
    others = {name for key_id, name in names.items() if key_id not in (entry.old_key_id, entry.new_key_id)}
    return names[entry.new_key_id] if entry.old_key_name in others else entry.old_key_name


def _if_there(client: EntrepotClient, key_id: str) -> KeyDetails | None:
    try:
        return client.key(key_id)
    except GpkeysError as error:
        if error.code is not ErrorCode.NOT_FOUND:
            raise
        return None


def _both_read(entry: UnfinishedRotation, client: EntrepotClient, pool: ThreadPoolExecutor) -> Iterator[KeyRead]:
    """Return the old and the new key; what of it cannot be read is raised once it is asked for."""
    ids = (entry.old_key_id, entry.new_key_id)
    return map(KeyRead, pool.map(client.key, ids), pool.map(client.accesses, ids))


def _require_in_use(entry: UnfinishedRotation, old: KeyDetails, new: KeyDetails, main_thread: MainThread) -> None:
    """Have QGIS use the new key, also where an undo was cut off after it had put the old secret back.

    Raises GpkeysError where that has cost the new password: the platform does not give it.
    """
    swap = swap_of(entry, old, new, main_thread)
    if isinstance(swap, HashSwap):
        swap.make()
    elif swap is not None and not swap.holds(new.login or ""):
        raise rotation_failures.not_swapped(entry)


def _new_key(entry: UnfinishedRotation, client: EntrepotClient) -> KeyDetails | None:
    """Return the new key if it is there: the answer of its creation may have been lost."""
    listed = client.keys()
    fresh = [key for key in listed if not entry.new_key_id and key.id not in entry.known_ids]
    for key in listed:
        if key.id == entry.new_key_id or (key in fresh and key.name == entry.new_key_name):
            return client.key(key.id)
    # Somebody may have given it another name since; no other key on the platform has its login.
    renamed = (client.key(key.id) for key in fresh if entry.new_login and key.type is KeyType.BASIC)
    return next((details for details in renamed if details.login == entry.new_login), None)


def _forget_new(entry: UnfinishedRotation, main_thread: MainThread) -> None:
    if entry.new_key_id:
        hand_back(entry)
    made = entry.authcfg if entry.is_authcfg_new else entry.spare_authcfg
    cached_answers.forget_with(made, main_thread)
    if entry.is_authcfg_new:
        installed_keys.forget(entry.api_url, entry.old_key_id)


def _found(rotations: RotationRecords, rotation_id: str) -> UnfinishedRotation:
    entry = rotations.find(rotation_id)
    if entry is None:
        raise GpkeysError(
            ErrorCode.NOT_FOUND,
            Text("This change was finished or undone already."),
            "the record has no such rotation",
            advice=Text("Refresh the list."),
        )
    return entry


_NAMING = Text("Giving its name to the new key…")
_OLD_DELETED = Text(
    "The old key is deleted already; the new one, which QGIS uses, does not have its name yet: finish the change."
)
_NEW_STAYED = Text("QGIS uses the old key; the new one is not deleted yet: undo the change again.")
_SWAPPED = Text("The secret of the key “{name}” was changed: QGIS uses the new key, the old one is still there.")
_SWAPPED_PASSWORD = Text(
    "The password of the key “{name}” was changed: QGIS uses the new key, the old one is still there."
)
_INTERRUPTED = Text("Changing the secret of the key “{name}” was interrupted; the old key is as it was.")
_INTERRUPTED_PASSWORD = Text("Changing the password of the key “{name}” was interrupted; the old key is as it was.")
