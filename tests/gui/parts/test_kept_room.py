"""A message that goes by itself moves nothing while the mouse is over the panel."""

from __future__ import annotations

from typing import Any

import pytest
from qgis.PyQt.QtCore import QCoreApplication, QEvent, Qt
from qgis.PyQt.QtWidgets import QApplication, QDockWidget, QMainWindow, QPushButton, QToolButton, QVBoxLayout, QWidget

from gpkeys_plugin.gui.notices.message_area import Messages
from gpkeys_plugin.gui.notices.notice_clock import NoticeClock
from gpkeys_plugin.gui.parts.theme import Level

_TURNS = 8


class Panel:
    """A dock in a window, with messages above a button, both asked for where they are."""

    def __init__(self) -> None:
        self.window, self.dock, content = QMainWindow(), QDockWidget(), QWidget()
        self.messages, self.button = Messages(), QPushButton("Delete")
        column = QVBoxLayout(content)
        for widget in (self.messages, self.button):
            column.addWidget(widget)
        column.addStretch(1)
        self.dock.setWidget(content)
        self.window.addDockWidget(Qt.DockWidgetArea.RightDockWidgetArea, self.dock)
        self.window.resize(500, 600)
        self.window.show()

    def mouse(self, kind: QEvent.Type) -> None:
        """Have the mouse come over the dock, or leave it."""
        self.dock.setAttribute(Qt.WidgetAttribute.WA_UnderMouse, kind == QEvent.Type.Enter)
        QApplication.sendEvent(self.dock, QEvent(kind))

    def place(self) -> int:
        """Return how far down the button is, once all is laid out."""
        for _ in range(_TURNS):
            QCoreApplication.processEvents()
        return int(self.button.y())

    def time_is_up(self) -> None:
        """Have the time of the success end."""
        clock = self.messages.findChild(NoticeClock)
        assert clock is not None
        clock.timer.timeout.emit()


@pytest.fixture
def panel(qtbot: Any, qgis_app: Any) -> Panel:
    """Return a panel."""
    made = Panel()
    qtbot.addWidget(made.window)
    made.place()
    # Where the mouse of the screen is, is chance.
    made.mouse(QEvent.Type.Leave)
    return made


@pytest.mark.parametrize("others", [(), ("Two of three services answer.",)])
def test_what_stands_below_stays_where_it_is_until_the_mouse_leaves(panel: Panel, others: tuple[str, ...]) -> None:
    for text in others:
        panel.messages.post("b", Level.INFO, text)
    empty = panel.place()
    panel.messages.post("a", Level.GOOD, "The key is deleted. " * 3)
    if others:
        panel.messages.findChild(QToolButton, "otherMessagesButton").click()
    full = panel.place()
    assert full > empty
    panel.mouse(QEvent.Type.Enter)
    panel.time_is_up()
    assert panel.messages.text("a") == ""
    assert panel.place() == full
    panel.mouse(QEvent.Type.Leave)
    assert panel.place() == empty


def test_without_the_mouse_the_room_goes_with_the_message(panel: Panel) -> None:
    empty = panel.place()
    panel.messages.post("a", Level.GOOD, "The key is deleted.")
    assert panel.place() > empty
    panel.time_is_up()
    assert panel.place() == empty


@pytest.mark.parametrize("act", ["post", "turn"])
def test_another_message_or_page_takes_the_room(panel: Panel, act: str) -> None:
    empty = panel.place()
    panel.mouse(QEvent.Type.Enter)
    panel.messages.post("a", Level.GOOD, "The key is deleted.")
    full = panel.place()
    panel.time_is_up()
    if act == "post":
        panel.messages.post("b", Level.ERROR, "No answer.")
        assert panel.place() == full
        panel.messages.withdraw("b")
    else:
        panel.messages.withdraw_news()
    assert panel.place() == empty


def test_what_was_waited_for_moves_nothing_either(panel: Panel) -> None:
    panel.mouse(QEvent.Type.Enter)
    panel.messages.tell("wait", "The Géoplateforme asks to wait.")
    full = panel.place()
    panel.messages.fade("wait")
    assert (panel.messages.text("wait"), panel.place()) == ("", full)
