"""The styles that the producers of vector tiles publish."""
