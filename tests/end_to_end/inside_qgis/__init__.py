"""What scripts share that run inside a QGIS desktop. In QGIS's own Python."""
