"""Use case: add a key's layers to the open project."""

from __future__ import annotations

from typing import Sequence

from qgis.core import QgsMapLayer, QgsProject

from ..entrepot.errors import GpkeysError
from ..entrepot.translatable_text import Text
from ..keys.services.connection_plans import Extent
from ..keys.services.extents import united
from ..keys.services.layer_recipes import LayerRecipe
from ..keys.services.wmts_or_tms import told_apart
from ..store import layers as store_layers
from ..store.known_reference_systems import keep_known
from ..store.layer_extents import extent_of
from ..store.layer_placement import Placed, place_in_project
from ..store.open_project import group_titles
from .running.main_thread import MainThread
from .running.task import Progress
from .steps.vector_styles.fetch_styles import FoundStyles, StyleReader
from .values import AddedLayers


def add_layers(
    recipes: Sequence[LayerRecipe],
    group_name: str,
    main_thread: MainThread,
    progress: Progress,
    style_reader: StyleReader | None = None,
) -> AddedLayers:
    """Make the layers on this worker, since that asks the network, then place them in a group of the open project.

    What could be made is placed, whatever became of the others; where the user cancels, nothing is placed.
    Without a `style_reader`, vector tiles are drawn in a simple style.
    """
    opened = _Opened(style_reader)
    try:
        main_thread.call(lambda: keep_known(recipe.crs for recipe in recipes))
        taken = main_thread.call(lambda: group_titles(group_name))
        for number, recipe in enumerate(told_apart(recipes, taken)):
            progress.tell(100 * number / len(recipes), Text("Opening {layer}…", {"layer": recipe.title}))
            opened.open(recipe)
        placed = main_thread.call(lambda: opened.place(group_name, progress))
    except GpkeysError:
        main_thread.call(opened.layers.clear)
        raise
    return AddedLayers(
        placed.added, placed.there, tuple(opened.problems), united(opened.extents), is_first=placed.is_first
    )


class _Opened:
    """The layers made so far: they belong to the main thread, which alone may let go of them."""

    def __init__(self, style_reader: StyleReader | None) -> None:
        self._style_reader = style_reader
        self.layers: list[QgsMapLayer] = []
        self.extents: list[Extent | None] = []
        self.problems: list[Text] = []

    def open(self, recipe: LayerRecipe) -> None:
        found = self._style_reader.read(recipe) if self._style_reader is not None else FoundStyles()
        try:
            self.layers.append(store_layers.make_layer(recipe, found.styles))
        except GpkeysError as error:
            self.problems.append(error.user)
            return
        problem = store_layers.problem_of(self.layers[-1], recipe)
        if problem is None:
            self.extents.append(extent_of(self.layers[-1], recipe))
            self.problems += found.problems
        else:
            self.problems.append(problem)

    def place(self, group_name: str, progress: Progress) -> Placed:
        progress.check()
        placed = place_in_project(QgsProject.instance(), self.layers, group_name)
        self.layers.clear()
        return placed
