"""A print layout whose items name an address."""

from __future__ import annotations

from qgis.core import (
    QgsLayoutItemLabel,
    QgsLayoutItemLegend,
    QgsLayoutItemMap,
    QgsLayoutItemPicture,
    QgsMapLayer,
    QgsPrintLayout,
    QgsProject,
)


def print_layout(project: QgsProject, layers: list[QgsMapLayer], url: str) -> QgsPrintLayout:
    """Return a layout that holds a URL in all its places: picture, label, legend and the layers of a map."""
    layout = QgsPrintLayout(project)
    layout.initializeDefaults()
    layout.setName("Carte")
    picture, label = QgsLayoutItemPicture(layout), QgsLayoutItemLabel(layout)
    picture.setPicturePath(url)
    label.setText(f'<a href="{url}">l\'été</a>')
    card, legend = QgsLayoutItemMap(layout), QgsLayoutItemLegend(layout)
    card.setKeepLayerSet(True)
    card.setLayers(layers)
    legend.setAutoUpdateModel(False)
    legend.setLinkedMap(card)
    for item in (picture, label, card, legend):
        layout.addLayoutItem(item)
    return layout
