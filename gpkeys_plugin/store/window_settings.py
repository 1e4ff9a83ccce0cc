"""What is kept of the window: read at each start of QGIS, hence on its own.

What other settings are made of would be imported with them.
"""

from __future__ import annotations

from .qgis_settings.setting import Setting

DOCK_VISIBLE = Setting("window/dock_visible", False, "Whether the panel was open when QGIS was closed.")
ADDS_NEW_LAYERS = Setting(
    "window/adds_new_layers", True, "Whether the layers of a new key are added to the map as soon as it is made."
)
KEY_ORDER = Setting("window/key_order", "name", "What the list of keys is sorted by.")
KEYS_FROM_END = Setting("window/keys_from_end", False, "Whether the last of that order comes first.")
KEY_FILTERS_OPEN = Setting("window/key_filters_open", False, "Whether the filters show where there is little room.")
KEY_TYPE = Setting("window/key_type", "", "The type of key that the list of keys shows, empty for all.")
KEY_SERVICE = Setting("window/key_service", "", "The type of service that the listed keys open, empty for all.")
KEYS_TO_LOOK_AT = Setting("window/keys_to_look_at", False, "Whether the list shows only keys to be looked at.")
PERMISSIONS_SHOWN = Setting("window/permissions_shown", "current", "Which permissions are listed: current, expired.")
USAGE_PERIOD = Setting("window/usage_period", "days", "What a key's consumption is shown by: days, months.")
USAGE_MEASURE = Setting("window/usage_measure", "requests", "What of a key's consumption is drawn: requests, bytes.")
USAGE_IN_TABLE = Setting("window/usage_in_table", False, "Whether a key's consumption is shown as a table.")
LAST_TAB = Setting("window/last_tab", "", "The page that was in front when the panel was last used.")
KEYS_END = Setting("window/keys_end", False, "Whether a permission of a key that QGIS holds is known to end.")
DOWNLOAD_FOLDER = Setting("window/download_folder", "", "The folder that was downloaded to last.")
