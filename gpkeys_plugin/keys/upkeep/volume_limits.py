"""What is published of the volume that may be asked for in a year.

The one limit known is of the IGN's notice of September 2026 on the licences of SCAN 25, SCAN 100 and SCAN OACI: from
1 November 2026 on, uses open to the public are billed by volume, and free below 1 TB a year.
"""

from __future__ import annotations

from typing import Iterable

from ...entrepot.models import Access

FREE_SCAN_TERABYTES = 1
"""A year."""
_SCAN_MARKS = ("SCAN25", "SCAN100", "SCANOACI", "GEOGRAPHICALGRIDSYSTEMS.MAPS")


def opens_scan(accesses: Iterable[Access]) -> bool:
    """Return whether one of the accesses opens a layer of the IGN's SCAN data, by the names that they have."""
    return any(_is_scan(access.offering.layer_name) for access in accesses)


def _is_scan(layer_name: str) -> bool:
    name = layer_name.upper().replace("-", "").replace("_", "")
    return any(mark in name for mark in _SCAN_MARKS)
