"""Use case: add services to a key that exists, and write all its services into QGIS."""

from __future__ import annotations

from typing import Sequence

from ..entrepot.client import EntrepotClient
from ..entrepot.models import Key, KeyDetails
from ..entrepot.translatable_text import Text
from ..keys.draft import Grant
from ..store.records.room_to_write import require_room_to_write
from .running.main_thread import MainThread
from .running.task import Progress
from .steps.account_sessions import SignedIn
from .steps.key_steps import ADDITIONS_STAYED, KeySteps
from .steps.service_probe import Credential
from .values import CreatedKey, Failed


def extend_key(
    key: Key, grants: Sequence[Grant], signed_in: SignedIn, main_thread: MainThread, progress: Progress
) -> CreatedKey:
    """Return the OAUTH2 key with its old and new services; raise Failed with what stayed, if anything."""
    steps = KeySteps(signed_in, main_thread, progress)
    try:
        return _extend(key, grants, signed_in, steps)
    except Exception as error:  # whatever it was, the key must get back what it had
        raise Failed(error, steps.undo.take_back()) from error


def _extend(key: Key, grants: Sequence[Grant], signed_in: SignedIn, steps: KeySteps) -> CreatedKey:
    require_room_to_write()
    steps.progress.tell(5, Text("Reading the key's services…"))
    accesses = steps.client.accesses(key.id)
    present = {access.offering.id for access in accesses}
    kept = [Grant(access.offering.id, access.permission.id if access.permission else None) for access in accesses]
    new = [grant for grant in grants if grant.offering_id not in present]
    layers = steps.served_layers([*kept, *new])
    steps.undo.add(ADDITIONS_STAYED, lambda: _remove_all_but(present, key.id, steps.lasting_client()))
    steps.add_accesses(key.id, new)
    return steps.reconnect(KeyDetails(key), layers, Credential(signed_in.authcfg))


def _remove_all_but(kept: set[str], key_id: str, client: EntrepotClient) -> None:
    for access in client.accesses(key_id):
        if access.offering.id not in kept:
            client.delete_access(key_id, access.id)
