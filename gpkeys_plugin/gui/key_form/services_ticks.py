"""Which services are ticked, and through which permission each would be opened."""

from __future__ import annotations

from typing import Iterable

from ...keys.draft import Grant, Grants
from ...keys.services.catalogue import Catalogue, Choice


class Ticks:
    """They belong to offerings, and survive a search and another catalogue."""

    def __init__(self) -> None:
        self._catalogue = Catalogue()
        self._ticked: dict[str, Grant] = {}
        self._through: dict[str, str] = {}
        self._grants: Grants | None = None

    def change_catalogue(self, catalogue: Catalogue) -> int:
        """Keep what is in another catalogue too; return how many ticked services are gone."""
        self._catalogue, known = catalogue, catalogue.by_offering
        self._through = {id_: other for id_, other in self._through.items() if self._knows(id_, other)}
        kept = [id_ for id_ in self._ticked if id_ in known and known[id_].is_selectable]
        lost = len(self._ticked) - len(kept)
        self._become({id_: self.choice_of(id_).grant for id_ in kept})
        return lost

    def tick_only(self, grants: Iterable[Grant]) -> None:
        """Tick exactly these, each through its own permission where that is among those offered."""
        known = self._catalogue.by_offering
        here = {grant.offering_id: grant.permission_id or "" for grant in grants if grant.offering_id in known}
        wanted = {id_: permission for id_, permission in here.items() if known[id_].is_selectable}
        self._through = {id_: permission for id_, permission in wanted.items() if self._knows(id_, permission)}
        self._become({id_: self.choice_of(id_).grant for id_ in wanted})

    def clear(self) -> None:
        """Untick everything, and forget the permissions chosen by hand."""
        self._through = {}
        self._become({})

    def tick(self, choices: Iterable[Choice]) -> None:
        """Tick those of some choices that can be ticked."""
        found = {choice.grant.offering_id: choice.grant for choice in choices if choice.reason is None}
        moved = {id_: self.choice_of(id_).grant for id_ in self._through if id_ in found}
        self._ticked.update({**found, **moved})
        self._grants = None

    def untick(self, choices: Iterable[Choice]) -> None:
        """Untick some choices."""
        for choice in choices:
            self._ticked.pop(choice.grant.offering_id, None)
        self._grants = None

    def open_through(self, offering_id: str, permission_id: str) -> None:
        """Open an offering through another of its permissions."""
        if permission_id == self._catalogue.by_offering[offering_id].permission.id:
            self._through.pop(offering_id, None)
        else:
            self._through[offering_id] = permission_id
        if offering_id in self._ticked:
            self._ticked[offering_id] = self.choice_of(offering_id).grant
            self._grants = None

    def choice_of(self, offering_id: str) -> Choice:
        """Return an offering as it would be opened now."""
        choice = self._catalogue.by_offering[offering_id]
        other = self._through.get(offering_id)
        return choice if other is None else choice.through(other)

    def grants(self) -> Grants:
        """Return what is ticked; the same value until that changes."""
        if self._grants is None:
            self._grants = Grants(self._ticked.values())
        return self._grants

    def count(self, choices: Iterable[Choice]) -> tuple[int, int]:
        """Return how many of some choices are ticked, and how many can be."""
        ticked = self._ticked
        found = [choice.grant.offering_id in ticked for choice in choices if choice.reason is None]
        return sum(found), len(found)

    def hidden(self, shown: Catalogue) -> int:
        """Return how many are not among those shown."""
        if not self._ticked or shown is self._catalogue:
            return 0
        return len(self._ticked) - len(self._ticked.keys() & shown.by_offering.keys())

    def _become(self, ticked: dict[str, Grant]) -> None:
        self._ticked, self._grants = ticked, None

    def _knows(self, offering_id: str, permission_id: str) -> bool:
        choice = self._catalogue.by_offering.get(offering_id)
        return choice is not None and any(other.id == permission_id for other in choice.alternatives)
