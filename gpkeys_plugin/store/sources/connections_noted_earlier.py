"""Connections that a version up to 0.4.0 wrote after a later one had been here, as it noted them: the plugin's, too.

Those versions note in QGIS's settings what they write. What they had noted before the first upgrade still stands there,
so that a note may be older than our record, or of a connection that is another's by now. What QGIS has tells, and the
record of what is installed, which every version keeps. Settings are only read here: on any thread.
"""

from __future__ import annotations

from typing import Sequence

from qgis.core import QgsSettings

from ...keys.services.layer_recipes import WrittenConnection, list_of
from .. import connections
from ..connections import StoredConnection
from ..records import connection_origins, installed_keys, known_hashes
from ..records.connection_origins import Differing, Origin


def adopt() -> None:
    """Record those that QGIS has just as they are noted; once or often, it comes to the same.

    Raises GpkeysError when that cannot be written.
    """
    connection_origins.adopt_noted(_newer)


def _newer(pairs: Sequence[Differing]) -> list[Origin]:
    # Read after the records of connections: a rotation changes those last.
    profile = _Profile()
    return [noted for noted, known in pairs if profile.is_as_noted(noted, known)]


class _Profile:
    """What the profile tells of a connection, besides its record, read once for many of them."""

    def __init__(self) -> None:
        self._settings = QgsSettings()
        self._hash_owners = known_hashes.owners()
        self._holders = _holders()

    def is_as_noted(self, noted: Origin, known: Origin | None) -> bool:
        """Return whether the connection is the one that is noted, and not the one that is known under its name."""
        stored = connections.read(noted.connection.kind, noted.connection.name, settings=self._settings)
        if stored is None or (stored.plain_url, stored.authcfg) != (noted.url, noted.authcfg):
            return False
        if not self._may_be_of(noted.owner, stored):
            return False
        return known is None or not _may_be(stored, known) or self._has_gone_over(noted, known)

    def _may_be_of(self, key_id: str, stored: StoredConnection) -> bool:
        """Return whether no other key is known to have a connection, or the hash in its URL.

        A connection that was mended carries the hash of another key than it was written for.
        """
        holders = self._holders.get(_place(stored.connection), frozenset())
        hash_owner = self._hash_owners.get(known_hashes.digest_of(stored.hash)) if stored.hash else None
        return (not holders or key_id in holders) and hash_owner in (None, key_id)

    def _has_gone_over(self, noted: Origin, known: Origin) -> bool:
        """Return whether the key that is known has lost a connection to the one that is noted, as by a rotation."""
        holders = self._holders.get(_place(noted.connection), frozenset())
        return noted.owner in holders and known.owner not in holders


def _may_be(stored: StoredConnection, known: Origin) -> bool:
    """Return whether a connection is the one that is known; QGIS may have dropped its configuration.

    It does so when a profile goes from QGIS 3.22 to 3.30 or later, or back: `configurations.stripped_connections`.
    """
    is_stripped = not stored.authcfg and stored.hash is None
    return stored.plain_url == known.url and (stored.authcfg == known.authcfg or is_stripped)


def _holders() -> dict[tuple[str, str], frozenset[str]]:
    """Return the keys for which a connection is noted as installed, by its list and name."""
    found: dict[tuple[str, str], frozenset[str]] = {}
    for key in installed_keys.installed():
        for connection in key.connections:
            place = _place(connection)
            found[place] = found.get(place, frozenset()) | {key.key_id}
    return found


def _place(connection: WrittenConnection) -> tuple[str, str]:
    return list_of(connection.kind), connection.name
