"""Use case: bring the layers that were mended back to what they were."""

from __future__ import annotations

from functools import partial

from ...entrepot.errors import GpkeysError
from ...entrepot.translatable_text import Text
from ...keys.layer_needs.platform_hosts import Platform
from ...keys.layer_needs.sources import read_source
from ...keys.services.connection_plans import ConnectionKind
from ...store.configurations import auth_configs
from ...store.known_reference_systems import keep_known
from ...store.records import installed_keys
from ...store.records.room_to_write import require_room_to_write
from ...store.sources import layer_trials, project_layers
from ...store.sources.project_layers import SourceChange
from ..running.main_thread import MainThread
from ..running.task import Progress
from .repair_values import Undone
from .undoable_layers import CHANGE_WORDS, MadeConfiguration, MendedLayer, MendedLayers


class RepairUndoer:
    """Runs on a worker. What was opened to keys stays; cancelled, what is not brought back yet can still be."""

    def __init__(self, main_thread: MainThread, progress: Progress, mended: MendedLayers, api_url: str) -> None:
        self._main_thread = main_thread
        self._progress = progress
        self._mended = mended
        self._platform = Platform.of(api_url)

    def undo(self) -> Undone:
        """Return what came of it; raise GpkeysError with all as it was where QGIS could not keep that."""
        try:
            return self._undo()
        finally:
            self._main_thread.call(project_layers.refresh_layouts)

    def _undo(self) -> Undone:
        layers = self._main_thread.call(self._undoable)
        configurations = self._main_thread.call(self._mended.configurations)
        if configurations:
            require_room_to_write()
        done: list[str] = []
        left = [(made.authcfg, problem) for made in configurations for problem in self._problems_removing(made)]
        for number, layer in enumerate(layers):
            values = {"name": layer.name, "number": number + 1, "total": len(layers)}
            try:
                text = Text("Bringing “{name}” back ({number} of {total})…", values)
                self._progress.tell(100 * number / len(layers), text)
            except GpkeysError:
                return Undone(tuple(done), tuple(left), is_cancelled=True)
            change = self._bring_back(layer)
            done += [layer.layer_id] if change is SourceChange.DONE else []
            left += [(layer.name, CHANGE_WORDS[change])] if change is not SourceChange.DONE else []
        return Undone(tuple(dict.fromkeys(done)), tuple(left))

    def _undoable(self) -> tuple[MendedLayer, ...]:
        layers = self._mended.undoable()
        found = [(project_layers.find(layer.layer_id), layer.before) for layer in layers]
        keep_known(layer_trials.reference_systems((now.provider, before) for now, before in found if now is not None))
        return layers

    def _problems_removing(self, made: MadeConfiguration) -> tuple[Text, ...]:
        """Remove a configuration; return why it or its note stays. The layers are brought back all the same."""
        try:
            self._remove(made)
        except GpkeysError as error:
            return (error.user,)
        return ()

    def _remove(self, made: MadeConfiguration) -> None:
        # In this order: one that is there and not noted could never be told from somebody else's again.
        self._main_thread.call(partial(auth_configs.remove, made.authcfg))
        installed_keys.forget_borrowed(made.api_url, made.key_id, made.authcfg)
        self._main_thread.call(partial(self._mended.forget, (), (made,)))

    def _bring_back(self, layer: MendedLayer) -> SourceChange:
        if layer.before == layer.after:
            # It says what it said. Read anew, a WFS without its configuration keeps QGIS 3.40 waiting for ever.
            self._main_thread.call(lambda: self._mended.forget((layer,), ()))
            return SourceChange.DONE
        now = self._main_thread.call(lambda: project_layers.find(layer.layer_id))
        provider = now.provider if now is not None else ""
        asked = read_source(provider, layer.before, self._platform)
        if asked is None:
            return self._main_thread.call(lambda: self._put_back(layer))
        if not layer.was_valid:
            return self._main_thread.call(lambda: self._put_back_dead(layer, provider, asked.kind))
        if asked.kind in layer_trials.TRIED_KINDS:
            # QGIS's cache has what the layer asks for from then on, so that the main thread need not wait.
            layer_trials.opens(provider, layer.before)
        return self._main_thread.call(lambda: self._put_back(layer))

    def _put_back_dead(self, layer: MendedLayer, provider: str, kind: ConnectionKind) -> SourceChange:
        with layer_trials.taken_for_dead(kind, provider, layer.before):
            return self._put_back(layer)

    def _put_back(self, layer: MendedLayer) -> SourceChange:
        change = project_layers.change_source(layer.layer_id, layer.after, layer.before, keep_only_valid=False)
        self._mended.forget((layer,), ())
        return change
