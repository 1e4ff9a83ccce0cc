"""Use cases: finish or undo a creation that stopped half-way, perhaps in an earlier session of QGIS."""

from __future__ import annotations

from ..entrepot.client import EntrepotClient
from ..entrepot.errors import ErrorCode, GpkeysError
from ..entrepot.models import KeyType
from ..entrepot.texts import Text
from ..keys.draft import Grant, HashStorage
from ..store import auth_configs
from ..store.records.creations import CreationRecords, UnfinishedCreation
from .running.main_thread import MainThread
from .running.task import Progress
from .steps.key_steps import KeySteps
from .steps.signed_in import SignedIn
from .values import CreatedKey, CreationRemainder, Failed


def remainder_of(creation: UnfinishedCreation) -> CreationRemainder:
    """Return what the user is told of an unfinished creation."""
    return CreationRemainder(
        id=creation.id,
        key_name=creation.key_name,
        text=Text("The creation of the key “{name}” stopped half-way.", {"name": creation.key_name}),
        can_finish=creation.key_type != KeyType.BASIC.value or bool(creation.authcfg),
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
            created = _finish(creation, steps)
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
    """Delete the half-made key and the authentication configuration made for it, then strike out the creation.

    Raises GpkeysError when the key cannot be deleted; the creation stays in the journal, to be tried again.
    """
    with creations.at_work(creation.id):
        progress.tell(10, Text("Undoing the half-made key…"))
        client = signed_in.client(progress.is_cancelled)
        key_id = _key_id(creation, client)
        if key_id:
            client.delete_key(key_id)
        if creation.authcfg:
            main_thread.call(lambda: auth_configs.remove(creation.authcfg))
        creations.remove(creation.id)


def _finish(creation: UnfinishedCreation, steps: KeySteps) -> CreatedKey:
    steps.progress.tell(5, Text("Reading what is left of the creation…"))
    key_id = _key_id(creation, steps.client)
    if not key_id:
        raise _never_made(creation)
    details = steps.client.key(key_id)
    grants = [Grant(offering_id, permission_id) for offering_id, permission_id in creation.grants]
    present = {access.offering.id for access in steps.client.accesses(key_id)}
    layers = steps.served_layers(grants)
    steps.add_accesses(key_id, [grant for grant in grants if grant.offering_id not in present])
    credential = steps.credential(details, HashStorage(creation.hash_storage), creation.authcfg)
    return steps.reconnect(details, layers, credential)


def _key_id(creation: UnfinishedCreation, client: EntrepotClient) -> str:
    """Return the id of the key if it is there: the answer of its creation may have been lost."""
    keys = client.keys()
    for key in keys:
        is_new_of_that_name = key.name == creation.key_name and key.id not in creation.known_ids
        if key.id == creation.key_id or (not creation.key_id and is_new_of_that_name):
            return key.id
    return ""


def _never_made(creation: UnfinishedCreation) -> GpkeysError:
    return GpkeysError(
        ErrorCode.NOT_FOUND,
        Text("The key “{name}” is not on the Géoplateforme.", {"name": creation.key_name}),
        "the unfinished key is not on the platform",
        advice=Text("Undo what is left of it, then create it again."),
    )
