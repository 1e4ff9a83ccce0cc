"""The button that opens the help, and which page of it a screen has."""

from __future__ import annotations

from typing import Callable

from qgis.PyQt.QtGui import QDesktopServices
from qgis.PyQt.QtWidgets import QStackedWidget, QToolButton, QWidget

from ...jobs.running.help_page import help_url
from ...jobs.running.translate import tr
from .page import tool_button


def help_button(name: str, page: Callable[[], str], *, with_text: bool = False) -> QToolButton:
    """Return a button that opens a page of the help in the browser, the one that is asked for when it is clicked."""
    button = tool_button(name, "help", tr("Help"), with_text=with_text)
    button.clicked.connect(lambda _is_checked=False: QDesktopServices.openUrl(help_url(page())))
    return button


def help_of(shown: QWidget | None) -> str:
    """Return the page of what shows, from outside in: a widget says it in `help_page`; empty where none does."""
    while shown is not None:
        page = str(getattr(shown, "help_page", ""))
        if page:
            return page
        shown = shown.currentWidget() if isinstance(shown, QStackedWidget) else None
    return ""
