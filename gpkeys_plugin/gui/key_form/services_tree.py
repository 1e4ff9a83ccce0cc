"""The tree of services with its search, and the choice of the permission a service is opened through."""

from __future__ import annotations

import time
from datetime import datetime
from typing import Iterable, Iterator

from qgis.PyQt.QtCore import QModelIndex, QPoint, QSize, Qt, QTimer, pyqtSignal
from qgis.PyQt.QtGui import QKeyEvent, QPaintEvent, QResizeEvent
from qgis.PyQt.QtWidgets import QLineEdit, QMenu, QTreeView, QVBoxLayout, QWidget

from ...entrepot.models import Permission
from ...jobs.running.translate import tr
from ...keys.draft import Grant, Grants
from ...keys.services.catalogue import Catalogue, Choice
from ...keys.services.titles import TitleBook
from ..parts import theme, value_words
from ..parts.labels import FieldMessage, field_label
from ..parts.row_delegate import ServicesDelegate
from ..parts.shortening import ShorteningCombo
from .services_model import ServicesModel

_SEARCH_DELAY_MS = 150
_TURN_S = 0.015
_MOST_OPENED = 200
_LINES = 2


class ServicesTree(QWidget):
    """Search field, tree, and below it the permission of the current service where there are several."""

    ticks_changed = pyqtSignal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = ServicesModel(self)
        self._model.ticks_changed.connect(self.ticks_changed)
        self.view = _View()
        self.view.setModel(self._model)
        self.view.setItemDelegate(ServicesDelegate(self.view))
        self._search = QLineEdit()
        self._nothing = FieldMessage()
        self._through = _Through()
        self._timer, self._look, self._turn = QTimer(self), QTimer(self), QTimer(self)
        self._steps: Iterator[None] = iter(())
        self._opened: set[tuple[int, int]] | None = None
        self._build()
        self._connect()

    def show_catalogue(self, catalogue: Catalogue, now: datetime) -> int:
        """Show a catalogue; return how many ticked services are gone."""
        self._turn.stop()
        lost = self._model.show_catalogue(catalogue, now)
        self._show_found()
        return lost

    def show_titles(self, titles: TitleBook) -> None:
        """Show what people call the services; what is current, in sight and unfolded stays so."""
        current = self._model.choice_at(self.view.currentIndex())
        place = self.view.verticalScrollBar().value()
        self._turn.stop()
        if not self._model.show_titles(titles):
            self.view.viewport().update()
            return
        self._show_found()
        if current is not None:
            self.view.setCurrentIndex(self._model.place_of(current.offering.id))
        self.view.verticalScrollBar().setValue(place)

    def tick(self, grants: Iterable[Grant]) -> None:
        """Tick exactly these, and have the first of them in sight."""
        self._model.tick(grants)
        self._unfold()
        first = next(iter(self._model.grants()), None)
        if first is not None:
            group = self._model.place_of(first.offering_id).parent()
            self.view.expand(group)
            self.view.scrollTo(group, QTreeView.ScrollHint.PositionAtTop)

    def grants(self) -> Grants:
        """Return what is ticked."""
        return self._model.grants()

    def hidden_ticks(self) -> int:
        """Return how many ticked services the search hides."""
        return self._model.hidden_ticks()

    def tick_shown(self, *, is_ticked: bool) -> None:
        """Tick or untick all that the search shows."""
        self._model.tick_shown(is_ticked=is_ticked)
        self.view.viewport().update()

    def clear(self) -> None:
        """Untick everything and forget the search."""
        self._search.clear()
        self._timer.stop()
        self._turn.stop()
        self._model.search("")
        self._model.clear_ticks()
        self._unfold()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Go from the search to what it has found; Enter elsewhere is the page's."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self._search.hasFocus():
            self.view.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            super().keyPressEvent(event)

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.gap(self))
        self._search.setObjectName("servicesSearch")
        self._search.setPlaceholderText(tr("Search a service or a licence"))
        self._search.setAccessibleName(tr("Search a service or a licence"))
        self._search.setClearButtonEnabled(True)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_SEARCH_DELAY_MS)
        self._look.setSingleShot(True)
        self._turn.setSingleShot(True)
        self._nothing.setObjectName("servicesNothingFound")
        for widget in (self._search, self._nothing, self.view, self._through):
            column.addWidget(widget, 1 if widget is self.view else 0)

    def _connect(self) -> None:
        self._search.textChanged.connect(self._timer.start)
        self._timer.timeout.connect(self._on_search)
        self._look.timeout.connect(self._on_look)
        self._turn.timeout.connect(self._on_turn)
        self.view.painted.connect(self._on_painted)
        self.view.selectionModel().currentChanged.connect(self._on_current_changed)
        # A click on a box leaves the row that was current; its permissions are those to show.
        self.view.clicked.connect(self.view.setCurrentIndex)
        self.view.customContextMenuRequested.connect(self._on_menu)
        self._through.chosen.connect(self._on_through)
        self._model.modelReset.connect(lambda: self._through.offer(None))

    def _on_search(self) -> None:
        self._steps = self._model.search_in_steps(self._search.text())
        self._on_turn()

    def _on_turn(self) -> None:
        """Search on for a moment: a hundred thousand services take several."""
        until = time.monotonic() + _TURN_S
        for _ in self._steps:
            if time.monotonic() > until:
                self._turn.start()
                return
        self._show_found()
        self.ticks_changed.emit()

    def _show_found(self) -> None:
        self._unfold()
        is_searching = bool(self._search.text().strip())
        nothing = tr("No service matches this search.") if is_searching and self._model.is_empty() else ""
        self._nothing.say(nothing, None)

    def _unfold(self) -> None:
        """Open what is to be open at first; the rows have just been laid out, all of them closed."""
        self._opened = set() if self._search.text().strip() else None
        if self._opened is not None:
            self._on_look()
            return
        for row in self._model.rows_to_open(_MOST_OPENED):
            self.view.expand(self._model.index(row, 0))

    def _on_painted(self) -> None:
        if self._opened is not None or self._model.is_long():
            self._look.start()

    def _on_look(self) -> None:
        """Open what a search has found, and give the view its rows, as they come into sight: not by the thousand."""
        for index in self.view.rows_in_sight():
            place = (int(index.internalId()), index.row())
            if self._opened is not None and place not in self._opened and self._model.hasChildren(index):
                self._opened.add(place)
                self.view.expand(index)
            self._model.give_more(index)

    def _on_current_changed(self, current: QModelIndex, _previous: QModelIndex) -> None:
        self._through.offer(self._model.choice_at(current))

    def _on_through(self, permission_id: str) -> None:
        self._model.open_through(self.view.currentIndex(), permission_id)

    def _on_menu(self, place: QPoint) -> None:
        index = self.view.indexAt(place)
        choice = self._model.choice_at(index)
        if choice is None or not choice.alternatives:
            return
        menu = self.through_menu(index, choice)
        menu.exec(self.view.viewport().mapToGlobal(place))
        menu.deleteLater()

    def through_menu(self, index: QModelIndex, choice: Choice) -> QMenu:
        """Return the menu of the permissions that open a service."""
        menu = QMenu(self)
        for permission in (choice.permission, *choice.alternatives):
            label = _permission_label(permission).replace("&", "&&")
            action = menu.addAction(tr("Open through: {licence}").format(licence=label))
            action.setCheckable(True)
            action.setChecked(permission.id == choice.permission.id)
            action.triggered.connect(lambda _=False, id_=permission.id: self._open_from_menu(index, id_))
        return menu

    def _open_from_menu(self, index: QModelIndex, permission_id: str) -> None:
        self._model.open_through(index, permission_id)
        self._through.offer(self._model.choice_at(self.view.currentIndex()))


