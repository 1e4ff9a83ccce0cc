"""Outside of QGIS: starts it in a throw-away profile, and looks at what it left."""
