"""What mends a layer: the key that opens it, the one that could, a new one, or the road to a permission."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from typing import Iterable, Mapping, Sequence, Union

from ...entrepot.models import Key
from ...entrepot.translatable_text import Text
from ..draft import Grant
from ..rules.short_name import free_name, shortened
from ..services.catalogue import Choice
from .needs import Cause, LayerNeed
from .permission_road import Road, road_to
from .rights import (
    AccountRights,
    Asked,
    KeyRights,
    Service,
    asked_for,
    choices_by_service,
    key_rights,
)


@dataclass(frozen=True)
class NothingToDo:
    """The layer has what it needs, as far as can be said here."""


@dataclass(frozen=True)
class OpenedBy:
    """This key opens it."""

    key: Key


@dataclass(frozen=True)
class CouldBeOpenedBy:
    """This key has a permission that covers it: once these services are added, it opens the layer."""

    key: Key
    grants: tuple[Grant, ...]


@dataclass(frozen=True)
class MayBeOpened:
    """The account may open it with a new key, for these services; `proposed_name` is free among its keys."""

    grants: tuple[Grant, ...]
    proposed_name: str

    @property
    def permission_id(self) -> str | None:
        """The permission that the key is named after."""
        return self.grants[0].permission_id


@dataclass(frozen=True)
class NoPermission:
    """The account may not open it. `reason` is why a permission that it knows does not help, None where it has none."""

    road: Road
    reason: Text | None = None


@dataclass(frozen=True)
class NoSuccessor:
    """It asks the old Géoportail, and nothing that the account may open has its name: most of it is open data today."""


@dataclass(frozen=True)
class SignedOut:
    """What mends it can be said only once somebody is signed in; `road` is told for the SCAN maps all the same."""

    road: Road | None = None


Remedy = Union[NothingToDo, OpenedBy, CouldBeOpenedBy, MayBeOpened, NoPermission, NoSuccessor, SignedOut]


def remedies(needs: Sequence[LayerNeed], account: AccountRights | None, now: datetime) -> tuple[Remedy, ...]:
    """Return what mends each layer, in the order of `needs`; `account` is None where nobody is signed in.

    Of several keys it is one whose secret is at hand, then the one that opens most of the layers, then the one that
    does so longest, then the first.
    """
    if account is None:
        return tuple(_without_account(need) for need in needs)
    finder = _Finder.of(needs, account, now)
    known: dict[tuple[Asked, bool], Remedy] = {}
    for need in needs:
        case = (asked_for(need.source), need.source.is_geoportail)
        if need.cause is not Cause.NONE and case not in known:
            known[case] = finder.remedy(need, case[0])
    return tuple(
        NothingToDo() if need.cause is Cause.NONE else known[asked_for(need.source), need.source.is_geoportail]
        for need in needs
    )


def _without_account(need: LayerNeed) -> Remedy:
    if need.cause is Cause.NONE:
        return NothingToDo()
    road = road_to(need.source.layer_names)
    return SignedOut(road if road.communities else None)


@dataclass(frozen=True)
class _Finder:
    account: AccountRights
    keys: tuple[KeyRights, ...]
    choices: Mapping[Service, list[Choice]]
    refused: Mapping[Service, list[Choice]]
    opened_counts: Mapping[str, int]

    @classmethod
    def of(cls, needs: Sequence[LayerNeed], account: AccountRights, now: datetime) -> _Finder:
        """Return the finder of an account; it counts once how many of the layers each key opens."""
        keys = key_rights(account.keys, now)
        asked = Counter(asked_for(need.source) for need in needs)
        counts = {
            rights.row.key.id: sum(count for one, count in asked.items() if rights.end(one) is not None)
            for rights in keys
        }
        current = account.catalogue.choices
        expired = (choice for group in account.catalogue.expired for choice in group.choices)
        return cls(
            account,
            keys,
            choices_by_service(choice for choice in current if choice.is_selectable),
            choices_by_service((*(choice for choice in current if not choice.is_selectable), *expired)),
            counts,
        )

    def remedy(self, need: LayerNeed, asked: Asked) -> Remedy:
        """Return what mends a layer."""
        return (
            self._opened(asked)
            or self._could_be_opened(asked)
            or self._may_be_opened(asked)
            or self._no_permission(need, asked)
        )

    def _opened(self, asked: Asked) -> Remedy | None:
        opening = [(rights.end(asked), rights) for rights in self.keys]
        ranked = [((*self._rank(rights), end), rights) for end, rights in opening if end is not None]
        return OpenedBy(max(ranked, key=lambda found: found[0])[1].row.key) if ranked else None

    def _could_be_opened(self, asked: Asked) -> Remedy | None:
        for rights in sorted(self.keys, key=self._rank, reverse=True):
            grants = [self._grant_to(rights, services) for services in rights.missing(asked)]
            found = [grant for grant in grants if grant is not None]
            if found and len(found) == len(grants):
                return CouldBeOpenedBy(rights.row.key, tuple(dict.fromkeys(found)))
        return None

    def _grant_to(self, rights: KeyRights, services: Iterable[Service]) -> Grant | None:
        grants = (rights.grant(choice) for choice in _found(self.choices, services))
        return next((grant for grant in grants if grant is not None), None)

    def _may_be_opened(self, asked: Asked) -> Remedy | None:
        choices = [next(iter(_found(self.choices, services)), None) for services in asked]
        found = [choice for choice in choices if choice is not None]
        if not found or len(found) != len(choices):
            return None
        return MayBeOpened(tuple(dict.fromkeys(choice.grant for choice in found)), self._name(found[0]))

    def _no_permission(self, need: LayerNeed, asked: Asked) -> Remedy:
        road = road_to(need.source.layer_names, self.account.account_id)
        refused = (choice.reason for services in asked for choice in _found(self.refused, services))
        reason = next((found for found in refused if found is not None), None)
        is_gone = need.source.is_geoportail and not road.communities and reason is None
        return NoSuccessor() if is_gone else NoPermission(road, reason)

    def _rank(self, rights: KeyRights) -> tuple[bool, int]:
        key_id = rights.row.key.id
        return key_id not in self.account.without_secret, self.opened_counts[key_id]

    def _name(self, choice: Choice) -> str:
        """Return a name for the key that opens a choice: what its permission is called."""
        wanted = shortened(choice.permission.licence) or shortened(choice.offering.layer_name)
        return free_name(wanted, [row.key.name for row in self.account.keys])


def _found(choices: Mapping[Service, list[Choice]], services: Iterable[Service]) -> Iterable[Choice]:
    return (choice for service in services for choice in choices.get(service, ()))
