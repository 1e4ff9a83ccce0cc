"""The button that opens the help."""

from __future__ import annotations

from qgis.PyQt.QtGui import QDesktopServices
from qgis.PyQt.QtWidgets import QToolButton

from ...jobs.running.help_page import help_url
from ...jobs.running.translate import tr
from .page import tool_button


def help_button(name: str, part: str, *, with_text: bool = False) -> QToolButton:
    """Return a button that opens the help at one of its parts, in the browser."""
    button = tool_button(name, "help", tr("Help"), with_text=with_text)
    button.clicked.connect(lambda _is_checked=False: QDesktopServices.openUrl(help_url(part)))
    return button
