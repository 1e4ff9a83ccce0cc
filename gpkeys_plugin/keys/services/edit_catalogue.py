"""The catalogue in which an existing key's services are ticked: also what it opens and the account no longer lists."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Iterable, Mapping, Sequence

from ...entrepot.models import Access, KeyType, Permission
from ...entrepot.translatable_text import Text
from . import catalogue
from .catalogue import Catalogue, Choice, Group, OfferingRows

# Stands for "no permission": an open offering on a restricted endpoint.
OPEN = Permission("", "")


def build(permissions: Iterable[Permission], accesses: Sequence[Access], key_type: KeyType, now: datetime) -> Catalogue:
    """Return what may be ticked for a key, as `of_key`, of permissions of which there is no catalogue yet."""
    return of_key(catalogue.build(permissions, now), accesses, key_type, now)


def of_key(known: Catalogue, accesses: Sequence[Access], key_type: KeyType, now: datetime) -> Catalogue:
    """Return what may be ticked for a key; what it opens already can always be kept as it is.

    What it opens and the account no longer lists stands in groups of its own, to be unticked.
    """
    held: dict[str, list[Access]] = {}
    for access in accesses:
        held.setdefault(access.offering.id, []).append(access)
    groups = tuple(_with_held(_for_type(group, key_type), held) for group in known.groups)
    strange: dict[str, list[Access]] = {}
    for access in accesses:
        if access.offering.id not in known.homes:
            strange.setdefault(_home(access).id, []).append(access)
    extra = tuple(_strange_group(found, now) for found in strange.values())
    return Catalogue((*extra, *groups), known.expired)


def _with_held(group: Group, held: Mapping[str, Sequence[Access]]) -> Group:
    places = [row for row, offering in enumerate(group.rows.offerings) if offering.id in held]
    if not places:
        return group
    kept = (_as_held(group.choice(row), held[group.rows.offerings[row].id]) for row in places)
    return replace(group, marked={**group.marked, **{choice.offering.id: choice for choice in kept}})


def _strange_group(accesses: Sequence[Access], now: datetime) -> Group:
    """Return the group of what is opened through a permission, or none, and not listed."""
    kept = {access.offering.id: _kept(access, now) for access in accesses}
    return Group(_home(accesses[0]), OfferingRows(tuple(choice.offering for choice in kept.values())), kept)


def _as_held(choice: Choice, accesses: Iterable[Access]) -> Choice:
    """Return a choice as a key that opens it already may keep it: also through a permission that is not offered."""
    homes = tuple({_home(access).id: _home(access) for access in accesses}.values())
    if choice.reason is not None:
        warning = choice.reason if choice.permission.id == homes[0].id else choice.warning
        return replace(choice, permission=homes[0], alternatives=homes[1:], reason=None, warning=warning)
    offered = {one.id for one in (choice.permission, *choice.alternatives)}
    others = tuple(home for home in homes if home.id not in offered)
    return replace(choice, alternatives=(*choice.alternatives, *others))


def _home(access: Access) -> Permission:
    return replace(access.permission, offerings=()) if access.permission is not None else OPEN


def _kept(access: Access, now: datetime) -> Choice:
    is_expired = access.permission is not None and catalogue.is_expired(access.permission, now)
    return Choice(access.offering, _home(access), warning=_ENDED if is_expired else None)


def _for_type(group: Group, key_type: KeyType) -> Group:
    """Say of what only an OAUTH2 key may open that another key can't."""
    if key_type is KeyType.OAUTH2:
        return group
    marked = {id_: _without_oauth(choice) for id_, choice in group.marked.items()}
    reason = group.reason or (_ONLY_OAUTH if group.permission.only_oauth else None)
    return replace(group, marked=marked, reason=reason)


def _without_oauth(choice: Choice) -> Choice:
    if not choice.permission.only_oauth:
        return replace(choice, alternatives=tuple(one for one in choice.alternatives if not one.only_oauth))
    other = next((one for one in choice.alternatives if not one.only_oauth), None)
    if other is not None:
        return _without_oauth(choice.through(other.id))
    return replace(choice, alternatives=(), reason=choice.reason or _ONLY_OAUTH)


_ENDED = Text("The permission has ended: untick it, or keep it until it is extended.")
_ONLY_OAUTH = Text("Only an OAuth2 key can open this service.")
