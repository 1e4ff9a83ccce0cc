"""The keys as a Qt model, and the proxy that sorts and filters them."""

from __future__ import annotations

from datetime import datetime, timezone
from enum import Enum
from typing import Any, Iterable

from qgis.PyQt.QtCore import QAbstractListModel, QModelIndex, QObject, QSortFilterProxyModel, Qt

from ...entrepot.models import Key, KeyType, OfferingType
from ...keys.services.search_folding import folded
from ...keys.services.titles import NO_TITLES, TitleBook
from ...keys.upkeep.overview import KeyOverview, attentions, first_end, matches
from ..parts.row_content import ROW_ROLE
from .key_list_rows import key_hint, key_row

OVERVIEW_ROLE = ROW_ROLE + 1
_FAR = datetime.max.replace(tzinfo=timezone.utc)
_LONG_AGO = datetime.min.replace(tzinfo=timezone.utc)


class Order(Enum):
    """What the list is sorted by."""

    NAME = "name"
    END = "end"
    LAST_USE = "last-use"
    TYPE = "type"


class KeysModel(QAbstractListModel):
    """One row a key, in the order of the platform; rows fill in as they are read."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: list[KeyOverview] = []
        self._places: dict[str, int] = {}
        self.titles = NO_TITLES
        self._now = datetime.now(timezone.utc)

    @property
    def now(self) -> datetime:
        """The moment the rows are seen from."""
        return self._now

    def show_keys(self, rows: Iterable[KeyOverview], now: datetime) -> None:
        """Show other keys; of a key that was there, what was read of it stays until it is read again."""
        known = {row.key.id: row for row in self._rows}
        self.beginResetModel()
        self._rows = [_kept(known.get(row.key.id), row) for row in rows]
        self._places = {row.key.id: place for place, row in enumerate(self._rows)}
        self._now = now
        self.endResetModel()

    def update_key(self, row: KeyOverview) -> None:
        """Show what was read of a key; one that is no longer listed is left out."""
        place = self._places.get(row.key.id)
        if place is not None:
            self._rows[place] = row
            index = self.index(place, 0)
            self.dataChanged.emit(index, index)

    def show_titles(self, titles: TitleBook) -> None:
        """Show what people call the services that the keys open."""
        self.titles = titles
        if self._rows:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self._rows) - 1, 0))

    def overviews(self) -> tuple[KeyOverview, ...]:
        """Return what is known of all keys."""
        return tuple(self._rows)

    def place_of(self, key: Key) -> QModelIndex:
        """Return the row of a key."""
        place = self._places.get(key.id)
        return QModelIndex() if place is None else self.index(place, 0)

    def rowCount(self, parent: QModelIndex = QModelIndex()) -> int:  # noqa: N802, B008
        """Return the number of keys."""
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: QModelIndex, role: int = int(Qt.ItemDataRole.DisplayRole)) -> Any:
        """Return what a row shows."""
        if not index.isValid():
            return None
        overview = self._rows[index.row()]
        if role == OVERVIEW_ROLE:
            return overview
        if role == Qt.ItemDataRole.DisplayRole:
            return overview.key.name
        if role == ROW_ROLE:
            return key_row(overview, self._now, self.titles)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return key_row(overview, self._now, self.titles).sentence
        return key_hint(overview, self._now, self.titles) if role == Qt.ItemDataRole.ToolTipRole else None


class KeysProxy(QSortFilterProxyModel):
    """Sorts and filters the keys."""

    def __init__(self, model: KeysModel, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self._order = Order.NAME
        self._text = ""
        self._type: KeyType | None = None
        self._offering: OfferingType | None = None
        self._needs_attention = False
        self.setSourceModel(model)
        self.setDynamicSortFilter(True)
        self.sort(0)

    def set_order(self, order: Order) -> None:
        """Sort by something else."""
        self._order = order
        self.invalidate()
        self.sort(0)

    def set_filters(
        self, text: str, key_type: KeyType | None, offering: OfferingType | None, *, needs_attention: bool
    ) -> None:
        """Show only what matches."""
        self._text, self._type, self._offering, self._needs_attention = text, key_type, offering, needs_attention
        self.invalidateFilter()

    def filterAcceptsRow(self, row: int, parent: QModelIndex) -> bool:  # noqa: N802
        """Say whether a key is shown."""
        overview: KeyOverview = self._model.index(row, 0, parent).data(OVERVIEW_ROLE)
        if self._needs_attention and not attentions(overview, self._model.now):
            return False
        return matches(overview, self._text, self._type, self._offering, self._model.titles)

    def lessThan(self, left: QModelIndex, right: QModelIndex) -> bool:  # noqa: N802
        """Say which key comes first."""
        one, other = self._rank(left.data(OVERVIEW_ROLE)), self._rank(right.data(OVERVIEW_ROLE))
        return bool(one < other)

    def _rank(self, row: KeyOverview) -> tuple[Any, ...]:
        name = folded(row.key.name)
        if self._order is Order.END:
            return (first_end(row, self._model.now) or _FAR, name)
        if self._order is Order.LAST_USE:
            return (row.last_use or _LONG_AGO, name)
        return (row.key.type.value, name) if self._order is Order.TYPE else (name,)


def _kept(known: KeyOverview | None, fresh: KeyOverview) -> KeyOverview:
    if known is None:
        return fresh
    return KeyOverview(fresh.key, known.accesses, known.usage, fresh.is_connected, known.problem)
