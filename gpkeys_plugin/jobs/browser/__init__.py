"""What QGIS holds for keys, for its own Browser panel and search bar."""
