"""Reference systems that QGIS is to know for the whole session, whatever thread meets them next."""

from __future__ import annotations

from typing import Iterable

from qgis.core import QgsCoordinateReferenceSystem

from ..keys.services.reference_systems import WEB_MERCATOR
from .layer_extents import DEGREES
from .main_thread_guard import require_main_thread

_USUAL = (DEGREES, "CRS:84", WEB_MERCATOR)


def keep_known(codes: Iterable[str]) -> None:
    """Have QGIS meet these reference systems, and the usual ones, on the main thread before a worker does.

    QGIS (3.22 to 3.44) keeps one that a worker met first in its cache, and when that worker's thread has ended it is
    void for all others: a layer in it draws nothing from then on, in the whole session.
    """
    require_main_thread("meeting reference systems")
    for code in {*_USUAL, *codes}:
        QgsCoordinateReferenceSystem.fromOgcWmsCrs(code)
