"""The plugin's own files in the profile."""
