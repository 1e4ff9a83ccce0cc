"""Edits and deletions that stopped half-way, bound to this QGIS: what the window tells of them, and each way out."""

from __future__ import annotations

from typing import Any, Callable

from ...store.records.deletions import DELETIONS
from ...store.records.edits import EDITS
from ..delete_key import deletion_remainder, drop_deletion, finish_deletion
from ..finish_edit import finish_edit, undo_edit
from ..running.main_thread import MainThread
from ..running.task import Progress, RunningJob, TaskRunner
from ..running.translate import tr
from ..steps.account_sessions import SignedIn
from ..steps.begun_edit import remainder_of
from ..values import ChangeRemainder, Deleted, Edited, Failed
from .job_callbacks import OnFailure, OnProgress, failure_to


class UnfinishedChanges:
    """Each way out as a task of QGIS, for the account that is signed in; can be asked for again after a failure.

    `on_connections_changed` is called on the GUI thread once connections are written or removed.
    """

    def __init__(
        self,
        signed_in: Callable[[], SignedIn],
        runner: TaskRunner,
        main_thread: MainThread,
        on_connections_changed: Callable[[], None],
    ) -> None:
        self._signed_in = signed_in
        self._runner = runner
        self._main_thread = main_thread
        self._on_connections_changed = on_connections_changed

    def all(self) -> tuple[ChangeRemainder, ...]:
        """Return what the account has begun and not ended, also in an earlier session.

        What is under way, in an algorithm or in another QGIS, is none of them.
        """
        signed_in = self._signed_in()
        at = signed_in.api_url, signed_in.account_id
        return (*map(remainder_of, EDITS.unfinished(*at)), *map(deletion_remainder, DELETIONS.unfinished(*at)))

    def finish_edit(
        self,
        remainder: ChangeRemainder,
        on_progress: OnProgress,
        on_done: Callable[[Edited], None],
        on_failed: OnFailure,
    ) -> RunningJob:
        """Send what is missing, and have QGIS follow."""
        signed_in = self._signed_in()
        return self._start(
            tr("Finishing the change of an access key"),
            lambda progress: finish_edit(remainder.id, signed_in, self._main_thread, progress),
            on_progress,
            on_done,
            on_failed,
        )

    def undo_edit(
        self,
        remainder: ChangeRemainder,
        on_progress: OnProgress,
        on_done: Callable[[Edited], None],
        on_failed: OnFailure,
    ) -> RunningJob:
        """Make the key what it was."""
        signed_in = self._signed_in()
        return self._start(
            tr("Undoing the change of an access key"),
            lambda progress: undo_edit(remainder.id, signed_in, self._main_thread, progress),
            on_progress,
            on_done,
            on_failed,
        )

    def finish_deletion(
        self,
        remainder: ChangeRemainder,
        on_progress: OnProgress,
        on_done: Callable[[Deleted], None],
        on_failed: OnFailure,
    ) -> RunningJob:
        """Delete the key if it is still there, and remove what the plugin made for it in QGIS."""
        signed_in = self._signed_in()
        return self._start(
            tr("Finishing the deletion of an access key"),
            lambda progress: finish_deletion(remainder.id, signed_in, self._main_thread, progress),
            on_progress,
            on_done,
            on_failed,
        )

    def leave_deletion(
        self, remainder: ChangeRemainder, on_done: Callable[[], None], on_failed: OnFailure
    ) -> RunningJob:
        """Say no more of it."""
        return self._runner.start(
            tr("Leaving the deletion of an access key as it is"),
            lambda _: drop_deletion(remainder.id),
            lambda _: on_done(),
            failure_to(on_failed),
        )

    def _start(
        self,
        title: str,
        work: Callable[[Progress], Any],
        on_progress: OnProgress,
        on_done: Callable[[Any], None],
        on_failed: OnFailure,
    ) -> RunningJob:
        def hear(result: Any) -> None:
            self._forget_pages()
            self._on_connections_changed()
            on_done(result)

        def hear_failure(failure: Failed) -> None:
            self._forget_pages()
            on_failed(failure)

        return self._runner.start(title, work, hear, failure_to(hear_failure), on_progress)

    def _forget_pages(self) -> None:
        self._signed_in().known.pages.forget()
