"""Use case: give the places that a scan found a key, file by file, and put the files back."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Iterable, Sequence

from ...entrepot.errors import GpkeysError
from ...entrepot.models import Key
from ...entrepot.translatable_text import Text
from ...keys.layer_needs.credential_replacement import Credential, HashInUrl, with_credential
from ...keys.layer_needs.geoportail_moves import move_caution, moved_to
from ...keys.layer_needs.loose_texts import with_hash_given
from ...keys.layer_needs.needs import Cause
from ...keys.layer_needs.remedies import OpenedBy
from ...store.project_files.places import FoundSource, Place
from ...store.project_files.problems import changed_since
from ...store.project_files.rewrite import FileChange, RewriteResult, restore_file, rewrite_file
from ..make_missing_configuration import ConfigurationMaker
from ..running.main_thread import MainThread
from ..running.task import Progress
from ..steps.account_sessions import SignedIn
from ..steps.fixed_hash_storage import require_allowed_storage
from ..steps.layers_drawn_anew import draw_anew
from ..values import ConfigurationRequest, KeyPage
from .file_values import FileFound, FilesFound, FilesMended, FilesOrder, FilesUndone, PlaceFound, PlaceOutcome
from .key_trials import KeyTrials, PlaceLeft, reason_of
from .place_needs import opens
from .profile_and_account import Knowledge
from .remedy_words import not_mended_by
from .scan_files import scan_again

_Value = tuple[Place, str, str]


@dataclass
class _Plan:
    """What is to become of one file: its values by what they are now, and what is said of each place."""

    new: dict[_Value, str] = field(default_factory=dict, repr=False)
    outcomes: list[PlaceOutcome] = field(default_factory=list)

    def new_source(self, found: FoundSource) -> str | None:
        """Return what a value becomes, None where it stays."""
        return self.new.get((found.place, found.provider, found.source))


class FileRepairer:
    """Runs on a worker. A file is written in one go or not at all; the copy beside it has what it was."""

    def __init__(
        self,
        signed_in: SignedIn,
        knowledge: Knowledge,
        main_thread: MainThread,
        order: FilesOrder,
        progress: Progress,
    ) -> None:
        self._signed_in = signed_in
        self._knowledge = knowledge
        self._main_thread = main_thread
        self._order = order
        self._progress = progress
        self._keys = KeyTrials(signed_in, main_thread, progress, order.storage)
        self._made: dict[str, Text | None] = {}

    def repair(self, found: FilesFound) -> FilesMended:
        """Return what became of each place. What was done before a cancel or a failure stays, and is told with it.

        Raises GpkeysError, with nothing changed, where a hash is wanted where it may not go.
        """
        outcomes: list[PlaceOutcome] = []
        written: list[RewriteResult] = []
        if self._order.storage is not None:
            require_allowed_storage(self._order.storage)
        wanted = [file for file in found.files if self._is_wanted(file)]
        failure: GpkeysError | None = None
        holders = _holders(wanted)
        for number, file in enumerate(wanted):
            try:
                text = Text("Mending {number} of {total}: {file}", _step(number, wanted, file))
                self._progress.tell(100 * number / len(wanted), text)
                done, result = self._file(file, found, holders)
            except GpkeysError as error:
                failure = error
                break
            outcomes += done
            written += [result] if result is not None and result.changed else []
        made = tuple(authcfg for authcfg, problem in self._made.items() if problem is None)
        return FilesMended(tuple(outcomes), tuple(written), made, failure)

    def _is_wanted(self, file: FileFound) -> bool:
        return bool(file.places) and (self._order.paths is None or file.path in self._order.paths)

    def _file(
        self, file: FileFound, found: FilesFound, holders: dict[str, Key]
    ) -> tuple[list[PlaceOutcome], RewriteResult | None]:
        plan, result = self._rewritten(file, found, holders)
        if result is not None and result.left == changed_since():
            file = scan_again(file, self._knowledge, found.marks)
            plan, result = self._rewritten(file, found, holders)
        left = result.left if result is not None else None
        if left is None:
            return plan.outcomes, result
        # What is mended without writing the file is mended all the same.
        values = {one.value for one in file.places if one.value in plan.new}
        return [
            PlaceOutcome(one.path, one.found, left) if one.found.value in values and one.left is None else one
            for one in plan.outcomes
        ], result

    def _rewritten(
        self, file: FileFound, found: FilesFound, holders: dict[str, Key]
    ) -> tuple[_Plan, RewriteResult | None]:
        plan = _Plan()
        for one in file.places:
            plan.outcomes.append(self._place(file, one, found, holders, plan))
        if not plan.new or file.stamp is None:
            return plan, None
        self._progress.check()
        return plan, rewrite_file(FileChange(file.path, file.stamp, found.marks, plan.new_source))

    def _place(
        self, file: FileFound, one: PlaceFound, found: FilesFound, holders: dict[str, Key], plan: _Plan
    ) -> PlaceOutcome:
        key = self._key_for(one)
        try:
            self._require_mendable(file, one, key)
            if key is not None and one.cause is Cause.UNKNOWN_CONFIGURATION and one.asked is not None:
                authcfg = one.asked.configuration_id
                self._require_configuration(authcfg, self._order.key or holders.get(authcfg, key), found)
            elif key is not None:
                plan.new[one.value] = self._mended(one, key)
        except (PlaceLeft, GpkeysError) as error:
            return PlaceOutcome(file.path, one, reason_of(error))
        caution = move_caution(one.asked) if one.asked is not None and one.asked.is_geoportail else None
        return PlaceOutcome(file.path, one, key_name=key.name if key is not None else "", note=caution)

    def _key_for(self, one: PlaceFound) -> Key | None:
        if self._order.key is not None:
            return self._order.key
        return one.remedy.key if isinstance(one.remedy, OpenedBy) else None

    def _require_mendable(self, file: FileFound, one: PlaceFound, key: Key | None) -> None:
        if one.cause not in self._order.causes:
            raise PlaceLeft(Text("This cause was not chosen to be mended."))
        if file.is_open:
            raise PlaceLeft(Text("It is the project that is open in this QGIS: mend it on the “Repair” page."))
        if one.asked is None:
            raise PlaceLeft(_NO_ADDRESS)
        if key is None:
            raise PlaceLeft(not_mended_by(one.remedy))
        rights = self._knowledge.rights.get(key.id)
        if rights is None or not opens(rights, one.asked):
            raise PlaceLeft(Text("The key “{name}” does not open it.", {"name": key.name}))
        doubt = self._keys.doubt(key, one.asked)
        if doubt is not None:
            raise PlaceLeft(doubt)

    def _mended(self, one: PlaceFound, key: Key) -> str:
        """Return a value with the key in it; raises PlaceLeft where it can't be there."""
        credential = self._keys.of(key)
        new = self._of_source(one, credential) if one.provider else self._of_text(one, credential)
        if new == one.source:
            raise PlaceLeft(_NO_PLACE)
        return new

    def _of_source(self, one: PlaceFound, credential: Credential) -> str:
        platform, source = self._knowledge.platform, one.source
        if one.asked is not None and one.asked.is_geoportail:
            source = moved_to(one.provider, source, platform.private_root(one.asked.endpoint))
        return with_credential(one.provider, source, credential, platform)

    def _of_text(self, one: PlaceFound, credential: Credential) -> str:
        if not isinstance(credential, HashInUrl):
            raise PlaceLeft(_NO_CONFIGURATION_THERE)
        if not one.hash:
            raise PlaceLeft(_NO_PLACE)
        return with_hash_given(one.source, one.hash, credential.hash, self._knowledge.platform)

    def _require_configuration(self, authcfg: str, key: Key, found: FilesFound) -> None:
        """Have the profile hold a key under an id, once; raises PlaceLeft where that cannot be."""
        if authcfg not in self._made:
            self._made[authcfg] = self._make(authcfg, key, found)
        problem = self._made[authcfg]
        if problem is not None:
            raise PlaceLeft(problem)

    def _make(self, authcfg: str, key: Key, found: FilesFound) -> Text | None:
        if authcfg in found.strangers:
            values = {"id": authcfg, "files": ", ".join(found.strangers[authcfg])}
            return Text("With the id {id}, your key would be sent to other servers, too: see {files}.", values)
        maker = ConfigurationMaker(self._signed_in, self._main_thread, self._progress)
        try:
            maker.make(KeyPage(self._keys.details(key)), ConfigurationRequest(authcfg))
        except GpkeysError as error:
            return reason_of(error)
        # The open project may name it, too.
        draw_anew(self._signed_in.api_url, self._main_thread, self._progress, authcfgs=[authcfg])
        return None


