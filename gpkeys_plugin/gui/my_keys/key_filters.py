"""What the list of keys is narrowed to and sorted by, remembered from one session to the next."""

from __future__ import annotations

from enum import Enum
from typing import Iterable, Sequence

from qgis.PyQt.QtCore import pyqtSignal
from qgis.PyQt.QtWidgets import QComboBox, QGridLayout, QWidget

from ...entrepot.models import KeyType, OfferingType
from ...jobs.running.translate import tr
from ...jobs.window import window_memory
from ..parts import theme, value_words
from ..parts.outlined_choices import TickBox
from ..parts.shortening import ShorteningCombo
from .key_list_model import Order


class KeyFilters(QWidget):
    """Type of key, type of service, order, and whether only what calls for attention shows."""

    changed = pyqtSignal()
    order_changed = pyqtSignal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._types = _combo("keyTypeCombo", tr("Type of key"))
        self._services = _combo("keyServiceCombo", tr("Type of service"))
        self._order = _combo("keyOrderCombo", tr("Order"))
        self._attention = TickBox(tr("To be looked at"))
        self._attention.setObjectName("attentionBox")
        self._offer_orders()
        self._attention.setChecked(window_memory.KEYS_TO_LOOK_AT.get())
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(theme.gap(self))
        for place, widget in enumerate((self._types, self._services, self._order, self._attention)):
            grid.addWidget(widget, *divmod(place, 2))
            grid.setColumnStretch(place % 2, 1)
        self._connect()

    def offer(self, key_types: Sequence[KeyType], offering_types: Sequence[OfferingType]) -> None:
        """Offer these types; what was chosen stays so where it is still among them, or was last time."""
        kinds = [(value_words.key_type(kind), kind) for kind in key_types]
        services = [(value_words.offering_type(kind), kind) for kind in offering_types]
        are_left = (
            _offer(self._types, tr("All types"), kinds, window_memory.KEY_TYPE.get()),
            _offer(self._services, tr("All services"), services, window_memory.KEY_SERVICE.get()),
        )
        if not all(are_left):
            self.changed.emit()

    def key_type(self) -> KeyType | None:
        """Return the type of key that shows, None for all."""
        chosen = self._types.currentData()
        return chosen if isinstance(chosen, KeyType) else None

    def offering_type(self) -> OfferingType | None:
        """Return the type of service that the keys open, None for all."""
        chosen = self._services.currentData()
        return chosen if isinstance(chosen, OfferingType) else None

    def needs_attention(self) -> bool:
        """Say whether only keys to be looked at show."""
        return bool(self._attention.isChecked())

    def order(self) -> Order:
        """Return what the keys are sorted by."""
        return Order(self._order.currentData().value)

    def _offer_orders(self) -> None:
        self._order.addItem(tr("By name"), Order.NAME)
        self._order.addItem(tr("By end date"), Order.END)
        self._order.addItem(tr("By last use"), Order.LAST_USE)
        self._order.addItem(tr("By type"), Order.TYPE)
        remembered = [row for row, order in enumerate(Order) if order.value == window_memory.KEY_ORDER.get()]
        self._order.setCurrentIndex(remembered[0] if remembered else 0)

    def _connect(self) -> None:
        for combo, memory in ((self._types, window_memory.KEY_TYPE), (self._services, window_memory.KEY_SERVICE)):
            combo.currentIndexChanged.connect(lambda _, combo=combo, memory=memory: memory.set(_word(combo)))
            combo.currentIndexChanged.connect(self.changed)
        self._attention.toggled.connect(window_memory.KEYS_TO_LOOK_AT.set)
        self._attention.toggled.connect(self.changed)
        self._order.currentIndexChanged.connect(lambda _: window_memory.KEY_ORDER.set(_word(self._order)))
        self._order.currentIndexChanged.connect(self.order_changed)


def _combo(name: str, words: str) -> ShorteningCombo:
    combo = ShorteningCombo()
    combo.setObjectName(name)
    combo.setAccessibleName(words)
    return combo


def _word(combo: QComboBox) -> str:
    chosen = combo.currentData()
    return str(chosen.value) if isinstance(chosen, Enum) else ""


def _offer(combo: QComboBox, everything: str, choices: Iterable[tuple[str, Enum]], remembered: str) -> bool:
    """Offer these choices; return whether the one that was chosen still is.

    Where it is not among them, all shows; the one of last time is chosen as soon as it is there.
    """
    wanted: list[tuple[str, Enum | None]] = [(everything, None), *choices]
    chosen = combo.currentData()
    if [combo.itemData(row) for row in range(combo.count())] == [data for _, data in wanted]:
        return True
    combo.blockSignals(True)
    combo.clear()
    for label, data in wanted:
        combo.addItem(label, data)
    places = [row for row, (_, data) in enumerate(wanted) if data is not None and data.value == remembered]
    combo.setCurrentIndex(places[0] if places else 0)
    combo.blockSignals(False)
    return combo.currentData() is chosen
