"""What the window remembers from one session of QGIS to the next."""

from __future__ import annotations

from ...store.window_settings import (
    ADDS_NEW_LAYERS,
    DOWNLOAD_FOLDER,
    KEY_FILTERS_OPEN,
    KEY_ORDER,
    KEY_SERVICE,
    KEY_TYPE,
    KEYS_FROM_END,
    KEYS_TO_LOOK_AT,
    LAST_TAB,
    PERMISSIONS_SHOWN,
    USAGE_IN_TABLE,
    USAGE_MEASURE,
    USAGE_PERIOD,
)

__all__ = [
    "ADDS_NEW_LAYERS",
    "DOWNLOAD_FOLDER",
    "KEYS_FROM_END",
    "KEYS_TO_LOOK_AT",
    "KEY_FILTERS_OPEN",
    "KEY_ORDER",
    "KEY_SERVICE",
    "KEY_TYPE",
    "LAST_TAB",
    "PERMISSIONS_SHOWN",
    "USAGE_IN_TABLE",
    "USAGE_MEASURE",
    "USAGE_PERIOD",
]
