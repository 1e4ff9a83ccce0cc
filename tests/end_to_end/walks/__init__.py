"""The scripts that QGIS runs once it is open, each for the test or the demo that starts it."""
