"""What this QGIS holds for a key, and who uses the key here."""

from __future__ import annotations

from qgis.core import QgsProject

from ...entrepot.models import KeyDetails, KeyType
from ...keys.draft import HashStorage
from ...store import connections, key_uses
from ...store.configurations import auth_configs
from ...store.records import connection_origins, installed_keys
from ...store.records.installed_keys import InstalledKey
from ..values import HeldKey
from .account_sessions import SignedIn
from .key_configurations import unrecorded


def held_key(details: KeyDetails, signed_in: SignedIn) -> HeldKey:
    """Return what QGIS holds for a key; on the main thread only."""
    installed = installed_keys.find(signed_in.api_url, details.key.id)
    authcfg = _own(details, installed, signed_in)
    borrowed = installed.borrowed_authcfgs if installed is not None else ()
    noted = installed.connections if installed is not None else ()
    written = connections.ours(connection_origins.written_for(details.key.id, noted))
    # The configuration of an OAUTH2 key is that of the account: others may use it for other things.
    shared = details.key.type is KeyType.OAUTH2
    own = borrowed if shared else (authcfg, *borrowed)
    found = key_uses.connections_with(hash_value=details.hash, authcfgs=own)
    layers = key_uses.project_layers_with(QgsProject.instance(), hash_value=details.hash, authcfgs=(authcfg, *borrowed))
    return HeldKey(
        authcfg=authcfg,
        connections=written,
        other_connections=tuple(connection for connection in found if connection not in written),
        layer_names=tuple(layer.name for layer in layers),
        layer_ids=tuple(layer.layer_id for layer in layers),
        hash_storage=_storage(details, installed, authcfg),
        borrowed_authcfgs=borrowed,
    )


def _own(details: KeyDetails, installed: InstalledKey | None, signed_in: SignedIn) -> str:
    if installed is None:
        return unrecorded(signed_in, details.key.name, details.key.type)
    # What is not there holds no password: it has to be typed.
    is_there = details.key.type is not KeyType.BASIC or auth_configs.exists(installed.authcfg)
    return installed.authcfg if is_there else ""


def _storage(details: KeyDetails, installed: InstalledKey | None, authcfg: str) -> HashStorage | None:
    if details.key.type is not KeyType.HASH or not (installed or authcfg):
        return None
    return HashStorage.HEADER if authcfg else HashStorage.URL
