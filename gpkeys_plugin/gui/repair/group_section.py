"""One group of layers on the page: why, what mends them, which they are, and what there is to do first."""

from __future__ import annotations

from typing import Collection, Mapping

from qgis.PyQt.QtCore import Qt, pyqtSignal
from qgis.PyQt.QtWidgets import QVBoxLayout, QWidget

from ...jobs.running.translate import tr
from ...keys.layer_needs.remedies import MayBeOpened, NoPermission, SignedOut
from ...keys.layer_needs.shared_hashes import SharedHash
from ..parts import theme, value_words
from ..parts.folding_section import Fold
from ..parts.labels import WrappedLabel, heading
from ..parts.page import push_button
from ..parts.row_content import Row
from . import repair_words
from .layer_groups import RepairGroup
from .password_box import PasswordBox
from .road_box import RoadBox
from .rows_box import RowsBox


class GroupSection(QWidget):
    """Made for one group; `show_group` takes its later forms, as long as cause and remedy are the same."""

    ticks_changed = pyqtSignal()
    key_wanted = pyqtSignal(object)
    password_given = pyqtSignal(object, str)

    def __init__(self, group: RepairGroup, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("repairGroup")
        self.group = group
        self._cause = heading("", 1.0)
        self._cause.setObjectName("repairCause")
        self._remedy = WrappedLabel()
        self._remedy.setObjectName("repairRemedy")
        self._rows = RowsBox("repairLayers")
        self._rows.ticks_changed.connect(self.ticks_changed)
        self.password: PasswordBox | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, theme.gap(self))
        column.setSpacing(theme.gap(self))
        for widget in (self._cause, self._remedy, self._rows):
            column.addWidget(widget)
        self._add_next_act(column)

    def show_group(
        self, group: RepairGroup, shared: Mapping[str, SharedHash], ticked: Collection[str], *, is_signed_in: bool
    ) -> None:
        """Show the group as it is now."""
        self.group = group
        why = repair_words.cause(group, shared)
        self._cause.setText(why)
        self._remedy.setText(repair_words.remedy(group))
        # What the keys open is still being read.
        self._remedy.setHidden(is_signed_in and isinstance(group.remedy, SignedOut))
        rows = [
            (plan.found.layer_id, _row(plan.found.name, repair_words.layer_place(plan.found))) for plan in group.plans
        ]
        self._rows.show_rows(value_words.layers(len(rows)), why, rows, ticked, has_boxes=group.is_mendable)

    def ticked(self) -> frozenset[str]:
        """Return the ids of the layers that are ticked."""
        return self._rows.ticked()

    def unfold(self) -> None:
        """Show the layers one by one."""
        self._rows.unfold()

    def set_busy(self, is_busy: bool) -> None:
        """Let nothing be chosen while something is being done."""
        self._rows.setEnabled(not is_busy)
        if self.password is not None:
            self.password.setEnabled(not is_busy)

    def _add_next_act(self, column: QVBoxLayout) -> None:
        remedy = self.group.remedy
        if isinstance(remedy, MayBeOpened):
            make = push_button("makeKeyButton", tr("Create a key for them…"))
            theme.dress(make, "add")
            make.clicked.connect(lambda: self.key_wanted.emit(self.group))
            column.addWidget(make, 0, Qt.AlignmentFlag.AlignLeft)
        elif isinstance(remedy, NoPermission):
            column.addWidget(RoadBox(remedy.road))
        elif isinstance(remedy, SignedOut) and remedy.road is not None:
            fold = Fold("roadFold", tr("To get a permission"))
            fold.column.addWidget(RoadBox(remedy.road))
            column.addWidget(fold)
        elif self.group.needs_password:
            self.password = PasswordBox()
            self.password.given.connect(lambda typed: self.password_given.emit(self, typed))
            column.addWidget(self.password)


def _row(title: str, details: str) -> Row:
    return Row(title, details=details)
