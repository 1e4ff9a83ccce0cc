"""Use case: a key of its own for a server or a device, and a copy of the project that carries its hash in the URLs."""

from __future__ import annotations

import shutil
from datetime import datetime, timezone
from pathlib import Path
from typing import Sequence

from ...entrepot.errors import ErrorCode, GpkeysError
from ...entrepot.models import Access, Key, KeyDetails, KeyType
from ...entrepot.translatable_text import Text
from ...keys.draft import HashStorage, KeyDraft, PlainFilters
from ...keys.layer_needs.credential_replacement import HashInUrl, with_credential
from ...keys.layer_needs.hash_in_text import with_hash_replaced
from ...keys.layer_needs.platform_hosts import Platform
from ...keys.layer_needs.sources import read_source
from ...keys.upkeep import key_edits
from ...keys.upkeep.overview import expired_accesses
from ...store import settings
from ...store.project_files import copies_for_keys
from ...store.project_files.edited_bytes import NewSource
from ...store.project_files.places import FoundSource
from ...store.project_files.rewrite import FileChange, rewrite_file
from ...store.project_files.scan import scan_file
from ...store.project_files.stamps import Stamp
from ...store.project_files.telltale_words import Marks
from ...store.records import known_hashes
from ...store.records.creations import CreationRecords
from ..create_key import KeyCreator
from ..running.main_thread import MainThread
from ..running.task import Progress
from ..steps.account_sessions import SignedIn
from ..values import Failed, KeyPage
from .hashes_in_clear import configurations_of
from .share_values import NOT_ALLOWED, CopyRequest, SharedCopy

_COPY_AT = 80.0


class DedicatedCopier:
    """Runs on a worker. A key whose copy could not be written is deleted again; the open project is never touched."""

    def __init__(
        self, signed_in: SignedIn, creations: CreationRecords, main_thread: MainThread, progress: Progress
    ) -> None:
        self._signed_in = signed_in
        self._creator = KeyCreator(signed_in, creations, main_thread, progress)
        self._main_thread = main_thread
        self._progress = progress

    def make(self, page: KeyPage, request: CopyRequest) -> SharedCopy:
        """Return the key and the copy; raise Failed with nothing made, or with what stayed."""
        if not settings.CLEAR_COPIES.get():
            raise Failed(_not_allowed())
        held = self._main_thread.call(lambda: configurations_of(page, self._signed_in))
        try:
            self._look(page, held, request)
        except GpkeysError as error:
            raise Failed(error) from error
        copy = request.copy if request.project is not None else None
        return self._creator.create_for_copy(
            _draft(page, request), copy, lambda made: self._copied(page, held, made, request)
        )

    def _copied(self, page: KeyPage, held: Sequence[str], made: Key, request: CopyRequest) -> SharedCopy:
        new = self._read(made)
        return self._outcome(page, request, new, self._write(page, held, new, request))

    def _look(self, page: KeyPage, held: Sequence[str], request: CopyRequest) -> None:
        """Refuse what could not be copied before a key is made for it."""
        project, copy = request.project, request.copy
        if project is None or copy is None:
            return
        self._progress.tell(2, Text("Reading the project…"))
        if copy.suffix.lower() != project.suffix.lower() or copy.resolve() == project.resolve():
            raise _wrong_place(project.suffix)
        stamp, sources = _scanned(project, _marks(page, held))
        if stamp is None or not sources:
            raise _nothing_of_the_key(page)

    def _read(self, key: Key) -> KeyDetails:
        details = self._signed_in.client(self._progress.is_cancelled, self._progress.tell_wait).key(key.id)
        if not details.hash:
            raise GpkeysError(
                ErrorCode.BAD_ANSWER,
                Text("The Géoplateforme did not give the hash of the key."),
                "no hash in the detail of a key made for a copy",
                advice=Text("Try again in a few minutes."),
            )
        # So that the copy, opened here, is not taken for somebody else's.
        known_hashes.remember(self._signed_in.api_url, key.id, details.hash)
        return details

    def _write(self, page: KeyPage, held: Sequence[str], new: KeyDetails, request: CopyRequest) -> tuple[int, int]:
        """Write the copy; return how many of its places changed, and how many still have the old key."""
        project, copy = request.project, request.copy
        if project is None or copy is None:
            return 0, 0
        self._progress.tell(_COPY_AT, Text("Writing the copy of the project…"))
        marks = _marks(page, held)
        try:
            with copies_for_keys.unfinished_folder(copy) as folder:
                unfinished = Path(shutil.copyfile(project, folder / copy.name))
                stamp, _ = _scanned(unfinished, marks)
                if stamp is None:
                    raise _nothing_of_the_key(page)
                new_source = _converter(page, held, str(new.hash), Platform.of(self._signed_in.api_url))
                written = rewrite_file(FileChange(unfinished, stamp, marks, new_source))
                if written.left is not None:
                    raise _not_written(written.left)
                _, left = _scanned(unfinished, marks)
                self._progress.check()
                self._creator.note_copy(copies_for_keys.digest_of(unfinished))
                copies_for_keys.put_in_place(unfinished, copy)
        except OSError as error:
            reason = Text("It could not be written: {reason}.", {"reason": error.strerror or type(error).__name__})
            raise _not_written(reason) from error
        return written.changed, len(left)

    def _outcome(self, page: KeyPage, request: CopyRequest, new: KeyDetails, counts: tuple[int, int]) -> SharedCopy:
        changed, left = counts
        usable = usable_accesses(page)
        return SharedCopy(
            key=new.key,
            copy=request.copy if request.project is not None else None,
            changed=changed,
            left_out=tuple(access.offering.layer_name for access in page.accesses if access not in usable),
            warnings=(_LEFT.with_values({"count": left}),) if left else (),
        )


