"""The gateway before OGC servers of other people: what they write is passed on as it is, but for their address."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timezone
from typing import Any
from urllib.parse import urlencode

import urllib3
from flask import Blueprint, Request, Response, request

from .error_pages import html_page
from .key_guard import KeyLike, StateLike, TokenChecker, client_address, find_key, passes_filters, usable_accesses
from .limited_capabilities import advertise
from .map_requests import OFFERING_TYPES

_PATHS = {"wms-r": "/wms", "wms-v": "/wms", "wmts": "/wmts", "wfs": "/wfs", "tms": "/tms"}
"""Endpoint → path at the peer."""
_LAYER_PARAMETERS = ("layers", "query_layers", "layer", "typenames", "typename")
_TEXTS = ("xml", "json", "gml")


def blueprint(state: StateLike, token_checker: TokenChecker, peer_url: str) -> Blueprint:
    """The map services of the peer at `peer_url`, for `/private`, each layer for the keys that open it."""
    gate = _PeerGateway(state, token_checker, peer_url)
    routes = Blueprint("gateway", __name__, url_prefix="/private")
    for rule in ("/<endpoint>", "/<endpoint>/", "/<endpoint>/<path:rest>"):
        routes.add_url_rule(rule, view_func=gate.handle)
    return routes


class _PeerGateway:
    """Handles one request after the other, in any thread."""

    def __init__(self, state: StateLike, token_checker: TokenChecker, peer_url: str) -> None:
        self._state = state
        self._token_checker = token_checker
        self._peer_url = peer_url
        self._pool: Any = urllib3.PoolManager(maxsize=16, timeout=60, retries=False)

    def handle(self, endpoint: str, rest: str = "") -> Response:
        """Answer the current request."""
        key = find_key(self._state, self._token_checker, request)
        if endpoint not in _PATHS:
            return _page(404, "Not Found")
        if key is None:
            return _page(401, "Authorization Required")
        if not passes_filters(key, client_address(self._state, request), request):
            return _page(403, "Forbidden")
        if not set(_asked(endpoint, rest, request)) <= self._opened(key, endpoint):
            return _page(403, "Forbidden")
        return self._passed_on(endpoint, rest)

    def _opened(self, key: KeyLike, endpoint: str) -> set[str]:
        accesses = usable_accesses(self._state, key, datetime.now(timezone.utc))
        return {known.offering.layer_name for known in accesses if known.offering.type == OFFERING_TYPES[endpoint]}

    def _passed_on(self, endpoint: str, rest: str) -> Response:
        query = urlencode([(name, text) for name, text in request.args.items(multi=True) if name != "apikey"])
        root = self._peer_url + _PATHS[endpoint]
        answer = self._pool.request("GET", f"{root}/{rest}?{query}" if rest else f"{root}?{query}")
        content_type, body = answer.headers.get("Content-Type", ""), answer.data
        if any(kind in content_type for kind in _TEXTS):
            body = advertise(body, root, f"{request.host_url}private/{endpoint}")
        return Response(body, answer.status, content_type=content_type)


def _asked(endpoint: str, rest: str, received: Request) -> Iterator[str]:
    """The layers that a request names."""
    if endpoint == "tms":
        yield from rest.split("/")[1:2]
    for name, text in received.args.items(multi=True):
        if name.lower() in _LAYER_PARAMETERS:
            yield from (layer.partition(":")[0] for layer in text.split(","))


def _page(status: int, title: str) -> Response:
    return Response(html_page(f"{status} {title}"), status, content_type="text/html; charset=utf-8")
