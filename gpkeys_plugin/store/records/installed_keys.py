"""What QGIS holds for each key: its authentication configuration and its connections. No secret in it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any, Collection, Iterable

from ...keys.services.connection_plans import ConnectionKind
from ...keys.services.layer_recipes import WrittenConnection
from .record_file import Records


@dataclass(frozen=True)
class InstalledKey:
    """What QGIS holds for a key of the platform at `api_url`.

    `account_id` is whose key it is, empty where an earlier version wrote it down. `key_type` is the API's word.
    `authcfg` is empty for a hash kept in the connections' URLs. `borrowed_authcfgs` are further configurations that
    hold the key, under ids that projects from elsewhere name.
    """

    key_id: str
    key_name: str
    key_type: str
    api_url: str
    authcfg: str = ""
    connections: tuple[WrittenConnection, ...] = ()
    borrowed_authcfgs: tuple[str, ...] = ()
    account_id: str = ""

    @property
    def authcfgs(self) -> tuple[str, ...]:
        """Every configuration that holds the key, its own one first."""
        return tuple(filter(None, (self.authcfg, *self.borrowed_authcfgs)))


def remember(key: InstalledKey) -> tuple[InstalledKey, ...]:
    """Remember what QGIS holds for a key, instead of what was remembered; return what was, of each key this changes.

    A connection is one key's only: where the user has removed one by hand, its name may be another key's by now. So is
    a borrowed id.
    """
    own = _entry_name(key.api_url, key.key_id)
    with _RECORDS.changing() as keys:
        before = dict(keys)
        for name, other in before.items():
            left = tuple(connection for connection in other.connections if connection not in key.connections)
            borrowed = tuple(authcfg for authcfg in other.borrowed_authcfgs if authcfg not in key.authcfgs)
            if (left, borrowed) != (other.connections, other.borrowed_authcfgs):
                keys[name] = replace(other, connections=left, borrowed_authcfgs=borrowed)
        keys[own] = key
        return tuple(known for name, known in before.items() if keys[name] != known)


def put_back(key: InstalledKey, former: Iterable[InstalledKey]) -> None:
    """Have remembered what was before a key was: `former` is what `remember` has returned then."""
    known = {_entry_name(one.api_url, one.key_id): one for one in former}
    with _RECORDS.changing() as keys:
        keys.update(known)
        if _entry_name(key.api_url, key.key_id) not in known:
            keys.pop(_entry_name(key.api_url, key.key_id), None)


def forget(api_url: str, key_id: str) -> None:
    """Forget a key."""
    _RECORDS.remove(_entry_name(api_url, key_id))


def move(api_url: str, old_key_id: str, *, key_id: str, key_name: str) -> None:
    """Say that what QGIS holds for a key is another key's now; nothing happens where QGIS holds nothing."""
    with _RECORDS.changing() as keys:
        held = keys.pop(_entry_name(api_url, old_key_id), None)
        if held is not None:
            keys[_entry_name(api_url, key_id)] = replace(held, key_id=key_id, key_name=key_name)


def forget_borrowed(api_url: str, key_id: str, authcfg: str) -> None:
    """Forget a configuration that holds a key under a borrowed id; a key of which nothing else is here goes with it."""
    with _RECORDS.changing() as keys:
        name = _entry_name(api_url, key_id)
        held = keys.get(name)
        if held is None:
            return
        left = replace(held, borrowed_authcfgs=tuple(id_ for id_ in held.borrowed_authcfgs if id_ != authcfg))
        if left.authcfgs or left.connections:
            keys[name] = left
        else:
            del keys[name]


def find(api_url: str, key_id: str) -> InstalledKey | None:
    """Return what QGIS holds for a key, None for one that is not set up here."""
    return _RECORDS.find(_entry_name(api_url, key_id))


def installed(api_url: str | None = None) -> tuple[InstalledKey, ...]:
    """Return every key set up in this profile, only those of one platform when it is given."""
    return tuple(key for key in _RECORDS.all().values() if api_url in (None, key.api_url))


def of_account(api_url: str, account_id: str) -> tuple[InstalledKey, ...]:
    """Return the keys of a platform that may be an account's: none that is known to be another's.

    All of them for no account.
    """
    return tuple(key for key in installed(api_url) if not account_id or key.account_id in ("", account_id))


def claim(api_url: str, account_id: str, key_ids: Collection[str]) -> None:
    """Note whose keys these are, where that is not known; raises GpkeysError when it cannot be written."""
    if not any(not key.account_id and key.key_id in key_ids for key in installed(api_url)):
        return
    with _RECORDS.changing() as keys:
        for name, key in tuple(keys.items()):
            if key.api_url == api_url and not key.account_id and key.key_id in key_ids:
                keys[name] = replace(key, account_id=account_id)


def _entry_name(api_url: str, key_id: str) -> str:
    return f"{api_url} {key_id}"


def _to_json(key: InstalledKey) -> dict[str, Any]:
    return {
        "key_id": key.key_id,
        "key_name": key.key_name,
        "key_type": key.key_type,
        "api_url": key.api_url,
        "authcfg": key.authcfg,
        "connections": [{"kind": made.kind.value, "name": made.name} for made in key.connections],
        "borrowed_authcfgs": list(key.borrowed_authcfgs),
        "account_id": key.account_id,
    }


def _from_json(_name: str, entry: Any) -> InstalledKey:
    return InstalledKey(
        str(entry["key_id"]),
        str(entry["key_name"]),
        str(entry["key_type"]),
        str(entry["api_url"]),
        str(entry.get("authcfg") or ""),
        tuple(_connections(entry.get("connections") or ())),
        tuple(map(str, entry.get("borrowed_authcfgs") or ())),
        str(entry.get("account_id") or ""),
    )


def _connections(entries: Iterable[Any]) -> Iterable[WrittenConnection]:
    for entry in entries:
        yield WrittenConnection(ConnectionKind(entry["kind"]), str(entry["name"]))


_RECORDS = Records("installed_keys.json", _to_json, _from_json)
