"""The list of keys: search, filters, order; what calls for attention stands out."""

from __future__ import annotations

from datetime import datetime
from typing import Callable, Iterable, Sequence

from qgis.PyQt.QtCore import QItemSelectionModel, QModelIndex, QPoint, Qt, QTimer, pyqtSignal
from qgis.PyQt.QtWidgets import QHBoxLayout, QLineEdit, QProgressBar, QWidget

from ...entrepot.models import Key
from ...jobs.running.translate import tr
from ...keys.services.titles import TitleBook
from ...keys.upkeep.overview import CONNECTABLE, KeyOverview
from ..parts import theme
from ..parts.labels import FieldMessage, TonedLabel
from ..parts.page import Page, push_button, tool_button
from ..parts.value_words import number
from .key_filters_and_order import KeyFilters, KeyOrder
from .key_list_model import OVERVIEW_ROLE, KeysModel, Order
from .key_list_view import KeysListView
from .row_add_button import AddButtonDelegate

_SEARCH_DELAY_MS = 150
_SHARE_OF_LIST = 100


class KeysPage(Page):
    """Opens a key on click, Enter or double click."""

    help_page = "my_keys"
    key_wanted = pyqtSignal(object)
    add_wanted = pyqtSignal(object)
    menu_wanted = pyqtSignal(object, object)
    refresh_wanted = pyqtSignal()
    stop_wanted = pyqtSignal()
    new_key_wanted = pyqtSignal()
    sight_changed = pyqtSignal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = KeysModel(self)
        self._view = KeysListView()
        self._search = QLineEdit()
        self._row_button = AddButtonDelegate(self._view)
        self._filters, self._order = KeyFilters(), KeyOrder()
        self._bar = QProgressBar()
        self._count = TonedLabel()
        self._count.setObjectName("keysCount")
        self._nothing = FieldMessage()
        self._nothing.setObjectName("keysNothing")
        self._new = push_button("newKeyFromListButton", tr("Cre&ate a key"), is_main=True)
        self._refresh = tool_button("refreshKeysButton", "refresh", tr("Refresh the list of keys"))
        self._stop = tool_button("stopKeysButton", "close", tr("Stop reading"))
        self._add = self.add_button("addToMapFromListButton", tr("&Add to the map"))
        self._open = self.add_button("openKeyPageButton", tr("Open the &key"), is_main=True)
        self._timer = QTimer(self)
        self._dress()
        self._build()
        self._connect()
        self._on_filters()
        self.set_busy(False)

    def show_keys(self, rows: Sequence[KeyOverview], now: datetime) -> None:
        """Show other keys; selection and place stay."""
        self._arrange(lambda: self._model.show_keys(rows, now))
        self._offer_filters()
        self._on_rows_changed()

    def update_keys(self, rows: Iterable[KeyOverview]) -> None:
        """Show what was read of some keys."""
        self._model.update_keys(rows)
        self._offer_filters()
        self._on_rows_changed()

    def show_titles(self, titles: TitleBook) -> None:
        """Show what people call the services that the keys open."""
        self._arrange(lambda: self._model.show_titles(titles))
        self._on_rows_changed()

    def overviews(self) -> tuple[KeyOverview, ...]:
        """Return what is known of all keys."""
        return self._model.overviews()

    def keys_to_tell_use_of(self) -> tuple[Key, ...]:
        """Return the keys whose last use shows, or all where the order or a filter needs it."""
        if self._order.order() is Order.LAST_USE or self._filters.needs_attention():
            return tuple(row.key for row in self._model.overviews())
        return self._view.keys_in_sight()

    def select(self, key: Key) -> None:
        """Select a key and bring it into sight."""
        place = self._model.place_of(key)
        if place.isValid():
            self._view.selectionModel().setCurrentIndex(place, QItemSelectionModel.SelectionFlag.ClearAndSelect)
            self._view.scrollTo(place)

    def set_busy(self, is_busy: bool) -> None:
        """Show that something is being read."""
        self._bar.setVisible(is_busy)
        self._stop.setVisible(is_busy)
        self._refresh.setVisible(not is_busy)

    def set_online(self, is_online: bool) -> None:
        """Offer to read again, or not while nobody is signed in."""
        self._refresh.setEnabled(is_online)
        self._row_button.set_online(is_online)
        self._view.viewport().update()
        self._on_rows_changed()

    def is_online(self) -> bool:
        """Say whether somebody is signed in, as far as was told."""
        return self._refresh.isEnabled()

    def take_focus(self) -> None:
        """Give the keyboard to the keys, if there are any."""
        if self._view.isHidden():
            super().take_focus()
        else:
            self.reveal(self._view)

    def clear(self) -> None:
        """Forget everything."""
        self._search.clear()
        self._model.show_keys((), self._model.now)
        self._offer_filters()
        self._on_rows_changed()

    def _dress(self) -> None:
        self._search.setObjectName("keysSearch")
        self._search.setPlaceholderText(tr("Search key, layer"))
        self._search.setAccessibleName(tr("Search a key or a layer"))
        self._search.setClearButtonEnabled(True)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_SEARCH_DELAY_MS)
        self._bar.setObjectName("keysBar")
        self._bar.setRange(0, 0)
        self._bar.setTextVisible(False)
        self._bar.setMaximumHeight(theme.gap(self))
        self._model.set_order(self._order.order(), is_from_end=self._order.is_from_end())
        self._view.setModel(self._model)
        self._view.setItemDelegate(self._row_button)

    def _build(self) -> None:
        row = QHBoxLayout()
        row.addWidget(self._search, 1)
        row.addWidget(self._refresh)
        row.addWidget(self._stop)
        self.column.addLayout(row)
        self.column.addWidget(self._filters)
        self.column.addWidget(self._order)
        self.column.addWidget(self._bar)
        self.column.addWidget(self._nothing)
        self.column.addWidget(self._new, 0, Qt.AlignmentFlag.AlignLeft)
        self.column.addWidget(self._view, _SHARE_OF_LIST)
        self.column.addWidget(self._count)
        # Without the list, what is above it stays together.
        self.column.addStretch(1)

    def _connect(self) -> None:
        self._search.textChanged.connect(self._timer.start)
        self._timer.timeout.connect(self._on_filters)
        self._filters.changed.connect(self._on_filters)
        self._order.changed.connect(self._on_order)
        self._view.activated.connect(self._on_open)
        for moved in (self._view.verticalScrollBar().valueChanged, self._view.verticalScrollBar().rangeChanged):
            moved.connect(lambda *_: self.sight_changed.emit())
        self._view.selectionModel().currentChanged.connect(lambda *_: self._on_rows_changed())
        self._open.clicked.connect(lambda: self._on_open(self._view.currentIndex()))
        self._add.clicked.connect(self._on_add)
        self._row_button.add_wanted.connect(self.add_wanted)
        self._new.clicked.connect(self.new_key_wanted)
        self._view.customContextMenuRequested.connect(self._on_menu)
        self._refresh.clicked.connect(self.refresh_wanted)
        self._stop.clicked.connect(self.stop_wanted)

    def _offer_filters(self) -> None:
        self._filters.offer(self._model.key_types(), self._model.offering_types())

    def _on_filters(self) -> None:
        chosen, text = self._filters, self._search.text()
        key_type, offering, needs_attention = chosen.key_type(), chosen.offering_type(), chosen.needs_attention()
        self._arrange(lambda: self._model.set_filters(text, key_type, offering, needs_attention=needs_attention))
        self._on_rows_changed()
        self.sight_changed.emit()

    def _on_order(self) -> None:
        chosen = self._order
        self._arrange(lambda: self._model.set_order(chosen.order(), is_from_end=chosen.is_from_end()))
        self.sight_changed.emit()

    def _arrange(self, change: Callable[[], None]) -> None:
        """Change what is shown or its order; the key that was selected stays so where it still shows."""
        chosen = self._chosen()
        change()
        if chosen is not None:
            self.select(chosen)

    def _on_rows_changed(self) -> None:
        total, shown = self._model.count(), self._model.rowCount()
        self._count.setText("" if shown == total else _shown(shown, total))
        self._nothing.say(_why_empty(total, shown), None)
        self._new.setVisible(total == 0 and self.is_online())
        if shown == 0 and self.window().focusWidget() is self._view:
            self._search.setFocus(Qt.FocusReason.OtherFocusReason)
        self._view.setVisible(shown > 0)
        for part in (self._filters, self._order, self._open, self._add):
            part.setVisible(total > 0)
        chosen = self._chosen()
        self._open.setEnabled(chosen is not None and self.is_online())
        self._add.setEnabled(chosen is not None and chosen.type in CONNECTABLE and self.is_online())

    def _on_open(self, index: QModelIndex) -> None:
        overview = index.data(OVERVIEW_ROLE)
        if isinstance(overview, KeyOverview) and self._refresh.isEnabled():
            self.key_wanted.emit(overview.key)

    def _on_add(self) -> None:
        chosen = self._chosen()
        if chosen is not None:
            self.add_wanted.emit(chosen)

    def _on_menu(self, place: QPoint) -> None:
        overview = self._view.indexAt(place).data(OVERVIEW_ROLE)
        if isinstance(overview, KeyOverview):
            self.menu_wanted.emit(overview.key, self._view.viewport().mapToGlobal(place))

    def _chosen(self) -> Key | None:
        overview = self._view.currentIndex().data(OVERVIEW_ROLE)
        return overview.key if isinstance(overview, KeyOverview) else None


def _shown(shown: int, total: int) -> str:
    return tr("Keys shown: {shown} of {total}").format(shown=number(shown), total=number(total))


def _why_empty(total: int, shown: int) -> str:
    if total == 0:
        return tr("You have no access key.")
    return tr("No key matches. Clear the search or the filters.") if shown == 0 else ""
