"""How one setting of the plugin is kept in QGIS's."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import Any, Callable, Generic, Mapping, TypeVar

from qgis.core import QgsSettings

PREFIX = "gpkeys/"

T = TypeVar("T")


@dataclass(frozen=True)
class Setting(Generic[T]):
    """One setting: where it is kept below `gpkeys/`, what it is worth when unset, what it is for."""

    key: str
    default: T
    description: str

    def get(self) -> T:
        """Return the stored value, or the default when nothing readable is stored."""
        return self.stored_or(self.default)

    def stored_or(self, default: T) -> T:
        """Return the stored value, or another default when nothing readable is stored."""
        stored = QgsSettings().value(PREFIX + self.key)
        if stored is None:
            return default
        try:
            return _read(stored, self.default)
        except (ValueError, TypeError):
            return default

    def set(self, value: T) -> None:
        """Store a value."""
        QgsSettings().setValue(PREFIX + self.key, _write(value))

    def reset(self) -> None:
        """Forget the stored value, so that the default counts again."""
        QgsSettings().remove(PREFIX + self.key)


def names_below(key: str) -> tuple[str, ...]:
    """Return the names of the settings that are kept right below a key."""
    settings = QgsSettings()
    settings.beginGroup(PREFIX + key)
    names = tuple(map(str, settings.childKeys()))
    settings.endGroup()
    return names


def _read_bool(stored: Any) -> bool:
    return str(stored).lower() in ("true", "1")


def _read_ports(stored: Any) -> tuple[int, ...]:
    return tuple(int(part) for part in str(stored).split(",") if part.strip())


_READERS: Mapping[type, Callable[[Any], Any]] = {bool: _read_bool, int: int, float: float, str: str, tuple: _read_ports}


def _read(stored: Any, default: T) -> T:
    """Turn what QSettings gave back (often a text) into a value of the default's type."""
    if isinstance(default, Enum):
        return type(default)(str(stored))
    value: T = _READERS[type(default)](stored)
    return value


def _write(value: object) -> object:
    """Turn a value into one that every settings format keeps unchanged."""
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, tuple):
        return ",".join(str(part) for part in value)
    return value
