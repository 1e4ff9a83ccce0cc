"""What all pages share: content that scrolls, and a row of buttons that stays in sight below it."""

from __future__ import annotations

from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtGui import QKeyEvent
from qgis.PyQt.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QCheckBox,
    QComboBox,
    QFrame,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QRadioButton,
    QScrollArea,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from ..drawing.ground import Ground
from ..keyboard import page_keys, row_hints
from ..keyboard.reading_order import stops
from . import theme
from .flow_layout import FlowLayout
from .row_content import tooltip
from .shortening import ShorteningButton

_FIELDS = (QLineEdit, QPlainTextEdit, QAbstractItemView, QComboBox, QCheckBox, QRadioButton)


class Page(Ground):
    """A scrolling column with buttons below."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        space = theme.gap(self)
        outer = self._outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(space)
        self.content = Ground()
        self.column = QVBoxLayout(self.content)
        self.column.setContentsMargins(space * 2, space, space * 2, space)
        self.column.setSpacing(space)
        self.scroll = QScrollArea()
        self.scroll.setWidgetResizable(True)
        self.scroll.setFrameShape(QFrame.Shape.NoFrame)
        self.scroll.setWidget(self.content)
        outer.addWidget(self.scroll, 1)
        self._buttons_box = QWidget()
        box = QVBoxLayout(self._buttons_box)
        box.setContentsMargins(space * 2, 0, space * 2, space * 2)
        self._buttons = FlowLayout(spacing=space, align_right=True)
        box.addLayout(self._buttons)
        self._buttons_box.hide()
        self._default: QPushButton | None = None
        self._main: QPushButton | None = None
        self._escape: QAbstractButton | None = None
        outer.addWidget(self._buttons_box)

    def add_button(
        self, name: str, text: str, *, is_main: bool = False, is_default: bool = False, is_escape: bool = False
    ) -> QPushButton:
        """Add a button to the row below the content; Enter presses the default one, Esc the one that leads back."""
        button = push_button(name, text, is_main=is_main)
        self._default = button if is_default else self._default
        self._main = button if is_main else self._main
        self._escape = button if is_escape else self._escape
        self._buttons.addWidget(button)
        self._buttons_box.show()
        return button

    def emphasise(self, main: QPushButton | None) -> None:
        """Have another button be the one that goes on, bold and pressed by Enter; with None there is none."""
        for button in filter(None, (self._main, self._default)):
            button.setFont(self._buttons_box.font())
        self._main = self._default = main
        if main is not None:
            main.setFont(theme.larger(self._buttons_box.font(), 1.0, bold=True))

    def insert_above_buttons(self, widget: QWidget) -> None:
        """Put a widget between the content and the buttons, where it stays in sight."""
        self._outer.insertWidget(1, widget)

    def escape_with(self, button: QAbstractButton) -> None:
        """Have Esc press a button that is not in the row below the content."""
        self._escape = button

    def take_focus(self) -> None:
        """Give the keyboard to what is to be done next: the first thing to fill in, else the button that goes on."""
        found = [stop for stop in stops(self) if not isinstance(stop, QScrollArea)]
        fields = [stop for stop in found if isinstance(stop, _FIELDS)]
        main = [stop for stop in found if stop is self._main]
        if fields or main or found:
            self.reveal((fields or main or found)[0])

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Go on with Enter, back with Esc."""
        if not page_keys.press(self, event, self._default, self._escape):
            super().keyPressEvent(event)

    def scroll_up(self) -> None:
        """Show the page from its beginning, wherever it was left."""
        self.scroll.verticalScrollBar().setValue(0)

    def reveal(self, widget: QWidget) -> None:
        """Bring a widget into sight and give it the keyboard."""
        self.scroll.ensureWidgetVisible(widget)
        widget.setFocus(Qt.FocusReason.OtherFocusReason)


def finish(top: QWidget) -> None:
    """Give the fields and lists below `top` what all have: hints that can be read, Ctrl+C, hints by keyboard.

    All else that follows the theme is made in its colours; the hint of a field is lost again where that is hung into
    the window afterwards. To look for the parts takes longer than the rest: once.
    """
    for part in top.findChildren((QLineEdit, QPlainTextEdit, QAbstractItemView)):
        if isinstance(part, QAbstractItemView):
            page_keys.keep_copy(part)
            row_hints.hint_by_keyboard(part)
        else:
            theme.show_hint(part)


def push_button(name: str, text: str, *, is_main: bool = False) -> QPushButton:
    """Return a button under an object name; the main one of a page is bold."""
    button = ShorteningButton(text)
    button.setObjectName(name)
    button.setAutoDefault(False)
    if is_main:
        button.setFont(theme.larger(button.font(), 1.0, bold=True))
    return button


def tool_button(name: str, drawing: str, text: str, *, with_text: bool = False) -> QToolButton:
    """Return a small button with an icon; its words stand beside the icon, or else are its tooltip."""
    button = QToolButton()
    button.setObjectName(name)
    button.setAccessibleName(text.replace("&", ""))
    button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    theme.dress(button, drawing)
    if with_text:
        button.setText(text)
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
    else:
        button.setToolTip(tooltip(text.replace("&", "")))
    return button
