"""A real OGC server (QGIS Server) over made-up data, in a child process: what the simulated gateway guards."""
