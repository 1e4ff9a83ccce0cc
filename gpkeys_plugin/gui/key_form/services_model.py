"""The catalogue as a Qt model: permissions, the services they open, and which of them are ticked."""

from __future__ import annotations

from datetime import datetime, timezone
from typing import Any, Iterable, Iterator, Mapping

from qgis.PyQt.QtCore import QAbstractItemModel, QModelIndex, QObject, Qt, pyqtSignal

from ...entrepot.models import OfferingType
from ...keys.draft import Grant, Grants
from ...keys.services.catalogue import Catalogue, Choice
from ...keys.services.catalogue_search import search, search_in_steps
from ...keys.services.search_folding import folded
from ...keys.services.titles import NO_TITLES, TitleBook
from ..parts import value_words
from ..parts.row_content import ROW_ROLE, Row, hint, spoken
from .services_layout import FED_AT_ONCE, ROOT, Layout, Node
from .services_rows import choice_hint, choice_row, expired_row, group_row
from .services_ticks import Ticks


class ServicesModel(QAbstractItemModel):
    """Groups with a tristate box, offerings with a box; expired permissions below one last row, without boxes.

    Ticks belong to offerings and survive a search and a refresh. Of more than some hundred rows below one row the view
    gets the first, and more each time it asks for them by `give_more`: not by Qt's `fetchMore`, which QTreeView calls
    at each layout until there is no more, in sight or not (Qt 5.15).
    """

    ticks_changed = pyqtSignal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._all = Catalogue()
        self._layout = Layout(self._all)
        self._ticks = Ticks()
        self._boxes: dict[int, Qt.CheckState] = {}
        self._titles = NO_TITLES
        self._types = {kind: folded(value_words.offering_type(kind)) for kind in OfferingType}
        self._now = datetime.now(timezone.utc)
        self._text = ""

    def show_catalogue(self, catalogue: Catalogue, now: datetime) -> int:
        """Show another catalogue; return how many ticked services are gone with the old one."""
        self._all, self._now = catalogue, now
        lost = self._ticks.change_catalogue(catalogue)
        self._lay_out(self._found())
        self.ticks_changed.emit()
        return lost

    def search(self, text: str) -> None:
        """Show only what matches a text."""
        for _ in self.search_in_steps(text):
            pass

    def search_in_steps(self, text: str) -> Iterator[None]:
        """Show only what matches a text, after as many short steps as there are groups.

        They are not to be gone on with once something else is shown.
        """
        self._text = text
        for found in search_in_steps(self._all, text, self._titles, self._types):
            if found is None:
                yield
            else:
                self._lay_out(found)

    def show_titles(self, titles: TitleBook) -> bool:
        """Show what people call the services; say whether the rows had to be laid out anew.

        They stay in their places unless the search finds others now, and the view is only to be painted again. No
        `dataChanged` asks it to: QTreeView asks for the flags of each row that has changed, twice, which takes half a
        second for 20,000 of them (QGIS 3.22, Qt 5.15).
        """
        if titles is self._titles:
            return False
        self._titles = titles
        found = self._found()
        if found == self._layout.shown:
            return False
        self._lay_out(found)
        self.ticks_changed.emit()
        return True

    def place_of(self, offering_id: str) -> QModelIndex:
        """Return the row of an offering, which the view is given if it was not; nothing where the search hides it."""
        found = self._layout.find(offering_id)
        if found is None:
            return QModelIndex()
        section, row = found
        _, group_row = self._layout.above(section)
        self._give(ROOT, group_row + 1)
        self._give(section, row + 1)
        return self.createIndex(row, 0, section)

    def is_empty(self) -> bool:
        """Say whether nothing matches."""
        return self._layout.size(ROOT) == 0

    def grants(self) -> Grants:
        """Return what is ticked, each through the permission chosen for it."""
        return self._ticks.grants()

    def hidden_ticks(self) -> int:
        """Return how many ticked services the search hides."""
        return self._ticks.hidden(self._layout.shown)

    def tick(self, grants: Iterable[Grant]) -> None:
        """Tick exactly these, each through its own permission where that is among those offered."""
        self._ticks.tick_only(grants)
        self._ticks_replaced()

    def tick_shown(self, *, is_ticked: bool) -> None:
        """Tick or untick all that the search shows."""
        self._set_ticks([group.grants for group in self._layout.shown.groups], is_ticked=is_ticked)
        self._rows_changed(QModelIndex())
        self.ticks_changed.emit()

    def clear_ticks(self) -> None:
        """Untick everything, and forget the permissions chosen by hand."""
        self._ticks.clear()
        self._ticks_replaced()

    def choice_at(self, index: QModelIndex) -> Choice | None:
        """Return the choice of a row; None for groups and for what has expired."""
        node = self._node(index)
        if node is None or node.choice is None or node.is_expired:
            return None
        return self._ticks.as_opened(node.choice)

    def open_through(self, index: QModelIndex, permission_id: str) -> None:
        """Open an offering through another of its permissions."""
        choice = self.choice_at(index)
        if choice is None or choice.permission.id == permission_id:
            return
        self._ticks.open_through(choice, permission_id)
        self.dataChanged.emit(index, index)
        self.ticks_changed.emit()

    # What the view is given

    def rows_to_open(self, most: int) -> list[int]:
        """Return the groups to open at first: those that can be ticked, only one where there are many offerings."""
        return self._layout.rows_to_open(most)

    def is_long(self) -> bool:
        """Say whether there may be rows that the view was not given."""
        return self._layout.is_long

    def give_more(self, index: QModelIndex) -> None:
        """Give the view more rows where this is the last one it was given of those beside it."""
        section = int(index.internalId())
        if index.row() == self._layout.given(section) - 1:
            self._give(section, self._layout.given(section) + FED_AT_ONCE)

    # What Qt asks of a model

    def index(self, row: int, column: int, parent: QModelIndex = QModelIndex()) -> QModelIndex:  # noqa: B008
        """Return the index of a child."""
        section = self._below(parent)
        if column != 0 or section is None or not 0 <= row < self._layout.given(section):
            return QModelIndex()
        return self.createIndex(row, 0, section)

    def parent(self, child: QModelIndex) -> QModelIndex:
        """Return the index above."""
        return self._above(int(child.internalId())) if child.isValid() else QModelIndex()

    def rowCount(self, parent: QModelIndex = QModelIndex()) -> int:  # noqa: N802, B008
        """Return the number of children."""
        section = self._below(parent)
        return 0 if section is None else self._layout.given(section)

    def hasChildren(self, parent: QModelIndex = QModelIndex()) -> bool:  # noqa: N802, B008
        """Say whether there are children; Qt would count rows and columns."""
        return self.rowCount(parent) > 0

    def columnCount(self, parent: QModelIndex = QModelIndex()) -> int:  # noqa: N802, B008
        """Return the one column."""
        return 1

    def flags(self, index: QModelIndex) -> Qt.ItemFlags:
        """Return what can be done with a row."""
        node = self._node(index)
        if node is None:
            return Qt.ItemFlag.NoItemFlags
        flags = Qt.ItemFlag.ItemIsEnabled
        if node.choice is not None:
            flags |= Qt.ItemFlag.ItemNeverHasChildren
        if node.can_be_ticked:
            flags |= Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsUserCheckable
        return flags

    def data(self, index: QModelIndex, role: int = int(Qt.ItemDataRole.DisplayRole)) -> Any:
        """Return what a row shows."""
        node = self._node(index)
        if node is None:
            return None
        if role == Qt.ItemDataRole.CheckStateRole:
            return self._box(index, node)
        if role == ROW_ROLE:
            return self._row(node)
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            row = self._row(node)
            return row.title if role == Qt.ItemDataRole.DisplayRole else row.sentence
        if role == Qt.ItemDataRole.AccessibleDescriptionRole:
            return spoken(self._hint(node))
        return self._hint(node) if role == Qt.ItemDataRole.ToolTipRole else None

    def setData(self, index: QModelIndex, value: Any, role: int = int(Qt.ItemDataRole.EditRole)) -> bool:  # noqa: N802
        """Tick or untick an offering, or all offerings of a group that the search shows."""
        node = self._node(index)
        if node is None or role != Qt.ItemDataRole.CheckStateRole or not node.can_be_ticked:
            return False
        self._set_ticks([node.offered], is_ticked=Qt.CheckState(value) == Qt.CheckState.Checked)
        self._family_changed(index)
        return True

    # Inside

    def _found(self) -> Catalogue:
        return search(self._all, self._text, self._titles, self._types)

    def _lay_out(self, shown: Catalogue) -> None:
        self.beginResetModel()
        self._layout = Layout(shown)
        self._boxes.clear()
        self.endResetModel()

    def _ticks_replaced(self) -> None:
        self._lay_out(self._layout.shown)
        self.ticks_changed.emit()

    def _give(self, section: int, count: int) -> None:
        given, wanted = self._layout.given(section), min(count, self._layout.size(section))
        if wanted > given:
            self.beginInsertRows(self._above(section), given, wanted - 1)
            self._layout.give(section, wanted)
            self.endInsertRows()

    def _below(self, index: QModelIndex) -> int | None:
        return self._layout.below(int(index.internalId()), index.row()) if index.isValid() else ROOT

    def _above(self, section: int) -> QModelIndex:
        if section == ROOT:
            return QModelIndex()
        above, row = self._layout.above(section)
        return self.createIndex(row, 0, above)

    def _node(self, index: QModelIndex) -> Node | None:
        return self._layout.node(int(index.internalId()), index.row()) if index.isValid() else None

    def _row(self, node: Node) -> Row:
        if node.group is None:
            return expired_row(len(self._all.expired))
        if node.choice is None:
            return group_row(node.group.permission, len(node.group), self._now, is_muted=node.is_expired)
        choice = node.choice if node.is_expired else self._ticks.as_opened(node.choice)
        return choice_row(choice, node.group, self._now, self._titles, is_folded=node.is_expired)

    def _hint(self, node: Node) -> str:
        row = self._row(node)
        return hint((row.sentence,)) if node.choice is None else choice_hint(node.choice, row, self._titles)

    def _box(self, index: QModelIndex, node: Node) -> Qt.CheckState | None:
        if not node.can_be_ticked:
            return None
        section = self._below(index)
        if section is None:
            return self._counted(node.offered)
        if section not in self._boxes:
            self._boxes[section] = self._counted(node.offered)
        return self._boxes[section]

    def _counted(self, offered: Mapping[str, str | None]) -> Qt.CheckState:
        ticked = self._ticks.count(offered)
        if ticked == 0:
            return Qt.CheckState.Unchecked
        return Qt.CheckState.Checked if ticked == len(offered) else Qt.CheckState.PartiallyChecked

    def _set_ticks(self, offered: Iterable[Mapping[str, str | None]], *, is_ticked: bool) -> None:
        if is_ticked:
            self._ticks.tick(offered)
        else:
            self._ticks.untick(offered)
        self._boxes.clear()

    def _family_changed(self, index: QModelIndex) -> None:
        self.dataChanged.emit(index, index)
        above = index.parent()
        if above.isValid():
            self.dataChanged.emit(above, above)
        self._rows_changed(index)
        self.ticks_changed.emit()

    def _rows_changed(self, parent: QModelIndex) -> None:
        last = self.rowCount(parent) - 1
        if last >= 0:
            self.dataChanged.emit(self.index(0, 0, parent), self.index(last, 0, parent))
