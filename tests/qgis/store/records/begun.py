"""A creation that has begun."""

from __future__ import annotations

from gpkeys_plugin.store.records.creations import UnfinishedCreation

API = "https://data.geopf.fr/api"


def begun(name: str = "Réseau d'eau", account_id: str = "camille", api_url: str = API) -> UnfinishedCreation:
    """Return a creation of a HASH key with two services."""
    return UnfinishedCreation.of(
        api_url=api_url,
        account_id=account_id,
        key_name=name,
        key_type="HASH",
        hash_storage="URL",
        known_ids=("k0",),
        grants=(("o1", "p1"), ("o2", None)),
    )
