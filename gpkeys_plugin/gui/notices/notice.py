"""A message inside the dock, with what can be done about it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Callable, Sequence

from qgis.PyQt.QtCore import Qt, pyqtSignal
from qgis.PyQt.QtGui import QKeyEvent, QPainter, QPaintEvent
from qgis.PyQt.QtWidgets import QFrame, QHBoxLayout, QPushButton, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from ...jobs.running.translate import tr
from ..drawing.icon_label import IconLabel
from ..parts import theme
from ..parts.flow_layout import FlowLayout
from ..parts.labels import WrappedLabel
from ..parts.shortening import ShorteningButton

_ICONS = {
    theme.Level.ERROR: "error",
    theme.Level.WARNING: "warning",
    theme.Level.GOOD: "done",
    theme.Level.INFO: "info",
}


@dataclass(frozen=True)
class Action:
    """A button of a notice: its object name, its words, what it does, and whether that is what comes next."""

    name: str
    label: str
    act: Callable[[], object]
    is_main: bool = False


class Notice(QFrame):
    """Icon, wrapped text, buttons below, and a cross where it may be put away."""

    closed = pyqtSignal()

    def __init__(
        self,
        level: theme.Level,
        text: str,
        actions: Sequence[Action] = (),
        *,
        can_close: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.level, self.can_close = level, can_close
        self._icon = IconLabel(_ICONS[level], 1.1, lambda: theme.ink(self.palette(), level))
        self._text = WrappedLabel(text)
        self._text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._details = WrappedLabel()
        self._details.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._details.setObjectName("noticeDetails")
        self._details.hide()
        self._build(actions, can_close)
        self._name(text)

    def text(self) -> str:
        """Return the text shown."""
        return self._text.text()

    def set_text(self, text: str) -> None:
        """Show another text."""
        self._text.setText(text)
        self._name(text)

    def set_details(self, text: str) -> None:
        """Keep further lines ready, folded behind a Details button."""
        self._details.setText(text)
        button = self._button(Action("noticeDetailsButton", tr("Details"), lambda: None))
        button.setCheckable(True)
        button.toggled.connect(self._details.setVisible)
        self._buttons.addWidget(button)
        self._buttons_box.show()

    def _name(self, text: str) -> None:
        """Say in words what colour and icon say."""
        words = {
            theme.Level.ERROR: tr("Error: {text}"),
            theme.Level.WARNING: tr("Warning: {text}"),
            theme.Level.GOOD: tr("Done: {text}"),
            theme.Level.INFO: tr("Information: {text}"),
        }
        self.setAccessibleName(words[self.level].format(text=text))
        for button in self._buttons_box.findChildren(QPushButton):
            button.setAccessibleDescription(text)

    def _build(self, actions: Sequence[Action], can_close: bool) -> None:
        space = theme.gap(self)
        row = QHBoxLayout(self)
        row.setContentsMargins(space * 2, space, space, space)
        row.setSpacing(space)
        row.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout()
        column.setSpacing(space)
        column.addWidget(self._text)
        column.addWidget(self._details)
        self._buttons_box = QWidget()
        self._buttons = FlowLayout(self._buttons_box, spacing=space)
        for action in actions:
            self._buttons.addWidget(self._button(action))
        column.addWidget(self._buttons_box)
        row.addLayout(column, 1)
        # Only now that it has a parent: without one it would be a window for a moment, and take the keyboard.
        self._buttons_box.setVisible(bool(actions))
        if can_close:
            row.addWidget(self._cross(), 0, Qt.AlignmentFlag.AlignTop)

    def _button(self, action: Action) -> QPushButton:
        button = ShorteningButton(action.label)
        button.setObjectName(action.name)
        button.setAutoDefault(False)
        # “Finish” alone does not say what.
        button.setAccessibleDescription(self.text())
        if action.is_main:
            button.setFont(theme.larger(button.font(), 1.0, bold=True))
        button.clicked.connect(lambda: action.act())  # noqa: PLW0108 - Qt would hand in `checked`
        return button

    def _cross(self) -> QToolButton:
        cross = QToolButton()
        cross.setObjectName("noticeCloseButton")
        cross.setAutoRaise(True)
        theme.dress(cross, "close")
        cross.setToolTip(tr("Close this message"))
        cross.setAccessibleName(tr("Close this message"))
        cross.clicked.connect(self.closed)
        return cross

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Close at Esc, where it may be closed."""
        if event.key() == Qt.Key.Key_Escape and self.can_close:
            self.closed.emit()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        """Draw the quiet ground and the coloured edge."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme.wash(self.palette(), self.level))
        edge = self.rect()
        edge.setWidth(max(2, theme.gap(self) // 2))
        painter.fillRect(edge, theme.ink(self.palette(), self.level))
        painter.end()
