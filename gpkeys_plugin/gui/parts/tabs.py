"""The bar of tabs above the pages."""

from __future__ import annotations

from typing import Iterable

from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtWidgets import QTabBar


def flat_tabs(name: str, titles: Iterable[str]) -> QTabBar:
    """Return a bar of tabs that elides its titles where the window is narrow, with this object name."""
    bar = QTabBar()
    for title in titles:
        bar.addTab(title)
    bar.setObjectName(name)
    bar.setDocumentMode(True)
    bar.setExpanding(False)
    bar.setUsesScrollButtons(False)
    bar.setElideMode(Qt.TextElideMode.ElideRight)
    return bar
