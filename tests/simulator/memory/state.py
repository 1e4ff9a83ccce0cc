"""The simulated platform's memory, shared by API, gateway, SSO and controls."""

from __future__ import annotations

import secrets
import string
import threading
import uuid
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from copy import deepcopy
from dataclasses import dataclass, field, replace
from datetime import datetime

from tests.simulator.dataset.made_up_layers import DatasetLayer
from tests.simulator.memory.records import (
    AccessRecord,
    AccountRecord,
    HitRecord,
    KeyRecord,
    OfferingRecord,
    PermissionRecord,
    utc_now,
)
from tests.simulator.memory.switches import Switches

_KeyTest = Callable[[KeyRecord], bool]
_HASH_ALPHABET = string.ascii_letters + string.digits
_HASH_LENGTH = 32


def new_id() -> str:
    """A fresh identifier, as the platform draws them."""
    return str(uuid.uuid4())


def new_hash() -> str:
    """A HASH value as the platform draws them: 32 letters and digits."""
    return "".join(secrets.choice(_HASH_ALPHABET) for _ in range(_HASH_LENGTH))


@dataclass
class Holdings:
    """All that the seeds bring and that requests change."""

    accounts: dict[str, AccountRecord] = field(default_factory=dict)
    offerings: dict[str, OfferingRecord] = field(default_factory=dict)
    permissions: dict[str, PermissionRecord] = field(default_factory=dict)
    keys: dict[str, KeyRecord] = field(default_factory=dict)
    accesses: dict[str, AccessRecord] = field(default_factory=dict)
    hits: list[HitRecord] = field(default_factory=list)

    def copy(self) -> Holdings:
        """The same, such that changes of the one are none of the other."""
        # Keys are all that is changed in its place.
        alike = {name: known.copy() for name, known in vars(self).items()}
        return Holdings(**{**alike, "keys": deepcopy(self.keys)})


