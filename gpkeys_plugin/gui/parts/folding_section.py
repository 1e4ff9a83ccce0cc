"""A heading that folds its content away."""

from __future__ import annotations

from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtWidgets import QSizePolicy, QToolButton, QVBoxLayout, QWidget

from . import theme


class Fold(QWidget):
    """A button with an arrow, and a column that it shows or hides."""

    def __init__(self, name: str, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        space = theme.gap(self)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(space)
        self._button = QToolButton()
        self._button.setObjectName(name)
        self._button.setAutoRaise(True)
        self._button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self._button.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        # It may be narrower than its words rather than widen the page.
        self._button.setMinimumWidth(1)
        self._button.clicked.connect(lambda: self.set_open(not self.is_open()))
        outer.addWidget(self._button)
        self.content = QWidget()
        self.column = QVBoxLayout(self.content)
        self.column.setContentsMargins(space * 2, 0, 0, space)
        self.column.setSpacing(space)
        outer.addWidget(self.content)
        self.set_title(title)
        self.set_open(False)

    def set_title(self, title: str) -> None:
        """Show another title."""
        self._button.setText(title)

    def is_open(self) -> bool:
        """Say whether the content shows."""
        return self._is_open

    def set_open(self, is_open: bool) -> None:
        """Show or fold away the content."""
        self._is_open = is_open
        self._button.setArrowType(Qt.ArrowType.DownArrow if is_open else Qt.ArrowType.RightArrow)
        self.content.setVisible(is_open)
