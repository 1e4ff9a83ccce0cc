"""Use case: add a key's layers to the open project."""

from __future__ import annotations

from typing import Sequence

from qgis.core import QgsMapLayer, QgsProject

from ..entrepot.texts import Text
from ..keys.recipes import LayerRecipe
from ..keys.tile_choice import told_apart
from ..store import layers as store_layers
from ..store.open_project import group_titles
from ..store.project_layers import place_in_project
from .fetch_styles import FoundStyles, StyleReader
from .main_thread import MainThread
from .task import Progress


def add_layers(
    recipes: Sequence[LayerRecipe],
    group_name: str,
    main_thread: MainThread,
    progress: Progress,
    style_reader: StyleReader | None = None,
) -> tuple[Text, ...]:
    """Make the layers on this worker, since that asks the network, then place them in a group of the open project.

    Return what went wrong, in texts that name the layer; the layers that could be made are placed all the same.
    Without a `style_reader`, vector tiles are drawn in a simple style.
    """
    made: list[QgsMapLayer] = []
    problems: list[Text] = []
    taken = main_thread.call(lambda: group_titles(group_name))
    for number, recipe in enumerate(told_apart(recipes, taken)):
        progress.tell(100 * number / len(recipes), Text("Opening {layer}…", {"layer": recipe.title}))
        found = style_reader.read(recipe) if style_reader is not None else FoundStyles()
        layer = store_layers.make_layer(recipe, found.styles)
        problem = store_layers.problem_of(layer, recipe)
        if problem is None:
            made.append(layer)
            problems += found.problems
        else:
            problems.append(problem)
    main_thread.call(lambda: place_in_project(QgsProject.instance(), made, group_name))
    return tuple(problems)
