"""What QGIS's own Browser panel and search bar have done with the keys that this QGIS holds."""

from __future__ import annotations

from dataclasses import replace
from typing import Callable, Sequence

from ...entrepot.errors import as_gpkeys_error
from ...keys.services.layer_recipes import LayerRecipe
from ...store import connections
from ...store.configurations import master_password
from ..add_layers import add_layers
from ..browser.ask_layers import LayerAnswer, ask_layers
from ..running.main_thread import MainThread
from ..running.task import RunningJob, TaskRunner
from ..running.translate import tr
from ..steps.account_sessions import SignedIn
from ..steps.vector_styles.fetch_styles import StyleReader
from ..values import AddedLayers
from .job_callbacks import OnFailed, shown_to
from .new_key_jobs import QgisSide


class BrowserJobs:
    """Each on a thread of its own, signed in or not: every call returns at once, the callables run on the GUI thread.

    Where a layer needs the authentication database, its master password is asked for first, by QGIS.
    """

    def __init__(
        self, signed_in: Callable[[], SignedIn], runner: TaskRunner, main_thread: MainThread, qgis_side: QgisSide
    ) -> None:
        self._signed_in = signed_in
        self._runner = runner
        self._main_thread = main_thread
        self._qgis = qgis_side

    def add_to_map(
        self, recipes: Sequence[LayerRecipe], key_name: str, on_done: Callable[[AddedLayers], None]
    ) -> RunningJob | None:
        """Add layers to the open project, in a group of the key's name; None where the password was declined."""
        if not _is_open_for(recipes):
            return None
        signed_in = self._signed_in()
        return self._runner.start(
            tr("Adding layers to the map"),
            lambda progress: add_layers(
                recipes, key_name, self._main_thread, progress, StyleReader(signed_in, progress)
            ),
            lambda added: on_done(self._in_sight(added)),
            lambda error: on_done(AddedLayers(problems=(as_gpkeys_error(error).user,))),
        )

    def test(
        self,
        recipes: Sequence[LayerRecipe],
        on_done: Callable[[tuple[LayerAnswer, ...]], None],
        on_failed: OnFailed,
    ) -> RunningJob | None:
        """Ask the services of layers whether they open; None where the password was declined."""
        if not _is_open_for(recipes):
            return None
        signed_in = self._signed_in()
        return self._runner.start(
            tr("Testing layers of the Géoplateforme"),
            lambda progress: ask_layers(recipes, signed_in, self._main_thread, progress),
            on_done,
            shown_to(on_failed),
        )

    def _in_sight(self, added: AddedLayers) -> AddedLayers:
        """Move the map to the first layers of a project; elsewhere, tell whether it shows them."""
        if added.extent is None:
            return added
        if added.is_first:
            self._qgis.show_extent(added.extent)
            return added
        return replace(added, is_out_of_sight=not self._qgis.shows_extent(added.extent))


def _is_open_for(recipes: Sequence[LayerRecipe]) -> bool:
    """Have the authentication database opened where a connection carries a configuration."""
    found = (connections.read(recipe.connection.kind, recipe.connection.name) for recipe in recipes)
    if not any(stored is not None and stored.authcfg for stored in found) or master_password.is_unlocked():
        return True
    return master_password.unlock()
