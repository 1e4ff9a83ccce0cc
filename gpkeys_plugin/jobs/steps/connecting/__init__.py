"""From what services answer to the connections that are written into QGIS."""
