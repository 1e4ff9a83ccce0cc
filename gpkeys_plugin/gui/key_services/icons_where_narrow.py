"""A row of small buttons that give up their words, the last first, where there is no room for them."""

from __future__ import annotations

from qgis.PyQt.QtCore import QSize, Qt
from qgis.PyQt.QtGui import QResizeEvent
from qgis.PyQt.QtWidgets import QHBoxLayout, QToolButton, QWidget

from ..parts import theme


class IconsWhereNarrow(QWidget):
    """Each button has an icon, words and a tooltip that says more than they do."""

    def __init__(self) -> None:
        super().__init__()
        self._buttons: list[QToolButton] = []
        self._tallest = 0
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(theme.gap(self))
        self._row.addStretch(1)

    def add_button(self, button: QToolButton) -> None:
        """Add a button at the end of the row."""
        self._buttons.append(button)
        self._row.insertWidget(len(self._buttons) - 1, button)

    def sizeHint(self) -> QSize:  # noqa: N802
        """Return room for the words, as tall as they are."""
        return self._as_tall(super().sizeHint())

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        """Return room for the icons, as tall as the words are."""
        hint = super().minimumSizeHint()
        return self._as_tall(QSize(min(hint.width(), len(self._buttons) * theme.em(self) * 3), hint.height()))

    def _as_tall(self, hint: QSize) -> QSize:
        """Return a hint whose height does not depend on the words: where it did, a row that lost them had less height.

        That resized it, which gave them back, and so on within one layout, until the stack was full and QGIS gone.
        """
        self._tallest = max(self._tallest, hint.height())
        return QSize(hint.width(), self._tallest)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """Leave as many of the words as there is room for."""
        super().resizeEvent(event)
        lacking = self._wanted() - self.width()
        for button in reversed(self._buttons):
            style = (
                Qt.ToolButtonStyle.ToolButtonIconOnly if lacking > 0 else Qt.ToolButtonStyle.ToolButtonTextBesideIcon
            )
            lacking -= self.fontMetrics().horizontalAdvance(button.text())
            button.setToolButtonStyle(style)

    def _wanted(self) -> int:
        """Return the width that all need with their words."""
        widths = 0
        for button in self._buttons:
            has_words = button.toolButtonStyle() == Qt.ToolButtonStyle.ToolButtonTextBesideIcon
            words = 0 if has_words else self.fontMetrics().horizontalAdvance(button.text()) + theme.em(self) // 2
            widths += button.sizeHint().width() + words
        return widths + (len(self._buttons) - 1) * self._row.spacing()
