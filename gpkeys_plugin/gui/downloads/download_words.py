"""Editions, files and what became of them, in words."""

from __future__ import annotations

from datetime import date
from typing import Iterable

from ...entrepot.downloads.models import Edition, RemoteFile, Term
from ...entrepot.translatable_text import Text
from ...jobs.downloads.fetch_files import FetchedFile
from ...jobs.downloads.fetch_order import BegunFetch, FetchOrder, FetchOutcome
from ...jobs.downloads.resource_listing import ResourceListing
from ...jobs.running.translate import counted, show, tr, written_day
from ...keys.downloads.fetch_plan import space_problem
from ..parts import value_words
from ..parts.row_content import Row
from ..parts.theme import Level
from .chosen_files import Chosen

_MOST_TOLD = 20


def edition_row(edition: Edition, files: tuple[RemoteFile, ...] | None) -> Row:
    """Return the row of an edition: where, of when, in which format, and how much there is of it."""
    where = ", ".join(map(_zone, edition.zones))
    badges = (*([_day(edition.date)] if edition.date else []), *(kind.code for kind in edition.formats))
    size = (
        "" if files is None else f"{_count(len(files))} · {value_words.size(sum(file.length or 0 for file in files))}"
    )
    details, name = " ".join(edition.crs), edition.title if where else ""
    return Row(where or edition.title, badges, details=details, is_heading=True, foot=size or name)


def file_row(file: RemoteFile) -> Row:
    """Return the row of a file."""
    return Row(file.name, details=value_words.size(file.length) if file.length is not None else tr("size unknown"))


def reading(listing: ResourceListing) -> str:
    """Return how much of a list is read."""
    if listing.total is None:
        return counted("1 edition read", "{count} editions read", len(listing.editions))
    return tr("{count} of {total} editions read").format(
        count=value_words.number(len(listing.editions)), total=value_words.number(listing.total)
    )


def found(shown: int, listing: ResourceListing) -> str:
    """Return how many editions a search shows."""
    if not listing.editions:
        return "" if not listing.is_whole else tr("The download service lists no edition.")
    if not shown:
        return tr("No edition matches. Ask for less: another place of the map, another zone or format.")
    return tr("Editions: {shown} of {count}").format(
        shown=value_words.number(shown), count=value_words.number(len(listing.editions))
    )


def too_many_to_tick(most: int) -> str:
    """Return why all that is shown cannot be ticked at once."""
    return tr("To tick all that is shown, narrow it to {count} editions.").format(count=value_words.number(most))


def summary(chosen: Chosen, free: int | None, *, is_known: bool) -> tuple[str, Level | None]:
    """Return how much is chosen and how much room there is for it, and how grave that is."""
    if not chosen.editions:
        return tr("Tick what is to be downloaded."), None
    lines = [_size(chosen)]
    level: Level | None = None
    if is_known and free is None:
        lines.append(tr("The folder is not there."))
        level = Level.WARNING
    elif free is not None:
        problem = space_problem(chosen.bytes, free)
        lines.append(
            show(problem) if problem else tr("{free} are free on its disk.").format(free=value_words.size(free))
        )
        level = Level.WARNING if problem else None
    return " ".join(lines), level


def _size(chosen: Chosen) -> str:
    if chosen.editions_unread:
        return tr("Reading how much that is…")
    values = {"files": _count(chosen.files), "size": value_words.size(chosen.bytes)}
    if chosen.files_of_unknown_size:
        return tr("Chosen: {files}, {size} or more: some tell no size.").format(**values)
    return tr("Chosen: {files}, {size}.").format(**values)


def begun(one: BegunFetch) -> str:
    """Return what is offered of a download that was cut off."""
    return tr("Unfinished since {day}: {editions}").format(day=written_day(one.day), editions=editions(one.order))


def editions(order: FetchOrder) -> str:
    """Return the editions of an order, the first ones by name."""
    names = [ordered.edition.title for ordered in order.editions]
    if len(names) <= 2:
        return ", ".join(names)
    return counted("{name} and 1 more", "{name} and {count} more", len(names) - 1, name=names[0])


def done(count: int, total: int | None) -> str:
    """Return how many files are there."""
    if total is None:
        return tr("Files that are there: {count}").format(count=value_words.number(count))
    values = {"count": value_words.number(count), "total": value_words.number(total)}
    return tr("Files that are there: {count} of {total}").format(**values)


def outcome(one: FetchOutcome) -> tuple[str, Level]:
    """Return what came of a download, and how grave it is."""
    kept = sum(1 for file in one.fetched if file.was_kept)
    failed = len(one.failed)
    new = len(one.fetched) - kept - failed
    lines = [tr("Downloaded: {files}.").format(files=_count(new))]
    if kept:
        lines.append(tr("Already there: {files}.").format(files=_count(kept)))
    if failed:
        lines.append(tr("Could not be had: {files}.").format(files=_count(failed)))
    lines += [_sentence(problem.user, problem.advice) for problem in one.problems]
    level = Level.WARNING if failed or one.problems else Level.GOOD
    return "\n".join(lines), level


def fetched_row(one: FetchedFile) -> Row:
    """Return the row of what became of a file: why it failed where it did."""
    if one.error is not None:
        return Row(one.path.name, (tr("failed"),), warning=show(one.error.user))
    state = tr("already there") if one.was_kept else tr("downloaded")
    size = one.planned.file.length
    checked = tr("checksum right") if one.md5 else tr("no checksum to compare")
    return Row(one.path.name, (state,), details=" · ".join((*([value_words.size(size)] if size else []), checked)))


def whys(one: FetchOutcome) -> str:
    """Return why files could not be had, a line each; of very many the first ones."""
    lines = [why(file) for file in one.failed[:_MOST_TOLD]]
    more = len(one.failed) - len(lines)
    return "\n".join((*lines, *([tr("… and {files}.").format(files=_count(more))] if more else [])))


def why(one: FetchedFile) -> str:
    """Return all that is to be said of a file that could not be had."""
    return _sentence(one.error.user, one.error.advice) if one.error is not None else ""


def _sentence(user: Text, advice: Text | None) -> str:
    return " ".join(show(part) for part in (user, advice) if part is not None)


def _count(files: int) -> str:
    return counted("1 file", "{count} files", files)


def _zone(one: Term) -> str:
    """Return a zone as people call it; the platform's label may repeat the code."""
    return one.label.removeprefix(one.code).strip(" -–") or one.label or one.code


def _day(written: str) -> str:
    return written_day(date.fromisoformat(written))


def names_of(terms: Iterable[Term]) -> list[tuple[str, str]]:
    """Return zones or formats to choose from: words and code."""
    return [(one.label or one.code, one.code) for one in terms]
