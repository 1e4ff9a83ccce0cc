"""What is kept of the window: read at each start of QGIS, hence on its own.

What other settings are made of would be imported with them.
"""

from __future__ import annotations

from .setting import Setting

DOCK_VISIBLE = Setting("window/dock_visible", False, "Whether the panel was open when QGIS was closed.")
ADDS_NEW_LAYERS = Setting(
    "window/adds_new_layers", True, "Whether the layers of a new key are added to the map as soon as it is made."
)
KEY_ORDER = Setting("window/key_order", "name", "What the list of keys is sorted by.")
KEYS_END = Setting("window/keys_end", False, "Whether a permission of a key that QGIS holds is known to end.")
