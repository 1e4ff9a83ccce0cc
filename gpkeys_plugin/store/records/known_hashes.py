"""Which key a hash is that of, by the hash's digest: a layer that carries it is known, and no record holds a secret.

A hash of the platform is long and drawn at random, so that nobody finds it from its digest.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import Any, Mapping

from .record_file import Records


@dataclass(frozen=True)
class KnownHash:
    """A hash that this QGIS has used: the key of the platform at `api_url` that it belongs to."""

    key_id: str
    api_url: str


def remember(api_url: str, key_id: str, hash_value: str) -> None:
    """Remember whose a hash is; raises GpkeysError when that cannot be written."""
    _RECORDS.write(digest_of(hash_value), KnownHash(key_id, api_url))


def owners(api_url: str | None = None) -> Mapping[str, str]:
    """Return the keys by the digests of their hashes, only those of one platform when it is given."""
    return {digest: known.key_id for digest, known in _RECORDS.all().items() if api_url in (None, known.api_url)}


def digest_of(hash_value: str) -> str:
    """Return what stands for a hash in the record."""
    return hashlib.sha256(hash_value.encode()).hexdigest()


def _to_json(known: KnownHash) -> dict[str, Any]:
    return {"key_id": known.key_id, "api_url": known.api_url}


def _from_json(_name: str, entry: Any) -> KnownHash:
    return KnownHash(str(entry["key_id"]), str(entry["api_url"]))


_RECORDS = Records("known_hashes.json", _to_json, _from_json)
