"""Authentication configurations in QGIS's encrypted database, and what opens it."""
