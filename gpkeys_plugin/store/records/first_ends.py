"""When the first permission of each key that QGIS holds ends, as it was last read: known at the next start of QGIS.

No secret in it.
"""

from __future__ import annotations

from datetime import datetime, timezone
from typing import Any, Mapping

from .installed_keys import installed
from .record_file import Records


def learn(api_url: str, ends: Mapping[str, datetime | None]) -> None:
    """Keep the ends of keys, by id, None for one of which nothing ends; those of keys that QGIS does not hold go.

    Raises GpkeysError when that cannot be written.
    """
    held = {_entry_name(key.api_url, key.key_id) for key in installed()}
    with _RECORDS.changing() as entries:
        for key_id, end in ends.items():
            entries.pop(_entry_name(api_url, key_id), None)
            if end is not None:
                entries[_entry_name(api_url, key_id)] = end
        for name in set(entries) - held:
            del entries[name]


def known(api_url: str) -> Mapping[str, datetime]:
    """Return the ends that are known of a platform's keys, by id."""
    start = _entry_name(api_url, "")
    return {name[len(start) :]: end for name, end in _RECORDS.all().items() if name.startswith(start)}


def _entry_name(api_url: str, key_id: str) -> str:
    return f"{api_url} {key_id}"


def _to_json(end: datetime) -> dict[str, Any]:
    return {"end": end.astimezone(timezone.utc).isoformat()}


def _from_json(_name: str, entry: Any) -> datetime:
    end = datetime.fromisoformat(entry["end"])
    return end if end.tzinfo is not None else end.replace(tzinfo=timezone.utc)


_RECORDS = Records("first_ends.json", _to_json, _from_json)
