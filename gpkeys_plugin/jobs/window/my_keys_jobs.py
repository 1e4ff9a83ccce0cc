"""The use cases around keys that exist, bound to this QGIS: what the list and the key page work on."""

from __future__ import annotations

from datetime import datetime, timezone
from typing import Any, Callable

from ...entrepot.models import Key, KeyType
from ...keys.draft import HashStorage
from ...keys.problem import DraftContext
from ...keys.upkeep import permission_drift, rotation
from ...keys.upkeep.holdings import Holdings
from ...keys.upkeep.key_edits import KeyDifference
from ...keys.upkeep.permission_drift import Synchronisation
from ...keys.upkeep.rotation import RotationOutlook
from ...store import settings
from ...store.records.rotations import RotationRecords
from ..check_key import check_key
from ..connect_existing import ExistingKeyConnector
from ..delete_key import delete_key, deletion_outlook
from ..draft_context import edit_context
from ..edit_key import KeyEditor
from ..finish_rotation import finish_rotation, undo_rotation, view_of
from ..load_key_page import page_after
from ..rotate_key import KeyRotator
from ..running.main_thread import MainThread
from ..running.task import Progress, RunningJob, TaskRunner
from ..running.translate import tr
from ..steps import rotation_guard
from ..steps.account_sessions import SignedIn
from ..values import (
    ConnectRequest,
    CreatedKey,
    Deleted,
    DeletionOutlook,
    Edited,
    KeyPage,
    Rotation,
    RotationRemainder,
    RotationRequest,
    ServiceVerdict,
)
from .download_jobs import DownloadJobs
from .job_callbacks import OnFailed, OnFailure, OnProgress, failure_to, shown_to
from .key_reading_jobs import KeyReadingJobs
from .new_key_jobs import QgisSide
from .page_of_successor import PageOfSuccessor
from .unfinished_changes import UnfinishedChanges


