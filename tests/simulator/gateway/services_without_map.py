"""The services without a map behind the gateway but downloads: altitudes, routes, search."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass

_JSON = "application/json"


@dataclass(frozen=True)
class OtherAnswer:
    """An answer, and the layers it was given for (none when it lists what there is)."""

    layer_names: tuple[str, ...]
    content_type: str
    body: bytes


class NothingThereError(Exception):
    """No such resource, for this key."""


def answer(endpoint: str, path: str, parameters: Mapping[str, str], allowed: Collection[str]) -> OtherAnswer:
    """Answer a request below `/private/<endpoint>`. NothingThereError outside of `allowed`."""
    if path.rstrip("/").lower().endswith(("getcapabilities", "resources")):
        return OtherAnswer((), _JSON, _json({"resources": [{"_id": name} for name in sorted(allowed)]}))
    name = parameters.get("resource") or parameters.get("index") or next(iter(sorted(allowed)), "")
    if name not in allowed:
        raise NothingThereError(name)
    return OtherAnswer((name,), _JSON, _json(_SAMPLES[endpoint]))


_SAMPLES: dict[str, dict[str, object]] = {
    "altimetrie": {"elevations": [{"lon": 2.9502, "lat": 45.5264, "z": 791.4, "acc": "2.5"}]},
    "navigation": {"resource": "rochebrune.itineraires", "distance": 4812.0, "duration": 402.5, "geometry": None},
    "recherche": {
        "type": "FeatureCollection",
        "features": [
            {
                "type": "Feature",
                "geometry": {"type": "Point", "coordinates": [2.9502, 45.5264]},
                "properties": {"label": "Rochebrune", "score": 0.97, "citycode": "63901"},
            }
        ],
    },
}


def _json(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False).encode()
