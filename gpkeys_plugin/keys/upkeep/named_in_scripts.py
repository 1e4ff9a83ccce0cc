"""What a script names: a key by its id or name, offerings by their ids or layer names."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from difflib import get_close_matches
from typing import Iterable, Sequence

from ...entrepot.models import Access, Key, Offering
from ...entrepot.translatable_text import Text
from ..draft import Grant
from ..services.catalogue import Catalogue, Choice
from .overview import expired_accesses

EVERYTHING = "*"


@dataclass(frozen=True)
class Selection:
    """What a list of ids and layer names means: the grants to ask for, and what is wrong with it."""

    grants: tuple[Grant, ...] = ()
    problems: tuple[Text, ...] = ()


@dataclass(frozen=True)
class AccessSelection:
    """What a list of ids and layer names means among a key's accesses; `unknown` names none of them."""

    accesses: tuple[Access, ...] = ()
    unknown: tuple[str, ...] = ()


def entries(text: str) -> tuple[str, ...]:
    """Return the entries of a comma-separated list, each once, without the spaces around them."""
    return tuple(dict.fromkeys(entry for entry in map(str.strip, text.split(",")) if entry))


def find_key(wanted: str, keys: Sequence[Key]) -> Key | None:
    """Return the key of that id, else the one of that name; None where there is none."""
    by_id = next((key for key in keys if key.id == wanted), None)
    return by_id or next((key for key in keys if key.name == wanted), None)


def no_such_key(wanted: str, keys: Iterable[Key]) -> Text:
    """Return the sentence for a key that is not among the account's, with the names that are alike."""
    alike = get_close_matches(wanted, [key.name for key in keys], n=3)
    if alike:
        values = {"key": wanted, "names": ", ".join(f"“{name}”" for name in alike)}
        return Text("Your account has no key of the id or name “{key}”. Did you mean {names}?", values)
    return Text("Your account has no key of the id or name “{key}”.", {"key": wanted})


def select(text: str, catalogue: Catalogue) -> Selection:
    """Return what a list of offering ids and layer names asks for; `*` is everything that can be chosen.

    A layer name means every offering of that name. What cannot be chosen is a problem only where it was named.
    """
    wanted = entries(text)
    if EVERYTHING in wanted:
        return Selection(tuple(choice.grant for choice in catalogue.choices if choice.is_selectable))
    known = (*catalogue.choices, *(choice for group in catalogue.expired for choice in group.choices))
    grants: dict[Grant, None] = {}
    problems: list[Text] = []
    for entry in wanted:
        named = [choice for choice in known if _is_named(choice.offering, entry)]
        chosen = [choice.grant for choice in named if choice.is_selectable]
        grants.update(dict.fromkeys(chosen))
        if not chosen:
            problems.append(_problem(entry, named, known))
    return Selection(tuple(grants), tuple(problems))


def select_accesses(text: str, accesses: Sequence[Access]) -> AccessSelection:
    """Return the accesses of a key that a list of offering ids and layer names means; `*` is all of them."""
    wanted = entries(text)
    if EVERYTHING in wanted:
        return AccessSelection(tuple(accesses))
    return AccessSelection(
        tuple(access for access in accesses if any(_is_named(access.offering, entry) for entry in wanted)),
        tuple(entry for entry in wanted if not any(_is_named(access.offering, entry) for access in accesses)),
    )


def not_open_yet(grants: Iterable[Grant], accesses: Sequence[Access], now: datetime) -> tuple[Grant, ...]:
    """Return the grants whose offering a key does not open already, through whichever permission that still holds."""
    ended = expired_accesses(accesses, now)
    opened = {access.offering.id for access in accesses if access not in ended}
    return tuple(grant for grant in grants if grant.offering_id not in opened)


def replaced_by(additions: Iterable[Grant], accesses: Sequence[Access], now: datetime) -> tuple[Access, ...]:
    """Return the accesses that have ended and whose offering is opened anew: the platform may take it once only."""
    added = {grant.offering_id for grant in additions}
    return tuple(access for access in expired_accesses(accesses, now) if access.offering.id in added)


def _is_named(offering: Offering, entry: str) -> bool:
    return entry in (offering.id, offering.layer_name)


def _problem(entry: str, named: Sequence[Choice], known: Iterable[Choice]) -> Text:
    reason = next((choice.reason for choice in named if choice.reason is not None), None)
    if reason is not None:
        return Text("“{name}”: {reason}", {"name": entry, "reason": reason})
    alike = get_close_matches(entry, [choice.offering.layer_name for choice in known], n=3)
    if alike:
        values = {"name": entry, "names": ", ".join(f"“{name}”" for name in dict.fromkeys(alike))}
        return Text("No permission of yours covers “{name}”. Did you mean {names}?", values)
    return Text("No permission of yours covers “{name}”.", {"name": entry})
