"""After the last file: archives unpacked, tiles put together, and a note of where it all comes from."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Sequence

from ...entrepot.errors import GpkeysError
from ...entrepot.translatable_text import Text
from ...keys.downloads import file_names, volumes
from ...keys.downloads.volumes import Archive
from ..running.task import Progress
from ..running.translate import show
from . import disk_problems
from .disk_problems import DiskError
from .fetch_files import FetchedFile, FolderPlan
from .mosaic import write_mosaics
from .unfinished_file import made_whole
from .unpack import unpack, unpacked_folder

NOTE_NAME = "SOURCE.txt"


@dataclass(frozen=True)
class ReadyFolder:
    """What an edition's folder has for use, and what could not be made of it."""

    plan: FolderPlan
    unpacked: tuple[Path, ...] = ()
    mosaics: tuple[Path, ...] = ()
    problems: tuple[GpkeysError, ...] = ()


def make_ready(
    plan: FolderPlan, fetched: Sequence[FetchedFile], progress: Progress, *, is_unpacking: bool
) -> ReadyFolder:
    """Make ready what arrived of an edition; raise GpkeysError when cancelled, or when the disk takes nothing more."""
    there = [one for one in fetched if one.error is None]
    if not there:
        return ReadyFolder(plan)
    unpacked: list[Path] = []
    problems: list[GpkeysError] = []
    for archive in _whole_archives(plan, there) if is_unpacking else ():
        progress.tell(100, Text("Unpacking “{name}”…", {"name": archive.name}))
        try:
            unpacked.append(_unpacked(plan, archive, there, progress))
        except GpkeysError as error:
            if error.ends_all or isinstance(error, DiskError):
                raise
            problems.append(error)
    try:
        mosaics = write_mosaics(plan.folder, plan.folder.name)
        _write_note(plan)
    except OSError as error:
        raise disk_problems.of_os_error(error, plan.folder) from error
    return ReadyFolder(plan, tuple(unpacked), mosaics, tuple(problems))


def _whole_archives(plan: FolderPlan, there: Sequence[FetchedFile]) -> list[Archive]:
    """Return the archives of which every part arrived."""
    names = {one.path.name for one in there}
    found = volumes.archives(file.name for file in plan.files)
    return [archive for archive in found if names.issuperset(archive.parts)]


def _unpacked(plan: FolderPlan, archive: Archive, there: Sequence[FetchedFile], progress: Progress) -> Path:
    """Return the folder of an archive; one that was kept and unpacked before is left as it is."""
    target = unpacked_folder(plan.folder, archive)
    is_new = any(not one.was_kept for one in there if one.path.name in archive.parts)
    return unpack(plan.folder, archive, progress.check) if is_new or not target.is_dir() else target


def _write_note(plan: FolderPlan) -> None:
    """Write where it comes from and under which licence; no secret."""
    name = file_names.safe_names([*(file.name for file in plan.files), NOTE_NAME])[-1]
    edition, resource = plan.listed.edition, plan.listed.resource
    lines = [
        Text("Resource: {name}", {"name": resource.name}),
        Text("Edition: {name}", {"name": edition.title}),
        *([Text("Edition of: {day}", {"day": date.fromisoformat(edition.date)})] if edition.date else []),
        *([Text("Licence: {licence}", {"licence": resource.licence})] if resource.licence else []),
        Text("Service: {url}", {"url": resource.root}),
        Text("Fetched on: {day}", {"day": datetime.now().astimezone().date()}),
    ]
    with made_whole(plan.folder / name) as unfinished:
        unfinished.write_text("\n".join(map(show, lines)) + "\n", encoding="utf-8")
