"""One type of key to choose: a radio button, what the type is for, and its own fields while it is chosen."""

from __future__ import annotations

from qgis.PyQt.QtCore import QRectF, pyqtSignal
from qgis.PyQt.QtGui import QMouseEvent, QPainter, QPaintEvent, QPalette, QPen
from qgis.PyQt.QtWidgets import QFrame, QVBoxLayout, QWidget

from ..drawing.colour_contrast import mix
from ..parts import theme
from ..parts.labels import FieldMessage, TonedLabel
from ..parts.outlined_choices import RadioButton
from ..parts.row_content import tooltip


class TypeCard(QFrame):
    """A card around a radio button; a click anywhere on its head chooses it."""

    chosen = pyqtSignal()

    def __init__(self, name: str, title: str, explanation: str, body: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        space = theme.gap(self)
        column = QVBoxLayout(self)
        column.setContentsMargins(space * 2, space, space * 2, space)
        column.setSpacing(space)
        self.radio = RadioButton(title)
        self.radio.setObjectName(name)
        self.radio.setFont(theme.larger(self.radio.font(), 1.0, bold=True))
        self.radio.setAccessibleDescription(explanation)
        self.radio.toggled.connect(self._on_toggled)
        self._explanation = TonedLabel(explanation)
        self._reason = FieldMessage()
        self._reason.setObjectName(f"{name}Reason")
        self._body = body
        self._is_body_forced = False
        for widget in (self.radio, self._explanation, self._reason, body):
            column.addWidget(widget)
        body.hide()

    def set_allowed(self, is_allowed: bool, reason: str) -> None:
        """Let the type be chosen, or not, and say why not."""
        self.radio.setEnabled(is_allowed)
        self._reason.say("" if is_allowed else reason, theme.Level.WARNING)
        self.radio.setToolTip("" if is_allowed else tooltip(reason))
        self._show_body()

    def set_compact(self, is_compact: bool) -> None:
        """Show the title only."""
        self._explanation.setVisible(not is_compact)

    def set_body_shown(self, is_shown: bool) -> None:
        """Show the type's own fields even while it is not chosen."""
        self._is_body_forced = is_shown
        self._show_body()

    def _is_chosen(self) -> bool:
        return self.radio.isChecked() and self.radio.isEnabled()

    def _show_body(self) -> None:
        self._body.setVisible(self._is_body_forced or self._is_chosen())
        self.update()

    def _on_toggled(self, is_checked: bool) -> None:
        self._show_body()
        if is_checked:
            self.chosen.emit()

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """Choose the type."""
        if self.radio.isEnabled():
            self.radio.click()
        super().mousePressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        """Draw the card, the chosen one with a marked edge."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        drawn = theme.seen(self.palette())
        ground = drawn.color(QPalette.ColorRole.Window)
        text = drawn.color(QPalette.ColorRole.WindowText)
        is_chosen = self._is_chosen()
        mark = theme.mark(drawn)
        edge = mark if is_chosen else mix(ground, text, 0.25)
        painter.setPen(QPen(edge, 2 if is_chosen else 1))
        painter.setBrush(mix(ground, mark, 0.05) if is_chosen else ground)
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), theme.gap(self), theme.gap(self))
        painter.end()
