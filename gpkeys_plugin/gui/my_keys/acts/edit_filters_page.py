"""The second page of an edit: the filters, and what will be sent."""

from __future__ import annotations

from typing import Iterable, Mapping, Sequence

from qgis.PyQt.QtCore import pyqtSignal
from qgis.PyQt.QtWidgets import QWidget

from ....jobs.running.translate import tr
from ....keys.draft import PlainFilters
from ....keys.problem import Field, Problem
from ...key_form.field_problems import FieldProblems
from ...key_form.filters_box import FiltersBox
from ...parts import theme
from ...parts.labels import WrappedLabel, heading
from ...parts.page import Page
from ...parts.stepper import Stepper


class EditFiltersPage(Page):
    """Filters, changes, Back and Save."""

    changed = pyqtSignal()
    back_wanted = pyqtSignal()
    save_wanted = pyqtSignal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._filters = FiltersBox()
        self._changes = WrappedLabel()
        self._changes.setObjectName("changesLabel")
        self._back = self.add_button("editBackButton", tr("&Back"))
        self._save = self.add_button("saveButton", tr("S&ave the changes"), is_main=True)
        self._problems = FieldProblems(self._filters.places())
        self.column.addWidget(Stepper(2, tr("Filters and changes")))
        self.column.addWidget(self._filters)
        self.column.addSpacing(theme.gap(self))
        self.column.addWidget(heading(tr("What will change"), 1.0))
        self.column.addWidget(self._changes)
        self.column.addStretch(1)
        self._filters.changed.connect(self.changed)
        self._filters.edited.connect(self._problems.touch)
        self._back.clicked.connect(self.back_wanted)
        self._save.clicked.connect(self.save_wanted)

    def filters(self) -> PlainFilters:
        """Return the filters as they are typed."""
        return self._filters.filters()

    def kept_patterns(self) -> frozenset[Field]:
        """Return the fields whose stored pattern stays as it is."""
        return self._filters.kept_patterns()

    def show_filters(self, filters: PlainFilters, patterns: Mapping[Field, str]) -> None:
        """Show the filters of a key."""
        self._filters.show_filters(filters, patterns)
        self._problems.forget()

    def show_problems(self, problems: Iterable[Problem]) -> None:
        """Show the problems next to their fields."""
        self._problems.show(problems)

    def show_all_problems(self) -> None:
        """Show the problems of untouched fields too, and go to the first one."""
        self._problems.touch_all()
        blocked = self._problems.first_blocked()
        if blocked is not None:
            self._filters.unfold()
            self.reveal(blocked)

    def show_changes(self, lines: Sequence[str], *, can_save: bool) -> None:
        """Show what will be sent; there is nothing to save without it."""
        self._changes.setText("\n\n".join(lines) or tr("Nothing has changed yet."))
        self._save.setEnabled(can_save)
        self._save.setToolTip("" if can_save else tr("Nothing has changed yet."))
