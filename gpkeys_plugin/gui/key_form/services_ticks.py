"""Which services are ticked, and through which permission each would be opened."""

from __future__ import annotations

from itertools import chain
from typing import Iterable, Mapping

from ...keys.draft import Grant, Grants
from ...keys.services.catalogue import Catalogue, Choice


class Ticks:
    """They belong to offerings, and survive a search and another catalogue."""

    def __init__(self) -> None:
        self._catalogue = Catalogue()
        self._ticked: dict[str, str | None] = {}
        self._through: dict[str, str] = {}
        self._grants: Grants | None = None

    def change_catalogue(self, catalogue: Catalogue) -> int:
        """Keep what is in another catalogue too; return how many ticked services are gone."""
        self._catalogue, before = catalogue, self._ticked
        self._through = {id_: other for id_, other in self._through.items() if self._knows(id_, other)}
        self._become({id_: self._permission_id(id_) for id_ in before if self._can_tick(id_)})
        return len(before) - len(self._ticked)

    def tick_only(self, grants: Iterable[Grant]) -> None:
        """Tick exactly these, each through its own permission where that is among those offered."""
        wanted = {grant.offering_id: grant.permission_id or "" for grant in grants if self._can_tick(grant.offering_id)}
        self._through = {id_: permission for id_, permission in wanted.items() if self._knows(id_, permission)}
        self._become({id_: self._permission_id(id_) for id_ in wanted})

    def clear(self) -> None:
        """Untick everything, and forget the permissions chosen by hand."""
        self._through = {}
        self._become({})

    def tick(self, offered: Iterable[Mapping[str, str | None]]) -> None:
        """Tick offerings, each through its permission unless another one was chosen by hand."""
        for permissions in offered:
            self._ticked.update(permissions)
        self._ticked.update({id_: self._permission_id(id_) for id_ in self._through if id_ in self._ticked})
        self._grants = None

    def untick(self, offered: Iterable[Iterable[str]]) -> None:
        """Untick offerings."""
        for id_ in chain.from_iterable(offered):
            self._ticked.pop(id_, None)
        self._grants = None

    def open_through(self, choice: Choice, permission_id: str) -> None:
        """Open an offering through another of its permissions."""
        id_ = choice.offering.id
        self._through.pop(id_, None)
        if permission_id != (self._permission_id(id_) or ""):
            self._through[id_] = permission_id
        if id_ in self._ticked:
            self._ticked[id_] = self._permission_id(id_)
            self._grants = None

    def as_opened(self, choice: Choice) -> Choice:
        """Return a choice of the catalogue as it would be opened now."""
        other = self._through.get(choice.offering.id)
        return choice if other is None else choice.through(other)

    def grants(self) -> Grants:
        """Return what is ticked; the same value until that changes."""
        if self._grants is None:
            self._grants = Grants(self._ticked)
        return self._grants

    def count(self, offered: Iterable[str]) -> int:
        """Return how many of some offerings are ticked."""
        return sum(map(self._ticked.__contains__, offered))

    def hidden(self, shown: Catalogue) -> int:
        """Return how many are not among those shown."""
        if not self._ticked or shown is self._catalogue:
            return 0
        return len(self._ticked) - sum(map(shown.homes.__contains__, self._ticked))

    def _become(self, ticked: dict[str, str | None]) -> None:
        self._ticked, self._grants = ticked, None

    def _can_tick(self, offering_id: str) -> bool:
        home = self._catalogue.homes.get(offering_id)
        return home is not None and offering_id in home.grants

    def _permission_id(self, offering_id: str) -> str | None:
        other = self._through.get(offering_id)
        return self._catalogue.homes[offering_id].grants[offering_id] if other is None else other or None

    def _knows(self, offering_id: str, permission_id: str) -> bool:
        home = self._catalogue.homes.get(offering_id)
        choice = None if home is None else home.marked.get(offering_id)
        return choice is not None and any(other.id == permission_id for other in choice.alternatives)
