"""What an account has, and what it has after a change."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Sequence

from ...entrepot.models import Account, Key, KeyType, Permission
from ..services.catalogue import Catalogue
from ..services.titles import NO_TITLES, TitleBook


@dataclass(frozen=True)
class Holdings:
    """What the signed-in account has: itself, all permissions, the short form of its keys.

    `catalogue` is what the permissions let it choose from, `titles` are those of its services that are known by now.
    """

    account: Account
    permissions: tuple[Permission, ...]
    keys: tuple[Key, ...]
    catalogue: Catalogue = field(repr=False)
    titles: TitleBook = field(default=NO_TITLES, repr=False, compare=False)

    @property
    def oauth2_key(self) -> Key | None:
        """The account's OAUTH2 key: it can have one."""
        return next((key for key in self.keys if key.type is KeyType.OAUTH2), None)

    def with_key(self, key: Key) -> Holdings:
        """Return the same with a key as it is now; it takes the place of the one that had its id or its name."""
        places = [place for place, known in enumerate(self.keys) if key.id == known.id or key.name == known.name]
        others = [known for place, known in enumerate(self.keys) if place not in places]
        others.insert(places[0] if places else len(others), key)
        return self._with_keys(others)

    def without_key(self, name: str) -> Holdings:
        """Return the same without the key of a name: an account has each name once."""
        return self._with_keys([key for key in self.keys if key.name != name])

    def _with_keys(self, keys: Sequence[Key]) -> Holdings:
        used = self.account.keys_use
        account = replace(self.account, keys_use=None if used is None else used + len(keys) - len(self.keys))
        return replace(self, account=account, keys=tuple(keys))
