"""What the window looks like: contrast, read from rendered pixels, in QGIS's own themes."""
