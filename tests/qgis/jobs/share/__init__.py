"""Tests of sharing a project: the use cases, in a real QGIS and on the simulator."""
