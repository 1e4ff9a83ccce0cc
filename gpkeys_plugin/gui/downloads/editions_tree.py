"""The tree of editions and their files: what was open stays so when other rows are found."""

from __future__ import annotations

from qgis.PyQt.QtCore import QModelIndex, QSize, Qt
from qgis.PyQt.QtWidgets import QTreeView

from ...entrepot.downloads.models import Edition
from ...jobs.running.translate import tr
from ..parts import theme
from ..parts.row_delegate import PermissionsDelegate
from .editions_model import EditionsModel

_LINES = 4


class EditionsTree(QTreeView):
    """As tall as a few rows at least."""

    def __init__(self, model: EditionsModel) -> None:
        super().__init__()
        self.setModel(model)
        self.setItemDelegate(PermissionsDelegate(self))
        self.setObjectName("downloadsTree")
        self.setAccessibleName(tr("Editions and files"))
        self.setHeaderHidden(True)
        self.setUniformRowHeights(True)
        self.setTabKeyNavigation(False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setIndentation(round(theme.em(self) * 1.3))
        self.setMinimumHeight(self.fontMetrics().height() * _LINES)
        self._opened: set[Edition] = set()
        self.expanded.connect(self._on_expanded)
        self.collapsed.connect(self._on_collapsed)

    def sizeHint(self) -> QSize:  # noqa: N802
        """Return room for a few rows: the tree takes what the page leaves, and scrolls instead of it."""
        return QSize(theme.em(self) * 12, self.fontMetrics().height() * _LINES)

    def restore(self, model: EditionsModel, current: Edition | None, place: int) -> None:
        """Open again what was open, and go back to where the view was."""
        opened, self._opened = self._opened, set()
        if not opened and current is None:
            return
        for row in range(model.rowCount()):
            index = model.index(row, 0)
            edition = model.edition(index)
            if edition in opened:
                self.expand(index)
            if edition == current:
                self.setCurrentIndex(index)
        self.verticalScrollBar().setValue(place)

    def _on_expanded(self, index: QModelIndex) -> None:
        edition = self.model().edition(index)
        if edition is not None:
            self._opened.add(edition)

    def _on_collapsed(self, index: QModelIndex) -> None:
        self._opened.discard(self.model().edition(index))
