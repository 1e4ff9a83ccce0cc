"""What the window talks to: use cases as tasks of QGIS."""
