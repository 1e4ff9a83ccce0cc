"""How many things there are, with a box for all of them; unfolded, a row each with its own box."""

from __future__ import annotations

from typing import Collection, Sequence

from qgis.PyQt.QtCore import Qt, pyqtSignal
from qgis.PyQt.QtWidgets import QHBoxLayout, QListView, QToolButton, QVBoxLayout, QWidget

from ...jobs.running.translate import tr
from ..keyboard.whole_list import follow_current_row
from ..parts import theme
from ..parts.labels import WrappedLabel
from ..parts.outlined_choices import TickBox
from ..parts.row_content import Row
from ..parts.row_delegate import ServicesDelegate
from .ticks_model import TicksModel


class RowsBox(QWidget):
    """A box with a count, an arrow, and the list that it unfolds."""

    ticks_changed = pyqtSignal()

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._count, self._words = 0, ""
        self._check = TickBox()
        self._check.setObjectName(f"{name}Check")
        self._check.clicked.connect(self._on_check)
        self._plain = WrappedLabel()
        self._plain.setObjectName(f"{name}Count")
        self._arrow = QToolButton()
        self._arrow.setObjectName(f"{name}Fold")
        self._arrow.setAutoRaise(True)
        self._arrow.setCheckable(True)
        self._arrow.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._arrow.toggled.connect(self._on_fold)
        self._model = TicksModel(self)
        self._model.ticks_changed.connect(self._on_ticks)
        self._view = QListView()
        self._view.setObjectName(f"{name}List")
        self._build()
        self._on_fold(is_open=False)

    def show_rows(
        self, words: str, about: str, rows: Sequence[tuple[str, Row]], ticked: Collection[str], *, has_boxes: bool
    ) -> None:
        """Show rows by their ids; `words` says how many, `about` what they have in common, for screen readers."""
        self._count, self._words = len(rows), words
        self._model.show_rows(rows, ticked, has_boxes=has_boxes)
        self._check.setAccessibleDescription(about)
        self._check.setVisible(has_boxes)
        self._plain.setText(words)
        self._plain.setVisible(not has_boxes)
        self._view.setAccessibleName(f"{words}, {about}")
        self._view.setFixedHeight(self._height())
        self._show_check()

    def ticked(self) -> frozenset[str]:
        """Return the ids of what is ticked."""
        return self._model.ticked()

    def unfold(self) -> None:
        """Show the rows."""
        self._arrow.setChecked(True)

    def _build(self) -> None:
        self._view.setModel(self._model)
        self._view.setItemDelegate(ServicesDelegate(self._view))
        self._view.setUniformItemSizes(True)
        self._view.setAlternatingRowColors(True)
        follow_current_row(self._view)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.gap(self))
        row = QHBoxLayout()
        row.addWidget(self._check, 1)
        row.addWidget(self._plain, 1)
        row.addWidget(self._arrow)
        column.addLayout(row)
        column.addWidget(self._view)

    def _height(self) -> int:
        each = max(self._view.sizeHintForRow(0), self.fontMetrics().height())
        return each * self._count + 2 * self._view.frameWidth()

    def _on_fold(self, is_open: bool) -> None:
        self._arrow.setArrowType(Qt.ArrowType.DownArrow if is_open else Qt.ArrowType.RightArrow)
        words = tr("Show them together") if is_open else tr("Show them one by one")
        self._arrow.setToolTip(words)
        self._arrow.setAccessibleName(words)
        self._view.setVisible(is_open)

    def _on_check(self) -> None:
        self._model.tick_all(is_ticked=len(self.ticked()) < self._count)

    def _on_ticks(self) -> None:
        self._show_check()
        self.ticks_changed.emit()

    def _show_check(self) -> None:
        count = len(self.ticked())
        has_some = 0 < count < self._count
        # In words: under Night Mapping a box of three states shows nothing when it is half ticked (QGIS 3.22).
        self._check.setText(tr("{ticked} of {all}").format(ticked=count, all=self._words) if has_some else self._words)
        self._check.setChecked(0 < count == self._count)
