"""What is found in files on disk, what is to become of it, and what came of that."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Mapping

from ...entrepot.errors import GpkeysError
from ...entrepot.models import Key
from ...entrepot.translatable_text import Text
from ...keys.draft import HashStorage
from ...keys.layer_needs.needs import SAFE_CAUSES, Cause
from ...keys.layer_needs.remedies import Remedy
from ...keys.layer_needs.sources import LayerSource
from ...store.project_files.places import Place
from ...store.project_files.rewrite import RewriteResult
from ...store.project_files.stamps import Stamp
from ...store.project_files.telltale_words import Marks


@dataclass(frozen=True)
class PlaceFound:
    """A place of a file that needs a key.

    `provider` is empty where the value is no layer's source. `asked` is what it asks for, None where a dead hash stands
    without an address of the platform. `hash` is the one to be replaced, where it carries one. `remedy` is None as
    long as nobody is signed in. `source` and `hash` are secrets.
    """

    place: Place
    provider: str
    source: str = field(repr=False)
    cause: Cause
    asked: LayerSource | None = None
    key_id: str = ""
    hash: str | None = field(default=None, repr=False)
    remedy: Remedy | None = None

    @property
    def value(self) -> tuple[Place, str, str]:
        """What tells it from the other places of its file, also after that was scanned again; a secret."""
        return self.place, self.provider, self.source


@dataclass(frozen=True)
class FileFound:
    """A file in which something needs a key, or that could not be read: `problem` says why.

    `is_open`: it is the project that is open in this QGIS, which is mended there.
    """

    path: Path
    places: tuple[PlaceFound, ...] = ()
    problem: Text | None = None
    stamp: Stamp | None = None
    is_open: bool = False


@dataclass(frozen=True)
class FilesFound:
    """What a scan found. `file_count` counts all files that were looked at.

    `strangers` are configurations that a place in these files sends to other servers, each with the names of those
    files: under such an id no key may be kept. `notes` are about the scan as a whole.
    """

    files: tuple[FileFound, ...] = ()
    file_count: int = 0
    marks: Marks = field(default_factory=lambda: Marks.of(()))
    is_signed_in: bool = False
    strangers: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    notes: tuple[Text, ...] = ()

    @property
    def place_count(self) -> int:
        """How many places need a key."""
        return sum(len(file.places) for file in self.files)


@dataclass(frozen=True)
class FilesOrder:
    """What is to be mended: these causes, in these files (None: in all that were found).

    `key` is the one to give to all, None: to each the one that opens it. `storage` is where a hash goes, None: where
    this QGIS keeps it for the key.
    """

    causes: frozenset[Cause] = SAFE_CAUSES
    key: Key | None = None
    storage: HashStorage | None = None
    paths: frozenset[Path] | None = None


@dataclass(frozen=True)
class PlaceOutcome:
    """What became of a place: `left` says why it was left, None for one that is mended. `key_name`: by which key."""

    path: Path
    found: PlaceFound
    left: Text | None = None
    key_name: str = ""
    note: Text | None = None


@dataclass(frozen=True)
class FilesMended:
    """What came of mending files. `written` are those that changed; what is needed to undo is in there.

    `configurations` were made under ids that files name; they stay when the files are put back. `failure` is what ended
    it early, a cancel too: each file is either as it was or wholly mended.
    """

    outcomes: tuple[PlaceOutcome, ...] = ()
    written: tuple[RewriteResult, ...] = ()
    configurations: tuple[str, ...] = ()
    failure: GpkeysError | None = None

    @property
    def mended_count(self) -> int:
        """How many places are mended."""
        return sum(1 for outcome in self.outcomes if outcome.left is None)

    @property
    def left_count(self) -> int:
        """How many places were left."""
        return len(self.outcomes) - self.mended_count


@dataclass(frozen=True)
class FilesUndone:
    """What came of an undo: the files that are as before, and those that are not, each with why."""

    files: tuple[Path, ...] = ()
    left: tuple[tuple[Path, Text], ...] = ()
