"""Use case: look through files on disk, or the layers of the open project, for what needs a key."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, wait
from dataclasses import dataclass, replace
from datetime import datetime, timezone
from pathlib import Path

from ...entrepot.errors import ErrorCode, GpkeysError
from ...entrepot.translatable_text import Text
from ...store import open_project, template_folders
from ...store.project_files.folders import find_files
from ...store.project_files.kinds import FileKind
from ...store.project_files.scan import scan_file
from ...store.project_files.telltale_words import Marks
from ..running.main_thread import MainThread
from ..running.task import Progress
from .file_values import FileFound, FilesFound
from .place_needs import judged, marks_of, strangers_of, with_remedies
from .profile_and_account import Knowledge

# A scan computes more than it waits for the disk: two keep the window quick on two cores.
_AT_ONCE = 2
_POLL_S = 0.05
# Files are read up to here while the first of them is not judged yet.
_AHEAD = 16


@dataclass(frozen=True)
class FilesWanted:
    """Where to look: a file, or a folder with all below it; `with_profile` adds the profile's templates."""

    path: Path
    with_profile: bool = False


@dataclass(frozen=True)
class Scanned:
    """What a file holds; `strangers` are the configurations that it sends to other servers."""

    file: FileFound
    strangers: frozenset[str] = frozenset()


def scan_files(wanted: FilesWanted, knowledge: Knowledge, main_thread: MainThread, progress: Progress) -> FilesFound:
    """Return what needs a key in files; what cannot be read is said of the file, not raised.

    Raises GpkeysError for a path that is not there, and when cancelled.
    """
    if not wanted.path.exists():
        raise _not_there(wanted.path)
    folders = main_thread.call(template_folders.template_folders) if wanted.with_profile else ()
    paths, problems = _listed([wanted.path, *folders], progress)
    opened = main_thread.call(open_project.project_file)
    scanned = [*problems, *scan_paths(paths, opened, knowledge, progress)]
    files = [one.file for one in scanned if one.file.places or one.file.problem is not None]
    return FilesFound(
        with_remedies(files, knowledge.account, datetime.now(timezone.utc)),
        len(paths),
        marks_of(knowledge),
        knowledge.account is not None,
        _strangers(scanned),
    )


def scan_open_project(knowledge: Knowledge, main_thread: MainThread) -> FilesFound:
    """Return what the layers of the open project need, as they are now."""
    path = main_thread.call(open_project.project_file)
    found = main_thread.call(open_project.layer_sources)
    places = tuple(filter(None, (judged(one, knowledge) for one in found)))
    files = with_remedies(
        [FileFound(path or Path(), places, is_open=True)] if places else [],
        knowledge.account,
        datetime.now(timezone.utc),
    )
    return FilesFound(files, 1, marks_of(knowledge), knowledge.account is not None)


def scan_again(file: FileFound, knowledge: Knowledge, marks: Marks) -> FileFound:
    """Return what one file needs now that it has changed."""
    found = _scan(file.path, None, knowledge, marks).file
    (judged_anew,) = with_remedies([found], knowledge.account, datetime.now(timezone.utc))
    return replace(judged_anew, is_open=file.is_open)


def _listed(places: Sequence[Path], progress: Progress) -> tuple[list[Path], list[Scanned]]:
    """Return the files in some places, and what could not be looked into."""
    paths: dict[Path, None] = {}
    problems: list[Scanned] = []
    for place in places:
        if place.is_file():
            paths[place] = None
            continue
        for path in find_files(
            place,
            kinds=frozenset(FileKind),
            is_cancelled=progress.is_cancelled,
            on_problem=lambda path, why: problems.append(Scanned(FileFound(path, problem=why))),
        ):
            paths[path] = None
            progress.tell(0, Text("Looking for files ({count} so far)…", {"count": len(paths)}))
    progress.check()
    return list(paths), problems


def scan_paths(
    paths: Sequence[Path], opened: Path | None, knowledge: Knowledge, progress: Progress
) -> Iterator[Scanned]:
    """Yield what each file holds, in their order; `opened` is the file of the open project.

    Raises GpkeysError when cancelled, at once: the file that is being read is read to its end behind it.
    """
    pool = ThreadPoolExecutor(max_workers=_AT_ONCE, thread_name_prefix="GPKeys scan")
    marks, count = marks_of(knowledge), 0
    under_way: list[Future[Scanned]] = []
    waiting = iter(paths)
    try:
        for number in range(len(paths)):
            while len(under_way) < _AHEAD and (path := next(waiting, None)) is not None:
                under_way.append(pool.submit(_scan, path, opened, knowledge, marks))
            done = _result(under_way.pop(0), progress)
            count += len(done.file.places)
            progress.tell(100 * (number + 1) / len(paths), _so_far(number + 1, len(paths), count))
            yield done
    finally:
        pool.shutdown(wait=False, cancel_futures=True)


def _so_far(done: int, total: int, places: int) -> Text:
    values = {"done": done, "total": total, "count": places}
    return Text("Files read: {done} of {total}. Places that need a key: {count}", values)


def _result(future: Future[Scanned], progress: Progress) -> Scanned:
    while not wait([future], timeout=_POLL_S).done:
        progress.check()
    progress.check()
    return future.result()


def _scan(path: Path, opened: Path | None, knowledge: Knowledge, marks: Marks) -> Scanned:
    findings = scan_file(path, marks)
    if findings.problem is not None:
        return Scanned(FileFound(path, problem=findings.problem))
    places = tuple(filter(None, (judged(one, knowledge) for one in findings.sources)))
    file = FileFound(path, places, stamp=findings.stamp, is_open=opened is not None and _is_same(path, opened))
    return Scanned(file, strangers_of(findings.sources, knowledge.platform))


def _is_same(path: Path, other: Path) -> bool:
    try:
        return path.samefile(other)
    except OSError:
        return False


def _strangers(scanned: Sequence[Scanned]) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for one in scanned:
        for authcfg in one.strangers:
            found[authcfg] = (*found.get(authcfg, ()), one.file.path.name)
    return found


def _not_there(path: Path) -> GpkeysError:
    return GpkeysError(
        ErrorCode.INVALID,
        Text("“{path}” is not there.", {"path": str(path)}),
        "the file or folder to scan is not there",
        advice=Text("Choose a file or a folder of QGIS projects."),
    )
