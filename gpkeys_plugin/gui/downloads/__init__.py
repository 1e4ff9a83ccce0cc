"""What a key opens on disk: chosen, fetched, put on the map."""
