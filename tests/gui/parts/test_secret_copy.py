"""A secret leaves the clipboard by itself, but nothing else does."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from qgis.PyQt.QtCore import QCoreApplication, QTimer
from qgis.PyQt.QtGui import QClipboard
from qgis.PyQt.QtWidgets import QApplication, QWidget

from gpkeys_plugin.gui.parts.secret_copy import LIFETIME_S, SecretCopy, clear_copies
from tests.tooling.tree import PLUGIN

MARKED = "marked-secret"


@pytest.fixture
def clipboard(qgis_app: Any) -> Iterator[QClipboard]:
    board = QApplication.clipboard()
    board.setText("before")
    yield board
    board.clear()


@pytest.fixture
def top(qtbot: Any) -> QWidget:
    widget = QWidget()
    qtbot.addWidget(widget)
    return widget


def timer_of(copied: SecretCopy) -> QTimer:
    found = copied.findChild(QTimer)
    assert found is not None
    return found


def test_a_secret_stays_a_minute(clipboard: QClipboard, top: QWidget) -> None:
    copied = SecretCopy(top)
    copied.copy(MARKED)
    assert clipboard.text() == MARKED
    assert (timer_of(copied).isActive(), timer_of(copied).interval()) == (True, LIFETIME_S * 1000)
    timer_of(copied).timeout.emit()
    assert clipboard.text() == ""
    assert not timer_of(copied).isActive()


def test_it_goes_when_the_time_is_up(clipboard: QClipboard, top: QWidget, qtbot: Any) -> None:
    SecretCopy(top, lifetime_s=0.01).copy(MARKED)
    qtbot.waitUntil(lambda: clipboard.text() == "")


def test_what_was_copied_since_stays(clipboard: QClipboard, top: QWidget) -> None:
    copied = SecretCopy(top)
    copied.copy(MARKED)
    clipboard.setText("of somebody else")
    copied.clear()
    assert clipboard.text() == "of somebody else"


def test_the_end_of_qgis_clears_it(clipboard: QClipboard, top: QWidget) -> None:
    SecretCopy(top).copy(MARKED)
    application = QCoreApplication.instance()
    assert application is not None
    application.aboutToQuit.emit()
    assert clipboard.text() == ""


def test_a_window_that_goes_clears_it(clipboard: QClipboard, top: QWidget) -> None:
    inner = QWidget(top)
    SecretCopy(inner).copy(MARKED)
    clear_copies(top)
    assert clipboard.text() == ""


def test_the_secret_is_not_kept(clipboard: QClipboard, top: QWidget) -> None:
    copied = SecretCopy(top)
    copied.copy(MARKED)
    assert MARKED not in repr(vars(copied))


def test_no_page_copies_a_secret_by_itself() -> None:
    """Where a file of the window sets the clipboard itself, no secret is in reach of that line."""
    lines = [
        (path.name, line)
        for path in sorted((PLUGIN / "gui").rglob("*.py"))
        for line in path.read_text(encoding="utf-8").splitlines()
        if "clipboard().setText(" in line
    ]
    assert [name for name, line in lines if any(word in line for word in ("password", "hash", "ready_url"))] == []
    assert lines
