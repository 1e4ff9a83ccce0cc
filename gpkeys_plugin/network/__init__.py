"""`requests` over QGIS's network stack, and the sign-in."""
