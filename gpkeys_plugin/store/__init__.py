"""What the plugin leaves in QGIS: authentication configurations, connections, layers, settings."""
