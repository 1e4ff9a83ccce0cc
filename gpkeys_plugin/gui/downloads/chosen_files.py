"""Which editions and files are ticked, and what that comes to."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from ...entrepot.downloads.models import Edition, RemoteFile
from ...jobs.downloads.fetch_order import EditionId, FetchOrder, OrderedEdition


@dataclass(frozen=True)
class Chosen:
    """How much is ticked, as far as it is known: of the editions unread nothing is."""

    editions: int = 0
    files: int = 0
    bytes: int = 0
    files_of_unknown_size: int = 0
    editions_unread: int = 0


def id_of(edition: Edition) -> EditionId:
    """Return what tells an edition from others."""
    return edition.resource, edition.name


class ChosenFiles:
    """The ticks, whatever a search shows, and the files of editions as far as they were read."""

    def __init__(self) -> None:
        self._editions: dict[EditionId, Edition] = {}
        self._names: dict[EditionId, frozenset[str] | None] = {}
        self._files: dict[EditionId, tuple[RemoteFile, ...]] = {}

    def clear(self) -> None:
        """Choose nothing, and forget what was read."""
        for kept in (self._editions, self._names, self._files):
            kept.clear()

    def files(self, edition: Edition) -> tuple[RemoteFile, ...] | None:
        """Return the files of an edition, None as long as they were not read."""
        return self._files.get(id_of(edition))

    def know(self, edition: Edition, files: tuple[RemoteFile, ...]) -> None:
        """Take note of the files of an edition."""
        self._files[id_of(edition)] = files

    def names(self, edition: Edition) -> frozenset[str] | None:
        """Return the ticked files of an edition, None for all of them."""
        return self._names.get(id_of(edition), frozenset())

    def choose(self, edition: Edition, *, is_chosen: bool) -> None:
        """Tick all files of an edition, or none."""
        self._keep(edition, None if is_chosen else frozenset())

    def choose_file(self, edition: Edition, name: str, *, is_chosen: bool) -> None:
        """Tick one file, or untick it."""
        every = frozenset(file.name for file in self.files(edition) or ())
        before = self.names(edition)
        held = every if before is None else before
        after = held | {name} if is_chosen else held - {name}
        self._keep(edition, None if after == every else after)

    def unread(self) -> list[Edition]:
        """Return the ticked editions of which the files were not read."""
        return [edition for place, edition in self._editions.items() if place not in self._files]

    def order(self, folder: Path) -> FetchOrder:
        """Return what is ticked as an order."""
        chosen = (OrderedEdition(edition, self._names[place]) for place, edition in self._editions.items())
        return FetchOrder(tuple(chosen), folder)

    def count(self) -> Chosen:
        """Return how much is ticked."""
        files = [file for edition in self._editions.values() for file in self._chosen_of(edition)]
        return Chosen(
            len(self._editions),
            len(files),
            sum(file.length or 0 for file in files),
            sum(1 for file in files if file.length is None),
            len(self.unread()),
        )

    def _chosen_of(self, edition: Edition) -> list[RemoteFile]:
        names = self.names(edition)
        return [file for file in self.files(edition) or () if names is None or file.name in names]

    def _keep(self, edition: Edition, names: frozenset[str] | None) -> None:
        place = id_of(edition)
        if names is None or names:
            self._editions[place], self._names[place] = edition, names
        else:
            self._editions.pop(place, None)
            self._names.pop(place, None)
