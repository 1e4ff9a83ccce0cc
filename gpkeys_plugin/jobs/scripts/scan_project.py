"""Use case for scripts: find what needs a key in the open project, in a file or in a folder of files."""

from __future__ import annotations

from pathlib import Path

from ...entrepot.errors import ErrorCode, GpkeysError
from ...entrepot.translatable_text import Text
from ..file_repair import profile_and_account, report_of_files
from ..file_repair.file_values import FilesFound
from ..file_repair.profile_and_account import Knowledge
from ..file_repair.scan_files import FilesWanted, scan_files, scan_open_project
from ..running.feedback_progress import FeedbackProgress
from .script_context import Offline, Script


def scan_project(script: Script | None, offline: Offline, path: str) -> tuple[list[report_of_files.Row], int]:
    """Return a line a place and a line a file that could not be read, and how many places need a key.

    `path` is that of a file or a folder, empty for the open project.
    """
    known = known_to(script, offline)
    found = (
        scan_files(FilesWanted(Path(path)), known, offline.main_thread, offline.progress)
        if path
        else scan_open_project(known, offline.main_thread)
    )
    tell_problems(found, offline.progress)
    return report_of_files.scan_rows(found), found.place_count


def known_to(script: Script | None, offline: Offline) -> Knowledge:
    """Return what is known; where the account can't be read, what this profile knows, and why is told."""
    if script is not None:
        try:
            return profile_and_account.of_account(script.signed_in, script.main_thread, script.progress)
        except GpkeysError as error:
            if error.code is ErrorCode.CANCELLED:
                raise
            offline.progress.warn(error.user)
    return profile_and_account.of_profile(offline.api_url, offline.main_thread)


def tell_problems(found: FilesFound, progress: FeedbackProgress) -> None:
    """Say which files could not be read, and why."""
    for file in found.files:
        if file.problem is not None:
            progress.warn(Text("{file}: {reason}", {"file": str(file.path), "reason": file.problem}))
