"""Makes the QGIS project that QGIS Server serves: styled layers with the names of the platform."""

from __future__ import annotations

from pathlib import Path

from qgis.core import (
    QgsCategorizedSymbolRenderer,
    QgsColorRampShader,
    QgsCoordinateReferenceSystem,
    QgsFillSymbol,
    QgsLineSymbol,
    QgsMapLayer,
    QgsMarkerSymbol,
    QgsPalLayerSettings,
    QgsProject,
    QgsRasterLayer,
    QgsRasterShader,
    QgsRendererCategory,
    QgsSingleBandPseudoColorRenderer,
    QgsSingleSymbolRenderer,
    QgsTextBufferSettings,
    QgsTextFormat,
    QgsVectorLayer,
    QgsVectorLayerSimpleLabeling,
)
from qgis.PyQt.QtGui import QColor, QFont

from ..dataset import made_up_layers
from .open_urls import is_in_mercator_tiles
from .rasters import RASTER_FILES
from .vectors import VECTOR_FILE

PROJECT_FILE = "rochebrune.qgs"
CRS_LIST = ("EPSG:2154", "EPSG:3857", "EPSG:4326")
"""What the services offer, the CRS of the data first."""

_MERCATOR_GRID = "EPSG:3857,top,left,559082264.0287179,18"
_ZONE_COLOURS = {"U": "#d7301f", "AU": "#fc8d59", "A": "#ffffb2", "N": "#78c679"}
_HEIGHT_COLOURS = {700: "#3f7d3a", 850: "#a8c66c", 1000: "#efe3a4", 1200: "#b98350", 1400: "#ffffff"}
_PIPE_WIDTHS_MM = {63: 0.5, 125: 0.9, 200: 1.5}


def write_project(folder: Path) -> Path:
    """Write `folder`/rochebrune.qgs over the data that lies there already; return its path."""
    project = QgsProject()
    project.setCrs(QgsCoordinateReferenceSystem("EPSG:2154"))
    layers = {known.layer_name: _layers_of(folder, known) for known in made_up_layers.LAYERS}
    for name, made in layers.items():
        for layer in made:
            if not layer.isValid():
                raise RuntimeError(f"the data of {name} cannot be opened")
            if project.addMapLayer(layer) is None:
                raise RuntimeError(f"{name} cannot be added to the project")
    _declare_services(project, layers)
    path = folder / PROJECT_FILE
    if not project.write(str(path)):
        raise RuntimeError(f"the project cannot be written: {project.error()}")
    return path


def _layers_of(folder: Path, known: made_up_layers.DatasetLayer) -> list[QgsMapLayer]:
    if known.layer_name in RASTER_FILES:
        layers: list[QgsMapLayer] = [QgsRasterLayer(str(folder / RASTER_FILES[known.layer_name]), known.title)]
        layers[0].setShortName(known.layer_name)
        if known.palette:
            _style_heights(layers[0])
        return layers
    if known.offering_type == "WFS":
        return [_table(folder, table, f"{known.title} : {table}", table) for table in known.tables]
    if known.layer_name == "rochebrune.limites_communales":
        return [_table(folder, "commune", known.title, known.layer_name)]
    if known.layer_name == "rochebrune.reseaux_eau_potable_carte":
        return [_table(folder, "canalisation", known.title, known.layer_name)]
    return []


def _table(folder: Path, table: str, title: str, short_name: str) -> QgsVectorLayer:
    layer = QgsVectorLayer(f"{folder / VECTOR_FILE}|layername={table}", title, "ogr")
    layer.setShortName(short_name)
    _STYLES[table](layer)
    return layer


def _style_heights(layer: QgsRasterLayer) -> None:
    """Colours from green valleys to white summits."""
    ramp = QgsColorRampShader(700, 1400)
    ramp.setColorRampType(QgsColorRampShader.Type.Interpolated)
    ramp.setColorRampItemList(
        [QgsColorRampShader.ColorRampItem(height, QColor(colour)) for height, colour in _HEIGHT_COLOURS.items()]
    )
    shader = QgsRasterShader(700, 1400)
    shader.setRasterShaderFunction(ramp)
    layer.setRenderer(QgsSingleBandPseudoColorRenderer(layer.dataProvider(), 1, shader))