class State:
    """Holdings and switches behind one lock. Whoever reads and then writes holds `lock` meanwhile."""

    def __init__(self, holdings: Holdings, options: Switches) -> None:
        """Start from seeded holdings; the options given here are those that a reset brings back."""
        self.lock = threading.RLock()
        self.options = options
        self._initial_options = replace(options)
        self._holdings = holdings
        self._remembered = holdings
        self.resets = 0
        self.further_layers: dict[str, dict[str, DatasetLayer]] = {}

    def reset(self, holdings: Holdings) -> None:
        """Forget everything but the given holdings, and turn the switches back."""
        with self.lock:
            self._holdings = holdings
            self.further_layers = {}
            self.resets += 1
            self.options.restore(self._initial_options)

    def add(self, more: Holdings) -> None:
        """Have more, beside or in the place of what there is; its layers are served, too."""
        with self.lock:
            for name, known in vars(self._holdings).items():
                known.extend(more.hits) if name == "hits" else known.update(vars(more)[name])
            for offering in more.offerings.values():
                self.further_layers.setdefault(offering.type, {})[offering.layer_name] = offering.layer

    def remember(self) -> None:
        """Keep what there is, for `recall`."""
        with self.lock:
            self._remembered = self._holdings.copy()

    def recall(self) -> None:
        """Have again what there was when it was last told to remember; switches stay as they are."""
        with self.lock:
            self._holdings = self._remembered.copy()

    @contextmanager
    def rehearsed(self) -> Iterator[None]:
        """Forget afterwards what is done meanwhile in this thread; others wait."""
        with self.lock:
            kept = self._holdings
            self._holdings = deepcopy(kept)
            try:
                yield
            finally:
                self._holdings = kept

    # accounts and permissions

    def account(self, username: str) -> AccountRecord | None:
        """The account of that user name."""
        return self._holdings.accounts.get(username)

    def account_by_login(self, login: str) -> AccountRecord | None:
        """The account whose user name or e-mail address was typed."""
        wanted = login.strip().lower()
        return next((known for known in self.accounts() if wanted in (known.username, known.email)), None)

    def accounts(self) -> list[AccountRecord]:
        """All accounts, in the order of the seeds."""
        return list(self._holdings.accounts.values())

    def offering(self, offering_id: str) -> OfferingRecord | None:
        """The offering of that id, whoever may consume it."""
        return self._holdings.offerings.get(offering_id)

    def permissions_of(self, account: AccountRecord) -> list[PermissionRecord]:
        """Permissions received by the account or by its communities, expired ones included."""
        with self.lock:
            return [known for known in self._holdings.permissions.values() if known.is_for(account)]

    def replace_permission(self, permission: PermissionRecord) -> None:
        """Change a permission, and the accesses that rely on it."""
        with self.lock:
            self._holdings.permissions[permission.id] = permission
            for access in list(self._holdings.accesses.values()):
                if access.permission is not None and access.permission.id == permission.id:
                    self._holdings.accesses[access.id] = replace(access, permission=permission)

    def permission(self, permission_id: str) -> PermissionRecord | None:
        """The permission of that id, whoever received it."""
        return self._holdings.permissions.get(permission_id)

    def remove_permission(self, permission_id: str) -> None:
        """Take a permission away, with the accesses that rely on it."""
        with self.lock:
            self._holdings.permissions.pop(permission_id, None)
            self._remove_accesses(
                access.id
                for access in self._holdings.accesses.values()
                if access.permission is not None and access.permission.id == permission_id
            )

    # keys

    def keys_of(self, username: str) -> list[KeyRecord]:
        """The keys of an account, oldest first."""
        with self.lock:
            return [key for key in self._holdings.keys.values() if key.username == username]

    def key(self, key_id: str) -> KeyRecord | None:
        """The key of that id, whoever owns it."""
        return self._holdings.keys.get(key_id)

    def add_key(self, key: KeyRecord) -> None:
        """Remember a new key."""
        with self.lock:
            self._holdings.keys[key.id] = key

    def remove_key(self, key_id: str) -> None:
        """Forget a key and its accesses."""
        with self.lock:
            self._holdings.keys.pop(key_id, None)
            self._remove_accesses(access.id for access in self._holdings.accesses.values() if access.key_id == key_id)

    def key_by_hash(self, value: str) -> KeyRecord | None:
        """The HASH key of that value."""
        return self._first_key("HASH", lambda key: key.hash == value)

    def key_by_login(self, login: str, password: str | None = None) -> KeyRecord | None:
        """The BASIC key of that login, and of that password when one is given."""
        return self._first_key(
            "BASIC", lambda key: key.login == login and (password is None or key.password == password)
        )

    def key_by_headers(self, headers: dict[str, str]) -> KeyRecord | None:
        """The HEADER key whose every header is among those of a request (names in any case)."""
        received = {name.lower(): value for name, value in headers.items()}
        return self._first_key(
            "HEADER",
            lambda key: (
                bool(key.headers) and all(received.get(name.lower()) == value for name, value in key.headers.items())
            ),
        )

    def oauth2_key_of(self, username: str) -> KeyRecord | None:
        """The OAUTH2 key of an account."""
        return self._first_key("OAUTH2", lambda key: key.username == username)

    def _first_key(self, key_type: str, is_wanted: _KeyTest) -> KeyRecord | None:
        with self.lock:
            return next((key for key in self._holdings.keys.values() if key.type == key_type and is_wanted(key)), None)

    # accesses and hits

    def accesses_of(self, key_id: str) -> list[AccessRecord]:
        """The accesses of a key, oldest first."""
        with self.lock:
            return [access for access in self._holdings.accesses.values() if access.key_id == key_id]

    def add_access(self, access: AccessRecord) -> None:
        """Remember a new access."""
        with self.lock:
            self._holdings.accesses[access.id] = access

    def remove_access(self, access_id: str) -> None:
        """Forget one access."""
        with self.lock:
            self._holdings.accesses.pop(access_id, None)

    def _remove_accesses(self, access_ids: Iterable[str]) -> None:
        for access_id in list(access_ids):
            self.remove_access(access_id)

    def record_hit(self, key_id: str, access_id: str, size: int, moment: datetime | None = None) -> None:
        """Count one answer of the gateway, `size` in bytes."""
        with self.lock:
            key = self._holdings.keys.get(key_id)
            access = self._holdings.accesses.get(access_id)
            if key is None or access is None:
                return
            permission_id = access.permission.id if access.permission is not None else None
            self._holdings.hits.append(
                HitRecord(moment or utc_now(), key.username, key_id, access_id, permission_id, size)
            )

    def hits(self) -> list[HitRecord]:
        """All hits, oldest first."""
        with self.lock:
            return sorted(self._holdings.hits, key=lambda hit: hit.moment)
