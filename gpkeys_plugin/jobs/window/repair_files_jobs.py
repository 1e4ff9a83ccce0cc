"""The use cases around files on disk, bound to this QGIS: what the page for files works on."""

from __future__ import annotations

from pathlib import Path
from typing import Callable

from ...keys.draft import HashStorage
from ...store import open_project, settings
from ..file_repair import profile_and_account, report_of_files
from ..file_repair.file_values import FilesFound, FilesMended, FilesOrder, FilesUndone
from ..file_repair.profile_and_account import Knowledge
from ..file_repair.repair_files import FileRepairer, undo_files
from ..file_repair.scan_files import FilesWanted, scan_files
from ..running.main_thread import MainThread
from ..running.task import Progress, RunningJob, TaskRunner
from ..running.translate import tr
from ..steps.account_sessions import SignedIn
from .job_callbacks import OnFailed, OnFailure, OnProgress, failure_to, shown_to


class RepairFilesJobs:
    """Each use case on a thread of its own. Every call returns at once; the callables run later on the GUI thread."""

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

    def first_folder(self) -> Path:
        """Return the folder to begin with: that of the open project, else the user's."""
        opened = open_project.project_file()
        return opened.parent if opened is not None else Path.home()

    def fixed_storage(self) -> HashStorage | None:
        """Return where a hash goes by an administrator's word, None where that is for the user to say."""
        return settings.fixed_hash_storage()

    def scan(
        self,
        wanted: FilesWanted,
        on_progress: OnProgress,
        on_done: Callable[[FilesFound], None],
        on_failed: OnFailure,
    ) -> RunningJob:
        """Look through files; signed in, with what mends each place."""
        signed_in = self._signed_in()
        return self._runner.start(
            tr("Looking through files"),
            lambda progress: scan_files(wanted, self._known(signed_in, progress), self._main_thread, progress),
            on_done,
            failure_to(on_failed),
            on_progress,
        )

    def repair(
        self,
        found: FilesFound,
        order: FilesOrder,
        on_progress: OnProgress,
        on_done: Callable[[FilesMended], None],
        on_failed: OnFailure,
    ) -> RunningJob:
        """Mend files; a cancel is no failure here: what was done until then is told."""
        signed_in = self._signed_in()

        def work(progress: Progress) -> FilesMended:
            known = profile_and_account.of_account(signed_in, self._main_thread, progress)
            return FileRepairer(signed_in, known, self._main_thread, order, progress).repair(found)

        def hear(mended: FilesMended) -> None:
            self._on_connections_changed()
            on_done(mended)

        return self._runner.start(tr("Mending files"), work, hear, failure_to(on_failed), on_progress)

    def undo(
        self,
        mended: FilesMended,
        on_progress: OnProgress,
        on_done: Callable[[FilesUndone], None],
        on_failed: OnFailure,
    ) -> RunningJob:
        """Put the files of a repair back as they were."""
        return self._runner.start(
            tr("Putting files back"),
            lambda progress: undo_files(mended.written, progress),
            on_done,
            failure_to(on_failed),
            on_progress,
        )

    def save_report(
        self,
        path: Path,
        found: FilesFound,
        mended: FilesMended | None,
        on_done: Callable[[], None],
        on_failed: OnFailed,
    ) -> RunningJob:
        """Write a report as PDF, CSV or JSON, by the file's name."""
        title = tr("What needs an access key in projects")
        return self._runner.start(
            tr("Writing a report"),
            lambda _progress: report_of_files.write_report(path, title, found, mended),
            lambda _: on_done(),
            shown_to(on_failed),
        )

    def _known(self, signed_in: SignedIn, progress: Progress) -> Knowledge:
        if signed_in.account_id:
            return profile_and_account.of_account(signed_in, self._main_thread, progress)
        return profile_and_account.of_profile(signed_in.api_url, self._main_thread)
