"""Mending files on disk: projects, templates, exports of connections."""
