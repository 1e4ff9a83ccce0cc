"""The rules for the usage filters of a key, and the warnings when they would shut out this very QGIS."""

from __future__ import annotations

from typing import Iterator, Sequence

from ...entrepot.translatable_text import Text
from ..draft import PlainFilters
from ..problem import DraftContext, Field, Problem
from . import ip_ranges


def filter_problems(filters: PlainFilters, context: DraftContext) -> tuple[Problem, ...]:
    """Return what to say about the filters of a draft."""
    return (
        *_list_problems(filters, context),
        *_user_agent_problems(filters.user_agent.strip(), context),
        *_referer_problems(filters.referer.strip()),
    )


def _list_problems(filters: PlainFilters, context: DraftContext) -> Iterator[Problem]:
    whitelist, blacklist = _filled(filters.whitelist), _filled(filters.blacklist)
    if whitelist and blacklist:
        yield Problem(Field.BLACKLIST, Text("Fill in the white list or the black list, not both."))
    faults = [*_entry_faults(Field.WHITELIST, whitelist), *_entry_faults(Field.BLACKLIST, blacklist)]
    yield from faults
    if not faults:
        yield from _whitelist_warnings(whitelist, context)
        yield from _blacklist_warnings(blacklist, context)


def _filled(entries: Sequence[str]) -> list[str]:
    return [entry.strip() for entry in entries if entry.strip()]


def _entry_faults(field: Field, entries: Sequence[str]) -> Iterator[Problem]:
    for entry in entries:
        text = ip_ranges.problem(entry)
        if text is not None:
            yield Problem(field, text)


def _whitelist_warnings(entries: Sequence[str], context: DraftContext) -> Iterator[Problem]:
    if not entries:
        return
    if all(ip_ranges.is_private(entry) for entry in entries):
        yield _warning(
            Field.WHITELIST,
            Text(
                "These are addresses of a private network. The Géoplateforme sees the public address of your network: "
                "nobody could use this key."
            ),
        )
    elif context.addresses and not ip_ranges.any_contains(entries, context.addresses):
        yield _shut_out(Field.WHITELIST, context)


def _blacklist_warnings(entries: Sequence[str], context: DraftContext) -> Iterator[Problem]:
    if any(ip_ranges.is_everything(entry) for entry in entries):
        yield _warning(Field.BLACKLIST, Text("This black list refuses every address: nobody could use this key."))
    elif ip_ranges.any_contains(entries, context.addresses):
        yield _shut_out(Field.BLACKLIST, context)


def _shut_out(field: Field, context: DraftContext) -> Problem:
    text = Text(
        "This list would refuse this computer, which the Géoplateforme sees as {address}.",
        {"address": ", ".join(context.addresses)},
    )
    return _warning(field, text)


def _user_agent_problems(wanted: str, context: DraftContext) -> Iterator[Problem]:
    if not wanted.isprintable():
        yield Problem(Field.USER_AGENT, Text("A filter cannot hold a line break or another invisible character."))
    elif wanted and context.user_agent and wanted not in context.user_agent:
        yield _warning(Field.USER_AGENT, _user_agent_warning(wanted, context.user_agent))


def _user_agent_warning(wanted: str, sent: str) -> Text:
    if wanted.casefold() in sent.casefold():
        return Text(
            "This filter would refuse this very QGIS, which presents itself as “{user_agent}”: capital and small "
            "letters count.",
            {"user_agent": sent},
        )
    return Text(
        "This filter would refuse this very QGIS, which presents itself as “{user_agent}”.", {"user_agent": sent}
    )


def _referer_problems(wanted: str) -> Iterator[Problem]:
    if not wanted.isprintable():
        yield Problem(Field.REFERER, Text("A filter cannot hold a line break or another invisible character."))
    elif wanted:
        yield _warning(
            Field.REFERER,
            Text(
                "QGIS sends no Referer: with this filter the key will not work in QGIS. Use it only for a key meant "
                "for a web site."
            ),
        )


def _warning(field: Field, text: Text) -> Problem:
    return Problem(field, text, is_blocking=False)
