"""The widgets on Qt 6: no QGIS built on it can be had where these tests run, but PyQt6 can."""
