"""What of the download service the keys open that QGIS holds, as it was last read: shown without asking anybody.

No secret in it.
"""

from __future__ import annotations

from typing import Any, Mapping

from .installed_keys import installed
from .record_file import Records

Offerings = Mapping[str, str]
"""The names of resources, by the ids of their offerings."""


def learn(api_url: str, opened: Mapping[str, Offerings]) -> None:
    """Keep what keys open, by id; those that open nothing, and those that QGIS does not hold, go.

    Raises GpkeysError when that cannot be written.
    """
    held = {_entry_name(key.api_url, key.key_id) for key in installed()}
    with _RECORDS.changing() as entries:
        for key_id, offerings in opened.items():
            entries.pop(_entry_name(api_url, key_id), None)
            if offerings:
                entries[_entry_name(api_url, key_id)] = offerings
        for name in set(entries) - held:
            del entries[name]


def known(api_url: str) -> Mapping[str, Offerings]:
    """Return what is known of a platform's keys, by id."""
    start = _entry_name(api_url, "")
    return {name[len(start) :]: found for name, found in _RECORDS.all().items() if name.startswith(start)}


def _entry_name(api_url: str, key_id: str) -> str:
    return f"{api_url} {key_id}"


def _to_json(offerings: Offerings) -> dict[str, Any]:
    return {"offerings": dict(offerings)}


def _from_json(_name: str, entry: Any) -> Offerings:
    return {str(id_): str(name) for id_, name in entry["offerings"].items()}


_RECORDS = Records("opened_downloads.json", _to_json, _from_json)
