"""Use case: create a key and write it into QGIS, or leave everything as it was."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from typing import Callable, Iterable, TypeVar

from ..entrepot import errors_from_answers
from ..entrepot.models import Key, KeyDetails, KeyType
from ..entrepot.translatable_text import Text
from ..keys.draft import HashStorage, KeyDraft
from ..keys.upkeep import draft_requests
from ..store.project_files import copies_for_keys
from ..store.records.creations import CreationRecords, UnfinishedCreation
from ..store.records.room_to_write import require_room_to_write
from .finish_creation import remainder_of
from .running.main_thread import MainThread
from .running.task import Progress
from .steps.account_sessions import SignedIn
from .steps.key_steps import KeySteps
from .values import CreatedKey, Failed

T = TypeVar("T")


class KeyCreator:
    """Runs one creation on a worker. What it has done is taken back in reverse when a later step fails."""

    def __init__(
        self, signed_in: SignedIn, creations: CreationRecords, main_thread: MainThread, progress: Progress
    ) -> None:
        self._signed_in = signed_in
        self._creations = creations
        self._steps = KeySteps(signed_in, main_thread, progress)
        self._begun: UnfinishedCreation | None = None
        self._is_for_copy = False
        self._copy_path = ""
        self._at_work = ExitStack()

    def create(self, draft: KeyDraft, *, is_connected: bool = True) -> CreatedKey:
        """Return the finished key; raise Failed with the field to mend, or what could not be taken back.

        Unless `is_connected`, nothing of it is written into QGIS but the password of a BASIC key.
        """
        with self._at_work:
            try:
                created = self._create(draft, is_connected=is_connected)
            except Exception as error:  # whatever it was, nothing half-made may stay
                raise self._taken_back(error) from error
            self._close()
            return created

    def create_for_copy(self, draft: KeyDraft, path: Path | None, copy: Callable[[Key], T]) -> T:
        """Create a key that is of use with a copy of a project only; return what `copy` does, which makes that.

        Nothing of the key is written into QGIS. Where the copy is not made, neither is the key. The copy is to stand at
        `path`, None for a key without one.
        """
        self._is_for_copy, self._copy_path = True, str(path.absolute()) if path is not None else ""
        with self._at_work:
            try:
                copied = copy(self._create(draft, is_connected=False).key)
            except Exception as error:  # whatever it was, nothing half-made may stay
                raise self._taken_back(error) from error
            self._close()
            return copied

    def note_copy(self, digest: str) -> None:
        """Write down what the copy is going to be, before it stands in its place: after a crash it is known by that."""
        if self._begun is not None:
            self._note(replace(self._begun, copy_digest=digest))
            path = Path(self._copy_path)
            stays = Text("The copy “{file}” may still be there, with the hash of its key.", {"file": path.name})
            self._steps.undo.add(stays, lambda: copies_for_keys.remove_as_written(path, digest))

    def _create(self, draft: KeyDraft, *, is_connected: bool) -> CreatedKey:
        steps = self._steps
        require_room_to_write()
        steps.progress.tell(5, Text("Checking the name and the services…"))
        with ThreadPoolExecutor(max_workers=1) as pool:
            served = pool.submit(steps.served_layers, draft.grants if is_connected else ())
            existing = steps.client.keys()
        _refuse_taken_name(draft.name.strip(), existing)
        layers = served.result()
        begun = self._begin(draft, existing, is_connected=is_connected)
        begun = self._keep_basic(draft, begun)
        details = self._create_remote(draft, begun)
        if not is_connected:
            steps.add_accesses(details.key.id, draft.grants, lambda: None)
            return steps.leave_unconnected(details, begun.authcfg)
        credential = steps.credential(details, draft.hash_storage, begun.authcfg)
        return steps.open_and_connect(details, draft.grants, layers, credential)

    def _begin(self, draft: KeyDraft, existing: Iterable[Key], *, is_connected: bool) -> UnfinishedCreation:
        creation = UnfinishedCreation.of(
            api_url=self._signed_in.api_url,
            account_id=self._signed_in.account_id,
            key_name=draft.name.strip(),
            key_type=draft.type.value,
            grants=tuple((grant.offering_id, grant.permission_id) for grant in draft.grants),
            hash_storage=draft.hash_storage.value,
            known_ids=tuple(key.id for key in existing),
        )
        self._at_work.enter_context(self._creations.at_work(creation.id))
        is_in_header = draft.type is KeyType.HASH and draft.hash_storage is HashStorage.HEADER and is_connected
        if draft.type is KeyType.BASIC or is_in_header:
            planned = self._steps.configurations.planned(creation.key_name, draft.type)
            creation = replace(creation, authcfg=planned.authcfg, is_authcfg_new=planned.is_new)
        login = draft.login if draft.type is KeyType.BASIC else ""
        creation = replace(creation, is_connected=is_connected, is_for_copy=self._is_for_copy, login=login)
        return self._note(replace(creation, copy_path=self._copy_path))

    def _note(self, creation: UnfinishedCreation) -> UnfinishedCreation:
        self._creations.write(creation)
        self._begun = creation
        return creation

    def _keep_basic(self, draft: KeyDraft, begun: UnfinishedCreation) -> UnfinishedCreation:
        """Keep the password before the key is made with it: after a crash it could not be read back."""
        if draft.type is not KeyType.BASIC:
            return begun
        kept = self._steps.configurations.keep_basic(begun.authcfg, begun.key_name, draft.login, draft.password)
        return begun if kept == begun.authcfg else self._note(replace(begun, authcfg=kept, is_authcfg_new=True))

    def _create_remote(self, draft: KeyDraft, begun: UnfinishedCreation) -> KeyDetails:
        details = self._steps.create_key(draft_requests.key_creation(draft), begun.known_ids)
        self._note(replace(begun, key_id=details.key.id))
        return details

    def _taken_back(self, error: Exception) -> Failed:
        """Return the failure to tell, once everything is taken back that can be."""
        stayed = self._steps.undo.take_back()
        if stayed and self._begun is not None:
            return Failed(error, stayed if self._is_for_copy else (), remainder_of(self._begun))
        self._close()
        return Failed(error)

    def _close(self) -> None:
        if self._begun is not None:
            self._creations.remove(self._begun.id)


def _refuse_taken_name(name: str, keys: Iterable[Key]) -> None:
    if any(key.name == name for key in keys):
        raise errors_from_answers.name_taken(name)
