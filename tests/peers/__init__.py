"""Servers of other people behind the simulator's gateway: MapServer (WMS, WFS) and MapProxy (WMTS, TMS)."""
