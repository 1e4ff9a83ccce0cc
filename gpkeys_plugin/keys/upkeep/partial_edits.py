"""What a script asks of a key that exists, and the edit it makes."""

from __future__ import annotations

from dataclasses import dataclass, replace

from ..draft import Grant, PlainFilters
from ..problem import Field
from .key_edits import KeyEdit


@dataclass(frozen=True)
class KeyWish:
    """Changes to a key: None leaves a property as it is, an empty text or tuple clears a filter."""

    name: str | None = None
    additions: tuple[Grant, ...] = ()
    removals: tuple[Grant, ...] = ()
    whitelist: tuple[str, ...] | None = None
    blacklist: tuple[str, ...] | None = None
    user_agent: str | None = None
    referer: str | None = None


def with_wish(edit: KeyEdit, wish: KeyWish) -> KeyEdit:
    """Return the key as it is to be: `edit` is the key as it is."""
    kept = tuple(grant for grant in edit.grants if grant not in wish.removals)
    spoken = {Field.USER_AGENT: wish.user_agent, Field.REFERER: wish.referer}
    return replace(
        edit,
        name=edit.name if wish.name is None else wish.name,
        grants=tuple(dict.fromkeys((*kept, *wish.additions))),
        filters=_filters(edit.filters, wish),
        kept_patterns=frozenset(place for place in edit.kept_patterns if spoken.get(place) is None),
    )


def _filters(now: PlainFilters, wish: KeyWish) -> PlainFilters:
    return PlainFilters(
        now.whitelist if wish.whitelist is None else wish.whitelist,
        now.blacklist if wish.blacklist is None else wish.blacklist,
        now.user_agent if wish.user_agent is None else wish.user_agent,
        now.referer if wish.referer is None else wish.referer,
    )
