"""What repairs have changed in the open project, in memory only: the sources as they were hold secrets."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Sequence

from ...entrepot.translatable_text import Text
from ...store.configurations import auth_configs
from ...store.sources import project_layers
from ...store.sources.project_layers import SourceChange


@dataclass(frozen=True)
class MendedLayer:
    """A layer whose source was changed, or read anew (`before` is `after` then), and what it was before."""

    layer_id: str
    name: str
    before: str = field(repr=False)
    after: str = field(repr=False)
    was_valid: bool = False


@dataclass(frozen=True)
class MadeConfiguration:
    """A configuration made under an id that the project names, for a key of the platform at `api_url`."""

    authcfg: str
    key_id: str
    api_url: str


class MendedLayers:
    """Fills up with each repair, for the length of the session. On the main thread only.

    Layers count as long as they carry what the repair has put there: another project has none of them.
    """

    def __init__(self) -> None:
        self._layers: list[MendedLayer] = []
        self._configurations: list[MadeConfiguration] = []

    def add(self, layer: MendedLayer) -> None:
        """Note a layer that was changed."""
        self._layers.append(layer)

    def add_configuration(self, made: MadeConfiguration) -> None:
        """Note a configuration that was made."""
        self._configurations.append(made)

    def undoable(self) -> tuple[MendedLayer, ...]:
        """Return the layers that can be brought back, the last one changed first."""
        expected: dict[str, str] = {}
        found: list[MendedLayer] = []
        for mended in reversed(self._layers):
            if mended.layer_id not in expected:
                layer = project_layers.find(mended.layer_id)
                expected[mended.layer_id] = layer.source if layer is not None else ""
            if expected[mended.layer_id] == mended.after:
                expected[mended.layer_id] = mended.before
                found.append(mended)
        return tuple(found)

    def configurations(self) -> tuple[MadeConfiguration, ...]:
        """Return the configurations that are still there."""
        return tuple(made for made in self._configurations if auth_configs.exists(made.authcfg))

    def forget(self, layers: Sequence[MendedLayer], configurations: Sequence[MadeConfiguration]) -> None:
        """Forget what was brought back."""
        self._layers = [layer for layer in self._layers if layer not in layers]
        self._configurations = [made for made in self._configurations if made not in configurations]


CHANGE_WORDS = {
    SourceChange.GONE: Text("it is no longer in the project"),
    SourceChange.CHANGED_MEANWHILE: Text("its source was changed meanwhile"),
    SourceChange.REFUSED: Text("QGIS does not open it with this key"),
}
"""Why a layer was left as it is."""
