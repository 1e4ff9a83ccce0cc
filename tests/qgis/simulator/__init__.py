"""The simulator itself, before QGIS: what it serves can be drawn."""