def usable_accesses(page: KeyPage) -> tuple[Access, ...]:
    """Return what a HASH key can be given of a key's accesses."""
    ended = expired_accesses(page.accesses, datetime.now(timezone.utc))
    return tuple(
        access
        for access in page.accesses
        if access not in ended and not (access.permission is not None and access.permission.only_oauth)
    )


def _draft(page: KeyPage, request: CopyRequest) -> KeyDraft:
    return KeyDraft(
        name=request.name,
        grants=tuple(key_edits.grant_of(access) for access in usable_accesses(page)),
        type=KeyType.HASH,
        hash_storage=HashStorage.URL,
        filters=PlainFilters(whitelist=request.addresses),
    )


def _marks(page: KeyPage, held: Sequence[str]) -> Marks:
    return Marks.of((page.details.hash or "", *held))


def _scanned(file: Path, marks: Marks) -> tuple[Stamp | None, tuple[FoundSource, ...]]:
    findings = scan_file(file, marks)
    if findings.problem is not None:
        raise _not_written(findings.problem)
    return findings.stamp, findings.sources


def _converter(page: KeyPage, held: Sequence[str], new: str, platform: Platform) -> NewSource:
    old = page.details.hash

    def converted(found: FoundSource) -> str | None:
        asked = read_source(found.provider, found.source, platform) if found.provider else None
        if asked is not None and ((old and asked.hash == old) or asked.configuration_id in held):
            return with_credential(found.provider, found.source, HashInUrl(new), platform)
        return with_hash_replaced(found.source, old, new) if old else None

    return converted


def _not_allowed() -> GpkeysError:
    return GpkeysError(
        ErrorCode.INVALID, NOT_ALLOWED, "copies in clear are switched off", advice=Text("Ask your administrator.")
    )


def _wrong_place(suffix: str) -> GpkeysError:
    return GpkeysError(
        ErrorCode.INVALID,
        Text("The copy must be another file than the project, and end in {suffix} too.", {"suffix": suffix}),
        "the copy of a project has the project's own name or another kind",
        advice=Text("Choose another name for the copy."),
    )


def _nothing_of_the_key(page: KeyPage) -> GpkeysError:
    return GpkeysError(
        ErrorCode.INVALID,
        Text("No layer of the saved project uses the key “{name}”.", {"name": page.details.key.name}),
        "the project to copy holds nothing of the key",
        advice=Text("Add its layers to the project and save it, or make the key alone."),
    )


def _not_written(reason: Text) -> GpkeysError:
    return GpkeysError(
        ErrorCode.QGIS, reason, "the copy of a project could not be written", advice=Text("Choose another folder.")
    )


_LEFT = Text(
    "Places of the copy that still name the old key: {count}. Check them in the copy (labels, scripts, other services)."
)
