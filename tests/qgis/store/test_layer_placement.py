"""Layers placed in a project: in which group, in which order, with which legend."""

from __future__ import annotations

from typing import Any

import pytest
from qgis.core import (
    QgsMapLayer,
    QgsMapLayerLegendUtils,
    QgsRasterLayer,
    QgsVectorLayer,
    QgsVectorTileLayer,
)

from gpkeys_plugin.store import layers
from gpkeys_plugin.store.layer_placement import place_in_project

from .prepared_key import PreparedKey


def test_layers_go_into_one_group_once(hash_key: PreparedKey, project: Any) -> None:
    recipes = hash_key.install()
    project.layerTreeRoot().addGroup("Fond de plan")
    made = [layers.make_layer(recipe) for recipe in recipes]
    first, second = (place_in_project(project, [layer.clone() for layer in made], "Essai") for _ in range(2))

    assert (first.added, first.there, first.is_first) == (len(recipes), 0, True)
    assert (second.added, second.there, second.is_first) == (0, len(recipes), False)
    assert len(project.mapLayers()) == len(recipes)
    assert [child.name() for child in project.layerTreeRoot().children()] == ["Essai", "Fond de plan"]
    group = project.layerTreeRoot().findGroup("Essai")
    kinds = [kind_of(child.layer()) for child in group.children()]
    assert kinds == sorted(kinds)
    assert set(kinds) == {"1 vector", "2 vector tiles", "3 raster"}
    rasters = [recipe.title for recipe in recipes if recipe.connection.kind.value in ("WMS", "WMTS", "XYZ")]
    assert [child.name() for child in group.children() if kind_of(child.layer()) == "3 raster"] == rasters


def kind_of(layer: QgsMapLayer) -> str:
    if isinstance(layer, QgsVectorLayer):
        return "1 vector"
    return "2 vector tiles" if isinstance(layer, QgsVectorTileLayer) else "3 raster"


def made_up(name: str) -> QgsMapLayer:
    """Return a layer of the kind its name begins with."""
    if name.startswith("raster"):
        return QgsRasterLayer(f"type=xyz&url=http://127.0.0.1:9/{name}/%7Bz%7D/%7Bx%7D/%7By%7D.png", name, "wms")
    if name.startswith("tiles"):
        return QgsVectorTileLayer(f"type=xyz&url=http://127.0.0.1:9/{name}/%7Bz%7D/%7Bx%7D/%7By%7D.pbf", name)
    return QgsVectorLayer(f"{name.partition(' ')[0]}?crs=EPSG:2154&field={name.replace(' ', '')}", name, "memory")


@pytest.mark.parametrize(
    ("there", "added", "expected"),
    [
        (
            [],
            ["raster 1", "tiles 1", "Polygon 1", "raster 2", "LineString 1", "Point 1", "Polygon 2"],
            ["Point 1", "LineString 1", "Polygon 1", "Polygon 2", "tiles 1", "raster 1", "raster 2"],
        ),
        (["raster mine"], ["Polygon 1", "raster 1"], ["Polygon 1", "raster 1", "raster mine"]),
        (["raster mine"], ["raster 1", "raster 2"], ["raster 1", "raster 2", "raster mine"]),
        (["Point mine"], ["Polygon 1", "Point 1"], ["Point 1", "Point mine", "Polygon 1"]),
        (["raster mine", "Point mine"], ["tiles 1", "raster 1"], ["tiles 1", "raster 1", "raster mine", "Point mine"]),
        (["a group", "raster mine"], ["tiles 1"], ["a group", "tiles 1", "raster mine"]),
    ],
)
def test_in_the_group_vectors_stand_above_rasters_and_what_is_added_above_its_kind(
    project: Any, there: list[str], added: list[str], expected: list[str]
) -> None:
    group = project.layerTreeRoot().addGroup("Essai")
    for name in there:
        if name == "a group":
            group.addGroup(name)
        else:
            group.addLayer(project.addMapLayer(made_up(name), False))

    placed = place_in_project(project, [made_up(name) for name in added], "Essai")

    assert [child.name() for child in group.children()] == expected
    assert (placed.added, placed.is_first) == (len(added), not [name for name in there if name != "a group"])


def test_the_same_layer_twice_in_one_go_is_added_once(project: Any) -> None:
    placed = place_in_project(project, [made_up("raster 1"), made_up("raster 1")], "Essai")
    assert (placed.added, placed.there) == (1, 1)


def test_what_is_there_is_drawn_anew(project: Any) -> None:
    place_in_project(project, [made_up("raster 1")], "Essai")
    there, drawn = next(iter(project.mapLayers().values())), list[bool]()
    there.repaintRequested.connect(lambda: drawn.append(True))
    assert place_in_project(project, [made_up("raster 1")], "Essai").there == 1
    assert drawn == [True]


def test_tiles_ask_for_no_legend(hash_key: PreparedKey, project: Any) -> None:
    recipes = hash_key.install()
    place_in_project(project, [layers.make_layer(recipe) for recipe in recipes], "Essai")
    nodes = {node.layer().source(): node for node in project.layerTreeRoot().findLayers()}
    tiled = [node for source, node in nodes.items() if "tileMatrixSet=" in source]
    assert tiled
    for node in tiled:
        assert QgsMapLayerLegendUtils.hasLegendNodeOrder(node)
        assert QgsMapLayerLegendUtils.legendNodeOrder(node) == []


def test_the_legend_of_a_wms_is_folded_in_a_group_that_is_not(hash_key: PreparedKey, project: Any) -> None:
    place_in_project(project, [layers.make_layer(recipe) for recipe in hash_key.install()], "Essai")
    assert project.layerTreeRoot().findGroup("Essai").isExpanded()
    nodes = project.layerTreeRoot().findLayers()
    folded = [node.layer().providerType() for node in nodes if not node.isExpanded()]
    assert folded == [node.layer().providerType() for node in nodes if node.layer().providerType() == "wms"]
