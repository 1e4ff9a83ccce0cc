"""The layers of a new key: tick, add to the map, copy the URL of one."""

from __future__ import annotations

from typing import Collection

from qgis.PyQt.QtCore import QSize, Qt, pyqtSignal
from qgis.PyQt.QtWidgets import QAction, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from ...jobs.running.translate import tr
from ...keys.services.connection_plans import ServedLayer
from ...keys.services.layer_recipes import LayerRecipe, draws
from ..keyboard.whole_list import follow_current_row
from ..parts import theme, value_words
from ..parts.flow_layout import FlowLayout
from ..parts.labels import TonedLabel, field_label
from ..parts.page import tool_button
from ..parts.row_content import hint
from ..parts.tick_box_delegate import BoxDelegate


class LayersBox(QWidget):
    """A list with boxes, ticked at first but for the second way to the same data."""

    ticks_changed = pyqtSignal()
    copy_wanted = pyqtSignal(object, bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._recipes: tuple[LayerRecipe, ...] = ()
        self.list = _List()
        self._name = TonedLabel()
        self._copy = tool_button("copyUrlButton", "copy", tr("Copy the &URL"), with_text=True)
        words = tr("URL w&ith the secret")
        self._copy_with = tool_button("copyUrlWithHashButton", "copy", words, with_text=True)
        self._offer_in_menu()
        self._build()
        self.list.currentRowChanged.connect(self._on_row)
        self.list.itemChanged.connect(lambda _item: self.ticks_changed.emit())
        self._copy.clicked.connect(lambda: self._on_copy(False))
        self._copy_with.clicked.connect(lambda: self._on_copy(True))

    def show_layers(self, recipes: tuple[LayerRecipe, ...], *, has_hash: bool) -> None:
        """Show other layers."""
        self._recipes = recipes
        self.list.clear()
        for recipe in recipes:
            self.list.addItem(_item(recipe))
        self._go_to_first_ticked()
        self.list.updateGeometry()
        self._copy_with.setVisible(has_hash)
        self.list.actions()[-1].setVisible(has_hash)
        self.setVisible(bool(recipes))

    def tick_only(self, services: Collection[ServedLayer]) -> None:
        """Tick the layers of some services; where both ways to the same data are among them, the one proposed."""
        drawn = [any(draws(recipe, layer) for layer in services) for recipe in self._recipes]
        proposed = {recipe.name for recipe, is_drawn in zip(self._recipes, drawn) if is_drawn and recipe.is_proposed}
        for row, (recipe, is_drawn) in enumerate(zip(self._recipes, drawn)):
            is_wanted = is_drawn and (recipe.is_proposed or recipe.name not in proposed)
            self.list.item(row).setCheckState(Qt.CheckState.Checked if is_wanted else Qt.CheckState.Unchecked)
        self._go_to_first_ticked()

    def chosen(self) -> tuple[LayerRecipe, ...]:
        """Return the layers that are ticked."""
        return tuple(recipe for row, recipe in enumerate(self._recipes) if self._is_ticked(row))

    def _go_to_first_ticked(self) -> None:
        ticked = (row for row in range(len(self._recipes)) if self._is_ticked(row))
        self.list.setCurrentRow(next(ticked, 0 if self._recipes else -1))

    def _is_ticked(self, row: int) -> bool:
        return Qt.CheckState(self.list.item(row).checkState()) == Qt.CheckState.Checked

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.gap(self))
        self._name.setObjectName("layerNameLabel")
        column.addWidget(field_label(tr("La&yers to add"), self.list))
        column.addWidget(self.list)
        column.addWidget(self._name)
        buttons = FlowLayout(spacing=theme.gap(self))
        buttons.addWidget(self._copy)
        buttons.addWidget(self._copy_with)
        column.addLayout(buttons)

    def _offer_in_menu(self) -> None:
        """Have what can be copied of a layer in its menu too; with the secret last."""
        self.list.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)
        for button in (self._copy, self._copy_with):
            action = QAction(button.text().replace("&", ""), self.list)
            action.triggered.connect(button.click)
            self.list.addAction(action)

    def _on_row(self, row: int) -> None:
        """Show the technical name of the layer the user is at, unless the list shows it already."""
        recipe = self._recipes[row] if 0 <= row < len(self._recipes) else None
        name = recipe.name if recipe is not None and recipe.title not in ("", recipe.name) else ""
        self._name.setText(name)
        self._name.setVisible(bool(name))

    def _on_copy(self, with_hash: bool) -> None:
        row = self.list.currentRow()
        if 0 <= row < len(self._recipes):
            self.copy_wanted.emit(self._recipes[row], with_hash)


class _List(QListWidget):
    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("layersList")
        self.setUniformItemSizes(True)
        self.setItemDelegate(BoxDelegate(self))
        self.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        follow_current_row(self)

    def sizeHint(self) -> QSize:  # noqa: N802
        """Return room for the layers there are."""
        row = max(self.sizeHintForRow(0), self.fontMetrics().height() + 4)
        return QSize(theme.em(self) * 16, max(self.count(), 2) * row + 2 * self.frameWidth() + 2)

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        """Return the same: the page scrolls."""
        return QSize(theme.em(self) * 8, self.sizeHint().height())


def _item(recipe: LayerRecipe) -> QListWidgetItem:
    kind = value_words.connection_kind(recipe.connection.kind)
    text = tr("{title} ({kind})").format(title=recipe.title or recipe.name, kind=kind)
    item = QListWidgetItem(text)
    item.setToolTip(hint((text, recipe.name)))
    item.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsUserCheckable)
    item.setCheckState(Qt.CheckState.Checked if recipe.is_proposed else Qt.CheckState.Unchecked)
    return item
