"""The bar of tabs above the pages."""

from __future__ import annotations

from enum import Enum, auto
from typing import Iterable

from qgis.PyQt.QtCore import QEvent, QSize, Qt
from qgis.PyQt.QtGui import QIcon, QPalette, QResizeEvent
from qgis.PyQt.QtWidgets import QTabBar

from ..drawing.icons import icon
from . import theme


class _Form(Enum):
    """How much the tabs say, from all to least; the one in front has its title as long as that is not cut short."""

    TITLES = auto()
    NUMBERED_ICONS = auto()
    ICONS = auto()
    SHORT_TITLE = auto()
    NO_TITLE = auto()


class FittingTabs(QTabBar):
    """Tabs by their titles; where there is no room for all of them, those behind show icon and number instead."""

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

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        """Return little, whatever the tabs show now: they show less in less room, but first the room must get less."""
        return QSize(theme.em(self) * 12, super().minimumSizeHint().height())

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
        for form in _Form:
            self._take(form)
            if sum(self.tabSizeHint(place).width() for place in range(self.count())) <= self.width():
                break
        self._is_fitting = False

    def _take(self, form: _Form) -> None:
        for place in range(self.count()):
            is_front = place == self.currentIndex()
            whole, short = self.accessibleTabName(place), self._tabs[place][0]
            if form is _Form.TITLES or (is_front and form is not _Form.NO_TITLE):
                self._show(place, short if form is _Form.SHORT_TITLE else whole, has_icon=False)
            else:
                number = self._counts.get(place, "") if form is _Form.NUMBERED_ICONS else ""
                self._show(place, number, has_icon=True)
            self.setTabToolTip(place, "" if self.tabText(place) == whole else whole)

    def _show(self, place: int, text: str, *, has_icon: bool) -> None:
        ink = theme.seen(self.palette()).color(QPalette.ColorRole.WindowText)
        self.setTabText(place, text)
        self.setTabIcon(place, icon(self._tabs[place][1], ink) if has_icon else QIcon())
