"""Requests over QGIS's network stack."""
