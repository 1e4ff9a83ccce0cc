"""Use cases for scripts: list what a key opens for download, and fetch it."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Iterable, Iterator, Sequence

from ...entrepot.errors import GpkeysError
from ...entrepot.translatable_text import Text
from ...keys.downloads.edition_choice import EditionChoice
from ...keys.upkeep import named_in_scripts
from ..downloads.download_access import (
    DownloadAccess,
    ListedEdition,
    download_access,
    list_editions,
    named_resources,
)
from ..downloads.fetch_files import FetchedFile
from ..downloads.fetch_order import fetch_and_make_ready, of
from ..downloads.make_ready import ReadyFolder
from ..load_key_page import load_key_page
from ..running.translate import show
from .script_context import Script

Row = dict[str, Any]


@dataclass(frozen=True)
class DownloadChoice:
    """What a script asks for: a key, resources (separated by commas, none: all), and which of their editions."""

    key: str
    resources: str = ""
    editions: EditionChoice = field(default_factory=EditionChoice)


@dataclass(frozen=True)
class DownloadOrder:
    """What a script wants on disk, and where."""

    choice: DownloadChoice
    folder: Path
    is_unpacking: bool = True
    is_overwriting: bool = False


@dataclass(frozen=True)
class DownloadOutcome:
    """What came of it: a report, how many files and bytes were fetched.

    `failure` says in the user's language what could not be had, empty where all is there.
    """

    report: list[Row]
    count: int
    bytes: int
    failure: str = ""


def list_downloads(script: Script, choice: DownloadChoice) -> list[Row]:
    """Return a row a file of what a key opens."""
    _, listed = _listed(script, choice)
    return [row for one in listed for row in _file_rows(one)]


def download(script: Script, order: DownloadOrder) -> DownloadOutcome:
    """Fetch what a key opens, and make it ready; what is there already stays. Raises GpkeysError."""
    access, listed = _listed(script, order.choice)
    progress = script.progress
    outcome = fetch_and_make_ready(
        listed,
        order.folder,
        access,
        progress,
        overwrite=order.is_overwriting,
        is_unpacking=order.is_unpacking,
    )
    fetched, ready = outcome.fetched, outcome.ready
    _tell(script, fetched, ready)
    new = [one for one in fetched if one.error is None and not one.was_kept]
    return DownloadOutcome(
        [_report(one, of(one.plan, fetched)) for one in ready],
        len(new),
        sum(one.path.stat().st_size for one in new),
        _failure(fetched, ready),
    )


def _listed(script: Script, choice: DownloadChoice) -> tuple[DownloadAccess, tuple[ListedEdition, ...]]:
    page = load_key_page(script.key(choice.key), script.signed_in, script.main_thread, script.progress)
    access = download_access(page, script.signed_in)
    resources = named_resources(access, named_in_scripts.entries(choice.resources))
    return access, list_editions(access, resources, choice.editions, script.progress)


def _file_rows(listed: ListedEdition) -> Iterator[Row]:
    edition = listed.edition
    west, south, east, north = edition.extent or (None, None, None, None)
    whole = {
        "resource": edition.resource,
        "edition": edition.name,
        "date": edition.date,
        "zone": " ".join(term.code for term in edition.zones),
        "format": " ".join(term.code for term in edition.formats),
        "crs": " ".join(edition.crs),
        "west": west,
        "south": south,
        "east": east,
        "north": north,
    }
    for file in listed.files:
        yield {**whole, "file": file.name, "bytes": file.length, "md5": file.md5}


def _report(ready: ReadyFolder, fetched: Sequence[FetchedFile]) -> Row:
    edition = ready.plan.listed.edition
    return {
        "resource": edition.resource,
        "edition": edition.name,
        "date": edition.date,
        "folder": str(ready.plan.folder),
        "files": [_file_report(one) for one in fetched],
        "unpacked": [str(path) for path in ready.unpacked],
        "mosaics": [str(path) for path in ready.mosaics],
        "problems": [_said(error) for error in ready.problems],
    }


def _file_report(one: FetchedFile) -> Row:
    state = "failed" if one.error is not None else "kept" if one.was_kept else "fetched"
    return {
        "name": one.path.name,
        "state": state,
        "bytes": one.path.stat().st_size if one.error is None else None,
        "md5": one.md5,
        "text": show(one.error.user) if one.error is not None else "",
    }


def _tell(script: Script, fetched: Iterable[FetchedFile], ready: Iterable[ReadyFolder]) -> None:
    for one in fetched:
        if one.error is not None:
            script.progress.warn(Text("{file}: {reason}", {"file": one.path.name, "reason": one.error.user}))
    for folder in ready:
        for problem in folder.problems:
            script.progress.warn(problem.user)
        script.progress.inform(Text("Ready in: {folder}", {"folder": str(folder.plan.folder)}))


def _failure(fetched: Sequence[FetchedFile], ready: Iterable[ReadyFolder]) -> str:
    """Return what could not be had or made ready."""
    failed = [one.error for one in fetched if one.error is not None]
    if failed:
        values = {"count": len(failed), "total": len(fetched), "reason": failed[0].user}
        return _said(
            GpkeysError(
                failed[0].code,
                Text("Files that could not be fetched: {count} of {total}. The first: {reason}", values),
                "files could not be fetched",
                advice=Text("The others are in their folder. Start it again to fetch what is missing."),
            )
        )
    return next((_said(problem) for folder in ready for problem in folder.problems), "")


def _said(error: GpkeysError) -> str:
    return "\n".join(show(part) for part in (error.user, error.advice) if part is not None)
