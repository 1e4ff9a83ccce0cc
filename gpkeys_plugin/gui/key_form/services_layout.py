"""Which row of the services tree stands for what, and how many rows of each group the tree has been given by now."""

from __future__ import annotations

from itertools import islice
from typing import Mapping, NamedTuple

from ...keys.services.catalogue import Catalogue, Choice, Group

ROOT = 0
FED_AT_ONCE = 500
"""Rows below one row that a tree is given at once: QTreeView asks the model four things of each row it lays out."""


class Node(NamedTuple):
    """What a row stands for: a group, or a choice and the group it stands in; neither for the fold of expired ones."""

    group: Group | None = None
    choice: Choice | None = None
    is_expired: bool = False

    @property
    def can_be_ticked(self) -> bool:
        """Whether the choice, or anything in the group, can be ticked."""
        if self.is_expired or self.group is None:
            return False
        return self.group.is_selectable if self.choice is None else self.choice.is_selectable

    @property
    def offered(self) -> Mapping[str, str | None]:
        """What a tick ticks: offering ids, and the permission each would be opened through."""
        if self.choice is not None:
            return {self.choice.grant.offering_id: self.choice.grant.permission_id}
        return self.group.grants if self.group is not None else {}


class Layout:
    """The rows of a catalogue, by section and place in it; none of them is made before it is asked for.

    A section is what hangs below one row: ROOT the groups and the fold, then a section a group, then that of the fold,
    then a section an expired group.
    """

    def __init__(self, shown: Catalogue) -> None:
        self.shown = shown
        self._fold = len(shown.groups) + 1
        self._given: dict[int, int] = {}
        sizes = map(len, (*shown.groups, *shown.expired))
        self.is_long = max((self.size(ROOT), len(shown.expired), *sizes)) > FED_AT_ONCE

    def size(self, section: int) -> int:
        """Return how many rows a section has."""
        if section == ROOT:
            return len(self.shown.groups) + bool(self.shown.expired)
        if section == self._fold:
            return len(self.shown.expired)
        return len(self._group(section))

    def given(self, section: int) -> int:
        """Return how many of them the tree has been given."""
        return min(self._given.get(section, FED_AT_ONCE), self.size(section))

    def give(self, section: int, count: int) -> None:
        """Note how many the tree is given now."""
        self._given[section] = count

    def below(self, section: int, row: int) -> int | None:
        """Return the section that hangs below a row; None below a choice."""
        if section == ROOT:
            return row + 1
        return self._fold + 1 + row if section == self._fold else None

    def above(self, section: int) -> tuple[int, int]:
        """Return section and place of the row that a section, not ROOT, hangs below."""
        return (ROOT, section - 1) if section <= self._fold else (self._fold, section - self._fold - 1)

    def node(self, section: int, row: int) -> Node:
        """Return what a row stands for."""
        below = self.below(section, row)
        if below == self._fold:
            return Node(is_expired=True)
        group = self._group(section if below is None else below)
        is_expired = section >= self._fold
        return Node(group, group.choice(row) if below is None else None, is_expired)

    def find(self, offering_id: str) -> tuple[int, int] | None:
        """Return section and place of a current offering; None where it is not shown."""
        home = self.shown.homes.get(offering_id)
        if home is None:
            return None
        row = next(row for row, offering in enumerate(home.rows.offerings) if offering.id == offering_id)
        return next(number for number, group in enumerate(self.shown.groups, 1) if group is home), row

    def rows_to_open(self, most: int) -> list[int]:
        """Return the rows of the groups that can be ticked: all of them if `most` offerings are in them, else one."""
        rows = (row for row, group in enumerate(self.shown.groups) if group.is_selectable)
        is_small = sum(map(len, self.shown.groups)) <= most
        return list(rows if is_small else islice(rows, 1))

    def _group(self, section: int) -> Group:
        if section < self._fold:
            return self.shown.groups[section - 1]
        return self.shown.expired[section - self._fold - 1]
