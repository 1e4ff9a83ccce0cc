"""Sources of layers in the open project and of connections: found, tried out, changed in place."""
