"""The line in QGIS's message bar that tells what came of what was chosen in the menu of a layer."""

from __future__ import annotations

import html
from typing import Callable, Sequence

from qgis.core import Qgis
from qgis.gui import QgsMessageBar, QgsMessageBarItem

from ...entrepot.errors import ErrorCode, GpkeysError
from ...entrepot.models import Key
from ...jobs.repair.ask_project_layers import Answer
from ...jobs.repair.repair_values import Repaired
from ...jobs.running.translate import counted, show, tr
from ..notices.message_area import sentence
from ..parts.page import push_button

_SHOWN_S = 8


class LayerLine:
    """One line at a time; `on_repair_wanted` gets the ids of layers that a service refuses."""

    def __init__(self, message_bar: QgsMessageBar, on_repair_wanted: Callable[[tuple[str, ...]], object]) -> None:
        self._message_bar, self._on_repair_wanted = message_bar, on_repair_wanted
        self._line: QgsMessageBarItem | None = None

    def tell_answers(self, answers: Sequence[Answer]) -> None:
        """Tell what the services of layers said; of those refused, a key is offered."""
        refused = [(layer, text) for layer, text in answers if text is not None]
        if not refused:
            words = counted("The layer opens.", "All {count} layers open.", len(answers))
            self._tell([words], Qgis.MessageLevel.Success)
            return
        lines = [tr("{layer}: {reason}").format(layer=layer.name, reason=show(text)) for layer, text in refused]
        ids = tuple(layer.layer_id for layer, _ in refused)
        words = tr("Give it a key…") if len(ids) == 1 else tr("Give them a key…")
        self._tell(lines, Qgis.MessageLevel.Warning, (words, ids))

    def tell_given(self, key: Key, repaired: Repaired) -> None:
        """Tell which layers have another key now."""
        count = len(repaired.mended)
        words = counted(
            "1 layer now has the key “{name}”.", "{count} layers now have the key “{name}”.", count, name=key.name
        )
        lines = [words] if count else []
        lines += [tr("{layer}: {reason}").format(layer=name, reason=show(why)) for name, why in repaired.left]
        self._tell(lines, Qgis.MessageLevel.Warning if repaired.left else Qgis.MessageLevel.Success)

    def tell_error(self, error: GpkeysError) -> None:
        """Tell what went wrong; a cancelled call says nothing."""
        if error.code is not ErrorCode.CANCELLED:
            self._tell([sentence(error)], Qgis.MessageLevel.Warning)

    def take_away(self) -> None:
        """Take the line away."""
        line, self._line = self._line, None
        if line is not None:
            self._message_bar.popWidget(line)

    def _tell(
        self, lines: Sequence[str], level: Qgis.MessageLevel, offer: tuple[str, tuple[str, ...]] | None = None
    ) -> None:
        self.take_away()
        # QGIS's message bar reads HTML (3.22 to 3.44), and names may look like it.
        line = self._message_bar.createMessage(tr("Géoplateforme"), "<br>".join(map(html.escape, lines)))
        line.setObjectName("gpkeysLayerLine")
        line.setLevel(level)
        # A warning stays until it is closed.
        line.setDuration(0 if level is Qgis.MessageLevel.Warning else _SHOWN_S)
        if offer is not None:
            button = push_button("giveLayerKeyButton", offer[0])
            button.clicked.connect(lambda: self._on_offer(offer[1]))
            line.layout().addWidget(button)
        line.destroyed.connect(self._on_line_gone)
        self._line = line
        self._message_bar.pushItem(line)

    def _on_offer(self, layer_ids: tuple[str, ...]) -> None:
        self.take_away()
        self._on_repair_wanted(layer_ids)

    def _on_line_gone(self) -> None:
        self._line = None
