"""The permissions as a Qt model."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timezone
from typing import Any, Sequence

from qgis.PyQt.QtCore import QAbstractListModel, QModelIndex, QObject, Qt

from ...entrepot.models import Permission
from ...jobs.running.translate import tr
from ...keys.services.catalogue import is_expired
from ...keys.services.search_folding import folded
from ...keys.services.titles import NO_TITLES, TitleBook
from ..key_form.services_rows import end_in_words, group_row, owner
from ..parts.row_content import ROW_ROLE, Row, hint

PERMISSION_ROLE = ROW_ROLE + 1


@dataclass(frozen=True)
class HeldPermission:
    """A permission and the names of the keys that use it; not `are_keys_known`: others may use it too."""

    permission: Permission
    keys: tuple[str, ...] = ()
    are_keys_known: bool = True

    def use_in_words(self) -> str:
        """Return which keys use it."""
        if self.keys:
            return tr("Used by: {keys}").format(keys=", ".join(self.keys))
        return tr("No key uses it.") if self.are_keys_known else tr("Not all keys were read: who uses it is not known.")

    def kind_in_words(self, now: datetime) -> str:
        """Return until when it holds, whose it is, and which keys may use it."""
        only = tr("OAuth2 only") if self.permission.only_oauth else ""
        parts = (end_in_words(self.permission, now), owner(self.permission.is_community), only)
        return " · ".join(part for part in parts if part)

    def matches(self, text: str, titles: TitleBook = NO_TITLES) -> bool:
        """Return whether licence and layers, by title or name, hold every word of a text."""
        words = folded(text).split()
        if not words:
            return True
        names = [offering.layer_name for offering in self.permission.offerings]
        pieces = (self.permission.licence, *names)
        known = " ".join((*map(folded, pieces), *map(titles.folded_title, names)))
        return all(word in known for word in words)


class PermissionsModel(QAbstractListModel):
    """One row a permission."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: list[HeldPermission] = []
        self._now = datetime.now(timezone.utc)

    def show_permissions(self, rows: Sequence[HeldPermission], now: datetime) -> None:
        """Show other permissions, sorted by licence."""
        self.beginResetModel()
        self._rows = sorted(rows, key=lambda held: (folded(held.permission.licence), held.permission.id))
        self._now = now
        self.endResetModel()

    def place_of(self, held: HeldPermission) -> QModelIndex:
        """Return the row of a permission."""
        return self.index(self._rows.index(held), 0) if held in self._rows else QModelIndex()

    def rowCount(self, parent: QModelIndex = QModelIndex()) -> int:  # noqa: N802, B008
        """Return the number of permissions."""
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: QModelIndex, role: int = int(Qt.ItemDataRole.DisplayRole)) -> Any:
        """Return what a row shows."""
        if not index.isValid():
            return None
        held = self._rows[index.row()]
        if role == PERMISSION_ROLE:
            return held
        if role == Qt.ItemDataRole.DisplayRole:
            return held.permission.licence
        if role == ROW_ROLE:
            return self._row(held)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self._row(held).sentence
        return hint((self._row(held).sentence,)) if role == Qt.ItemDataRole.ToolTipRole else None

    def _row(self, held: HeldPermission) -> Row:
        has_ended = is_expired(held.permission, self._now)
        row = group_row(held.permission, len(held.permission.offerings), self._now, is_muted=has_ended)
        return Row(
            row.title,
            row.badges,
            row.warning,
            row.details,
            is_heading=True,
            is_muted=has_ended,
            more=((held.use_in_words(), None),),
        )
