"""What is kept of the window: read at each start of QGIS, hence on its own.

What other settings are made of would be imported with them.
"""

from __future__ import annotations

from .setting import Setting

DOCK_VISIBLE = Setting("window/dock_visible", False, "Whether the panel was open when QGIS was closed.")
