"""An account as large as is wanted: permissions with offerings of the types that there are, keys with accesses."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta

from tests.simulator.dataset.made_up_layers import TILE_TABLES, DatasetLayer, Pyramid
from tests.simulator.memory.records import (
    AccessRecord,
    AccountRecord,
    KeyRecord,
    OfferingRecord,
    PermissionRecord,
    utc_now,
)
from tests.simulator.memory.seeds import seed_id
from tests.simulator.memory.state import Holdings

_ROOM = 100
"""How many keys more than it has the account may make."""
_AGE = timedelta(days=100)
# Offerings of a permission take them in turn. None of them needs the OGC server to be described.
_KINDS = (
    DatasetLayer("", "WMTS-TMS", "Carte tuilée", "raster", pyramid=Pyramid("PM", 6, 15, "png")),
    DatasetLayer("", "WMS-RASTER", "Carte", "raster", pyramid=Pyramid("PM", 6, 15, "png")),
    DatasetLayer(
        "", "WMTS-TMS", "Tuiles vectorielles", "vector", pyramid=Pyramid("PM", 8, 14, "pbf"), tile_tables=TILE_TABLES
    ),
    DatasetLayer("", "DOWNLOAD", "Téléchargement", "none"),
    DatasetLayer("", "ALTIMETRY", "Altimétrie", "none"),
)


@dataclass(frozen=True)
class Size:
    """How many permissions, offerings of each, keys, and accesses of each."""

    permissions: int
    offerings: int
    keys: int
    accesses: int


def large_account(account: AccountRecord, size: Size) -> Holdings:
    """Return what the account has beside what the seeds gave it, and the account itself with room for it."""
    sown = Holdings()
    permissions = [_permission(account.username, number, size.offerings) for number in range(size.permissions)]
    sown.permissions = {permission.id: permission for permission in permissions}
    sown.offerings = {offering.id: offering for permission in permissions for offering in permission.offerings}
    for number in range(size.keys):
        key = _key(account.username, number)
        sown.keys[key.id] = key
        for place in range(size.accesses):
            access = _access(key, place, permissions[(number + place) % len(permissions)])
            sown.accesses[access.id] = access
    sown.accounts[account.username] = replace(account, keys_quota=size.keys + _ROOM)
    return sown


def _permission(username: str, number: int, offerings: int) -> PermissionRecord:
    made = utc_now() - _AGE
    return PermissionRecord(
        seed_id("permission", f"{username}/{number}"),
        f"Licence numéro {number:04}",
        tuple(_offering(f"essai.couche_{number:04}_{place:02}", place) for place in range(offerings)),
        made,
        made,
        username=username,
    )


def _offering(name: str, place: int) -> OfferingRecord:
    made, kind = utc_now() - _AGE, _KINDS[place % len(_KINDS)]
    layer = replace(kind, layer_name=name, title=f"{kind.title} {name}")
    return OfferingRecord(seed_id("offering", name), layer, made, made)


def _key(username: str, number: int) -> KeyRecord:
    name, made = f"Clé numéro {number:04}", utc_now() - _AGE
    example = f"FauxHash{number}".ljust(32, "0")
    return KeyRecord(seed_id("key", f"{username}/{name}"), username, name, "HASH", made, made, hash=example)


def _access(key: KeyRecord, place: int, permission: PermissionRecord) -> AccessRecord:
    offering = permission.offerings[place % len(permission.offerings)]
    return AccessRecord(seed_id("access", f"{key.id}/{place}"), key.id, offering, key.creation, permission)
