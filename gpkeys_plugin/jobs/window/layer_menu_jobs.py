"""What the menu of a layer of the open project asks: which keys QGIS holds for it, whether it opens, another key."""

from __future__ import annotations

from typing import Callable, Sequence

from ...entrepot.errors import GpkeysError
from ...entrepot.models import Key
from ...keys.layer_needs.remedies import OpenedBy
from ...keys.services.connection_plans import ConnectionKind
from ...keys.services.layer_recipes import LayerRecipe
from ...store.configurations import master_password
from ..browser import connected_keys
from ..repair.ask_project_layers import Answer, ask_project_layers
from ..repair.repair_values import LayerFound, LayerPlan, Repaired, WhereKept
from ..running.main_thread import MainThread
from ..running.task import RunningJob, TaskRunner
from ..running.translate import tr
from ..steps.account_sessions import SignedIn
from .job_callbacks import OnFailed, OnFailure, OnProgress, shown_to
from .repair_jobs import RepairJobs

_TILES = (ConnectionKind.XYZ, ConnectionKind.VECTOR_TILES)


class LayerMenuJobs:
    """Each call returns at once; the callables run later on the GUI thread. What `repair` changes, it can undo."""

    def __init__(
        self, signed_in: Callable[[], SignedIn], runner: TaskRunner, main_thread: MainThread, repair: RepairJobs
    ) -> None:
        self._signed_in, self._runner, self._main_thread = signed_in, runner, main_thread
        self.repair = repair

    def find(self) -> tuple[LayerFound, ...]:
        """Return the layers of the open project that ask for what needs a key; no request, no prompt."""
        return self.repair.look().layers

    def key_name(self, key_id: str) -> str:
        """Return what a key that this QGIS holds is called, empty where it holds none of that id."""
        return next((key.name for key in _held() if key.key_id == key_id), "")

    def other_keys(self, layer: LayerFound) -> tuple[Key, ...]:
        """Return the keys that this QGIS holds whose services list the layer, but the one it carries."""
        return tuple(
            Key(key.key_id, key.name, key.type)
            for key in _held()
            if key.key_id != layer.need.key_id and any(_is_same(recipe, layer) for recipe in key.layers)
        )

    def test(
        self, layers: Sequence[LayerFound], on_done: Callable[[tuple[Answer, ...]], None], on_failed: OnFailed
    ) -> RunningJob | None:
        """Ask the services of layers whether they open; None where the master password was declined."""
        needs_secret = any(layer.need.source.configuration_id for layer in layers)
        if needs_secret and not master_password.is_unlocked() and not master_password.unlock():
            return None
        signed_in = self._signed_in()
        return self._runner.start(
            tr("Testing layers of the Géoplateforme"),
            lambda progress: ask_project_layers(layers, signed_in, self._main_thread, progress),
            on_done,
            shown_to(on_failed),
        )

    def give(
        self,
        key: Key,
        layers: Sequence[LayerFound],
        on_progress: OnProgress,
        on_done: Callable[[Repaired], None],
        on_failed: OnFailure,
    ) -> RunningJob:
        """Give layers a key; one that the key does not open stays as it is."""
        plans = [LayerPlan(layer, OpenedBy(key)) for layer in layers]
        return self.repair.repair(plans, WhereKept.AS_THE_KEY, on_progress, on_done, on_failed)


def _held() -> tuple[connected_keys.ConnectedKey, ...]:
    try:
        return connected_keys.connected_keys(are_titles_wanted=False)
    except GpkeysError:
        # An address in the options that cannot be used: the options say so.
        return ()


def _is_same(recipe: LayerRecipe, layer: LayerFound) -> bool:
    asked, kind = layer.need.source, recipe.connection.kind
    is_same_service = kind is asked.kind or (kind in _TILES and asked.kind in _TILES)
    return is_same_service and recipe.name in asked.layer_names and recipe.url.startswith(asked.root)
