"""Which key of an account opens already all that is ticked for a new one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from typing import AbstractSet, Iterable, Iterator, Mapping, Sequence

from ...entrepot.models import Access, Key, OfferingType, Permission
from ..draft import Grants
from .overview import CONNECTABLE, KeyOverview

ENDS_SOON = timedelta(days=30)
"""What ends within that is no help where a new key would go on."""

_DRAWN = frozenset(
    {
        OfferingType.WMS_VECTOR,
        OfferingType.WMS_RASTER,
        OfferingType.WFS,
        OfferingType.WMTS_TMS,
        OfferingType.VECTOR_TMS,
    }
)
_STEP = 1000
_LONG_AGO = datetime.min.replace(tzinfo=timezone.utc)


@dataclass(frozen=True)
class OpeningKey:
    """A key that opens all that is ticked, and the ids of all that it opens for as long as a new key would.

    `has_layers`: some of what is ticked can be drawn.
    """

    key: Key
    offering_ids: AbstractSet[str]
    has_layers: bool


def find_in_steps(
    rows: Iterable[KeyOverview], ticked: Grants, permissions: Iterable[Permission], now: datetime
) -> Iterator[OpeningKey | None]:
    """Yield None after each short step, then the key where there is one: one that QGIS holds, else the newest.

    A key counts by what was read of it: QGIS can use it, and it opens all that is ticked, through permissions that
    still hold and do not end soon where those of the new key go on.
    """
    ends: dict[str | None, datetime | None] = {permission.id: permission.end_date for permission in permissions}
    for row in sorted(rows, key=_rank, reverse=True):
        accesses = row.accesses or ()
        if not ticked or row.key.type not in CONNECTABLE or len(accesses) < len(ticked):
            continue
        opened = set[str]()
        for begin in range(0, len(accesses), _STEP):
            part = accesses[begin : begin + _STEP]
            opened.update(access.offering.id for access in part if _counts(access, ticked, ends, now))
            yield None
        if ticked.offering_ids <= opened:
            yield OpeningKey(row.key, opened, _has_layers(accesses, ticked))
            return


def _rank(row: KeyOverview) -> tuple[bool, datetime]:
    return row.is_connected, row.key.creation or _LONG_AGO


def _counts(access: Access, ticked: Grants, ends: Mapping[str | None, datetime | None], now: datetime) -> bool:
    end = access.permission.end_date if access.permission is not None else None
    if end is None or end > now + ENDS_SOON:
        return True
    wanted_end = ends.get(ticked.permission_id(access.offering.id))
    return end > now and wanted_end is not None and wanted_end <= end


def _has_layers(accesses: Sequence[Access], ticked: Grants) -> bool:
    wanted = ticked.offering_ids
    return any(access.offering.type in _DRAWN and access.offering.id in wanted for access in accesses)
