"""The keys as a Qt model, sorted and filtered."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from dataclasses import dataclass
from datetime import datetime, timezone
from enum import Enum
from typing import Any, Iterable, Tuple

from qgis.core import QgsMimeDataUtils
from qgis.PyQt.QtCore import QAbstractListModel, QMimeData, QModelIndex, QObject, Qt

from ...entrepot.models import Key, KeyType, OfferingType
from ...jobs.browser import dragged_layers
from ...keys.services.titles import NO_TITLES, TitleBook
from ...keys.upkeep import natural_order
from ...keys.upkeep.overview import KeyOverview, attentions, first_end, matches
from ..parts.row_content import ROW_ROLE
from .key_list_rows import key_hint, key_row

OVERVIEW_ROLE = ROW_ROLE + 1
_FAR = datetime.max.replace(tzinfo=timezone.utc)
_LONG_AGO = datetime.min.replace(tzinfo=timezone.utc)

# What a key is sorted by, its place in the platform's list last: no two are alike.
_Rank = Tuple[Any, ...]


class Order(Enum):
    """What the list is sorted by."""

    NAME = "name"
    END = "end"
    LAST_USE = "last-use"
    TYPE = "type"


@dataclass(frozen=True)
class _Backwards:
    """What stands before what it would stand behind."""

    value: Any

    def __lt__(self, other: _Backwards) -> bool:
        return bool(other.value < self.value)


class KeysModel(QAbstractListModel):
    """One row a key that the filters let through, in order; rows fill in as they are read.

    What is read of some keys costs the rows of those keys: no `QSortFilterProxyModel`, which sorts a changed row anew
    and has the view laid out again although it stays in its place (Qt 5.15).
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._known: list[KeyOverview] = []
        self._places: dict[str, int] = {}
        self._shown: list[_Rank] = []
        self._ranks: list[_Rank | None] = []
        self._types: list[KeyType] = []
        self._offerings: Counter[OfferingType] = Counter()
        self._titles = NO_TITLES
        self._now = datetime.now(timezone.utc)
        self._order, self._is_from_end = Order.NAME, False
        self._text = ""
        self._type: KeyType | None = None
        self._offering: OfferingType | None = None
        self._needs_attention = False

    @property
    def now(self) -> datetime:
        """The moment the rows are seen from."""
        return self._now

    def show_keys(self, rows: Iterable[KeyOverview], now: datetime) -> None:
        """Show other keys; of a key that was there, what was read of it stays until it is read again."""
        before = {row.key.id: row for row in self._known}
        self._known = [_kept(before.get(row.key.id), row) for row in rows]
        self._places = {row.key.id: place for place, row in enumerate(self._known)}
        self._types = sorted({row.key.type for row in self._known}, key=lambda kind: kind.value)
        self._offerings = Counter(kind for row in self._known for kind in row.offering_types)
        self._now = now
        self._arrange()

    def update_keys(self, rows: Iterable[KeyOverview]) -> None:
        """Show what was read of some keys; one that is no longer listed is left out."""
        for row in rows:
            place = self._places.get(row.key.id)
            if place is not None:
                self._offerings.subtract(self._known[place].offering_types)
                self._offerings.update(row.offering_types)
                self._known[place] = row
                self._place_anew(place)

    def show_titles(self, titles: TitleBook) -> None:
        """Show what people call the services that the keys open."""
        self._titles = titles
        if self._text:
            self._arrange()
        elif self._shown:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self._shown) - 1, 0))

    def set_order(self, order: Order, *, is_from_end: bool = False) -> None:
        """Sort by something else, or from the other end: of what is alike, names still go from A to Z."""
        self._order, self._is_from_end = order, is_from_end
        self._arrange()

    def set_filters(
        self, text: str, key_type: KeyType | None, offering: OfferingType | None, *, needs_attention: bool
    ) -> None:
        """Show only what matches."""
        self._text, self._type, self._offering, self._needs_attention = text, key_type, offering, needs_attention
        self._arrange()

    def overviews(self) -> tuple[KeyOverview, ...]:
        """Return what is known of all keys, in the order of the platform."""
        return tuple(self._known)

    def count(self) -> int:
        """Return how many keys there are, shown or not."""
        return len(self._known)

    def key_types(self) -> list[KeyType]:
        """Return the types of the keys, sorted by the API's word."""
        return self._types

    def offering_types(self) -> list[OfferingType]:
        """Return the types of the services that they open, sorted by the API's word."""
        return sorted((kind for kind, count in self._offerings.items() if count), key=lambda kind: kind.value)

    def place_of(self, key: Key) -> QModelIndex:
        """Return the row of a key; nothing where it is not shown."""
        place = self._places.get(key.id)
        rank = None if place is None else self._ranks[place]
        return QModelIndex() if rank is None else self.index(bisect_left(self._shown, rank), 0)

    def rowCount(self, parent: QModelIndex = QModelIndex()) -> int:  # noqa: N802, B008
        """Return the number of keys shown."""
        return 0 if parent.isValid() else len(self._shown)

    def data(self, index: QModelIndex, role: int = int(Qt.ItemDataRole.DisplayRole)) -> Any:
        """Return what a row shows."""
        if not index.isValid():
            return None
        overview = self._known[self._shown[index.row()][-1]]
        if role == OVERVIEW_ROLE:
            return overview
        if role == Qt.ItemDataRole.DisplayRole:
            return overview.key.name
        if role == ROW_ROLE:
            return key_row(overview, self._now, self._titles)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return key_row(overview, self._now, self._titles).sentence
        return key_hint(overview, self._now, self._titles) if role == Qt.ItemDataRole.ToolTipRole else None

    def flags(self, index: QModelIndex) -> Qt.ItemFlags:
        """Let the keys be dragged that QGIS holds something for."""
        flags = super().flags(index)
        found = index.data(OVERVIEW_ROLE)
        can_be_dragged = isinstance(found, KeyOverview) and found.is_connected
        return flags | Qt.ItemFlag.ItemIsDragEnabled if can_be_dragged else flags

    def mimeData(self, indexes: Iterable[QModelIndex]) -> QMimeData | None:  # noqa: N802
        """Return the layers of keys, as QGIS takes them where they are dropped."""
        ids = [index.data(OVERVIEW_ROLE).key.id for index in indexes]
        uris = [uri for key_id in ids for uri in dragged_layers.dragged(key_id, (), self._titles)]
        return QgsMimeDataUtils.encodeUriList(uris) if uris else None

    # Inside

    def _arrange(self) -> None:
        self.beginResetModel()
        self._ranks = [self._rank(row, place) for place, row in enumerate(self._known)]
        self._shown = sorted(rank for rank in self._ranks if rank is not None)
        self.endResetModel()

    def _place_anew(self, place: int) -> None:
        """Move the row of a key to where it belongs now, or take it out, or put it in."""
        before, now = self._ranks[place], self._rank(self._known[place], place)
        self._ranks[place] = now
        if before is not None and now is not None:
            self._move(before, now)
        elif before is not None:
            row = bisect_left(self._shown, before)
            self.beginRemoveRows(QModelIndex(), row, row)
            del self._shown[row]
            self.endRemoveRows()
        elif now is not None:
            row = bisect_left(self._shown, now)
            self.beginInsertRows(QModelIndex(), row, row)
            self._shown.insert(row, now)
            self.endInsertRows()

    def _move(self, before: _Rank, now: _Rank) -> None:
        row, wanted = bisect_left(self._shown, before), bisect_left(self._shown, now)
        after = wanted - 1 if wanted > row else wanted
        # Qt takes the place that a row moves to as it is before the move, and refuses a move to where it is.
        is_moved = after != row and self.beginMoveRows(QModelIndex(), row, row, QModelIndex(), wanted)
        del self._shown[row]
        self._shown.insert(after, now)
        if is_moved:
            self.endMoveRows()
        index = self.index(after, 0)
        self.dataChanged.emit(index, index)

    def _rank(self, row: KeyOverview, place: int) -> _Rank | None:
        """Return where a key belongs, None where the filters hide it."""
        if self._needs_attention and not attentions(row, self._now):
            return None
        if not matches(row, self._text, self._type, self._offering, self._titles):
            return None
        name = natural_order.rank(row.key.name)
        first = self._sorted_by(row, name)
        return (_Backwards(first) if self._is_from_end else first, name, place)

    def _sorted_by(self, row: KeyOverview, name: Any) -> Any:
        if self._order is Order.END:
            return first_end(row, self._now) or _FAR
        if self._order is Order.LAST_USE:
            return row.last_use or _LONG_AGO
        return row.key.type.value if self._order is Order.TYPE else name


def _kept(known: KeyOverview | None, fresh: KeyOverview) -> KeyOverview:
    if known is None:
        return fresh
    return KeyOverview(fresh.key, known.accesses, known.usage, fresh.is_connected, known.problem)
