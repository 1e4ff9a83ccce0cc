"""Use cases: finish or undo a creation that stopped half-way, perhaps in an earlier session of QGIS."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from pathlib import Path

from ..entrepot.client import EntrepotClient
from ..entrepot.errors import ErrorCode, GpkeysError
from ..entrepot.models import Key, KeyType
from ..entrepot.translatable_text import Text
from ..keys.draft import Grant, HashStorage
from ..store import connections, settings
from ..store.configurations import auth_configs
from ..store.records import connection_origins, installed_keys, known_layers
from ..store.records.creations import CreationRecords, UnfinishedCreation
from ..store.records.installed_keys import InstalledKey
from ..store.records.room_to_write import require_room_to_write
from .running.main_thread import MainThread
from .running.task import Progress
from .steps.account_sessions import SignedIn
from .steps.copy_for_key import CopyForKey
from .steps.key_services import key_and_accesses
from .steps.key_steps import KeySteps
from .steps.rotation_guard import require_none_begun
from .values import CreatedKey, CreationRemainder, Failed


def remainder_of(creation: UnfinishedCreation) -> CreationRemainder:
    """Return what the user is told of an unfinished creation.

    A BASIC key whose password is lost cannot be finished, nor one for a copy of a project that had not been written by
    then: that is asked for again.
    """
    is_password_lost = creation.key_type == KeyType.BASIC.value and not auth_configs.exists(creation.authcfg)
    is_copy_missing = creation.is_for_copy and not creation.copy_digest
    text = _COPY if creation.copy_digest else _NO_COPY if is_copy_missing else _HALF_WAY
    values = {"name": creation.key_name, "file": Path(creation.copy_path).name}
    return CreationRemainder(
        id=creation.id,
        key_name=creation.key_name,
        text=(_PASSWORD_LOST if is_password_lost else text).with_values(values),
        can_finish=not (is_password_lost or is_copy_missing),
    )


def finish_creation(
    creation: UnfinishedCreation,
    signed_in: SignedIn,
    creations: CreationRecords,
    main_thread: MainThread,
    progress: Progress,
) -> CreatedKey:
    """Go on where it stopped. If this fails too, everything stays, to be finished or undone later."""
    steps = KeySteps(signed_in, main_thread, progress)
    try:
        with creations.at_work(creation.id):
            created = _finish(creation, creations, steps)
            creations.remove(creation.id)
            return created
    except Exception as error:  # whatever it was, the remainder is said again
        raise Failed(error, remainder=remainder_of(creation)) from error


def undo_creation(
    creation: UnfinishedCreation,
    signed_in: SignedIn,
    creations: CreationRecords,
    main_thread: MainThread,
    progress: Progress,
) -> None:
    """Delete the half-made key and what was made for it in QGIS, then strike out the creation.

    A copy of a project that was written with its hash goes, too. Raises GpkeysError when the key cannot be deleted, or
    when somebody has changed that copy since; the creation stays in the journal, to be tried again.
    """
    with creations.at_work(creation.id):
        require_room_to_write()
        progress.tell(10, Text("Undoing the half-made key…"))
        client = signed_in.client(progress.is_cancelled, progress.tell_wait)
        key_id = _key_id(creation, client)
        _require_kept(key_id or creation.key_id)
        copy = CopyForKey(creation)
        if key_id:
            copy.require_untouched(client, key_id)
            client.delete_key(key_id)
        copy.remove()
        _forget(creation, key_id or creation.key_id, main_thread)
        creations.remove(creation.id)


def require_creation_ended(key: Key, signed_in: SignedIn, *, but_lost_passwords: bool = False) -> None:
    """Raise GpkeysError (CONFLICT) for a key whose creation stopped half-way.

    Under another name, or once another key has taken its place, its record would not find it any more: undone, the key
    would stay, without its password. `but_lost_passwords`: a key that only a new secret can save may be given one.
    """
    for creation in CreationRecords().entries(signed_in.api_url, signed_in.account_id):
        is_lost = but_lost_passwords and not remainder_of(creation).can_finish
        if _is_made_by(creation, key) and not is_lost:
            raise GpkeysError(
                ErrorCode.CONFLICT,
                _HALF_WAY.with_values({"name": creation.key_name}),
                "the creation of the key was begun and not ended",
                advice=Text("Finish or undo that first."),
            )


def _forget(creation: UnfinishedCreation, key_id: str, main_thread: MainThread) -> None:
    """Remove what QGIS holds for a key that is gone; what an earlier key has left stays, as it was not made here."""
    known = installed_keys.find(creation.api_url, key_id)
    written = connection_origins.written_for(key_id, known.connections if known is not None else ()) if key_id else ()
    main_thread.call_by_parts(connections.remove, written)
    connection_origins.forget_all(written)
    installed_keys.forget(creation.api_url, key_id)
    known_layers.drop_forgotten()
    # A key made after this one stopped, under the same name, may have got the same id.
    others = {authcfg for other in installed_keys.installed() for authcfg in other.authcfgs}
    for authcfg in _made_for(creation, known):
        if authcfg not in others:
            main_thread.call(partial(auth_configs.remove, authcfg))


def _made_for(creation: UnfinishedCreation, known: InstalledKey | None) -> tuple[str, ...]:
    """Return the configurations that were made for the key, by then or since, or that it had taken over."""
    new = (creation.authcfg,) if creation.is_authcfg_new else ()
    if known is None:
        return new
    # That of an OAUTH2 key is the sign-in's.
    held = known.borrowed_authcfgs if creation.key_type == KeyType.OAUTH2.value else known.authcfgs
    return tuple(dict.fromkeys((*new, *held)))


def _finish(creation: UnfinishedCreation, creations: CreationRecords, steps: KeySteps) -> CreatedKey:
    require_room_to_write()
    steps.progress.tell(5, Text("Reading what is left of the creation…"))
    key_id = _key_id(creation, steps.client)
    if not key_id:
        raise _never_made(creation)
    _require_kept(key_id)
    if not creation.key_id:
        # Before QGIS is said to hold the key: one that it holds is not found by its name any more.
        creations.write(replace(creation, key_id=key_id))
    details, accesses = key_and_accesses(steps.client, key_id)
    CopyForKey(creation).require_written(details)
    grants = [Grant(offering_id, permission_id) for offering_id, permission_id in creation.grants]
    present = {access.offering.id for access in accesses}
    layers = steps.served_layers(grants)
    if details.key.type is KeyType.BASIC:
        _require_password(creation)
    steps.add_accesses(key_id, [grant for grant in grants if grant.offering_id not in present], lambda: None)
    if not creation.is_connected:
        return steps.leave_unconnected(details, creation.authcfg)
    storage = settings.fixed_hash_storage() or HashStorage(creation.hash_storage)
    credential = steps.credential(details, storage, creation.authcfg)
    if details.key.type is KeyType.BASIC:
        steps.check_password(layers, credential)
    return steps.reconnect(details, layers, credential)


def _key_id(creation: UnfinishedCreation, client: EntrepotClient) -> str:
    """Return the id of the key if it is there: the answer of its creation may have been lost."""
    keys = client.keys()
    named = next((key.id for key in keys if _is_made_by(creation, key)), "")
    return named or next((key.id for key in keys if _has_its_login(creation, key, client)), "")


def _has_its_login(creation: UnfinishedCreation, key: Key, client: EntrepotClient) -> bool:
    """Tell a key that somebody has given another name since, by what no other key on the platform has."""
    is_sought = bool(creation.login) and not creation.key_id and key.type is KeyType.BASIC
    return is_sought and not _is_another(key, creation) and client.key(key.id).login == creation.login


def _require_kept(key_id: str) -> None:
    """Raise GpkeysError (CONFLICT) for a key that is getting a new secret: what is written for it would get lost."""
    if key_id:
        require_none_begun(key_id)


def _is_made_by(creation: UnfinishedCreation, key: Key) -> bool:
    if creation.key_id:
        return key.id == creation.key_id
    return key.name == creation.key_name and not _is_another(key, creation)


def _is_another(key: Key, creation: UnfinishedCreation) -> bool:
    """Tell a key that was there before, or that was made here since: it would be written down under its own id."""
    return key.id in creation.known_ids or installed_keys.find(creation.api_url, key.id) is not None


def _require_password(creation: UnfinishedCreation) -> None:
    if not auth_configs.exists(creation.authcfg):
        raise GpkeysError(
            ErrorCode.QGIS,
            _PASSWORD_LOST.with_values({"name": creation.key_name}),
            "the configuration with the password of the unfinished key is gone",
            advice=Text("Undo it and create the key again, or change its password on its page."),
        )


def _never_made(creation: UnfinishedCreation) -> GpkeysError:
    return GpkeysError(
        ErrorCode.NOT_FOUND,
        Text("The key “{name}” is not on the Géoplateforme.", {"name": creation.key_name}),
        "the unfinished key is not on the platform",
        advice=Text("Undo what is left of it, then create it again."),
    )


_HALF_WAY = Text("The creation of the key “{name}” stopped half-way.")
_NO_COPY = Text(
    "Making the key “{name}” for a copy of a project stopped half-way. Undo it, then make the key and the copy again."
)
_COPY = Text(
    "Making the key “{name}” and the copy “{file}” with its hash stopped at the very end. Finish it to keep both, or"
    " undo it to remove both."
)
_PASSWORD_LOST = Text(
    "The creation of the key “{name}” stopped half-way, and QGIS does not have its password any more."
)
