"""What an account may put into a key: its services, grouped by the permission that opens them."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime, timezone
from functools import cached_property
from itertools import compress
from typing import AbstractSet, Iterable, Iterator, Mapping, Sequence

from ...entrepot.models import Offering, OfferingType, Permission
from ...entrepot.translatable_text import Text
from ..draft import Grant
from ..last_day import last_day
from .search_folding import folded

_NEVER = datetime.max.replace(tzinfo=timezone.utc)
_GONE = frozenset({"UNPUBLISHING", "UNPUBLISHED"})
_TYPE_WORDS = {kind: f"{folded(kind.value)} {folded(kind.value.replace('-', ' '))}" for kind in OfferingType}


@dataclass(frozen=True)
class Choice:
    """An offering to tick. `permission` is the one it would be opened through, `alternatives` the other ones.

    `reason` says why it cannot be ticked (None when it can), `warning` what to know before ticking it.
    """

    offering: Offering
    permission: Permission
    alternatives: tuple[Permission, ...] = ()
    reason: Text | None = None
    warning: Text | None = None

    @property
    def key(self) -> tuple[str, str]:
        """What tells this choice from all others: offering and permission."""
        return (self.offering.id, self.permission.id)

    @property
    def is_selectable(self) -> bool:
        """Whether it can be ticked."""
        return self.reason is None

    @property
    def grant(self) -> Grant:
        """The choice as a draft holds it."""
        return Grant(self.offering.id, self.permission.id or None)

    def through(self, permission_id: str) -> Choice:
        """Return the same offering through one of the alternatives."""
        found = next(other for other in self.alternatives if other.id == permission_id)
        rest = tuple(other for other in (self.permission, *self.alternatives) if other.id != permission_id)
        return replace(self, permission=found, alternatives=rest)


@dataclass(frozen=True)
class OfferingRows:
    """Offerings in order, and what a search looks through of each, worked out once."""

    offerings: tuple[Offering, ...] = ()

    @cached_property
    def search_texts(self) -> tuple[str, ...]:
        """Layer name and type of each, folded."""
        return tuple(f"{folded(one.layer_name)} {_TYPE_WORDS[one.type]}" for one in self.offerings)

    @cached_property
    def uncased_names(self) -> tuple[str, ...]:
        """The layer name of each without case: by that a book of titles is asked."""
        return tuple(_uncased(one.layer_name) for one in self.offerings)


@dataclass(frozen=True)
class Group:
    """A permission and the offerings shown below it.

    Each is a choice that is made when it is asked for: a hundred thousand that stay in memory are gone through by
    Python's garbage collector time and again, and the window stands still meanwhile. `marked` are those with more to
    say than that the permission opens them, by offering id; `reason` is why none of the others can be ticked.
    """

    permission: Permission
    rows: OfferingRows = OfferingRows()
    marked: Mapping[str, Choice] = field(default_factory=dict)
    reason: Text | None = None

    def __len__(self) -> int:
        return len(self.rows.offerings)

    def choice(self, row: int) -> Choice:
        """Return the choice in a place."""
        return self._choice(self.rows.offerings[row])

    @property
    def choices(self) -> tuple[Choice, ...]:
        """All choices, made anew each time."""
        return tuple(map(self._choice, self.rows.offerings))

    @cached_property
    def grants(self) -> Mapping[str, str | None]:
        """What can be ticked, in order: offering ids, and the permission each would be opened through."""
        if self.marked:
            return {grant.offering_id: grant.permission_id for grant in self._grants()}
        ids = (offering.id for offering in self.rows.offerings)
        return {} if self.reason is not None else dict.fromkeys(ids, self.permission.id or None)

    @cached_property
    def is_selectable(self) -> bool:
        """Whether any of it can be ticked."""
        return any(True for _ in self._grants())

    @cached_property
    def folded_licence(self) -> str:
        """What a search for the whole group looks through."""
        return folded(self.permission.licence)

    def only(self, is_kept: Iterable[bool]) -> Group:
        """Return the group with some of its rows."""
        return replace(self, rows=OfferingRows(tuple(compress(self.rows.offerings, is_kept))))

    def _choice(self, offering: Offering) -> Choice:
        return self.marked.get(offering.id) or Choice(offering, self.permission, reason=self.reason)

    def _grants(self) -> Iterator[Grant]:
        own = self.permission.id or None
        for offering in self.rows.offerings:
            choice = self.marked.get(offering.id)
            if choice is None and self.reason is None:
                yield Grant(offering.id, own)
            elif choice is not None and choice.is_selectable:
                yield choice.grant


@dataclass(frozen=True)
class Catalogue:
    """Everything an account may see: current permissions, then expired ones, to be folded away."""

    groups: tuple[Group, ...] = ()
    expired: tuple[Group, ...] = ()

    @property
    def choices(self) -> tuple[Choice, ...]:
        """All choices of the current permissions, made anew each time."""
        return tuple(choice for group in self.groups for choice in group.choices)

    @cached_property
    def homes(self) -> Mapping[str, Group]:
        """The groups of the current offerings, by their ids."""
        return {offering.id: group for group in self.groups for offering in group.rows.offerings}

    @cached_property
    def expired_ids(self) -> AbstractSet[str]:
        """The ids of the offerings of expired permissions."""
        return {offering.id for group in self.expired for offering in group.rows.offerings}

    def lists(self, offering_id: str) -> bool:
        """Say whether a permission, current or expired, opens an offering."""
        return offering_id in self.homes or offering_id in self.expired_ids

    def prepared(self) -> Catalogue:
        """Return the catalogue with all worked out that a window asks of it; for a worker, it takes its time."""
        for group in (*self.groups, *self.expired):
            _ = group.grants, group.folded_licence, group.rows.search_texts, group.rows.uncased_names
        _ = self.homes, self.expired_ids
        return self

    def grants_through(self, permission: Permission) -> tuple[Grant, ...]:
        """Return what can be ticked of a current permission, through it even where another one opens it too."""
        homes = ((offering.id, self.homes.get(offering.id)) for offering in permission.offerings)
        return tuple(Grant(id_, permission.id) for id_, home in homes if home is not None and id_ in home.grants)

    def find(self, grant: Grant) -> Choice | None:
        """Return the choice of a grant, through an alternative permission if the grant names one."""
        for choice in self.choices:
            if choice.grant == grant:
                return choice
            if choice.offering.id == grant.offering_id and grant.permission_id in _ids(choice.alternatives):
                return choice.through(str(grant.permission_id))
        return None


def build(permissions: Iterable[Permission], now: datetime) -> Catalogue:
    """Return the catalogue of `permissions`: each current offering once, under the best permission for it."""
    known = sorted({permission.id: permission for permission in permissions}.values(), key=_licence_order)
    current = [permission for permission in known if not is_expired(permission, now)]
    expired = [permission for permission in known if is_expired(permission, now)]
    return Catalogue(_current_groups(current), tuple(_expired_group(permission) for permission in expired))


def is_expired(permission: Permission, now: datetime) -> bool:
    """Return whether a permission has ended at `now`."""
    return permission.end_date is not None and permission.end_date <= now


def _current_groups(permissions: Sequence[Permission]) -> tuple[Group, ...]:
    first: dict[str, Permission] = {}
    several: dict[str, list[Permission]] = {}
    for permission in permissions:
        for offering_id in _ids(permission.offerings):
            if first.setdefault(offering_id, permission) is not permission:
                several.setdefault(offering_id, [first[offering_id]]).append(permission)
    ranked = {offering_id: sorted(found, key=_rank, reverse=True) for offering_id, found in several.items()}
    groups = (_current_group(permission, ranked) for permission in permissions)
    return tuple(group for group in groups if len(group) or not group.permission.offerings)


def _current_group(permission: Permission, ranked: Mapping[str, Sequence[Permission]]) -> Group:
    alone = (permission,)
    found = ((offering, ranked.get(offering.id, alone)) for offering in _offerings(permission))
    own = [(offering, holders) for offering, holders in found if holders[0] is permission]
    choices = (_marked(offering, permission, holders) for offering, holders in own)
    marked = {choice.offering.id: choice for choice in choices if choice is not None}
    return Group(permission, OfferingRows(tuple(offering for offering, _ in own)), marked)


def _marked(offering: Offering, permission: Permission, holders: Sequence[Permission]) -> Choice | None:
    reason, warning = _reason(offering), _warning(offering)
    if len(holders) == 1 and reason is None and warning is None:
        return None
    return Choice(offering, permission, tuple(holders[1:]), reason, warning)


def _expired_group(permission: Permission) -> Group:
    ended = last_day(permission.end_date) if permission.end_date is not None else ""
    reason = Text("The permission ended on {date}. Ask its producer to extend it.", {"date": ended})
    return Group(permission, OfferingRows(tuple(_offerings(permission))), reason=reason)


def _rank(permission: Permission) -> tuple[datetime, bool]:
    return (permission.end_date or _NEVER, not permission.only_oauth)


def _reason(offering: Offering) -> Text | None:
    if offering.status in _GONE:
        return Text("Its producer has taken this service offline.")
    return None


def _warning(offering: Offering) -> Text | None:
    if offering.status == "UNSTABLE":
        return Text("The Géoplateforme reports this service as unstable.")
    if offering.status == "PUBLISHING":
        return Text("This service is still being published: it may not answer yet.")
    if offering.status == "MODIFYING":
        return Text("This service is being modified: it may not answer for a while.")
    if not offering.is_available:
        return Text("Its producer has switched this service off for now.")
    return None


def _offerings(permission: Permission) -> list[Offering]:
    unique = {offering.id: offering for offering in permission.offerings}
    return sorted(unique.values(), key=lambda offering: (folded(offering.layer_name), offering.type.value))


def _licence_order(permission: Permission) -> tuple[str, str]:
    return (folded(permission.licence), permission.id)


def _ids(things: Iterable[Permission] | Iterable[Offering]) -> list[str]:
    return list(dict.fromkeys(thing.id for thing in things))


def _uncased(name: str) -> str:
    without_case = name.casefold()
    # One string, not two alike: most layer names are in lower case.
    return name if name == without_case else without_case
