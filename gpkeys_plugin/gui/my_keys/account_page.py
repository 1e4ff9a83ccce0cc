"""The account's own page on the web site."""

from __future__ import annotations

from qgis.PyQt.QtCore import QUrl
from qgis.PyQt.QtGui import QDesktopServices

from ...jobs.window.sign_in_set_up import SetUp


def open_account_page(set_up: SetUp) -> None:
    """Open it in the browser, that of the environment in use."""
    QDesktopServices.openUrl(QUrl(set_up.environment().account_url))
