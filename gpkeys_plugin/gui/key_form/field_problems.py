"""Shows the problems of a draft next to their fields."""

from __future__ import annotations

from typing import Iterable, Mapping

from qgis.PyQt.QtWidgets import QWidget

from ...jobs.running.translate import show
from ...keys.rules.draft_rules import Field, Problem
from ..parts import theme
from ..parts.labels import FieldMessage


class FieldProblems:
    """The message lines of a page, and the widgets they belong to.

    A field says nothing before it was touched or the page was asked to show everything. What a server said about a
    field stands there until the field is edited.
    """

    def __init__(self, places: Mapping[Field, tuple[FieldMessage, QWidget]]) -> None:
        self._places = places
        self._touched: set[Field] = set()
        self._pinned: dict[Field, str] = {}
        self._asked: set[Field] = set()
        self._problems: tuple[Problem, ...] = ()

    def show(self, problems: Iterable[Problem]) -> None:
        """Show the problems of the fields that were touched."""
        self._problems = tuple(problem for problem in problems if problem.field in self._places)
        for field, (message, _) in self._places.items():
            self._show_field(field, message)

    def touch(self, field: Field) -> None:
        """Note that a field was edited: from now on it speaks up, and no longer says what the server said."""
        self._touched.add(field)
        self._asked.discard(field)
        self._pinned.pop(field, None)

    def touch_all(self) -> None:
        """Let all fields speak up."""
        self._touched.update(self._places)
        self.show(self._problems)

    def forget(self) -> None:
        """Take all fields for untouched again."""
        self._touched.clear()
        self._asked.clear()
        self._pinned.clear()
        self.show(())

    def has_place(self, field: Field) -> bool:
        """Say whether a field stands here."""
        return field in self._places

    def pin(self, field: Field, text: str) -> QWidget:
        """Show what the server said about a field; return the field's widget."""
        self._pinned[field] = text
        self.show(self._problems)
        return self._places[field][1]

    def first_blocked(self) -> QWidget | None:
        """Return the widget of the first field that must be mended."""
        blocked = {problem.field for problem in self._problems if problem.is_blocking}
        return next((widget for field, (_, widget) in self._places.items() if field in blocked), None)

    def ask(self) -> QWidget | None:
        """Show what is doubtful and was not asked about since its field was edited; return the first such field."""
        fields = {problem.field for problem in self._problems if problem.is_doubtful} - self._asked
        self._asked |= fields
        self._touched |= fields
        self.show(self._problems)
        return next((widget for field, (_, widget) in self._places.items() if field in fields), None)

    def _show_field(self, field: Field, message: FieldMessage) -> None:
        found = [problem for problem in self._problems if problem.field is field and field in self._touched]
        lines = [show(problem.text) for problem in found]
        if field in self._pinned:
            lines.insert(0, self._pinned[field])
        is_error = field in self._pinned or any(problem.is_blocking for problem in found)
        self._places[field][1].setAccessibleDescription(" ".join(lines))
        message.say("\n".join(lines), theme.Level.ERROR if is_error else theme.Level.WARNING)