def undo_files(written: Sequence[RewriteResult], progress: Progress) -> FilesUndone:
    """Put files back as they were, byte for byte, where they are still as they were mended.

    Raises GpkeysError when it is cancelled at once; later, what is not put back yet is told.
    """
    done: list[Path] = []
    left: list[tuple[Path, Text]] = []
    for number, result in enumerate(written):
        values = {"number": number + 1, "total": len(written)}
        try:
            progress.tell(100 * number / len(written), Text("Putting back {number} of {total}…", values))
        except GpkeysError as error:
            if not done:
                raise
            left += [(later.path, error.user) for later in written[number:]]
            break
        problem = _put_back(result)
        if problem is None:
            done.append(result.path)
        else:
            left.append((result.path, problem))
    return FilesUndone(tuple(done), tuple(left))


def _put_back(result: RewriteResult) -> Text | None:
    if not result.is_copied or result.before is None or result.written is None:
        return Text("The copy beside it is of an earlier day, and is not put back. Compare the two yourself.")
    return restore_file(result.path, result.before, result.written)


def _holders(files: Iterable[FileFound]) -> dict[str, Key]:
    """Return the key to keep under each unknown id: the one that opens most of the places that name it."""
    counts: dict[str, Counter[str]] = {}
    keys: dict[str, Key] = {}
    for one in (one for file in files for one in file.places):
        if one.asked is not None and isinstance(one.remedy, OpenedBy) and one.asked.configuration_id:
            keys[one.remedy.key.id] = one.remedy.key
            counts.setdefault(one.asked.configuration_id, Counter())[one.remedy.key.id] += 1
    return {authcfg: keys[count.most_common(1)[0][0]] for authcfg, count in counts.items()}


def _step(number: int, files: Sequence[FileFound], file: FileFound) -> dict[str, object]:
    return {"number": number + 1, "total": len(files), "file": file.path.name}


_NO_ADDRESS = Text("It does not say which server the key is for: change it by hand.")
_NO_PLACE = Text("The key cannot stand there: change it by hand.")
_NO_CONFIGURATION_THERE = Text(
    "A configuration cannot stand there, and the hash is not to be in clear: change it by hand, or keep it in the URL."
)
