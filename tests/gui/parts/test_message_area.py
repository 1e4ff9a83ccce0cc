"""The messages above the pages: one in sight, the gravest; short successes go by themselves."""

from __future__ import annotations

from typing import Any

import pytest
from qgis.PyQt.QtCore import QEvent, QObject
from qgis.PyQt.QtWidgets import QApplication, QWidget

from gpkeys_plugin.gui.notices import notice_clock
from gpkeys_plugin.gui.notices.message_area import Messages
from gpkeys_plugin.gui.notices.notice import Action, Notice
from gpkeys_plugin.gui.notices.notice_clock import NoticeClock
from gpkeys_plugin.gui.parts.theme import Level


@pytest.fixture
def area(qtbot: Any) -> Messages:
    """Return an empty area that can show."""
    made = Messages()
    # Away from where the mouse is.
    made.move(400, 400)
    qtbot.addWidget(made)
    return made


def seen(area: Messages) -> list[str]:
    """Return the messages in sight, from above."""
    shown = [notice for notice in area.findChildren(Notice) if notice.isVisible()]
    return [notice.text() for notice in sorted(shown, key=lambda notice: area.layout().indexOf(notice))]


def others(area: Messages) -> Any:
    """Return the button that unfolds the others."""
    return next(child for child in area.children() if child.objectName() == "otherMessagesButton")


class ShownWindows(QObject):
    """Takes note of every window that shows, if only for a moment."""

    def __init__(self) -> None:
        super().__init__()
        self.seen: list[QWidget] = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - the name Qt calls
        """Look for windows."""
        if event.type() == QEvent.Type.Show and isinstance(watched, QWidget) and watched.isWindow():
            self.seen.append(watched)
        return False


def test_a_message_with_buttons_opens_no_window_that_would_take_the_keyboard(area: Messages) -> None:
    area.post("a", Level.INFO, "first")
    windows = ShownWindows()
    QApplication.instance().installEventFilter(windows)
    area.post("b", Level.WARNING, "warning", (Action("act", "Act", lambda: None),))
    QApplication.instance().removeEventFilter(windows)
    assert windows.seen == []


def test_the_gravest_is_in_sight_and_the_others_are_counted(area: Messages) -> None:
    area.post("a", Level.WARNING, "warning")
    assert (seen(area), others(area).isVisible()) == (["warning"], False)
    area.post("b", Level.GOOD, "good")
    area.post("c", Level.ERROR, "error")
    area.post("d", Level.INFO, "info")
    assert seen(area) == ["error"]
    assert others(area).text() == "3 other messages"
    others(area).click()
    assert seen(area) == ["error", "warning", "info", "good"]
    others(area).click()
    area.withdraw("c")
    assert seen(area) == ["warning"]
    area.withdraw("d")
    assert others(area).text() == "1 other message"
    area.withdraw("b")
    assert not others(area).isVisible()


def test_of_two_as_grave_the_newer_is_in_sight(area: Messages) -> None:
    area.post("a", Level.WARNING, "older")
    area.post("b", Level.WARNING, "newer")
    assert seen(area) == ["newer"]
    area.post("a", Level.WARNING, "older, said again")
    assert seen(area) == ["older, said again"]


def test_what_is_under_way_stands_before_what_is_graver(area: Messages) -> None:
    area.post("a", Level.INFO, "waiting", is_first=True)
    area.post("b", Level.ERROR, "error")
    assert seen(area) == ["waiting"]
    area.withdraw("a")
    assert seen(area) == ["error"]


def clock(notice: Notice) -> NoticeClock | None:
    """Return the clock of a notice, if it has one."""
    return next((child for child in notice.children() if isinstance(child, NoticeClock)), None)


def test_a_success_goes_after_eight_seconds(area: Messages, monkeypatch: pytest.MonkeyPatch, qtbot: Any) -> None:
    assert notice_clock.STAY_MS == 8000
    monkeypatch.setattr(notice_clock, "STAY_MS", 1)
    # Without its cross, which alone in a window has the focus.
    area.post("a", Level.GOOD, "good")
    qtbot.waitUntil(lambda: not area.isVisible())
    assert area.text("a") == ""


def test_it_waits_until_it_is_in_sight(area: Messages) -> None:
    area.post("b", Level.WARNING, "warning")
    running = clock(area.post("a", Level.GOOD, "good", can_close=True))
    assert running is not None
    assert not running.timer.isActive()
    area.withdraw("b")
    assert running.timer.isActive()


def test_it_stays_under_the_mouse_and_with_the_focus(area: Messages, qtbot: Any) -> None:
    notice = area.post("a", Level.GOOD, "good", can_close=True)
    running = clock(notice)
    assert running is not None
    assert running.timer.isActive()
    QApplication.sendEvent(notice, QEvent(QEvent.Type.Enter))
    assert not running.timer.isActive()
    QApplication.sendEvent(notice, QEvent(QEvent.Type.Leave))
    assert running.timer.isActive()
    area.activateWindow()
    cross = next(child for child in notice.children() if child.objectName() == "noticeCloseButton")
    cross.setFocus()
    qtbot.waitUntil(cross.hasFocus)
    assert not running.timer.isActive()


@pytest.mark.parametrize("level", [Level.ERROR, Level.WARNING, Level.INFO])
def test_nothing_else_goes_by_itself(area: Messages, level: Level) -> None:
    assert clock(area.post("a", level, "words", can_close=True)) is None


def test_what_takes_longer_to_read_or_can_be_acted_on_stays(area: Messages) -> None:
    assert clock(area.post("a", Level.GOOD, "word " * 40, can_close=True)) is None
    assert clock(area.post("b", Level.GOOD, "good", [Action("undoIt", "Undo", list)], can_close=True)) is None


@pytest.mark.parametrize(
    ("level", "name"),
    [
        (Level.ERROR, "Error: words"),
        (Level.WARNING, "Warning: words"),
        (Level.INFO, "Information: words"),
        (Level.GOOD, "Done: words"),
    ],
)
def test_how_grave_it_is_is_said_too(area: Messages, level: Level, name: str) -> None:
    notice = area.post("a", level, "other")
    notice.set_text("words")
    assert notice.accessibleName() == name
