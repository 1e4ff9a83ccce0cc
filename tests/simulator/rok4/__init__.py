"""ROK4 before the OGC server: WMS raster, WMTS and TMS in the forms recorded in contract/documents/rok4."""
