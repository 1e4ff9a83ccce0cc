"""The platform's public search service, `/recherche/api/indexes/geoplateforme` (facts.md, section 14).

Documents have the form of the platform's documentation (cartes.gouv.fr, "Recherche dans l'index standard"): one for
each layer of each service, for WFS one a feature type. How `layer_name` is compared is not documented: a switch.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from flask import Blueprint, Response, jsonify, request

from tests.simulator.dataset.made_up_layers import LAYERS, DatasetLayer
from tests.simulator.gateway.error_pages import html_page
from tests.simulator.gateway.key_guard import RateLimiter
from tests.simulator.memory.seeds import WATER, WATER_MAP, seed_id
from tests.simulator.memory.state import State

NOT_INDEXED = frozenset({WATER, WATER_MAP})
"""Private layers that their producer does not publish."""

_PUBLIC_URL = "https://data.geopf.fr"
_PRODUCER = "Pays de Rochebrune"
_SERVICES = {
    "WMS-RASTER": (("WMS", "wms-r"),),
    "WMS-VECTOR": (("WMS", "wms-v"),),
    "WMTS-TMS": (("WMTS", "wmts"), ("TMS", "tms/1.0.0")),
    "VECTOR-TMS": (("TMS", "vector-tms"),),
    "WFS": (("WFS", "wfs"),),
    "DOWNLOAD": (("DOWNLOAD", "telechargement/resource"),),
    "ALTIMETRY": (("ALTIMETRY", "altimetrie"),),
    "ITINERARY-ISOCURVE": (("ITINERARY", "navigation/itineraire"), ("ISOCURVE", "navigation/isochrone")),
    # The documentation does not name SEARCH among the types that are indexed.
    "SEARCH": (),
}


def blueprint(state: State) -> Blueprint:
    """The service, to be mounted at /recherche; it asks nobody for credentials."""
    service = _SearchService(state)
    routes = Blueprint("search", __name__)
    routes.add_url_rule("/api/indexes/geoplateforme", "search", service.search, methods=["POST"])
    return routes


class _SearchService:
    def __init__(self, state: State) -> None:
        self._state = state
        self._limiter = RateLimiter()

    def search(self) -> Response:
        options = self._state.options
        # Whoever waits is let go by a reset.
        caller = f"{request.remote_addr} {self._state.resets}"
        wait_s = self._limiter.seconds_to_wait(caller, options.search_limit_per_s, options.rate_limit_wait_s)
        if wait_s:
            return Response(
                html_page("429 Too Many Requests"), 429, {"Retry-After": str(wait_s)}, content_type="text/html"
            )
        criteria = request.get_json(silent=True)
        found = list(_found(criteria if isinstance(criteria, dict) else {}, options.search_layer_name))
        page, size = (
            max(1, request.args.get(name, default, type=int)) for name, default in (("page", 1), ("size", 10))
        )
        return jsonify({"documents": found[(page - 1) * size : page * size], "aggregations": {}})


def _found(criteria: dict[str, Any], comparison: str) -> Iterator[dict[str, Any]]:
    for document in _documents():
        if "open" in criteria and document["open"] is not criteria["open"]:
            continue
        if "layer_name" in criteria and not _is_alike(document["layer_name"], str(criteria["layer_name"]), comparison):
            continue
        yield document


def _is_alike(name: str, wanted: str, comparison: str) -> bool:
    if comparison == "words":
        return bool(_words(name) & _words(wanted))
    return name.startswith(wanted) if comparison == "prefix" else name == wanted


def _words(name: str) -> set[str]:
    return set(re.findall(r"[a-z0-9]+", name.lower()))


def _documents() -> Iterator[dict[str, Any]]:
    for layer in LAYERS:
        if layer.layer_name not in NOT_INDEXED:
            for kind, path in _SERVICES[layer.offering_type]:
                for name, title in _named(layer):
                    yield _document(layer, name, title, kind, path)


def _named(layer: DatasetLayer) -> list[tuple[str, str]]:
    """Names and titles of a layer as its service lists it."""
    if layer.offering_type != "WFS":
        return [(layer.layer_name, layer.title)]
    return [(name, f"{layer.title} : {table}") for name, table in zip(layer.feature_types, layer.tables)]


def _document(layer: DatasetLayer, name: str, title: str, kind: str, path: str) -> dict[str, Any]:
    restricted = "" if layer.is_open else "/private"
    return {
        "id": seed_id("document", f"{kind}/{name}"),
        "offering_id": seed_id("offering", layer.layer_name),
        "index_name": "geoplateforme",
        "layer_name": name,
        "title": title,
        "description": f"{title}. Données inventées pour les essais.",
        "type": kind,
        "url": f"{_PUBLIC_URL}{restricted}/{path}",
        "open": layer.is_open,
        "theme": "Rochebrune",
        "production_years": [2026],
        "publication_date": "2026-06-01",
        "keywords": ["Rochebrune"],
        "extent": None,
        "metadata_urls": [],
        "srs": ["EPSG:3857"],
        "producers": [_PRODUCER],
        "highlights": {},
    }
