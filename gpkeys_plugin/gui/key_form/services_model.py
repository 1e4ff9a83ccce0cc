"""The catalogue as a Qt model: permissions, the services they open, and which of them are ticked."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timezone
from typing import Any, Iterable

from qgis.PyQt.QtCore import QAbstractItemModel, QModelIndex, QObject, Qt, pyqtSignal

from ...keys.draft import Grant
from ...keys.services.catalogue import Catalogue, Choice, Group, search
from ...keys.services.titles import NO_TITLES, TitleBook
from ..parts.row_content import ROW_ROLE, Row, hint
from .services_rows import choice_hint, choice_row, expired_row, group_row

_ROOT = -1


@dataclass(frozen=True)
class _Node:
    """A row of the tree: its place, and the group or the choice it stands for (neither: the fold of expired ones)."""

    parent: int
    row: int
    group: Group | None = None
    choice: Choice | None = None
    is_expired: bool = False


class ServicesModel(QAbstractItemModel):
    """Groups with a tristate box, offerings with a box; expired permissions below one last row, without boxes.

    Ticks belong to offerings and survive a search and a refresh.
    """

    ticks_changed = pyqtSignal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._all = self._shown = Catalogue()
        self._titles = NO_TITLES
        self._now = datetime.now(timezone.utc)
        self._text = ""
        self._nodes: list[_Node] = []
        self._children: dict[int, list[int]] = {_ROOT: []}
        self._choices: dict[str, Choice] = {}
        self._through: dict[str, str] = {}
        self._ticked: dict[str, None] = {}

    def show_catalogue(self, catalogue: Catalogue, now: datetime) -> int:
        """Show another catalogue; return how many ticked services are gone with the old one."""
        self._all, self._now = catalogue, now
        self._choices = {choice.offering.id: choice for choice in catalogue.choices}
        kept = {id_: None for id_ in self._ticked if id_ in self._choices and self._choices[id_].is_selectable}
        lost = len(self._ticked) - len(kept)
        self._ticked = kept
        self._through = {id_: other for id_, other in self._through.items() if self._knows(id_, other)}
        self._lay_out()
        self.ticks_changed.emit()
        return lost

    def search(self, text: str) -> None:
        """Show only what matches a text."""
        self._text = text
        self._lay_out()

    def show_titles(self, titles: TitleBook) -> bool:
        """Show what people call the services; say whether the rows had to be laid out anew.

        They stay in their places unless the search finds others now, and the view is only to be painted again. No
        `dataChanged` asks it to: QTreeView asks for the flags of each row that has changed, twice, which takes half a
        second for 20,000 of them (QGIS 3.22, Qt 5.15).
        """
        if titles is self._titles:
            return False
        self._titles = titles
        if self._text and search(self._all, self._text, titles) != self._shown:
            self._lay_out()
            self.ticks_changed.emit()
            return True
        return False

    def place_of(self, offering_id: str) -> QModelIndex:
        """Return the row of an offering, nothing where the search hides it."""
        for place, node in enumerate(self._nodes):
            if node.choice is not None and node.choice.offering.id == offering_id and not node.is_expired:
                return self._index_of(place)
        return QModelIndex()

    def is_empty(self) -> bool:
        """Say whether nothing matches."""
        return not self._nodes

    def grants(self) -> tuple[Grant, ...]:
        """Return what is ticked, each through the permission chosen for it."""
        return tuple(self.choice_of(offering_id).grant for offering_id in self._ticked)

    def hidden_ticks(self) -> int:
        """Return how many ticked services the search hides."""
        if not self._text:
            return 0
        shown = {node.choice.offering.id for node in self._nodes if node.choice and not node.is_expired}
        return sum(1 for offering_id in self._ticked if offering_id not in shown)

    def tick(self, grants: Iterable[Grant]) -> None:
        """Tick exactly these, each through its own permission where that is among those offered."""
        self._ticked, self._through = {}, {}
        for grant in grants:
            choice = self._choices.get(grant.offering_id)
            if choice is None or not choice.is_selectable:
                continue
            self._ticked[grant.offering_id] = None
            if self._knows(grant.offering_id, grant.permission_id or ""):
                self._through[grant.offering_id] = grant.permission_id or ""
        self._all_changed()

    def clear_ticks(self) -> None:
        """Untick everything, and forget the permissions chosen by hand."""
        self._ticked, self._through = {}, {}
        self._all_changed()

    def choice_of(self, offering_id: str) -> Choice:
        """Return an offering as it would be opened now."""
        choice = self._choices[offering_id]
        other = self._through.get(offering_id)
        return choice if other is None else choice.through(other)

    def choice_at(self, index: QModelIndex) -> Choice | None:
        """Return the choice of a row; None for groups and for what has expired."""
        node = self._node(index)
        if node is None or node.choice is None or node.is_expired:
            return None
        return self.choice_of(node.choice.offering.id)

    def open_through(self, index: QModelIndex, permission_id: str) -> None:
        """Open an offering through another of its permissions."""
        choice = self.choice_at(index)
        if choice is None or choice.permission.id == permission_id:
            return
        original = self._choices[choice.offering.id]
        if permission_id == original.permission.id:
            self._through.pop(choice.offering.id, None)
        else:
            self._through[choice.offering.id] = permission_id
        self.dataChanged.emit(index, index)
        self.ticks_changed.emit()

    # What Qt asks of a model

    def index(self, row: int, column: int, parent: QModelIndex = QModelIndex()) -> QModelIndex:  # noqa: B008
        """Return the index of a child."""
        children = self._children.get(self._id(parent), [])
        if column != 0 or not 0 <= row < len(children):
            return QModelIndex()
        return self.createIndex(row, 0, children[row])

    def parent(self, child: QModelIndex) -> QModelIndex:
        """Return the index above."""
        node = self._node(child)
        return QModelIndex() if node is None else self._index_of(node.parent)

    def rowCount(self, parent: QModelIndex = QModelIndex()) -> int:  # noqa: N802, B008
        """Return the number of children."""
        return len(self._children.get(self._id(parent), []))

    def columnCount(self, parent: QModelIndex = QModelIndex()) -> int:  # noqa: N802, B008
        """Return the one column."""
        return 1

    def flags(self, index: QModelIndex) -> Qt.ItemFlags:
        """Return what can be done with a row."""
        node = self._node(index)
        if node is None:
            return Qt.ItemFlag.NoItemFlags
        if self._box(node) is None:
            return Qt.ItemFlag.ItemIsEnabled
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsUserCheckable

    def data(self, index: QModelIndex, role: int = int(Qt.ItemDataRole.DisplayRole)) -> Any:
        """Return what a row shows."""
        node = self._node(index)
        if node is None:
            return None
        if role == Qt.ItemDataRole.CheckStateRole:
            return self._box(node)
        if role == ROW_ROLE:
            return self._row(node)
        if role == Qt.ItemDataRole.DisplayRole:
            return self._row(node).title
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self._row(node).sentence
        return self._hint(node) if role == Qt.ItemDataRole.ToolTipRole else None

    def setData(self, index: QModelIndex, value: Any, role: int = int(Qt.ItemDataRole.EditRole)) -> bool:  # noqa: N802
        """Tick or untick an offering, or all offerings of a group that the search shows."""
        node = self._node(index)
        if node is None or role != Qt.ItemDataRole.CheckStateRole or self._box(node) is None:
            return False
        self._tick(self._tickable(node), Qt.CheckState(value) == Qt.CheckState.Checked)
        self._family_changed(index)
        return True

    # Inside

    def _lay_out(self) -> None:
        self.beginResetModel()
        self._shown = shown = search(self._all, self._text, self._titles)
        self._nodes, self._children = [], {_ROOT: []}
        for group in shown.groups:
            self._add_group(_ROOT, group, is_expired=False)
        if shown.expired:
            fold = self._add(_ROOT, is_expired=True)
            for group in shown.expired:
                self._add_group(fold, group, is_expired=True)
        self.endResetModel()

    def _add_group(self, parent: int, group: Group, *, is_expired: bool) -> None:
        place = self._add(parent, group=group, is_expired=is_expired)
        for choice in group.choices:
            self._add(place, group=group, choice=choice, is_expired=is_expired)

    def _add(self, parent: int, group: Group | None = None, choice: Choice | None = None, *, is_expired: bool) -> int:
        place = len(self._nodes)
        siblings = self._children.setdefault(parent, [])
        self._nodes.append(_Node(parent, len(siblings), group, choice, is_expired))
        siblings.append(place)
        return place

    def _id(self, index: QModelIndex) -> int:
        return int(index.internalId()) if index.isValid() else _ROOT

    def _index_of(self, place: int) -> QModelIndex:
        return QModelIndex() if place == _ROOT else self.createIndex(self._nodes[place].row, 0, place)

    def _node(self, index: QModelIndex) -> _Node | None:
        return self._nodes[int(index.internalId())] if index.isValid() else None

    def _row(self, node: _Node) -> Row:
        if node.group is None:
            return expired_row(len(self._all.expired))
        if node.choice is None:
            return group_row(node.group, self._now, is_muted=node.is_expired)
        choice = node.choice if node.is_expired else self.choice_of(node.choice.offering.id)
        return choice_row(choice, node.group, self._now, self._titles, is_folded=node.is_expired)

    def _hint(self, node: _Node) -> str:
        row = self._row(node)
        return hint((row.sentence,)) if node.choice is None else choice_hint(node.choice, row, self._titles)

    def _tickable(self, node: _Node) -> list[str]:
        if node.is_expired or node.group is None:
            return []
        choices = (node.choice,) if node.choice else node.group.choices
        return [choice.offering.id for choice in choices if choice.is_selectable]

    def _box(self, node: _Node) -> Qt.CheckState | None:
        ids = self._tickable(node)
        if not ids:
            return None
        count = sum(1 for offering_id in ids if offering_id in self._ticked)
        if count == 0:
            return Qt.CheckState.Unchecked
        return Qt.CheckState.Checked if count == len(ids) else Qt.CheckState.PartiallyChecked

    def _tick(self, ids: list[str], is_ticked: bool) -> None:
        for offering_id in ids:
            if is_ticked:
                self._ticked[offering_id] = None
            else:
                self._ticked.pop(offering_id, None)

    def _family_changed(self, index: QModelIndex) -> None:
        self.dataChanged.emit(index, index)
        above = index.parent()
        if above.isValid():
            self.dataChanged.emit(above, above)
        last = self.rowCount(index) - 1
        if last >= 0:
            self.dataChanged.emit(self.index(0, 0, index), self.index(last, 0, index))
        self.ticks_changed.emit()

    def _all_changed(self) -> None:
        self._lay_out()
        self.ticks_changed.emit()

    def _knows(self, offering_id: str, permission_id: str) -> bool:
        choice = self._choices.get(offering_id)
        return choice is not None and permission_id in {other.id for other in choice.alternatives}
