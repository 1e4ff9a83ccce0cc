"""Buttons and boxes to choose from: without room they shorten their words, in the middle, and do not widen the page."""

from __future__ import annotations

from qgis.PyQt.QtCore import QSize, Qt
from qgis.PyQt.QtGui import QPaintEvent, QResizeEvent
from qgis.PyQt.QtWidgets import (
    QComboBox,
    QPushButton,
    QSizePolicy,
    QStyle,
    QStyleOptionButton,
    QStyleOptionComboBox,
    QStylePainter,
)

from . import theme
from .row_content import tooltip

_LEAST_LETTERS = 6


class ShorteningButton(QPushButton):
    """A button; the tooltip has the words where they are shortened, unless it says something else."""

    def __init__(self, text: str = "") -> None:
        super().__init__(text)
        self._is_hint_ours = False
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        """Return room for a few letters."""
        return super().minimumSizeHint().boundedTo(QSize(theme.em(self) * _LEAST_LETTERS, self.sizeHint().height()))

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """Have all the words in the tooltip where there is no room for them."""
        super().resizeEvent(event)
        is_short = self.width() < self.sizeHint().width()
        if is_short and not self.toolTip():
            self.setToolTip(tooltip(self.text().replace("&", "")))
            self._is_hint_ours = True
        elif not is_short and self._is_hint_ours:
            self.setToolTip("")
            self._is_hint_ours = False

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        """Draw the button with as many of its words as there is room for."""
        option = QStyleOptionButton()
        self.initStyleOption(option)
        lacking = self.sizeHint().width() - self.width()
        if lacking > 0:
            metrics = self.fontMetrics()
            plain = option.text.replace("&", "")
            room = max(metrics.horizontalAdvance(plain) - lacking, theme.em(self))
            option.text = metrics.elidedText(plain, Qt.TextElideMode.ElideMiddle, room)
        QStylePainter(self).drawControl(QStyle.ControlElement.CE_PushButton, option)


class ShorteningCombo(QComboBox):
    """A box to choose from; the list that it opens is as wide as its longest words."""

    def __init__(self) -> None:
        super().__init__()
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(_LEAST_LETTERS)

    def sizeHint(self) -> QSize:  # noqa: N802
        """Return room for the words and the edge that is kept free beside them."""
        return super().sizeHint() + QSize(theme.em(self) // 2, 0)

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        """Return room for a few letters."""
        return QSize(theme.em(self) * _LEAST_LETTERS, super().minimumSizeHint().height())

    def showPopup(self) -> None:  # noqa: N802
        """Open the list."""
        view = self.view()
        view.setMinimumWidth(view.sizeHintForColumn(0) + view.verticalScrollBar().sizeHint().width())
        super().showPopup()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        """Draw the box with as many of the words as there is room for: styles cut them off (Qt 5)."""
        option = QStyleOptionComboBox()
        self.initStyleOption(option)
        style, painter = self.style(), QStylePainter(self)
        field = QStyle.SubControl.SC_ComboBoxEditField
        room = style.subControlRect(QStyle.ComplexControl.CC_ComboBox, option, field, self)
        width = room.width() - theme.em(self) // 2
        option.currentText = self.fontMetrics().elidedText(self.currentText(), Qt.TextElideMode.ElideMiddle, width)
        painter.drawComplexControl(QStyle.ComplexControl.CC_ComboBox, option)
        painter.drawControl(QStyle.ControlElement.CE_ComboBoxLabel, option)
