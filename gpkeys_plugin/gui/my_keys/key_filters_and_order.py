"""What the list of keys is narrowed to, and what it is sorted by; remembered from one session to the next."""

from __future__ import annotations

from enum import Enum
from typing import Iterable, Sequence

from qgis.PyQt.QtCore import QEvent, pyqtSignal
from qgis.PyQt.QtWidgets import QComboBox, QHBoxLayout, QVBoxLayout, QWidget

from ...entrepot.models import KeyType, OfferingType
from ...jobs.running.translate import tr
from ...jobs.window import window_memory
from ..parts import theme, value_words
from ..parts.flow_layout import FlowLayout
from ..parts.folding_section import Fold
from ..parts.outlined_choices import TickBox
from ..parts.page import tool_button
from ..parts.row_content import hint
from ..parts.shortening import ShorteningCombo
from .key_list_model import Order


class KeyFilters(QWidget):
    """Type of key, type of service, and whether only what calls for attention shows.

    Side by side where there is room for all, else below a heading that says how many of them narrow the list.
    """

    changed = pyqtSignal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._types = _combo("keyTypeCombo", tr("Type of key"))
        self._services = _combo("keyServiceCombo", tr("Type of service"))
        self._attention = TickBox(tr("To be looked at"))
        self._attention.setObjectName("attentionBox")
        self._attention.setChecked(window_memory.KEYS_TO_LOOK_AT.get())
        self._fold = Fold("keyFiltersFold", "")
        self._fold.set_open(window_memory.KEY_FILTERS_OPEN.get())
        self._row = FlowLayout(spacing=theme.gap(self), fills=True)
        for widget in (self._types, self._services, self._attention):
            self._row.addWidget(widget)
        self._fold.column.addLayout(self._row)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._fold)
        self._connect()
        self._count()

    def offer(self, key_types: Sequence[KeyType], offering_types: Sequence[OfferingType]) -> None:
        """Offer these types; what was chosen stays so where it is still among them, or was last time."""
        kinds = [(value_words.key_type(kind), kind) for kind in key_types]
        services = [(value_words.offering_type(kind), kind) for kind in offering_types]
        are_left = (
            _offer(self._types, tr("All types"), kinds, window_memory.KEY_TYPE.get()),
            _offer(self._services, tr("All services"), services, window_memory.KEY_SERVICE.get()),
        )
        self._count()
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

    def event(self, event: QEvent) -> bool:
        """Set the filters out anew where there is another width, or they want another one."""
        if event.type() in (QEvent.Type.Resize, QEvent.Type.LayoutRequest):
            self._fold.lay_open(self._row.sizeHint().width() <= self.width())
        return bool(super().event(event))

    def _connect(self) -> None:
        for combo, memory in ((self._types, window_memory.KEY_TYPE), (self._services, window_memory.KEY_SERVICE)):
            combo.currentIndexChanged.connect(lambda _, combo=combo, memory=memory: memory.set(_word(combo)))
            combo.currentIndexChanged.connect(self._on_changed)
        self._attention.toggled.connect(window_memory.KEYS_TO_LOOK_AT.set)
        self._attention.toggled.connect(self._on_changed)
        self._fold.toggled.connect(window_memory.KEY_FILTERS_OPEN.set)

    def _on_changed(self, _choice: object) -> None:
        self._count()
        self.changed.emit()

    def _count(self) -> None:
        combos = [combo.currentText() for combo in (self._types, self._services) if combo.currentData() is not None]
        words = [*combos, *([self._attention.text()] if self._attention.isChecked() else [])]
        title = tr("Filters")
        self._fold.set_title(f"{title} ({value_words.number(len(words))})" if words else title, words)


class KeyOrder(QWidget):
    """What the keys are sorted by, and from which end."""

    changed = pyqtSignal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._order = _combo("keyOrderCombo", tr("Order"))
        self._end = tool_button("keyOrderEndButton", "ascending", tr("Reverse the order"))
        self._end.setCheckable(True)
        self._offer()
        self._end.setChecked(window_memory.KEYS_FROM_END.get())
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.gap(self))
        row.addWidget(self._order)
        row.addWidget(self._end)
        row.addStretch(1)
        self._say_end()
        self._order.currentIndexChanged.connect(self._on_order)
        self._end.toggled.connect(self._on_end)

    def order(self) -> Order:
        """Return what the keys are sorted by."""
        return Order(self._order.currentData().value)

    def is_from_end(self) -> bool:
        """Say whether the last of that order comes first."""
        return bool(self._end.isChecked())

    def _offer(self) -> None:
        self._order.addItem(tr("Sort by name"), Order.NAME)
        self._order.addItem(tr("Sort by end date"), Order.END)
        self._order.addItem(tr("Sort by last use"), Order.LAST_USE)
        self._order.addItem(tr("Sort by type"), Order.TYPE)
        remembered = [row for row, order in enumerate(Order) if order.value == window_memory.KEY_ORDER.get()]
        self._order.setCurrentIndex(remembered[0] if remembered else 0)

    def _on_order(self, _row: int) -> None:
        window_memory.KEY_ORDER.set(_word(self._order))
        # Another order begins at its beginning.
        self._end.blockSignals(True)
        self._end.setChecked(False)
        self._end.blockSignals(False)
        self._on_end(False)

    def _on_end(self, is_from_end: bool) -> None:
        window_memory.KEYS_FROM_END.set(is_from_end)
        self._say_end()
        self.changed.emit()

    def _say_end(self) -> None:
        """Show from which end the list goes, and say it."""
        first, last = _ends(self.order())
        words = last if self.is_from_end() else first
        theme.dress(self._end, "descending" if self.is_from_end() else "ascending")
        self._end.setAccessibleDescription(words)
        self._end.setToolTip(hint((words, self._end.accessibleName())))


def _ends(order: Order) -> tuple[str, str]:
    if order is Order.END:
        return tr("Soonest end first"), tr("Latest end first")
    if order is Order.LAST_USE:
        return tr("Longest unused first"), tr("Last used first")
    return tr("From A to Z"), tr("From Z to A")


def _combo(name: str, words: str) -> ShorteningCombo:
    combo = ShorteningCombo()
    combo.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
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
