"""A key as the user is composing it."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum
from functools import cached_property
from itertools import starmap
from typing import AbstractSet, Iterator, Mapping, NamedTuple, Sequence, overload

from ..entrepot.models import KeyType


class HashStorage(Enum):
    """Where QGIS keeps the hash of a HASH key."""

    URL = "URL"
    HEADER = "HEADER"


class Grant(NamedTuple):
    """One offering to be opened through one permission (None for an open offering of a restricted endpoint)."""

    offering_id: str
    permission_id: str | None


class Grants(Sequence[Grant]):
    """The grants of services that are ticked, each offering once; a grant is made when it is asked for.

    At each tick the rules ask for the permissions of all of them, and for no grant.
    """

    def __init__(self, permissions: Mapping[str, str | None]) -> None:
        """Take the permissions by the ids of the offerings."""
        self._permissions = dict(permissions)

    @cached_property
    def permission_ids(self) -> frozenset[str | None]:
        """The permissions they go through."""
        return frozenset(self._permissions.values())

    @property
    def offering_ids(self) -> AbstractSet[str]:
        """The ids of the offerings."""
        return self._permissions.keys()

    def permission_id(self, offering_id: str) -> str | None:
        """Return the permission that an offering is to be opened through; None for an open one, or none of them."""
        return self._permissions.get(offering_id)

    def __len__(self) -> int:
        return len(self._permissions)

    def __iter__(self) -> Iterator[Grant]:
        return starmap(Grant, self._permissions.items())

    @overload
    def __getitem__(self, place: int) -> Grant: ...

    @overload
    def __getitem__(self, place: slice) -> tuple[Grant, ...]: ...

    def __getitem__(self, place: int | slice) -> Grant | tuple[Grant, ...]:
        return tuple(self)[place]

    def __eq__(self, other: object) -> bool:
        return isinstance(other, (Grants, tuple)) and tuple(self) == tuple(other)

    def __hash__(self) -> int:
        return hash(tuple(self))


@dataclass(frozen=True)
class PlainFilters:
    """The filters as the user types them: plain text, not yet escaped into the API's patterns.

    `user_agent` and `referer` are texts that the header must contain. At most one of the two lists is filled.
    """

    whitelist: tuple[str, ...] = ()
    blacklist: tuple[str, ...] = ()
    user_agent: str = ""
    referer: str = ""


@dataclass(frozen=True)
class KeyDraft:
    """Everything the two wizard steps ask for. `login` and `password` count for BASIC only."""

    name: str = ""
    grants: Sequence[Grant] = ()
    type: KeyType = KeyType.BASIC
    login: str = ""
    password: str = field(default_factory=str, repr=False)
    hash_storage: HashStorage = HashStorage.URL
    filters: PlainFilters = PlainFilters()
