"""What an account may put into a key: its services, grouped by the permission that opens them."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime, timezone
from functools import cached_property
from itertools import compress
from typing import Iterable, Iterator, Mapping, Sequence

from ...entrepot.models import Offering, Permission
from ...entrepot.translatable_text import Text
from ..draft import Grant
from ..last_day import last_day
from .search_folding import folded
from .titles import NO_TITLES, TitleBook

_NEVER = datetime.max.replace(tzinfo=timezone.utc)
_GONE = frozenset({"UNPUBLISHING", "UNPUBLISHED"})


@dataclass(frozen=True)
class Choice:
    """An offering to tick. `permission` is the one it would be opened through, `alternatives` the other ones.

    `reason` says why it cannot be ticked (None when it can), `warning` what to know before ticking it. `grant` is the
    choice as a draft holds it, made beforehand: a hundred thousand of them are ticked at once.
    """

    offering: Offering
    permission: Permission
    alternatives: tuple[Permission, ...] = ()
    reason: Text | None = None
    warning: Text | None = None
    grant: Grant = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "grant", Grant(self.offering.id, self.permission.id or None))

    @property
    def key(self) -> tuple[str, str]:
        """What tells this choice from all others: offering and permission."""
        return (self.offering.id, self.permission.id)

    @property
    def is_selectable(self) -> bool:
        """Whether it can be ticked."""
        return self.reason is None

    def through(self, permission_id: str) -> Choice:
        """Return the same offering through one of the alternatives."""
        found = next(other for other in self.alternatives if other.id == permission_id)
        rest = tuple(other for other in (self.permission, *self.alternatives) if other.id != permission_id)
        return replace(self, permission=found, alternatives=rest)


@dataclass(frozen=True)
class Group:
    """A permission and the choices shown below it."""

    permission: Permission
    choices: tuple[Choice, ...] = ()

    @cached_property
    def folded_licence(self) -> str:
        """What a search for the whole group looks through."""
        return folded(self.permission.licence)

    @cached_property
    def search_texts(self) -> tuple[str, ...]:
        """What a search looks through, a text a choice: all but the licence of the group and the title."""
        return tuple(_search_text(choice, self.permission) for choice in self.choices)

    @cached_property
    def layer_names(self) -> tuple[str, ...]:
        """The layer names without case, a name a choice: by them a book of titles is asked."""
        return tuple(_uncased(choice.offering.layer_name) for choice in self.choices)


@dataclass(frozen=True)
class Catalogue:
    """Everything an account may see: current permissions, then expired ones, to be folded away."""

    groups: tuple[Group, ...] = ()
    expired: tuple[Group, ...] = ()

    @cached_property
    def choices(self) -> tuple[Choice, ...]:
        """All choices of the current permissions."""
        return tuple(choice for group in self.groups for choice in group.choices)

    @cached_property
    def by_offering(self) -> Mapping[str, Choice]:
        """The same by the ids of their offerings."""
        return {choice.offering.id: choice for choice in self.choices}

    def prepared(self) -> Catalogue:
        """Return the catalogue with all worked out that a window asks of it; for a worker, it takes its time."""
        for group in (*self.groups, *self.expired):
            _ = group.folded_licence, group.search_texts, group.layer_names
        _ = self.by_offering
        return self

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


def search(catalogue: Catalogue, text: str, titles: TitleBook = NO_TITLES) -> Catalogue:
    """Return what of the catalogue holds every word of `text` in title, layer name, licence or type."""
    words = folded(text).split()
    if not words:
        return catalogue
    find = titles.folded_titles
    current, expired = (tuple(_matching(groups, words, find)) for groups in (catalogue.groups, catalogue.expired))
    return Catalogue(current, expired)


def _current_groups(permissions: Sequence[Permission]) -> tuple[Group, ...]:
    holders: dict[str, list[Permission]] = {}
    for permission in permissions:
        for offering_id in _ids(permission.offerings):
            holders.setdefault(offering_id, []).append(permission)
    ranked = {offering_id: sorted(found, key=_rank, reverse=True) for offering_id, found in holders.items()}
    groups = (_current_group(permission, ranked) for permission in permissions)
    return tuple(group for group in groups if group.choices or not group.permission.offerings)


def _current_group(permission: Permission, ranked: dict[str, list[Permission]]) -> Group:
    own = [offering for offering in _offerings(permission) if ranked[offering.id][0] is permission]
    return Group(
        permission,
        tuple(
            Choice(offering, permission, tuple(ranked[offering.id][1:]), _reason(offering), _warning(offering))
            for offering in own
        ),
    )


def _expired_group(permission: Permission) -> Group:
    ended = last_day(permission.end_date) if permission.end_date is not None else ""
    reason = Text("The permission ended on {date}. Ask its producer to extend it.", {"date": ended})
    return Group(permission, tuple(Choice(offering, permission, (), reason) for offering in _offerings(permission)))


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


def _matching(groups: Iterable[Group], words: Sequence[str], titles: Mapping[str, str]) -> Iterator[Group]:
    for group in groups:
        left = [word for word in words if word not in group.folded_licence]
        choices = _holding(group, left, titles) if left else group.choices
        if len(choices) == len(group.choices):
            if choices or not left:
                yield group
        elif choices:
            yield replace(group, choices=choices)


def _holding(group: Group, words: Sequence[str], titles: Mapping[str, str]) -> tuple[Choice, ...]:
    """Return the choices that hold all words, each in its text or its title."""
    # Nothing is made for a choice here, not even a tuple: a hundred thousand are looked through at each key stroke.
    find, held = titles.get, [True] * len(group.choices)
    for word in words:
        texts, names = group.search_texts, group.layer_names
        held = [was and (word in text or word in find(name, "")) for was, text, name in zip(held, texts, names)]
    return tuple(compress(group.choices, held))


def _search_text(choice: Choice, home: Permission) -> str:
    licences = (other.licence for other in (choice.permission, *choice.alternatives) if other is not home)
    kind = choice.offering.type.value
    return " ".join(map(folded, (choice.offering.layer_name, kind, kind.replace("-", " "), *licences)))


def _uncased(name: str) -> str:
    without_case = name.casefold()
    # One string, not two alike: most layer names are in lower case.
    return name if name == without_case else without_case
