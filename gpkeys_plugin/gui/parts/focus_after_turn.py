"""Where the keyboard goes when another page comes to the front."""

from __future__ import annotations

from qgis.PyQt.QtWidgets import QStackedWidget, QWidget

from .page import Page


def follow_turns(pages: QStackedWidget) -> None:
    """From now on, give the keyboard to the next act of each page that comes, unless it is elsewhere in QGIS."""
    pages.currentChanged.connect(lambda _place: hand_over(pages))


def hand_over(pages: QStackedWidget) -> None:
    """Give the keyboard to the next act of the page in front, if these pages have it or nothing has."""
    # Not the application's: while the browser is in front, QGIS has none, and its window remembers this one.
    if not pages.isVisible():
        return
    held = pages.window().focusWidget()
    if held is None or held is pages.window() or held is pages or pages.isAncestorOf(held):
        give_focus(pages.currentWidget())


def give_focus(page: QWidget | None) -> None:
    """Give the keyboard to the next act of a page, or of the page in front of several."""
    while isinstance(page, QStackedWidget):
        page = page.currentWidget()
    if isinstance(page, Page):
        page.take_focus()
