"""Use case: add a key's layers to the open project."""

from __future__ import annotations

from typing import Sequence

from qgis.core import QgsMapLayer, QgsProject

from ..entrepot.texts import Text
from ..keys.recipes import LayerRecipe
from ..store import layers as store_layers
from ..store.project_layers import place_in_project
from .fetch_styles import StyleReader
from .main_thread import MainThread
from .task import Progress


def add_layers(
    recipes: Sequence[LayerRecipe],
    group_name: str,
    main_thread: MainThread,
    progress: Progress,
    style_reader: StyleReader,
) -> tuple[Text, ...]:
    """Make the layers on this worker, since that asks the network, then place them in a group of the open project.

    Return what went wrong, in texts that name the layer; the layers that could be made are placed all the same.
    """
    made: list[QgsMapLayer] = []
    problems: list[Text] = []
    for number, recipe in enumerate(recipes):
        progress.tell(100 * number / len(recipes), Text("Opening {layer}…", {"layer": recipe.title}))
        found = style_reader.read(recipe)
        layer = store_layers.make_layer(recipe, found.styles)
        problem = store_layers.problem_of(layer, recipe)
        if problem is None:
            made.append(layer)
            problems += found.problems
        else:
            problems.append(problem)
    main_thread.call(lambda: place_in_project(QgsProject.instance(), made, group_name))
    return tuple(problems)
