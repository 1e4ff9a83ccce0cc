"""What the window remembers from one session of QGIS to the next."""

from __future__ import annotations

from ...store.window_settings import ADDS_NEW_LAYERS, KEY_ORDER

__all__ = ["ADDS_NEW_LAYERS", "KEY_ORDER"]
