"""The bar of tabs above the pages."""

from __future__ import annotations

from typing import Iterable

from qgis.PyQt.QtCore import QEvent, Qt
from qgis.PyQt.QtGui import QIcon, QPalette, QResizeEvent
from qgis.PyQt.QtWidgets import QTabBar

from ..drawing.icons import icon
from . import theme


class FittingTabs(QTabBar):
    """Tabs by their titles; where there is no room for all of them, those behind show their icons instead."""

    def __init__(self, name: str, tabs: Iterable[tuple[str, str]]) -> None:
        """Make the tabs; each has a title and the name of an icon."""
        super().__init__()
        self._tabs = tuple(tabs)
        self._counts: dict[int, str] = {}
        self._is_fitting = False
        for title, _ in self._tabs:
            self.setAccessibleTabName(self.addTab(title), title)
        self.setObjectName(name)
        self.setDocumentMode(True)
        self.setExpanding(False)
        self.setUsesScrollButtons(False)
        self.setElideMode(Qt.TextElideMode.ElideRight)
        self.currentChanged.connect(lambda _place: self._fit())

    def show_count(self, place: int, number: str) -> None:
        """Show how many things a tab's page has, behind its title; nothing for an empty text."""
        self._counts[place] = number
        title = self._tabs[place][0]
        self.setAccessibleTabName(place, f"{title} ({number})" if number else title)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """Show titles or icons, as there is room."""
        super().resizeEvent(event)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802
        """Follow font and style."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._fit()

    def follow_theme(self) -> None:
        """Draw the icons in the colours of now."""
        self._fit()

    def _fit(self) -> None:
        # What is set here may resize the bar.
        if self._is_fitting:
            return
        self._is_fitting = True
        for place in range(self.count()):
            self._show(place, has_title=True)
        if sum(self.tabSizeHint(place).width() for place in range(self.count())) > self.width():
            for place in range(self.count()):
                self._show(place, has_title=place == self.currentIndex())
        self._is_fitting = False

    def _show(self, place: int, *, has_title: bool) -> None:
        title, drawing = self.accessibleTabName(place), self._tabs[place][1]
        self.setTabText(place, title if has_title else "")
        self.setTabToolTip(place, "" if has_title else title)
        ink = theme.seen(self.palette()).color(QPalette.ColorRole.WindowText)
        self.setTabIcon(place, QIcon() if has_title else icon(drawing, ink))
