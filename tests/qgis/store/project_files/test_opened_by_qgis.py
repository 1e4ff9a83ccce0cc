"""What QGIS writes is found in all its places; what was mended, QGIS opens, and finds nothing else changed."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from osgeo import ogr
from qgis.core import (
    QgsApplication,
    QgsAuxiliaryStorage,
    QgsLayerDefinition,
    QgsLayerTreeGroup,
    QgsLayoutItemLabel,
    QgsLayoutItemPicture,
    QgsMapLayer,
    QgsPrintLayout,
    QgsProject,
    QgsRasterLayer,
    QgsReadWriteContext,
    QgsVectorLayer,
    QgsVectorTileLayer,
)
from qgis.gui import QgsManageConnectionsDialog
from qgis.PyQt.QtWidgets import QDialogButtonBox
from qgis.PyQt.QtXml import QDomDocument

from gpkeys_plugin.store.project_files.places import FoundSource, Where
from gpkeys_plugin.store.project_files.rewrite import FileChange, restore_file, rewrite_file
from gpkeys_plugin.store.project_files.scan import scan_file
from gpkeys_plugin.store.project_files.telltale_words import Marks
from tests.qgis.store.project_files.layouts import print_layout

HASH, NEW = "ign_scan_ws", "n3w"
MARKS = Marks.of([HASH])
# Nobody answers there: a layer that asks is not valid, and keeps its source all the same.
HOST = "http://127.0.0.1:9/private"
URL = f"{HOST}/?x=1&apikey={HASH}"
LAYERS: list[Callable[[], QgsMapLayer]] = [
    lambda: QgsRasterLayer(
        f"crs=EPSG:3857&format=image/png&layers=B&layers=A&styles=&styles=&url={HOST}/wms-r?apikey%3D{HASH}",
        'Scan 25 <é> "l\'été"',
        "wms",
    ),
    lambda: QgsRasterLayer(
        f"crs=EPSG:3857&format=image/jpeg&layers=S&styles=normal&tileMatrixSet=PM"
        f"&url={HOST}/wmts?SERVICE%3DWMTS%26apikey%3D{HASH}",
        "WMTS",
        "wms",
    ),
    lambda: QgsRasterLayer(f"type=xyz&url={HOST}/%7Bz%7D/%7Bx%7D/%7By%7D?apikey%3D{HASH}&zmax=18", "XYZ", "wms"),
    lambda: QgsVectorTileLayer(f"type=xyz&url={HOST}/%7Bz%7D/%7Bx%7D/%7By%7D.pbf?apikey%3D{HASH}", "Plan"),
    lambda: QgsVectorLayer(f" url='{HOST}/wfs?apikey={HASH}' typename='a:b' version='auto'", "Parcelles", "WFS"),
]


@pytest.fixture
def full(project: Any) -> QgsProject:
    """Fill the open project with a hash in many places."""
    layers = [make() for make in LAYERS]
    local = QgsVectorLayer("Point?crs=EPSG:2154&field=nom", "Local", "memory")
    local.setMapTipTemplate(f"<img src='{URL}'>")
    local.setDataUrl(URL)
    assert len(project.addMapLayers([*layers, local])) == len(LAYERS) + 1
    layers[2].setOpacity(0.5)
    group = project.layerTreeRoot().insertGroup(0, "Fond & co")
    group.addLayer(layers[0])
    project.setCustomVariables({"adresse": URL})
    project.writeEntry("WMSOnlineResource", "/", URL)
    project.layoutManager().addLayout(print_layout(project, layers, URL))
    return project


def swapped(found: FoundSource) -> str:
    return found.source.replace(HASH, NEW)


def mended(path: Path) -> set[Where]:
    """Mend a file, see that every hash is gone, and return in what they stood."""
    findings = scan_file(path, MARKS)
    assert findings.problem is None
    assert findings.stamp is not None
    result = rewrite_file(FileChange(path, findings.stamp, MARKS, swapped))
    assert (result.left, result.changed) == (None, len(findings.sources))
    assert scan_file(path, MARKS).sources == ()
    return {found.place.where for found in findings.sources}


def source_of(layer: QgsMapLayer) -> str:
    """Return a source with the old hash; a layer in memory gets another number at each opening."""
    return str(layer.source()).replace(NEW, HASH).split("&uid")[0]


def seen(project: QgsProject) -> dict[str, Any]:
    """Return what a person would miss if it changed, with the old hash in the place of the new."""
    document = QDomDocument()
    context = QgsReadWriteContext()
    layouts = project.layoutManager().printLayouts()
    root = project.layerTreeRoot()
    return {
        "layers": {
            key: (
                layer.name(),
                layer.providerType(),
                layer.source().replace(NEW, HASH).split("&uid")[0],
                layer.opacity(),
            )
            for key, layer in project.mapLayers().items()
        },
        "tree": [node.name() for node in root.findLayers()],
        "groups": [
            child.name() for child in project.layerTreeRoot().children() if isinstance(child, QgsLayerTreeGroup)
        ],
        "layouts": [len(layout.writeXml(document, context).toElement().childNodes()) for layout in layouts],
        "items": sorted(
            (item.picturePath() if isinstance(item, QgsLayoutItemPicture) else item.text()).replace(NEW, HASH)
            for layout in layouts
            for item in layout.items()
            if isinstance(item, (QgsLayoutItemPicture, QgsLayoutItemLabel))
        ),
        "tips": sorted(
            layer.mapTipTemplate().replace(NEW, HASH)
            for layer in project.mapLayers().values()
            if isinstance(layer, QgsVectorLayer)
        ),
        "variable": project.customVariables()["adresse"].replace(NEW, HASH),
        "property": project.readEntry("WMSOnlineResource", "/")[0].replace(NEW, HASH),
    }


EVERYWHERE = {
    Where.LAYER,
    Where.TREE,
    Where.LAYOUT,
    Where.LEGEND,
    Where.METADATA,
    Where.MAP_TIP,
    Where.PROPERTY,
    Where.VARIABLE,
}


@pytest.mark.parametrize("name", ["a.qgs", "a.qgz", "geopackage"])
def test_a_mended_project_is_the_same_with_another_key(full: QgsProject, tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    place = str(path)
    if name == "geopackage":
        path = tmp_path / "a.gpkg"
        ogr.GetDriverByName("GPKG").CreateDataSource(str(path)).CreateLayer("other")
        place = f"geopackage:{path}?projectName=Été"
    assert full.write(place)
    full.clear()
    assert full.read(place)
    before = seen(full)
    full.clear()

    assert mended(path) == EVERYWHERE
    assert full.read(place)
    assert seen(full) == before
    now = [layer.source() for layer in full.mapLayers().values() if layer.name() != "Local"]
    assert len(now) == len(LAYERS)
    assert all(NEW in source and HASH not in source for source in now)


def test_every_place_of_a_project_says_its_layer_and_provider(full: QgsProject, tmp_path: Path) -> None:
    path = tmp_path / "a.qgs"
    assert full.write(str(path))
    layers = {layer.id(): (layer.name(), layer.providerType()) for layer in full.mapLayers().values()}
    found = [found for found in scan_file(path, MARKS).sources if found.provider]
    assert {place.place.where for place in found} == {Where.LAYER, Where.TREE, Where.LEGEND, Where.LAYOUT}
    for one in found:
        names = (one.place.layer_name, one.provider)
        assert names == layers[one.place.layer_id] if one.place.layer_id else names in layers.values()
    assert re.sub(r"\s", "", path.read_text("utf-8")).count(HASH) >= len(found)


def test_what_lies_beside_the_project_in_an_archive_is_still_there(full: QgsProject, tmp_path: Path) -> None:
    """Label positions are in a database of their own, which QGIS loses in silence with a damaged archive."""
    local = next(layer for layer in full.mapLayers().values() if layer.name() == "Local")
    auxiliary = full.auxiliaryStorage().createAuxiliaryLayer(local.fields().at(0), local)
    assert auxiliary is not None
    local.setAuxiliaryLayer(auxiliary)
    path = tmp_path / "a.qgz"
    assert full.write(str(path))
    full.clear()
    mended(path)
    assert full.read(str(path))
    local = next(layer for layer in full.mapLayers().values() if layer.name() == "Local")
    assert local.auxiliaryLayer() is not None
    assert isinstance(full.auxiliaryStorage(), QgsAuxiliaryStorage)


def test_an_undone_project_has_the_bytes_qgis_wrote(full: QgsProject, tmp_path: Path) -> None:
    path = tmp_path / "a.qgz"
    assert full.write(str(path))
    before = path.read_bytes()
    findings = scan_file(path, MARKS)
    assert findings.stamp is not None
    result = rewrite_file(FileChange(path, findings.stamp, MARKS, swapped))
    # Packed as QGIS packs: three bytes of hash are all that differs in length.
    assert abs(path.stat().st_size - len(before)) < 200
    assert result.before is not None
    assert result.written is not None
    assert restore_file(path, result.before, result.written) is None
    assert path.read_bytes() == before


def test_a_mended_layer_definition_is_loaded(full: QgsProject, tmp_path: Path) -> None:
    path = tmp_path / "a.qlr"
    is_written, _ = QgsLayerDefinition.exportLayerDefinition(str(path), full.layerTreeRoot().children())
    assert is_written
    assert mended(path) >= {Where.LAYER, Where.TREE}
    full.clear()
    is_loaded, _ = QgsLayerDefinition.loadLayerDefinition(str(path), full, full.layerTreeRoot())
    assert is_loaded
    sources = [layer.source() for layer in full.mapLayers().values() if layer.name() != "Local"]
    assert len(sources) == len(LAYERS)
    assert all(NEW in source and HASH not in source for source in sources)


def test_a_mended_layout_template_is_loaded(full: QgsProject, tmp_path: Path) -> None:
    path = tmp_path / "a.qpt"
    assert full.layoutManager().layoutByName("Carte").saveAsTemplate(str(path), QgsReadWriteContext())
    assert mended(path) == {Where.LAYOUT, Where.LEGEND}
    layout = QgsPrintLayout(full)
    document = QDomDocument()
    assert document.setContent(path.read_bytes())[0]
    items, is_loaded = layout.loadFromTemplate(document, QgsReadWriteContext())
    assert is_loaded
    assert URL.replace(HASH, NEW) in [item.picturePath() for item in items if isinstance(item, QgsLayoutItemPicture)]


def test_a_mended_export_of_connections_is_imported(qgis_app: QgsApplication, tmp_path: Path) -> None:
    from qgis.core import QgsSettings

    path = tmp_path / "a.xml"
    path.write_text(
        f'<!DOCTYPE connections>\n<qgsWMSConnections version="1.0">\n    <wms name="Scan &amp; co" '
        f'url="{URL.replace("&", "&amp;")}" ignoreGetMapURI="true" username="" password=""/>\n</qgsWMSConnections>\n'
    )
    assert mended(path) == {Where.CONNECTION}
    kind, mode = QgsManageConnectionsDialog.Type.WMS, QgsManageConnectionsDialog.Mode.Import
    dialog = QgsManageConnectionsDialog(None, mode, kind, str(path))
    dialog.selectAll()
    dialog.findChild(QDialogButtonBox).button(QDialogButtonBox.StandardButton.Ok).click()
    settings = QgsSettings()
    stored = [settings.value(key) for key in settings.allKeys() if key.endswith("/url")]
    assert URL.replace(HASH, NEW) in stored
