"""Keys in QGIS's own places: the Browser panel, the search bar, the message bar, the dialogs of algorithms."""
