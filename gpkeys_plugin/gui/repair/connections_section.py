"""The connections of the profile whose credential does not work, or is somebody else's."""

from __future__ import annotations

from typing import Sequence

from qgis.PyQt.QtCore import Qt, pyqtSignal
from qgis.PyQt.QtWidgets import QVBoxLayout, QWidget

from ...jobs.repair.repair_values import ConnectionRepair
from ...jobs.running.translate import tr
from ...keys.layer_needs.needs import Cause
from ..parts import theme, value_words
from ..parts.labels import WrappedLabel, heading
from ..parts.page import push_button
from ..parts.row_content import Row
from . import repair_words
from .rows_box import RowsBox

_OF_OTHERS = frozenset({Cause.FOREIGN_HASH, Cause.FOREIGN_CONFIGURATION, Cause.LOGIN_IN_URL})


class ConnectionsSection(QWidget):
    """Hidden where there is none. Those that a key mends can be ticked; what may work still is not, at first."""

    mend_wanted = pyqtSignal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._repairs: tuple[ConnectionRepair, ...] = ()
        self._choices: dict[str, bool] = {}
        self._is_busy = False
        self._open = RowsBox("repairConnections")
        self._open.ticks_changed.connect(self._on_ticks)
        self._others = RowsBox("otherConnections")
        self._mend = push_button("mendConnectionsButton", "")
        self._mend.clicked.connect(self.mend_wanted)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, theme.gap(self))
        column.setSpacing(theme.gap(self))
        column.addWidget(heading(tr("Connections of QGIS")))
        column.addWidget(WrappedLabel(tr("These connections carry a key that has ended, or is not one of yours.")))
        for box in (self._open, self._others):
            column.addWidget(box)
        column.addWidget(self._mend, 0, Qt.AlignmentFlag.AlignLeft)
        self.show_repairs(())

    def show_repairs(self, repairs: Sequence[ConnectionRepair]) -> None:
        """Show what mends each connection; what was ticked or unticked by hand stays so."""
        self._repairs = tuple(repairs)
        self.setVisible(bool(repairs))
        able = [repair for repair in repairs if repair.can_be_mended]
        others = [repair for repair in repairs if not repair.can_be_mended]
        ticked = {repair.found.id for repair in able if self._is_ticked(repair)}
        self._open.show_rows(_count(able), tr("Connections of QGIS"), _rows(able), ticked, has_boxes=True)
        self._open.setVisible(bool(able))
        self._others.show_rows(_count(others), tr("No key of yours mends them."), _rows(others), (), has_boxes=False)
        self._others.setVisible(bool(others))
        self._offer()

    def chosen(self) -> tuple[ConnectionRepair, ...]:
        """Return those that are ticked."""
        ticked = self._open.ticked()
        return tuple(repair for repair in self._repairs if repair.found.id in ticked)

    def set_busy(self, is_busy: bool) -> None:
        """Let nothing be chosen while something is being done."""
        self._is_busy = is_busy
        self._open.setEnabled(not is_busy)
        self._offer()

    def _is_ticked(self, repair: ConnectionRepair) -> bool:
        return self._choices.get(repair.found.id, repair.found.need.cause not in _OF_OTHERS)

    def _on_ticks(self) -> None:
        ticked = self._open.ticked()
        self._choices = {repair.found.id: repair.found.id in ticked for repair in self._repairs}
        self._offer()

    def _offer(self) -> None:
        count = len(self.chosen())
        self._mend.setText(repair_words.connections_to_mend(count))
        self._mend.setEnabled(count > 0 and not self._is_busy)
        self._mend.setVisible(any(repair.can_be_mended for repair in self._repairs))


def _count(repairs: Sequence[ConnectionRepair]) -> str:
    return value_words.connections(len(repairs))


def _rows(repairs: Sequence[ConnectionRepair]) -> list[tuple[str, Row]]:
    return [(repair.found.id, Row(repair.found.name, details=_details(repair))) for repair in repairs]


def _details(repair: ConnectionRepair) -> str:
    found = repair.found
    kind = value_words.connection_kind(found.kind) if found.kind is not None else tr("Authentication configuration")
    key = tr("gets your key “{name}”").format(name=repair.key.name) if repair.key is not None else ""
    if repair.needs_password:
        key = tr("connect your key “{name}” first").format(name=repair.key.name if repair.key else "")
    return " · ".join(filter(None, (key, kind, repair_words.of_cause(found.need.cause))))
