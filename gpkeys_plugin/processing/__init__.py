"""The Processing provider: the use cases for the toolbox, models, scripts and `qgis_process`."""
