"""Boxes and radio buttons whose signs can be seen: styles draw their edges as faint as 1.7 on the window's ground."""

from __future__ import annotations

from qgis.PyQt.QtGui import QPainter, QPaintEvent, QPalette
from qgis.PyQt.QtWidgets import (
    QAbstractButton,
    QApplication,
    QCheckBox,
    QRadioButton,
    QStyle,
    QStyleOptionButton,
    QWidget,
)

from ..drawing.colour_contrast import mix
from . import theme

_FAINT = 0.5


class TickBox(QCheckBox):
    """A check box with an outline."""

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        """Draw the outline over what the style has drawn."""
        super().paintEvent(event)
        option = QStyleOptionButton()
        self.initStyleOption(option)
        painter = QPainter(self)
        _set_pen(painter, self)
        sign = self.style().subElementRect(QStyle.SubElement.SE_CheckBoxIndicator, option, self)
        painter.drawRect(sign.adjusted(0, 0, -1, -1))
        painter.end()


class RadioButton(QRadioButton):
    """A radio button with an outline, whose words can be read while it cannot be chosen."""

    def __init__(self, text: str = "", parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self.follow_theme()

    def follow_theme(self) -> None:
        """Work out the colour of its words anew: in “Blend of Gray” those of what is disabled are grey on grey."""
        drawn = theme.seen(QApplication.palette())
        faint = mix(drawn.color(QPalette.ColorRole.Window), drawn.color(QPalette.ColorRole.WindowText), _FAINT)
        theme.colour_words(self, "QRadioButton:disabled", faint)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        """Draw the outline over what the style has drawn."""
        super().paintEvent(event)
        option = QStyleOptionButton()
        self.initStyleOption(option)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        _set_pen(painter, self)
        sign = self.style().subElementRect(QStyle.SubElement.SE_RadioButtonIndicator, option, self)
        side = min(sign.width(), sign.height()) - 1
        painter.drawEllipse(sign.left(), sign.top() + (sign.height() - side) // 2, side, side)
        painter.end()


def _set_pen(painter: QPainter, button: QAbstractButton) -> None:
    quiet = theme.muted(button.palette())
    if not button.isEnabled():
        quiet.setAlphaF(0.4)
    painter.setPen(quiet)
