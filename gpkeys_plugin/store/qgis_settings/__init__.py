"""QGIS's settings: how one of the plugin's is kept among them, and whether their file takes and keeps what is set."""
