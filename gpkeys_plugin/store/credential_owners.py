"""Which keys hashes and configurations are those of, as this profile knows: no request, no prompt. Main thread only."""

from __future__ import annotations

from typing import Collection, Iterable, Mapping

from qgis.core import QgsSettings

from . import connections
from .records import connection_origins, known_hashes
from .records.installed_keys import InstalledKey


def owners_of_hashes(hashes: Collection[str], api_url: str | None = None) -> Mapping[str, str]:
    """Return the keys of these hashes: by what was written down of them, and by the connections that carry them."""
    if not hashes:
        return {}
    by_digest, by_connection = known_hashes.owners(api_url), _hashes_in_connections()
    found = ((value, by_connection.get(value) or by_digest.get(known_hashes.digest_of(value))) for value in hashes)
    return {value: key_id for value, key_id in found if key_id}


def owners_of_configurations(installed: Iterable[InstalledKey]) -> Mapping[str, str]:
    """Return the keys by the configurations that hold them."""
    return {authcfg: known.key_id for known in installed for authcfg in known.authcfgs}


def _hashes_in_connections() -> Mapping[str, str]:
    found, settings = dict[str, str](), QgsSettings()
    for origin in connection_origins.recorded():
        kind, name = origin.connection.kind, origin.connection.name
        # One that carries a configuration has no hash to be read.
        stored = None if origin.authcfg else connections.read(kind, name, settings=settings)
        if stored is not None and stored.hash and stored.plain_url == origin.url:
            found[stored.hash] = origin.owner
    return found
