"""Mending the layers of the open project, and the connections of the profile."""
