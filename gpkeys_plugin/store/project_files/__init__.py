"""Project files read and mended on disk, without QGIS: where a source or a key stands in them."""
