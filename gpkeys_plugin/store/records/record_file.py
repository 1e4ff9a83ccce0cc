"""What the plugin keeps in files of the profile, an entry a name: read with tolerance, changed without losing any."""

from __future__ import annotations

from contextlib import contextmanager
from pathlib import Path
from typing import Any, Callable, Generic, Iterator, Mapping, MutableMapping, TypeVar

from qgis.core import QgsApplication

from .json_file import JsonFile

T = TypeVar("T")

_UNREADABLE = (TypeError, KeyError, ValueError, AttributeError)


def profile_folder() -> Path:
    """Return the plugin's folder in the current profile; it may not exist yet."""
    return Path(QgsApplication.qgisSettingsDirPath()) / "gpkeys"


class Records(Generic[T]):
    """Entries of one type in one file. Any thread of any QGIS on the profile may use it.

    `path` is relative to the plugin's folder in the profile. `from_json` gets an entry's name and content, and raises
    TypeError, KeyError, ValueError or AttributeError for what it cannot read: that is no entry, and stays untouched.
    `earlier` gives the entries of a file that does not exist yet. No entry may hold a secret.
    """

    def __init__(
        self,
        path: str | Path,
        to_json: Callable[[T], dict[str, Any]],
        from_json: Callable[[str, Any], T],
        *,
        earlier: Callable[[], Mapping[str, T]] = dict,
    ) -> None:
        self._path = Path(path)
        self._to_json = to_json
        self._from_json = from_json
        self._earlier = earlier

    @property
    def path(self) -> Path:
        """Where the file is."""
        return profile_folder() / self._path

    def all(self) -> dict[str, T]:
        """Return every entry that can be read, by name."""
        return dict(self._readable(JsonFile(self.path).read()))

    def find(self, name: str) -> T | None:
        """Return an entry, None when there is none of that name that can be read."""
        return self._readable(JsonFile(self.path).read()).get(name)

    @contextmanager
    def changing(self) -> Iterator[MutableMapping[str, T]]:
        """Yield the entries, to be changed; they are written in one go at the end, if the block raises nothing.

        Nobody else changes the file meanwhile, so the block must wait for nothing. Raises GpkeysError when the file
        cannot be written, or not be had in time.
        """
        file = JsonFile(self.path)
        with file.changing() as stored:
            entries = self._readable(stored)
            before = dict(entries.contents)
            yield entries
            if entries.contents != before or (stored is None and before):
                file.replace({**(stored or {}), "entries": entries.contents})

    def write(self, name: str, entry: T) -> None:
        """Write an entry down, instead of what was written under that name; raises as `changing`."""
        with self.changing() as entries:
            entries[name] = entry

    def remove(self, name: str) -> None:
        """Strike out an entry; nothing happens when there is none. Raises as `changing`."""
        with self.changing() as entries:
            entries.pop(name, None)

    def _readable(self, stored: dict[str, Any] | None) -> _Readable[T]:
        if stored is not None:
            return _Readable(dict(stored["entries"]), self._to_json, self._from_json)
        earlier = {name: self._to_json(entry) for name, entry in self._earlier().items()}
        return _Readable(earlier, self._to_json, self._from_json)


class _Readable(MutableMapping[str, T]):
    """The entries that can be read of `contents`, which holds them as they are in the file, together with the others.

    What a later version has added to an entry stays in it.
    """

    def __init__(
        self, contents: dict[str, Any], to_json: Callable[[T], dict[str, Any]], from_json: Callable[[str, Any], T]
    ) -> None:
        self.contents = contents
        self._to_json = to_json
        self._from_json = from_json

    def __getitem__(self, name: str) -> T:
        try:
            return self._from_json(name, self.contents[name])
        except _UNREADABLE as error:
            raise KeyError(name) from error

    def __setitem__(self, name: str, entry: T) -> None:
        before = self.contents.get(name)
        self.contents[name] = {**(before if isinstance(before, dict) else {}), **self._to_json(entry)}

    def __delitem__(self, name: str) -> None:
        del self.contents[name]

    def __iter__(self) -> Iterator[str]:
        return iter([name for name in self.contents if name in self])

    def __len__(self) -> int:
        return sum(1 for _ in self)
