"""An existing key as the user wants it to be, and what must be asked for it to become so: the difference only."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Iterable, Sequence

from ...entrepot.models import Access, KeyDetails, KeyUpdate
from ..draft import Grant, PlainFilters
from ..problem import Field
from ..rules.header_patterns import containing, plain_text
from ..rules.ip_ranges import normalized
from .creation_steps import AddAccesses, access_steps


@dataclass(frozen=True)
class KeyEdit:
    """What the user wants a key to be.

    `kept_patterns` names the filters (USER_AGENT, REFERER) whose stored pattern says something that plain text cannot,
    and which the user leaves as they are.
    """

    name: str
    grants: tuple[Grant, ...]
    filters: PlainFilters = field(default_factory=PlainFilters)
    kept_patterns: frozenset[Field] = frozenset()


@dataclass(frozen=True)
class KeyChanges:
    """The difference, in the order in which it is to be made: additions, the update, removals."""

    additions: tuple[AddAccesses, ...] = ()
    update: KeyUpdate = field(default_factory=KeyUpdate)
    removals: tuple[Access, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to ask for."""
        return self == KeyChanges()


def as_edit(details: KeyDetails, accesses: Sequence[Access]) -> KeyEdit:
    """Return a key as it is, in the form in which it is edited."""
    filters = details.filters
    texts = {
        Field.USER_AGENT: _shown(filters.user_agent),
        Field.REFERER: _shown(filters.referer),
    }
    return KeyEdit(
        name=details.key.name,
        grants=tuple(dict.fromkeys(grant_of(access) for access in accesses)),
        filters=PlainFilters(
            filters.whitelist, filters.blacklist, texts[Field.USER_AGENT] or "", texts[Field.REFERER] or ""
        ),
        kept_patterns=frozenset(place for place, text in texts.items() if text is None),
    )


def grant_of(access: Access) -> Grant:
    """Return an access as a draft holds it."""
    return Grant(access.offering.id, access.permission.id if access.permission is not None else None)


def key_changes(details: KeyDetails, accesses: Sequence[Access], edit: KeyEdit) -> KeyChanges:
    """Return what must be asked for a key to become as the user wants it; what stays as it is is not in it."""
    present = {grant_of(access) for access in accesses}
    wanted = set(edit.grants)
    return KeyChanges(
        additions=access_steps(grant for grant in edit.grants if grant not in present),
        update=_update(details, edit),
        removals=tuple(access for access in accesses if grant_of(access) not in wanted),
    )


def with_twins(ticked: Iterable[Grant], filled: Sequence[Grant]) -> tuple[Grant, ...]:
    """Return what is ticked; of an offering that was filled in through several permissions, its other grants too.

    An offering has one box only: as long as it is ticked through one of them, all of them stay.
    """
    found: dict[Grant, None] = {}
    for grant in ticked:
        twins = [one for one in filled if one.offering_id == grant.offering_id] if grant in filled else []
        found.update(dict.fromkeys((grant, *twins)))
    return tuple(found)


def rebased(changes: KeyChanges, accesses: Sequence[Access]) -> KeyChanges:
    """Return the changes as they apply to the accesses of now, which somebody else may have changed meanwhile.

    What is there already is not added, what has gone is not removed, and all else is left alone.
    """
    present = {grant_of(access) for access in accesses}
    removed = {grant_of(access) for access in changes.removals}
    wanted = (Grant(offering_id, step.permission_id) for step in changes.additions for offering_id in step.offering_ids)
    return KeyChanges(
        additions=access_steps(grant for grant in wanted if grant not in present),
        update=changes.update,
        removals=tuple(access for access in accesses if grant_of(access) in removed),
    )


def _update(details: KeyDetails, edit: KeyEdit) -> KeyUpdate:
    now, wanted = details.filters, edit.filters
    name = edit.name.strip()
    return KeyUpdate(
        name=name if name != details.key.name else None,
        whitelist=_changed_list(now.whitelist, wanted.whitelist),
        blacklist=_changed_list(now.blacklist, wanted.blacklist),
        user_agent=_changed_pattern(now.user_agent, wanted.user_agent, Field.USER_AGENT in edit.kept_patterns),
        referer=_changed_pattern(now.referer, wanted.referer, Field.REFERER in edit.kept_patterns),
    )


def _changed_list(now: Sequence[str], wanted: Sequence[str]) -> tuple[str, ...] | None:
    ranges = tuple(dict.fromkeys(normalized(entry) for entry in wanted if entry.strip()))
    return None if set(ranges) == {normalized(entry) for entry in now} else ranges


def _changed_pattern(now: str | None, wanted: str, is_kept: bool) -> str | None:
    text = wanted.strip()
    if is_kept or text == _shown(now):
        return None
    return containing(text) if text else ""


def _shown(pattern: str | None) -> str | None:
    """Return the text a stored pattern asks for, empty for no filter; None when no text says the same."""
    return plain_text(pattern) if pattern else ""
