"""A key as the user is composing it."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum
from functools import cached_property
from typing import Iterable, NamedTuple, Tuple

from ..entrepot.models import KeyType


class HashStorage(Enum):
    """Where QGIS keeps the hash of a HASH key."""

    URL = "URL"
    HEADER = "HEADER"


class Grant(NamedTuple):
    """One offering to be opened through one permission (None for an open offering of a restricted endpoint)."""

    offering_id: str
    permission_id: str | None


class Grants(Tuple[Grant, ...]):
    """Grants, and what the rules ask of all of them at each change of a draft, worked out once."""

    @classmethod
    def of(cls, grants: Iterable[Grant]) -> Grants:
        """Return grants as such, what was worked out of them included."""
        return grants if isinstance(grants, cls) else cls(grants)

    @cached_property
    def permission_ids(self) -> frozenset[str | None]:
        """The permissions they go through."""
        return frozenset(grant.permission_id for grant in self)

    @cached_property
    def has_twins(self) -> bool:
        """Whether an offering is granted twice."""
        return len({grant.offering_id for grant in self}) < len(self)


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
    grants: tuple[Grant, ...] = ()
    type: KeyType = KeyType.BASIC
    login: str = ""
    password: str = field(default_factory=str, repr=False)
    hash_storage: HashStorage = HashStorage.URL
    filters: PlainFilters = PlainFilters()
