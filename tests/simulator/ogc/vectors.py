"""Writes the made-up country as a GeoPackage (GDAL)."""

from __future__ import annotations

from pathlib import Path

from osgeo import ogr, osr

from ..dataset import scenery

VECTOR_FILE = "rochebrune.gpkg"
_FIELD_TYPES = {str: ogr.OFTString, int: ogr.OFTInteger, float: ogr.OFTReal}


def lambert() -> osr.SpatialReference:
    """EPSG:2154, easting first."""
    reference = osr.SpatialReference()
    reference.ImportFromEPSG(2154)
    reference.SetAxisMappingStrategy(osr.OAMS_TRADITIONAL_GIS_ORDER)
    return reference


def write_vectors(folder: Path) -> Path:
    """Write every table into `folder`/rochebrune.gpkg and return that path."""
    path = folder / VECTOR_FILE
    source = ogr.GetDriverByName("GPKG").CreateDataSource(str(path))
    for table, features in scenery.TABLES.items():
        _write_table(source, table, features())
    return path


def _write_table(source: ogr.DataSource, table: str, features: list[scenery.Feature]) -> None:
    geometry_type = ogr.CreateGeometryFromWkt(features[0].wkt).GetGeometryType()
    layer = source.CreateLayer(table, lambert(), geometry_type)
    for name, value in features[0].attributes.items():
        layer.CreateField(ogr.FieldDefn(name, _FIELD_TYPES[type(value)]))
    layer.StartTransaction()
    for feature in features:
        row = ogr.Feature(layer.GetLayerDefn())
        row.SetGeometry(ogr.CreateGeometryFromWkt(feature.wkt))
        for name, value in feature.attributes.items():
            row.SetField(name, value)
        layer.CreateFeature(row)
    layer.CommitTransaction()
