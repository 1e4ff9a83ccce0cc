"""The services without a map behind the gateway: downloads (Atom or JSON), altitudes, routes, search."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from xml.sax.saxutils import escape, quoteattr

from ..dataset.made_up_layers import LAYERS, layer

_JSON = "application/json"
_ATOM = "application/atom+xml; charset=utf-8"
_UPDATED = "2026-04-20T14:46:12Z"


@dataclass(frozen=True)
class OtherAnswer:
    """An answer, and the layers it was given for (none when it lists what there is)."""

    layer_names: tuple[str, ...]
    content_type: str
    body: bytes


class NothingThereError(Exception):
    """No such resource, for this key."""


def answer(
    endpoint: str, url: str, path: str, parameters: Mapping[str, str], allowed: Collection[str], *, wants_json: bool
) -> OtherAnswer:
    """Answer a request below `/private/<endpoint>` (reached as `url`). NothingThereError outside of `allowed`."""
    if endpoint == "telechargement":
        return _download(url, [piece for piece in path.split("/") if piece], allowed, wants_json=wants_json)
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


def _download(url: str, pieces: list[str], allowed: Collection[str], *, wants_json: bool) -> OtherAnswer:
    """`capabilities`, `resource/{r}`, `resource/{r}/{s}`, `download/{r}/{s}/{file}`."""
    kind, *names = pieces or ["capabilities"]
    if kind == "capabilities" and not names:
        entries = [(known.layer_name, f"{url}/resource/{known.layer_name}") for known in LAYERS if _in(known, allowed)]
        return _feed((), "Téléchargements", entries, wants_json=wants_json)
    if not names or names[0] not in allowed:
        raise NothingThereError("/".join(pieces))
    resource = names[0]
    part, file = f"{resource}_2026-04", f"{resource}_2026-04.zip"
    if kind == "resource" and len(names) == 1:
        entry = (part, f"{url}/resource/{resource}/{part}")
        return _feed((resource,), layer(resource).title, [entry], wants_json=wants_json)
    if kind == "resource" and names[1:] == [part]:
        entry = (file, f"{url}/download/{resource}/{part}/{file}")
        return _feed((resource,), part, [entry], wants_json=wants_json)
    if kind == "download" and names[1:] == [part, file]:
        return OtherAnswer((resource,), "application/zip", _archive(resource))
    raise NothingThereError("/".join(pieces))


def _in(known: object, allowed: Collection[str]) -> bool:
    return getattr(known, "layer_name", None) in allowed


def _feed(layer_names: tuple[str, ...], title: str, entries: list[tuple[str, str]], *, wants_json: bool) -> OtherAnswer:
    if wants_json:
        listed = {
            "page": 1,
            "limit": 10,
            "totalEntries": len(entries),
            "entry": [{"title": name, "link": [{"href": href}], "updated": _UPDATED} for name, href in entries],
        }
        return OtherAnswer(layer_names, _JSON, _json(listed))
    items = "".join(
        f"  <entry><title>{escape(name)}</title><id>{escape(href)}</id><updated>{_UPDATED}</updated>"
        f'<link rel="alternate" href={quoteattr(href)}/></entry>\n'
        for name, href in entries
    )
    feed = (
        '<?xml version="1.0" encoding="UTF-8"?>\n<feed xmlns="http://www.w3.org/2005/Atom" '
        'xmlns:gpf_dl="https://data.geopf.fr/annexes/ressources/xsd/gpf_dl.xsd" '
        f'gpf_dl:page="1" gpf_dl:pagesize="10" gpf_dl:totalentries="{len(entries)}">\n'
        f"  <title>{escape(title)}</title><id>{escape(title)}</id><updated>{_UPDATED}</updated>\n{items}</feed>\n"
    )
    return OtherAnswer(layer_names, _ATOM, feed.encode())


def _archive(resource: str) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        archive.writestr(f"{resource}/LISEZMOI.txt", "Données inventées pour les essais.\n")
    return content.getvalue()