def _style_communes(layer: QgsVectorLayer) -> None:
    symbol = QgsFillSymbol.createSimple(
        {"color": "255,247,188,110", "outline_color": "#88419d", "outline_width": "0.9", "outline_style": "dash"}
    )
    layer.setRenderer(QgsSingleSymbolRenderer(symbol))
    settings = QgsPalLayerSettings()
    settings.fieldName = "nom"
    settings.setFormat(_label_format())
    layer.setLabeling(QgsVectorLayerSimpleLabeling(settings))
    layer.setLabelsEnabled(True)


def _label_format() -> QgsTextFormat:
    text = QgsTextFormat()
    text.setFont(QFont("DejaVu Sans"))
    text.setSize(10)
    text.setColor(QColor("#4d004b"))
    halo = QgsTextBufferSettings()
    halo.setEnabled(True)
    halo.setSize(0.8)
    text.setBuffer(halo)
    return text


def _style_zones(layer: QgsVectorLayer) -> None:
    categories = [
        QgsRendererCategory(zone, QgsFillSymbol.createSimple({"color": colour, "outline_color": "#555555"}), zone)
        for zone, colour in _ZONE_COLOURS.items()
    ]
    layer.setRenderer(QgsCategorizedSymbolRenderer("typezone", categories))


def _style_prescriptions(layer: QgsVectorLayer) -> None:
    symbol = QgsMarkerSymbol.createSimple({"name": "triangle", "color": "#006d2c", "size": "3"})
    layer.setRenderer(QgsSingleSymbolRenderer(symbol))


def _style_pipes(layer: QgsVectorLayer) -> None:
    categories = [
        QgsRendererCategory(
            diameter, QgsLineSymbol.createSimple({"color": "#0868ac", "width": str(width)}), f"{diameter} mm"
        )
        for diameter, width in _PIPE_WIDTHS_MM.items()
    ]
    layer.setRenderer(QgsCategorizedSymbolRenderer("diametre_mm", categories))


_STYLES = {
    "commune": _style_communes,
    "zonage": _style_zones,
    "prescription": _style_prescriptions,
    "canalisation": _style_pipes,
}


def _declare_services(project: QgsProject, layers: dict[str, list[QgsMapLayer]]) -> None:
    """Say which services are on, under which names, for which layers."""
    tiled = [
        layer.id()
        for known in made_up_layers.LAYERS
        if is_in_mercator_tiles(known)
        for layer in layers[known.layer_name]
    ]
    tables = [layer.id() for known in made_up_layers.LAYERS if known.tables for layer in layers[known.layer_name]]
    mapped = [layer for known in made_up_layers.LAYERS if not known.tables for layer in layers[known.layer_name]]
    hidden = [layer.name() for made in layers.values() for layer in made if layer not in mapped]
    project.writeEntry("WMSServiceCapabilities", "/", True)
    project.writeEntry("WMSServiceTitle", "/", "Géoplateforme de Rochebrune")
    project.writeEntry("WMSServiceAbstract", "/", "Données inventées pour les essais.")
    project.writeEntry("WMSCrsList", "/", list(CRS_LIST))
    project.writeEntry("WMSUseLayerIDs", "/", False)
    project.writeEntry("WMSRestrictedLayers", "/", hidden)
    project.writeEntry("WMTSLayers", "Layer", tiled)
    project.writeEntry("WMTSPngLayers", "Layer", tiled)
    project.writeEntry("WMTSJpegLayers", "Layer", tiled)
    project.writeEntry("WMTSMinScale", "/", 2000)
    project.writeEntry("WMTSGrids", "CRS", ["EPSG:3857"])
    project.writeEntry("WMTSGrids", "Config", [_MERCATOR_GRID])
    project.writeEntry("WFSLayers", "/", tables)
    for layer_id in tables:
        project.writeEntry("WFSLayersPrecision", f"/{layer_id}", 3)