class MyKeysJobs(KeyReadingJobs):
    """Each use case on a thread of its own, for the account that is signed in.

    Every call returns at once; the callables run later on the GUI thread. `on_progress` gets the share done, 0 to 100,
    and what is being done. `cancel` of what a call returns is followed by `on_failed` with a CANCELLED error.
    `unfinished_changes` are the ways out of edits and deletions that stopped half-way; `downloads` are about the files
    that keys open.
    """

    def __init__(
        self,
        signed_in: Callable[[], SignedIn],
        runner: TaskRunner,
        main_thread: MainThread,
        rotations: RotationRecords,
        qgis_side: QgisSide,
    ) -> None:
        super().__init__(signed_in, runner, main_thread)
        self._rotations = rotations
        self._qgis = qgis_side
        self.downloads = DownloadJobs(signed_in, runner, main_thread, qgis_side)
        self.unfinished_changes = UnfinishedChanges(signed_in, runner, main_thread, qgis_side.on_connections_changed)

    def test(
        self,
        page: KeyPage,
        on_verdict: Callable[[ServiceVerdict], None],
        on_done: Callable[[], None],
        on_failed: OnFailed,
    ) -> RunningJob:
        """Ask each service of the key, with what QGIS holds for it (or with the account for an OAUTH2 key)."""
        signed_in, user_agent = self._signed_in(), self._qgis.user_agent()
        return self._runner.start(
            tr("Testing an access key"),
            lambda progress: check_key(page, signed_in, user_agent, progress),
            lambda _: on_done(),
            shown_to(on_failed),
            on_part=on_verdict,
        )

    # Changing

    def edit_context(self, key: Key, holdings: Holdings) -> DraftContext:
        """Return what an edit of the key is checked against: its own name is free, the quota does not count."""
        return edit_context(key, holdings, self._qgis.user_agent())

    def fixed_storage(self) -> HashStorage | None:
        """Return where a hash goes by an administrator's word, None where that is for the user to say."""
        return settings.fixed_hash_storage()

    def synchronisation(self, page: KeyPage, holdings: Holdings) -> Synchronisation:
        """Return how the key differs from the permissions it uses."""
        now = datetime.now(timezone.utc)
        return permission_drift.synchronisation(page.details.key.type, page.accesses, holdings.permissions, now)

    def edit(
        self,
        page: KeyPage,
        wanted: KeyDifference,
        on_progress: OnProgress,
        on_done: Callable[[Edited], None],
        on_failed: OnFailure,
    ) -> RunningJob:
        """Send the difference, additions first; then have QGIS follow where the key is connected.

        A page that was read lately is believed; the page after the edit is known then, and not read again.
        """
        signed_in, key_id = self._signed_in(), page.details.key.id
        known = signed_in.known.pages.find(key_id)
        is_fresh = known is not None and (known.details, known.accesses) == (page.details, page.accesses)

        def hear(edited: Edited) -> None:
            after = page_after(page, edited, signed_in.api_url)
            if after is not None:
                signed_in.known.pages.keep(key_id, after)
            on_done(edited)

        return self._start(
            tr("Changing an access key"),
            lambda progress: KeyEditor(signed_in, self._main_thread, progress).edit(page, wanted, is_fresh=is_fresh),
            on_progress,
            hear,
            failure_to(on_failed),
        )

    def connect(
        self,
        page: KeyPage,
        request: ConnectRequest,
        on_progress: OnProgress,
        on_done: Callable[[CreatedKey], None],
        on_failed: OnFailure,
    ) -> RunningJob:
        """Write a key that exists into this QGIS, or write it anew; a BASIC password is checked before it is kept."""
        signed_in = self._signed_in()
        return self._start(
            tr("Connecting an access key"),
            lambda progress: ExistingKeyConnector(signed_in, self._main_thread, progress).connect(page, request),
            on_progress,
            on_done,
            failure_to(on_failed),
        )

    def rotation_outlook(self, page: KeyPage, holdings: Holdings) -> RotationOutlook:
        """Return what a rotation would do and what stands in its way."""
        key_id = page.details.key.id
        if rotation_guard.has_begun(self._rotations, key_id):
            return RotationOutlook(obstacle=rotation_guard.IN_THE_WAY)
        return rotation.outlook(
            page.details,
            page.accesses,
            used=len(holdings.keys),
            quota=holdings.account.keys_quota,
            now=datetime.now(timezone.utc),
        )

    def rotate(
        self,
        page: KeyPage,
        request: RotationRequest,
        on_progress: OnProgress,
        on_done: Callable[[Rotation], None],
        on_failed: OnFailure,
    ) -> RunningJob:
        """Make the new key, test it, swap the secret everywhere; the old key stays until `finish_rotation`."""
        signed_in, is_basic = self._signed_in(), page.details.key.type is KeyType.BASIC
        title = tr("Changing the password of an access key") if is_basic else tr("Changing the secret of an access key")
        return self._start(
            title,
            lambda progress: KeyRotator(signed_in, self._rotations, self._main_thread, progress).rotate(page, request),
            on_progress,
            on_done,
            failure_to(on_failed),
        )

    def finish_rotation(
        self, rotation_id: str, on_progress: OnProgress, on_done: Callable[[Key], None], on_failed: OnFailure
    ) -> RunningJob:
        """Delete the old key and give its name to the new one; can be asked for again after a failure.

        The page of the new one is known then, and not read again.
        """
        signed_in = self._signed_in()

        def finish(progress: Progress) -> tuple[Key, KeyPage | None]:
            with PageOfSuccessor(signed_in, self._main_thread, progress) as successor:
                at = signed_in, self._rotations, self._main_thread, progress
                key = finish_rotation(rotation_id, *at, on_read=successor.begin)
                return key, successor.page(key)

        def hear(finished: tuple[Key, KeyPage | None]) -> None:
            key, page = finished
            if page is not None:
                signed_in.known.pages.keep(key.id, page)
            on_done(key)

        return self._start(
            tr("Replacing an access key by its new one"),
            finish,
            on_progress,
            hear,
            failure_to(on_failed),
        )

    def undo_rotation(
        self, rotation_id: str, on_progress: OnProgress, on_done: Callable[[], None], on_failed: OnFailure
    ) -> RunningJob:
        """Swap the old secret back everywhere and delete the new key."""
        signed_in = self._signed_in()
        return self._start(
            tr("Going back to an access key from its new one"),
            lambda progress: undo_rotation(rotation_id, signed_in, self._rotations, self._main_thread, progress),
            on_progress,
            lambda _: on_done(),
            failure_to(on_failed),
        )

    def unfinished_rotations(self) -> tuple[RotationRemainder, ...]:
        """Return the account's rotations that were neither finished nor undone, also those of an earlier session."""
        signed_in = self._signed_in()
        return tuple(map(view_of, self._rotations.unfinished(signed_in.api_url, signed_in.account_id)))

    def deletion_outlook(
        self, page: KeyPage, on_done: Callable[[DeletionOutlook], None], on_failed: OnFailed
    ) -> RunningJob:
        """Find what will stop working when the key is deleted."""
        signed_in = self._signed_in()
        return self._runner.start(
            tr("Looking for what uses an access key"),
            lambda progress: deletion_outlook(page, signed_in, self._main_thread, progress),
            on_done,
            shown_to(on_failed),
        )

    def delete(
        self,
        page: KeyPage,
        outlook: DeletionOutlook,
        *,
        remove_from_qgis: bool,
        on_progress: OnProgress,
        on_done: Callable[[Deleted], None],
        on_failed: OnFailure,
    ) -> RunningJob:
        """Delete the key and, if wanted, what the plugin made for it in QGIS; never anything else."""
        signed_in = self._signed_in()
        wanted = outlook if remove_from_qgis else outlook.keeping_all()
        return self._start(
            tr("Deleting an access key"),
            lambda progress: delete_key(page, wanted, signed_in, self._main_thread, progress),
            on_progress,
            on_done,
            failure_to(on_failed),
        )

    def _start(
        self,
        title: str,
        work: Callable[[Progress], Any],
        on_progress: OnProgress,
        on_done: Callable[[Any], None],
        on_failed: Callable[[Exception], None],
    ) -> RunningJob:
        self.forget_pages()
        return self._runner.start(title, work, self._written(on_done), self._changed(on_failed), on_progress)

    def _changed(self, listener: Callable[[Any], None]) -> Callable[[Any], None]:
        """Have the pages of keys be read again before the listener hears."""

        def hear(outcome: Any) -> None:
            self.forget_pages()
            listener(outcome)

        return hear

    def _written(self, listener: Callable[[Any], None]) -> Callable[[Any], None]:
        """Have QGIS's Browser read the connections again before the listener hears."""

        def hear(result: Any) -> None:
            self._qgis.on_connections_changed()
            listener(result)

        return self._changed(hear)
