"""What an account may open, by service and layer name, so that thousands of layers are looked up quickly."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timezone
from typing import Collection, Iterable, Mapping, Tuple

from ...entrepot.models import Access, KeyType, Offering, OfferingType
from ..draft import Grant
from ..services.catalogue import Catalogue, Choice, is_expired
from ..services.connection_plans import served_layers
from ..services.url_templates import PG_TILESERV
from ..upkeep.overview import KeyOverview
from .sources import LayerSource

NEVER = datetime.max.replace(tzinfo=timezone.utc)
Service = Tuple[str, str]
"""Endpoint and layer name."""
Asked = Tuple[Tuple[Service, ...], ...]
"""What a source asks for: of each of its layers, the services that may offer it."""
_ENDPOINTS: Mapping[OfferingType, tuple[str, ...]] = {
    OfferingType.WMS_VECTOR: ("wms-v",),
    OfferingType.WMS_RASTER: ("wms-r",),
    OfferingType.WFS: ("wfs",),
    OfferingType.WMTS_TMS: ("wmts", "tms"),
    OfferingType.VECTOR_TMS: (PG_TILESERV,),
}
# The types that QGIS has a way to use.
_USABLE = frozenset({KeyType.BASIC, KeyType.HASH, KeyType.OAUTH2})


@dataclass(frozen=True)
class AccountRights:
    """What is known of an account: its keys with what they open, and its permissions as a catalogue.

    A key whose accesses were not read (None) counts as one that opens nothing. `without_secret` are the ids of keys
    that can't be used before somebody types their password.
    """

    keys: tuple[KeyOverview, ...]
    catalogue: Catalogue
    account_id: str = ""
    without_secret: Collection[str] = frozenset()


@dataclass(frozen=True)
class KeyRights:
    """What a key opens, each until when, and the permissions that it has an access through."""

    row: KeyOverview
    ends: Mapping[Service, datetime]
    permission_ids: frozenset[str]

    def end(self, asked: Asked) -> datetime | None:
        """Return until when the key opens all that is asked for; None when it does not."""
        found = [self._end(services) for services in asked]
        ends = [end for end in found if end is not None]
        return min(ends) if ends and len(ends) == len(found) else None

    def missing(self, asked: Asked) -> Asked:
        """Return what of it the key does not open."""
        return tuple(services for services in asked if self._end(services) is None)

    def grant(self, choice: Choice) -> Grant | None:
        """Return how the key can open a choice through a permission it has; None when it can't."""
        is_oauth = self.row.key.type is KeyType.OAUTH2
        for permission in (choice.permission, *choice.alternatives):
            if permission.id in self.permission_ids and (is_oauth or not permission.only_oauth):
                return Grant(choice.offering.id, permission.id)
        return None

    def _end(self, services: tuple[Service, ...]) -> datetime | None:
        return max((self.ends[service] for service in services if service in self.ends), default=None)


def asked_for(source: LayerSource) -> Asked:
    """Return what a source asks for. A WFS feature type `<layer name>:<table>` is offered under the layer's name."""
    return tuple(
        tuple((source.endpoint, name) for name in (_with_parents(name) if source.endpoint == "wfs" else (name,)))
        for name in source.layer_names
    )


def key_rights(rows: Iterable[KeyOverview], now: datetime) -> tuple[KeyRights, ...]:
    """Return what each key opens that QGIS has a way to use."""
    return tuple(_rights_of(row, now) for row in rows if row.key.type in _USABLE)


def choices_by_service(choices: Iterable[Choice]) -> Mapping[Service, list[Choice]]:
    """Return choices by the services they offer."""
    found: dict[Service, list[Choice]] = {}
    for choice in choices:
        for service in offered(choice.offering):
            found.setdefault(service, []).append(choice)
    return found


def offered(offering: Offering) -> frozenset[Service]:
    """Return the services of an offering: by its type, and by its URL templates where they are known."""
    by_type = ((endpoint, offering.layer_name) for endpoint in _ENDPOINTS.get(offering.type, ()))
    by_url = ((layer.endpoint, layer.name) for layer in served_layers(offering))
    return frozenset((*by_type, *by_url))


def _rights_of(row: KeyOverview, now: datetime) -> KeyRights:
    held = [access for access in row.accesses or () if _holds(access, now)]
    ends: dict[Service, datetime] = {}
    for access in held:
        end = access.permission.end_date if access.permission is not None else None
        for service in offered(access.offering):
            ends[service] = max(end or NEVER, ends.get(service, end or NEVER))
    return KeyRights(row, ends, frozenset(access.permission.id for access in held if access.permission is not None))


def _holds(access: Access, now: datetime) -> bool:
    return access.permission is None or not is_expired(access.permission, now)


def _with_parents(name: str) -> tuple[str, ...]:
    """Return a name and what stands before each of its colons, the longest first."""
    parts = name.split(":")
    return tuple(":".join(parts[:count]) for count in range(len(parts), 0, -1))
