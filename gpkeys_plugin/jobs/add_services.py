"""Use case: add services to a key that exists, and write all its services into QGIS."""

from __future__ import annotations

from dataclasses import replace
from typing import Sequence

from ..entrepot.client import EntrepotClient
from ..entrepot.models import Key
from ..entrepot.translatable_text import Text
from ..keys.draft import Grant
from ..keys.upkeep.draft_requests import access_steps
from ..keys.upkeep.key_edits import KeyDifference, grant_of
from ..store.records.room_to_write import require_room_to_write
from .running.main_thread import MainThread
from .running.task import Progress
from .steps.account_sessions import SignedIn
from .steps.begun_edit import BegunEdit, require_whole
from .steps.key_services import key_and_accesses
from .steps.key_steps import ADDITIONS_STAYED, KeySteps
from .steps.service_probe import Credential
from .values import CreatedKey


def extend_key(
    key: Key, grants: Sequence[Grant], signed_in: SignedIn, main_thread: MainThread, progress: Progress
) -> CreatedKey:
    """Return the OAUTH2 key with its old and new services; raise Failed with what stayed, to be finished or undone."""
    steps = KeySteps(signed_in, main_thread, progress)
    with BegunEdit(signed_in, main_thread) as begun:
        try:
            extended = _extend(key, grants, signed_in, steps, begun)
        except Exception as error:  # whatever it was, the key must get back what it had
            raise begun.failed(error, steps.undo.take_back()) from error
        return replace(extended, warnings=(*extended.warnings, *begun.strike()))


def _extend(key: Key, grants: Sequence[Grant], signed_in: SignedIn, steps: KeySteps, begun: BegunEdit) -> CreatedKey:
    require_room_to_write()
    require_whole(signed_in, key, but_extensions=True)
    steps.progress.tell(5, Text("Reading the key's services…"))
    details, accesses = key_and_accesses(steps.client, key.id)
    present = {access.offering.id for access in accesses}
    new = [grant for grant in grants if grant.offering_id not in present]
    layers = steps.served_layers([*map(grant_of, accesses), *new])
    begun.begin(details, accesses, KeyDifference(additions=access_steps(new)), is_extension=True)
    steps.undo.add(ADDITIONS_STAYED, lambda: _remove_all_but(present, key.id, steps.lasting_client()))
    return steps.open_and_connect(details, new, layers, Credential(signed_in.authcfg))


def _remove_all_but(kept: set[str], key_id: str, client: EntrepotClient) -> None:
    for access in client.accesses(key_id):
        if access.offering.id not in kept:
            client.delete_access(key_id, access.id)
