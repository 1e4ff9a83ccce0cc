"""The list of keys: search, filters, order; what calls for attention stands out."""

from __future__ import annotations

from datetime import datetime
from typing import Callable, Iterable, Sequence

from qgis.PyQt.QtCore import QItemSelectionModel, QModelIndex, QPoint, Qt, QTimer, pyqtSignal
from qgis.PyQt.QtWidgets import (
    QComboBox,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QProgressBar,
    QWidget,
)

from ...entrepot.models import Key, KeyType, OfferingType
from ...jobs.running.translate import tr
from ...jobs.window import window_memory
from ...keys.services.titles import TitleBook
from ...keys.upkeep.overview import KeyOverview
from ..parts import theme, value_words
from ..parts.labels import FieldMessage, TonedLabel
from ..parts.outlined_choices import TickBox
from ..parts.page import Page, tool_button
from ..parts.row_delegate import KeysDelegate
from ..parts.shortening import ShorteningCombo
from .key_list_model import OVERVIEW_ROLE, KeysModel, Order
from .key_list_rows import CONNECTABLE
from .key_list_view import KeysListView

_SEARCH_DELAY_MS = 150
_SHARE_OF_LIST = 100


class KeysPage(Page):
    """Opens a key on click, Enter or double click."""

    key_wanted = pyqtSignal(object)
    add_wanted = pyqtSignal(object)
    menu_wanted = pyqtSignal(object, object)
    refresh_wanted = pyqtSignal()
    stop_wanted = pyqtSignal()
    sight_changed = pyqtSignal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = KeysModel(self)
        self._view = KeysListView()
        self._search = QLineEdit()
        self._types, self._services, self._order = (
            _combo("keyTypeCombo"),
            _combo("keyServiceCombo"),
            _combo("keyOrderCombo"),
        )
        self._attention = TickBox(tr("To be looked at"))
        self._attention.setObjectName("attentionBox")
        self._filters = QWidget()
        self._bar = QProgressBar()
        self._count = TonedLabel()
        self._count.setObjectName("keysCount")
        self._nothing = FieldMessage()
        self._nothing.setObjectName("keysNothing")
        self._refresh = tool_button("refreshKeysButton", "refresh", tr("Refresh the list of keys"))
        self._stop = tool_button("stopKeysButton", "close", tr("Stop reading"))
        self._add = self.add_button("addToMapFromListButton", tr("&Add to the map"))
        self._open = self.add_button("openKeyPageButton", tr("Open the &key"), is_main=True)
        self._timer = QTimer(self)
        self._dress()
        self._build()
        self._connect()
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
        if self._order.currentData() is Order.LAST_USE or self._attention.isChecked():
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
        self._attention.setChecked(False)
        self._model.show_keys((), self._model.now)
        self._offer_filters()
        self._on_rows_changed()

    def _dress(self) -> None:
        self._search.setObjectName("keysSearch")
        self._search.setPlaceholderText(tr("Search a key or a layer"))
        self._search.setAccessibleName(tr("Search a key or a layer"))
        self._search.setClearButtonEnabled(True)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_SEARCH_DELAY_MS)
        self._bar.setObjectName("keysBar")
        self._bar.setRange(0, 0)
        self._bar.setTextVisible(False)
        self._bar.setMaximumHeight(theme.gap(self))
        self._types.setAccessibleName(tr("Type of key"))
        self._services.setAccessibleName(tr("Type of service"))
        self._order.setAccessibleName(tr("Order"))
        self._order.addItem(tr("By name"), Order.NAME)
        self._order.addItem(tr("By end date"), Order.END)
        self._order.addItem(tr("By last use"), Order.LAST_USE)
        self._order.addItem(tr("By type"), Order.TYPE)
        self._restore_order()
        self._view.setModel(self._model)
        self._view.setItemDelegate(KeysDelegate(self._view))

    def _build(self) -> None:
        row = QHBoxLayout()
        row.addWidget(self._search, 1)
        row.addWidget(self._refresh)
        row.addWidget(self._stop)
        self.column.addLayout(row)
        filters = QGridLayout(self._filters)
        filters.setContentsMargins(0, 0, 0, 0)
        filters.setSpacing(theme.gap(self))
        for place, widget in enumerate((self._types, self._services, self._order, self._attention)):
            filters.addWidget(widget, *divmod(place, 2))
            filters.setColumnStretch(place % 2, 1)
        self.column.addWidget(self._filters)
        self.column.addWidget(self._bar)
        self.column.addWidget(self._nothing)
        self.column.addWidget(self._view, _SHARE_OF_LIST)
        self.column.addWidget(self._count)
        # Without the list, what is above it stays together.
        self.column.addStretch(1)

    def _connect(self) -> None:
        self._search.textChanged.connect(self._timer.start)
        self._timer.timeout.connect(self._on_filters)
        for combo in (self._types, self._services):
            combo.currentIndexChanged.connect(self._on_filters)
        self._attention.toggled.connect(self._on_filters)
        self._order.currentIndexChanged.connect(self._on_order)
        self._view.activated.connect(self._on_open)
        for moved in (self._view.verticalScrollBar().valueChanged, self._view.verticalScrollBar().rangeChanged):
            moved.connect(lambda *_: self.sight_changed.emit())
        self._view.selectionModel().currentChanged.connect(lambda *_: self._on_rows_changed())
        self._open.clicked.connect(lambda: self._on_open(self._view.currentIndex()))
        self._add.clicked.connect(self._on_add)
        self._view.customContextMenuRequested.connect(self._on_menu)
        self._refresh.clicked.connect(self.refresh_wanted)
        self._stop.clicked.connect(self.stop_wanted)

    def _offer_filters(self) -> None:
        kinds, offerings = self._model.key_types(), self._model.offering_types()
        are_left = (
            _offer(self._types, tr("All types"), [(value_words.key_type(kind), kind) for kind in kinds]),
            _offer(self._services, tr("All services"), [(value_words.offering_type(kind), kind) for kind in offerings]),
        )
        if not all(are_left):
            self._on_filters()

    def _on_filters(self) -> None:
        key_type: KeyType | None = self._types.currentData()
        offering: OfferingType | None = self._services.currentData()
        text, needs_attention = self._search.text(), self._attention.isChecked()
        self._arrange(lambda: self._model.set_filters(text, key_type, offering, needs_attention=needs_attention))
        self._on_rows_changed()
        self.sight_changed.emit()

    def _on_order(self) -> None:
        order = self._order.currentData()
        window_memory.KEY_ORDER.set(order.value)
        self._arrange(lambda: self._model.set_order(order))
        self.sight_changed.emit()

    def _restore_order(self) -> None:
        remembered = [row for row, order in enumerate(Order) if order.value == window_memory.KEY_ORDER.get()]
        self._order.setCurrentIndex(remembered[0] if remembered else 0)
        self._model.set_order(self._order.currentData())

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
        if shown == 0 and self.window().focusWidget() is self._view:
            self._search.setFocus(Qt.FocusReason.OtherFocusReason)
        self._view.setVisible(shown > 0)
        for part in (self._filters, self._open, self._add):
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


def _combo(name: str) -> ShorteningCombo:
    combo = ShorteningCombo()
    combo.setObjectName(name)
    return combo


def _offer(combo: QComboBox, everything: str, choices: Iterable[tuple[str, object]]) -> bool:
    """Offer these choices; the one that was chosen stays so, and True is returned, where it is still among them."""
    wanted = [(everything, None), *choices]
    if [combo.itemData(row) for row in range(combo.count())] == [data for _, data in wanted]:
        return True
    chosen = combo.currentData()
    combo.blockSignals(True)
    combo.clear()
    for label, data in wanted:
        combo.addItem(label, data)
    places = [row for row, (_, data) in enumerate(wanted) if data is chosen]
    combo.setCurrentIndex(places[0] if places else 0)
    combo.blockSignals(False)
    return bool(places)


def _shown(shown: int, total: int) -> str:
    return tr("Keys shown: {shown} of {total}").format(shown=shown, total=total)


def _why_empty(total: int, shown: int) -> str:
    if total == 0:
        return tr("You have no access key yet. Make one under “New”.")
    return tr("No key matches. Clear the search or the filters.") if shown == 0 else ""
