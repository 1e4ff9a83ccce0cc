"""Having QGIS's authentication do its work, and no more than that."""
