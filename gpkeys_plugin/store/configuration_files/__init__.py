"""Files that carry authentication configurations to another computer, for QGIS to import there."""
