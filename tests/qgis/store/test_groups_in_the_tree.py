"""Where the group of a key's layers stands among what the project has: background maps hide nothing of the user's."""

from __future__ import annotations

from typing import Any, Union

import pytest
from qgis.core import QgsLayerTreeGroup, QgsProject, QgsVectorLayer
from qgis.PyQt.QtWidgets import QApplication

from gpkeys_plugin.store.layer_placement import place_in_project

from .test_layer_placement import made_up

Tree = list[Union[str, tuple[str, "Tree"]]]
_NOTES = ("Notes", ["Point mine"])
_MAPS = ("Fonds", ["raster mine"])
_MIXED = ("Chantier", ["Polygon mine", "raster mine"])


def build(project: QgsProject, parent: QgsLayerTreeGroup, tree: Tree) -> None:
    """Make groups and layers."""
    for part in tree:
        if isinstance(part, tuple):
            build(project, parent.addGroup(part[0]), part[1])
        else:
            parent.addLayer(project.addMapLayer(made_up(part), False))


def tree_of(parent: QgsLayerTreeGroup) -> Tree:
    """Return what is in a group."""
    return [
        (node.name(), tree_of(node)) if isinstance(node, QgsLayerTreeGroup) else node.name()
        for node in parent.children()
    ]


@pytest.mark.parametrize(
    ("there", "added", "expected"),
    [
        ([], ["raster 1"], [("Essai", ["raster 1"])]),
        (["Point mine"], ["raster 1"], ["Point mine", ("Essai", ["raster 1"])]),
        (["Point mine"], ["tiles 1"], ["Point mine", ("Essai", ["tiles 1"])]),
        (["Point mine"], ["Polygon 1"], [("Essai", ["Polygon 1"]), "Point mine"]),
        (["Point mine"], ["Polygon 1", "raster 1"], ["Point mine", ("Essai", ["Polygon 1", "raster 1"])]),
        (
            ["Point mine", "Polygon mine", "raster mine"],
            ["raster 1"],
            ["Point mine", "Polygon mine", ("Essai", ["raster 1"]), "raster mine"],
        ),
        ([_NOTES, _MAPS, "Point mine"], ["raster 1"], [_NOTES, ("Essai", ["raster 1"]), _MAPS, "Point mine"]),
        ([_MIXED, "raster mine"], ["raster 1"], [_MIXED, ("Essai", ["raster 1"]), "raster mine"]),
        ([("vide", []), "raster mine"], ["raster 1"], [("Essai", ["raster 1"]), ("vide", []), "raster mine"]),
        # A group that is there keeps its place, unless it is to hide what it did not.
        (
            [("Essai", ["raster mine"]), "Point mine"],
            ["raster 1"],
            [("Essai", ["raster 1", "raster mine"]), "Point mine"],
        ),
        (
            [("Essai", ["Polygon 2"]), "Point mine", "raster mine"],
            ["raster 1"],
            ["Point mine", ("Essai", ["Polygon 2", "raster 1"]), "raster mine"],
        ),
        (
            ["Point mine", "raster mine", ("Essai", ["Polygon 2"])],
            ["raster 1"],
            ["Point mine", "raster mine", ("Essai", ["Polygon 2", "raster 1"])],
        ),
        (
            [("dehors", [("Essai", ["Polygon 2"])]), "Point mine"],
            ["raster 1"],
            [("dehors", [("Essai", ["Polygon 2", "raster 1"])]), "Point mine"],
        ),
    ],
)
def test_background_maps_stand_below_what_is_the_users_own(
    project: Any, there: Tree, added: list[str], expected: Tree
) -> None:
    build(project, project.layerTreeRoot(), there)
    before = set(project.mapLayers())

    assert place_in_project(project, [made_up(name) for name in added], "Essai").added == len(added)

    assert tree_of(project.layerTreeRoot()) == expected
    # QGIS takes layers that are in no group any more out of the project a turn later.
    QApplication.processEvents()
    assert before < set(project.mapLayers())
    assert len(project.mapLayers()) == len(before) + len(added)


def test_features_that_came_with_background_maps_do_not_keep_new_ones_below(project: Any) -> None:
    """The group of another key, with objects and a map: the new map is seen."""
    build(project, project.layerTreeRoot(), ["Point mine", ("Autre clé", ["raster mine"])])
    objects = QgsVectorLayer("url='http://127.0.0.1:9/wfs' typename='a'", "objets", "WFS")
    project.layerTreeRoot().findGroup("Autre clé").insertLayer(0, project.addMapLayer(objects, False))
    place_in_project(project, [made_up("raster 1")], "Essai")
    names = [node.name() for node in project.layerTreeRoot().children()]
    assert names == ["Point mine", "Essai", "Autre clé"]


def test_a_group_that_is_moved_keeps_what_the_user_has_folded_and_hidden(project: Any) -> None:
    build(project, project.layerTreeRoot(), [("Essai", ["Polygon 2"]), "Point mine"])
    group = project.layerTreeRoot().findGroup("Essai")
    group.setExpanded(False)
    group.children()[0].setItemVisibilityChecked(False)
    place_in_project(project, [made_up("raster 1")], "Essai")
    moved = project.layerTreeRoot().findGroup("Essai")
    assert [child.itemVisibilityChecked() for child in moved.children()] == [False, True]
    assert not moved.isExpanded()
