"""The headers that connections of QGIS send: a hash among them found, replaced, taken out. On the main thread only.

QGIS keeps them as one map from 3.30 on, and as a group of entries below; both are read in either settings tree.
"""

from __future__ import annotations

from typing import Any, Iterable, Iterator

from qgis.core import QgsSettings

from ..keys.layer_needs.addresses import HASH_PARAMETER

_HEADERS = "http-header"


def hash_in(groups: Iterable[str]) -> str:
    """Return the hash among the headers of a connection that is kept under these groups, empty without one."""
    return next((_hash(value) for _key, value in _entries(QgsSettings(), groups)), "")


def hold(groups: Iterable[str], hash_value: str) -> bool:
    """Return whether the headers of a connection have a hash."""
    return any(_hash(value) == hash_value for _key, value in _entries(QgsSettings(), groups))


def swap(groups: Iterable[str], old: str, new: str) -> None:
    """Put the new hash where the headers have the old one."""
    settings = QgsSettings()
    for key, value in tuple(_entries(settings, groups)):
        if _hash(value) == old:
            settings.setValue(key, {**value, _name(value): new} if isinstance(value, dict) else new)


def take_out(groups: Iterable[str]) -> None:
    """Remove the hash from the headers; the others stay."""
    settings = QgsSettings()
    for key, value in tuple(_entries(settings, groups)):
        left = {name: text for name, text in value.items() if name != _name(value)} if isinstance(value, dict) else {}
        if left:
            settings.setValue(key, left)
        else:
            settings.remove(key)


def _entries(settings: QgsSettings, groups: Iterable[str]) -> Iterator[tuple[str, Any]]:
    """Yield key and value of what holds a hash: the map of all headers, or the entry of one."""
    for place in groups:
        headers = settings.value(f"{place}/{_HEADERS}")
        if isinstance(headers, dict) and _name(headers):
            yield f"{place}/{_HEADERS}", headers
        settings.beginGroup(f"{place}/{_HEADERS}")
        names = [name for name in settings.childKeys() if name.lower() == HASH_PARAMETER]
        settings.endGroup()
        for name in names:
            yield f"{place}/{_HEADERS}/{name}", settings.value(f"{place}/{_HEADERS}/{name}")


def _name(headers: dict[str, Any]) -> str:
    return next((name for name in headers if name.lower() == HASH_PARAMETER), "")


def _hash(value: Any) -> str:
    return str(value[_name(value)] if isinstance(value, dict) else value or "")
