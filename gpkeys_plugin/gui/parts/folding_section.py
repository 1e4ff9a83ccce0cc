"""A heading that folds its content away."""

from __future__ import annotations

from typing import Sequence

from qgis.PyQt.QtCore import Qt, pyqtSignal
from qgis.PyQt.QtWidgets import QSizePolicy, QToolButton, QVBoxLayout, QWidget

from . import theme
from .row_content import hint


class Fold(QWidget):
    """A button with an arrow, and a column that it shows or hides; `toggled` says which the user has chosen."""

    toggled = pyqtSignal(bool)

    def __init__(self, name: str, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        space = self._space = theme.gap(self)
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
        self._button.clicked.connect(self._on_clicked)
        outer.addWidget(self._button)
        self.content = QWidget()
        self.column = QVBoxLayout(self.content)
        self.column.setSpacing(space)
        outer.addWidget(self.content)
        self._is_open = self._is_laid_open = False
        self.set_title(title)
        self.lay_open(False)

    def set_title(self, title: str, within: Sequence[str] = ()) -> None:
        """Show another title; what of the content is to be known while it is folded is its hint."""
        self._button.setText(title)
        self._button.setToolTip(hint(within))
        self._button.setAccessibleDescription(", ".join(within))

    def is_open(self) -> bool:
        """Say whether the content shows."""
        return self._is_open

    def set_open(self, is_open: bool) -> None:
        """Show or fold away the content."""
        self._is_open = is_open
        self._button.setArrowType(Qt.ArrowType.DownArrow if is_open else Qt.ArrowType.RightArrow)
        self.content.setVisible(is_open or self._is_laid_open)

    def lay_open(self, is_laid_open: bool) -> None:
        """Show the content without its heading, or below it as it was folded."""
        self._is_laid_open = is_laid_open
        self._button.setVisible(not is_laid_open)
        indent, foot = (0, 0) if is_laid_open else (self._space * 2, self._space)
        self.column.setContentsMargins(indent, 0, 0, foot)
        self.set_open(self._is_open)

    def _on_clicked(self) -> None:
        self.set_open(not self._is_open)
        self.toggled.emit(self._is_open)
