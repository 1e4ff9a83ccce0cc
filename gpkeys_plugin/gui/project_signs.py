"""The first signs that the open project may concern the plugin.

QGIS starts with these instead of what looks closer (`repair/`, `share/`), which is imported once there is something to
look at. They may be wrong, but never miss what a closer look finds.
"""

from __future__ import annotations

from typing import Any, Callable, Iterable

from qgis.core import QgsMapLayer, QgsProject
from qgis.PyQt.QtCore import QTimer

_MOMENT_MS = 50
_PROVIDERS = frozenset({"wms", "WFS", "vectortile", "xyzvectortiles"})
# In the path of each service that asks for a key; and the host of the Géoportail, whose services all did.
_WORDS = ("private", "wxs.ign.fr")
_HASH_WORD, _CONFIGURATION_WORD = "apikey", "authcfg"
# They use configurations too, and never one of a key.
_DATABASES = frozenset({"postgres", "postgresraster", "mssql", "oracle", "hana"})
# Shorter words are not looked up.
_SHORTEST_HASH = 12


class LayerSign:
    """Tells once that the project has got a layer that may need a key."""

    def __init__(self, on_layer: Callable[[], object]) -> None:
        self._on_layer, self._has_been_read, self._has_told = on_layer, False, False
        # QGIS tells each layer that it adds or reads, and lets turns of the event loop go by between two (3.22).
        self._moment = QTimer()
        self._moment.setSingleShot(True)
        self._moment.setInterval(_MOMENT_MS)
        self._moment.timeout.connect(self._tell)
        project = QgsProject.instance()
        self._heard: list[tuple[Any, Callable[..., None]]] = [
            (project.layersAdded, self._on_layers),
            (project.readProject, self._on_read),
            (project.cleared, self._on_cleared),
        ]
        for signal, slot in self._heard:
            signal.connect(slot)
        self._on_layers(project.mapLayers().values())

    @property
    def has_been_read(self) -> bool:
        """Whether the project was opened since this listens, and not made layer by layer."""
        return self._has_been_read

    def stop(self) -> None:
        """Don't listen any more."""
        self._moment.stop()
        while self._heard:
            signal, slot = self._heard.pop()
            signal.disconnect(slot)

    def _on_layers(self, layers: Iterable[QgsMapLayer]) -> None:
        if not self._has_told and any(may_need_key(layer.providerType(), layer.source()) for layer in layers):
            self._moment.start()

    def _tell(self) -> None:
        self._has_told = True
        self._on_layer()

    def _on_read(self, *_document: object) -> None:
        self._has_been_read = True

    def _on_cleared(self) -> None:
        self._moment.stop()
        self._has_been_read = False


class SaveSign:
    """Tells once that a project was saved that may hold a hash, or use a key."""

    def __init__(self, on_saved: Callable[[], object]) -> None:
        self._on_saved, self._has_told = on_saved, False
        self._signal: Any = QgsProject.instance().projectSaved
        self._signal.connect(self._on_project_saved)

    def stop(self) -> None:
        """Don't listen any more."""
        signal, self._signal = self._signal, None
        if signal is not None:
            signal.disconnect(self._on_project_saved)

    def _on_project_saved(self) -> None:
        if not self._has_told and may_carry_key(QgsProject.instance()):
            self._has_told = True
            self._on_saved()


def may_need_key(provider: str, source: str) -> bool:
    """Return whether a layer's source may be one that asks for what needs a key."""
    text = source.lower() if provider in _PROVIDERS else ""
    return any(word in text for word in _WORDS)


def may_carry_key(project: QgsProject) -> bool:
    """Return whether a project may hold a hash where one is looked for, or name the configuration of a key."""
    if any(_carries_key(layer.providerType(), layer.source()) for layer in project.mapLayers().values()):
        return True
    # In a variable of the project, a hash may stand without a word before it.
    return any(len(str(value)) >= _SHORTEST_HASH for value in project.customVariables().values())


def _carries_key(provider: str, source: str) -> bool:
    return _HASH_WORD in source.lower() or (_CONFIGURATION_WORD in source and provider not in _DATABASES)
