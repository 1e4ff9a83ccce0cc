"""The permissions as a Qt model."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timezone
from typing import Any, Sequence

from qgis.PyQt.QtCore import QAbstractListModel, QModelIndex, QObject, Qt

from ..entrepot.models import Permission
from ..jobs.translate import tr
from ..keys.catalogue import Choice, Group, is_expired
from ..keys.words import folded
from .services_model import ROW_ROLE
from .services_rows import Row, group_row

PERMISSION_ROLE = ROW_ROLE + 1


@dataclass(frozen=True)
class HeldPermission:
    """A permission and the names of the keys that use it."""

    permission: Permission
    keys: tuple[str, ...] = ()

    def matches(self, text: str) -> bool:
        """Return whether licence and layers hold every word of a text."""
        layers = (offering.layer_name for offering in self.permission.offerings)
        known = folded(" ".join((self.permission.licence, *layers)))
        return all(word in known for word in folded(text).split())


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
        if role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole):
            return self._row(held).sentence
        return None

    def _row(self, held: HeldPermission) -> Row:
        has_ended = is_expired(held.permission, self._now)
        choices = tuple(Choice(offering, held.permission) for offering in held.permission.offerings)
        row = group_row(Group(held.permission, choices), self._now, is_muted=has_ended)
        return Row(
            row.title, row.badges, row.warning, row.details, is_heading=True, is_muted=has_ended, more=_keys(held)
        )


def _keys(held: HeldPermission) -> tuple[tuple[str, None], ...]:
    if not held.keys:
        return ((tr("No key uses it."), None),)
    return ((tr("Used by: {keys}").format(keys=", ".join(held.keys)), None),)
