"""An authentication configuration as it was, to be put back under its id; and small looks at one."""

from __future__ import annotations

from base64 import b64encode
from dataclasses import dataclass, field
from typing import Mapping

from qgis.core import QgsAuthMethodConfig

from ...entrepot.errors import GpkeysError
from . import auth_configs


@dataclass(frozen=True)
class AuthSnapshot:
    """A configuration with its secrets, in memory only."""

    id: str
    name: str
    method: str
    entries: Mapping[str, str] = field(repr=False)


def take(authcfg: str) -> AuthSnapshot:
    """Return a configuration as it is now; raises GpkeysError when it is gone or the database is locked."""
    config = auth_configs.loaded(authcfg)
    return AuthSnapshot(authcfg, config.name(), config.method(), dict(config.configMap()))


def put_back(snapshot: AuthSnapshot, *, under: str = "") -> None:
    """Write a snapshot back under its own id, or what it holds under another one of the same method."""

    def change(config: QgsAuthMethodConfig) -> None:
        if not under:
            config.setName(snapshot.name)
        config.setConfigMap(dict(snapshot.entries))

    auth_configs.change(under or snapshot.id, snapshot.method, change)


def rename(authcfg: str, name: str) -> None:
    """Give a configuration another name; one that is gone is no error."""
    method = method_of(authcfg)
    if method:
        auth_configs.change(authcfg, method, lambda config: config.setName(name))


def headers_with(hash_value: str) -> tuple[str, ...]:
    """Return the APIHeader configurations that hold a hash; none while the database is locked, or where QGIS has none.

    Each is read with its secret, which takes some milliseconds.
    """
    if not auth_configs.is_unlocked() or not auth_configs.has_header_method():
        return ()
    listed = (config.id for config in auth_configs.all_configs() if config.method == auth_configs.API_HEADER)
    return tuple(id_ for id_ in listed if header_hash(take(id_)) == hash_value)


def sent_by(authcfg: str) -> frozenset[str]:
    """Return the secrets that a configuration puts into headers, as they stand there; none of one that is gone."""
    try:
        snapshot = take(authcfg)
    except GpkeysError:
        return frozenset()
    if snapshot.method == auth_configs.BASIC:
        login = f"{snapshot.entries.get('username', '')}:{snapshot.entries.get('password', '')}"
        return frozenset({b64encode(login.encode()).decode()})
    return frozenset(filter(None, (header_hash(snapshot),)))


def header_hash(snapshot: AuthSnapshot) -> str:
    """Return the hash that an APIHeader configuration sends, whatever the case of its header."""
    return next((value for name, value in snapshot.entries.items() if name.lower() == auth_configs.HASH_HEADER), "")


def replace_header_hash(authcfg: str, hash_value: str) -> None:
    """Have an APIHeader configuration send another hash, under the name of the header that it has."""

    def change(config: QgsAuthMethodConfig) -> None:
        entries = config.configMap()
        name = next((name for name in entries if name.lower() == auth_configs.HASH_HEADER), auth_configs.HASH_HEADER)
        config.setConfigMap({**entries, name: hash_value})

    auth_configs.change(authcfg, auth_configs.API_HEADER, change)


def method_of(authcfg: str) -> str:
    """Return the method of a configuration, empty when it is gone; never asks for the master password."""
    return next((config.method for config in auth_configs.all_configs() if config.id == authcfg), "")
