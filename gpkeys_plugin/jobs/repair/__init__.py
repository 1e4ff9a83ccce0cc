"""Mending what carries a credential that does not work: layers of the open project, connections of the profile."""
