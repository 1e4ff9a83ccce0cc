"""Which files become layers: mosaics, images outside of them, all that a GeoPackage holds; nothing twice."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from osgeo import gdal, ogr, osr

from gpkeys_plugin.entrepot.downloads.models import Edition
from gpkeys_plugin.jobs.downloads.add_files import usable_files
from gpkeys_plugin.jobs.downloads.download_access import DownloadResource, ListedEdition
from gpkeys_plugin.jobs.downloads.fetch_files import FolderPlan
from gpkeys_plugin.jobs.downloads.make_ready import ReadyFolder
from gpkeys_plugin.jobs.downloads.mosaic import write_mosaics
from gpkeys_plugin.store.sources.layers_on_disk import layers_of


def _image(path: Path, west: float | None, bands: int = 1) -> None:
    image = gdal.GetDriverByName("GTiff").Create(str(path), 4, 4, bands)
    if west is not None:
        system = osr.SpatialReference()
        system.ImportFromEPSG(2154)
        image.SetProjection(system.ExportToWkt())
        image.SetGeoTransform((west, 10, 0, 6_500_000, 0, -10))


def _geopackage(path: Path, *names: str) -> None:
    package = ogr.GetDriverByName("GPKG").CreateDataSource(str(path))
    for name in names:
        layer = package.CreateLayer(name, geom_type=ogr.wkbPoint)
        feature = ogr.Feature(layer.GetLayerDefn())
        feature.SetGeometry(ogr.CreateGeometryFromWkt("POINT (1 2)"))
        layer.CreateFeature(feature)


def test_each_thing_comes_once(qgis_app: Any, tmp_path: Path) -> None:
    _image(tmp_path / "a.tif", 0)
    _image(tmp_path / "b.tif", 40)
    _image(tmp_path / "seule.tif", 0, bands=3)
    _image(tmp_path / "légende.tif", None)
    _geopackage(tmp_path / "plu.gpkg", "zonage", "prescription")
    (tmp_path / "SOURCE.txt").write_text("Licence", encoding="utf-8")
    mosaics = write_mosaics(tmp_path, "scan")
    listed = ListedEdition(DownloadResource("scan", ""), Edition("scan", "e", "e"), ())
    found = list(usable_files(ReadyFolder(FolderPlan(listed, tmp_path, ()), mosaics=mosaics)))
    assert [path.name for path in found] == ["scan.vrt", "plu.gpkg", "seule.tif"]
    names = [layer.name() for path in found for layer in layers_of(path)]
    assert names == ["scan", "zonage", "prescription", "seule"]


def test_what_qgis_does_not_read_has_no_layers(qgis_app: Any, tmp_path: Path) -> None:
    (tmp_path / "a.gpkg").write_bytes(b"no package")
    assert layers_of(tmp_path / "a.gpkg") == []