class _View(QTreeView):
    painted = pyqtSignal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("servicesTree")
        self.setAccessibleName(tr("Private services"))
        self.setHeaderHidden(True)
        self.setUniformRowHeights(True)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setExpandsOnDoubleClick(True)
        self.setTabKeyNavigation(False)
        self.setIndentation(round(theme.em(self) * 1.3))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        """Paint, and tell so: other rows may be in sight."""
        super().paintEvent(event)
        self.painted.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """Keep the current row in sight: what shows below the tree for it takes room from the tree."""
        super().resizeEvent(event)
        place = self.visualRect(self.currentIndex())
        if place.isValid() and 0 <= place.top() < event.oldSize().height():
            self.scrollTo(self.currentIndex())

    def rows_in_sight(self) -> Iterator[QModelIndex]:
        """Return the rows from the top of the viewport to its bottom, those opened meanwhile included."""
        index = self.indexAt(QPoint(0, 0))
        while index.isValid() and self.visualRect(index).top() <= self.viewport().height():
            yield index
            index = self.indexBelow(index)

    def sizeHint(self) -> QSize:  # noqa: N802
        """Return room for a few rows: the tree takes what the page leaves, and scrolls instead of it."""
        return QSize(theme.em(self) * 12, _LINES * round(self.fontMetrics().height() * 2.5))

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        """Return the same."""
        return self.sizeHint()


class _Through(QWidget):
    """Which permission the current service is opened through; hidden where there is only one."""

    chosen = pyqtSignal(str)

    def __init__(self) -> None:
        super().__init__()
        self._combo = ShorteningCombo()
        self._combo.setObjectName("permissionCombo")
        self._combo.activated.connect(lambda row: self.chosen.emit(str(self._combo.itemData(row))))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.gap(self) // 2)
        column.addWidget(field_label(tr("Permission that opens &this service"), self._combo))
        column.addWidget(self._combo)
        self.hide()

    def offer(self, choice: Choice | None) -> None:
        """Offer the permissions of a choice."""
        self._combo.clear()
        if choice is not None and choice.alternatives:
            for permission in sorted((choice.permission, *choice.alternatives), key=lambda one: one.licence):
                self._combo.addItem(_permission_label(permission), permission.id)
            self._combo.setCurrentIndex(self._combo.findData(choice.permission.id))
        self.setVisible(self._combo.count() > 0)


def _permission_label(permission: Permission) -> str:
    if not permission.id:
        return tr("without a permission")
    return f"{permission.licence} ({value_words.end(permission)})"
