"""The gateway of the private URLs: `/private/{wms-r,wms-v,wmts,wfs,tms,telechargement,…}` (facts.md, section 7)."""

from __future__ import annotations

from collections import ChainMap
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timezone
from typing import Any
from xml.etree.ElementTree import ParseError

import urllib3
from flask import Blueprint, Request, Response, request

from ..dataset.made_up_layers import LAYERS, DatasetLayer
from ..ogc import wfs
from ..rok4.site import Forms, Picture, Rok4Error, Site
from . import downloads, error_pages, limited_capabilities, services_without_map
from .key_guard import (
    AccessLike,
    KeyLike,
    RateLimiter,
    StateLike,
    TokenChecker,
    client_address,
    find_key,
    number,
    passes_filters,
    usable_accesses,
)
from .map_requests import MAP_SERVICES, OFFERING_TYPES, UPSTREAM_PATHS, QuestionError, read_question
from .written_answers import FRONTS, drawn, written

_UNLIMITED = ("wmts", "tms")
_XML = "text/xml; charset=utf-8"
_HTML = "text/html; charset=utf-8"


@dataclass(frozen=True)
class Fetched:
    """What the OGC server said."""

    status: int
    content_type: str
    body: bytes


Fetcher = Callable[[str], Fetched]
"""GET of a path with its query at the OGC server. Raises urllib3.exceptions.HTTPError when it does not answer."""


class _RefusedError(Exception):
    """The request ends here, with this response."""

    def __init__(self, response: Response) -> None:
        super().__init__(response.status)
        self.response = response


def blueprint(
    state: StateLike, token_checker: TokenChecker, ogc_url: str | None, fetch: Fetcher | None = None
) -> Blueprint:
    """The gateway before the OGC server at `ogc_url` (without one, map services answer 503), for `/private`.

    `fetch` replaces the network in tests.
    """
    gate = _Gateway(state, token_checker, ogc_url, fetch or (_fetcher(ogc_url) if ogc_url else None))
    routes = Blueprint("gateway", __name__, url_prefix="/private")
    for rule in ("/<endpoint>", "/<endpoint>/", "/<endpoint>/<path:rest>"):
        routes.add_url_rule(rule, view_func=gate.handle, methods=["GET", "POST"])
    return routes


def _fetcher(ogc_url: str) -> Fetcher:
    pool: Any = urllib3.PoolManager(maxsize=16, timeout=urllib3.Timeout(connect=5, read=120), retries=False)

    def fetch(target: str) -> Fetched:
        answer = pool.request("GET", ogc_url + target)
        return Fetched(answer.status, answer.headers.get("Content-Type", ""), answer.data)

    return fetch


def _page(status: int, title: str) -> Response:
    return Response(error_pages.html_page(f"{status} {title}"), status, content_type=_HTML)


def _exception(endpoint: str, status: int, code: str, sentence: str) -> Response:
    return Response(error_pages.exception_report(endpoint, code, sentence), status, content_type=_XML)


def _unknown_layer(endpoint: str) -> str:
    return "LayerNotDefined" if endpoint.startswith("wms") else "InvalidParameterValue"


class _Gateway:
    """Handles one request after the other, in any thread."""

    def __init__(
        self, state: StateLike, token_checker: TokenChecker, ogc_url: str | None, fetch: Fetcher | None
    ) -> None:
        self._state = state
        self._token_checker = token_checker
        self._ogc_url = ogc_url or ""
        self._fetch = fetch
        self._limiter = RateLimiter()

    def handle(self, endpoint: str, rest: str = "") -> Response:
        """Answer the current request."""
        try:
            return self._handle(endpoint, rest)
        except _RefusedError as refused:
            return refused.response

    def _handle(self, endpoint: str, rest: str) -> Response:
        if endpoint not in OFFERING_TYPES:
            return _page(404, "Not Found")
        key = self._admitted(endpoint)
        parameters = _parameters(endpoint, request)
        accesses = {
            access.offering.layer_name: access
            for access in reversed(usable_accesses(self._state, key, datetime.now(timezone.utc)))
            if access.offering.type == OFFERING_TYPES[endpoint]
        }
        # A service may be asked below its root too, as in /wms-r/wms.
        host_url = request.base_url[: request.base_url.index(f"/private/{endpoint}")]
        url = f"{host_url}/private/{endpoint}"
        if endpoint in FRONTS:
            return self._front_answer(endpoint, host_url, rest, parameters, key, accesses)
        if endpoint in MAP_SERVICES:
            return self._map_answer(endpoint, url, rest, parameters, key, accesses)
        if endpoint == downloads.ENDPOINT:
            return self._download_answer(url, rest, parameters, key, accesses)
        return self._other_answer(endpoint, rest, parameters, key, accesses)

    def _admitted(self, endpoint: str) -> KeyLike:
        """The key of the request, once every filter has let it through."""
        address = client_address(self._state, request)
        self._check_rate(endpoint, address)
        key = find_key(self._state, self._token_checker, request)
        if key is None:
            response = _page(401, "Authorization Required")
            if number(self._state, "www_authenticate", 0):
                response.headers["WWW-Authenticate"] = 'Basic realm="Geoplateforme"'
            raise _RefusedError(response)
        if not passes_filters(key, address, request):
            raise _RefusedError(_page(403, "Forbidden"))
        return key

    def _check_rate(self, endpoint: str, address: str) -> None:
        if endpoint in _UNLIMITED:
            return
        limit = number(self._state, "rate_limit_per_s", 0)
        if endpoint == downloads.ENDPOINT:
            # It has a limit of its own, and the addresses are counted by themselves.
            limit, address = limit or number(self._state, "download_limit_per_s", 10), f"{endpoint} {address}"
        # Whoever waits is let go by a reset.
        caller = f"{address} {self._state.resets}"
        seconds = self._limiter.seconds_to_wait(caller, limit, number(self._state, "rate_limit_wait_s", 5))
        if seconds:
            response = _page(429, "Too Many Requests")
            response.headers["Retry-After"] = str(seconds)
            raise _RefusedError(response)

    def _map_answer(
        self,
        endpoint: str,
        url: str,
        path: str,
        parameters: dict[str, str],
        key: KeyLike,
        accesses: dict[str, AccessLike],
    ) -> Response:
        try:
            question = read_question(endpoint, path, parameters, accesses)
        except QuestionError as error:
            return _exception(endpoint, 400, error.code, error.sentence)
        self._check_layers(endpoint, question.layer_names, accesses)
        fetched = self._fetched(question.target)
        body = fetched.body
        if question.is_list and fetched.status == 200:
            listed = {name for name in accesses if name not in self._unserved}
            body = limited_capabilities.limit_capabilities(endpoint, body, listed)
        if any(kind in fetched.content_type for kind in ("xml", "json", "gml")):
            body = limited_capabilities.advertise(body, self._ogc_url + UPSTREAM_PATHS[endpoint], url)
        if fetched.status < 400:
            self._record(key, [accesses[name] for name in question.layer_names], len(body))
        return Response(body, fetched.status, content_type=fetched.content_type)

    def _front_answer(
        self,
        endpoint: str,
        host_url: str,
        path: str,
        parameters: dict[str, str],
        key: KeyLike,
        accesses: dict[str, AccessLike],
    ) -> Response:
        """What ROK4 and pg_tileserv answer when they have the layers of the key alone."""
        front = FRONTS[endpoint]
        served = self._served(endpoint)
        named = front.layer_names(endpoint, path, parameters)
        self._check_opened(endpoint, [name for name in named if name in served], accesses)
        layers = tuple(served[name] for name in accesses if name in served)
        site = Site(f"{host_url}/private/{endpoint}", host_url, layers, self._forms)
        try:
            found = front.answer(endpoint, path, parameters, site)
        except Rok4Error as error:
            return written(error.document)
        if isinstance(found.answer, Picture):
            fetched = self._fetched(found.answer.target)
            response = drawn(endpoint, found.answer, fetched.status, fetched.body)
        else:
            response = written(found.answer)
        if response.status_code < 400:
            self._record(key, [accesses[name] for name in found.layer_names], len(response.data))
        return response

    @property
    def _unserved(self) -> Sequence[str]:
        """The layers that the servers do not have (yet), though their offerings are published."""
        names: Sequence[str] = getattr(self._state.options, "unserved", ())
        return names

    @property
    def _forms(self) -> Forms:
        """How documents are written, from the switches that this simulator has."""
        options = self._state.options
        return Forms(
            getattr(options, "tile_map_form", Forms.tile_map_form), getattr(options, "wmts_sets", Forms.wmts_sets)
        )

    def _served(self, endpoint: str) -> Mapping[str, DatasetLayer]:
        kind, further = OFFERING_TYPES[endpoint], getattr(self._state, "further_layers", {})
        seeded = {known.layer_name: known for known in LAYERS if known.offering_type == kind}
        return ChainMap({name: seeded[name] for name in seeded if name not in self._unserved}, further.get(kind, {}))

    def _check_layers(self, endpoint: str, names: Sequence[str], accesses: dict[str, AccessLike]) -> None:
        self._check_served(endpoint, names)
        self._check_opened(endpoint, names, accesses)
        most = number(self._state, "layers_max", 2)
        if len(names) > most:
            raise _RefusedError(_exception(endpoint, 400, "InvalidParameterValue", f"More than {most} layers"))

    def _check_opened(self, endpoint: str, names: Sequence[str], accesses: dict[str, AccessLike]) -> None:
        unknown = [name for name in names if name not in accesses]
        status = number(self._state, "unopened_layer_status", 403)
        if unknown and not (status == 400 and endpoint in FRONTS):
            code = _unknown_layer(endpoint)
            raise _RefusedError(_exception(endpoint, status, code, f"Layer {unknown[0]} unknown or not allowed"))

    def _check_served(self, endpoint: str, names: Sequence[str]) -> None:
        missing = [name for name in names if name in self._unserved]
        if missing:
            sentence = f"Layer {missing[0]} unknown"
            raise _RefusedError(_exception(endpoint, 400, _unknown_layer(endpoint), sentence))

    def _fetched(self, target: str) -> Fetched:
        if self._fetch is None:
            raise _RefusedError(_page(503, "Service Temporarily Unavailable"))
        try:
            return self._fetch(target)
        except urllib3.exceptions.HTTPError as error:
            raise _RefusedError(_page(502, "Bad Gateway")) from error

    def _download_answer(
        self, url: str, path: str, parameters: dict[str, str], key: KeyLike, accesses: dict[str, AccessLike]
    ) -> Response:
        response, resource = downloads.answer(self._state, url, path, parameters, accesses, request)
        if resource and response.status_code < 400:
            self._record(key, [accesses[resource]], int(response.headers.get("Content-Length", 0)))
        return response

    def _other_answer(
        self, endpoint: str, path: str, parameters: dict[str, str], key: KeyLike, accesses: dict[str, AccessLike]
    ) -> Response:
        try:
            found = services_without_map.answer(endpoint, path, parameters, accesses)
        except services_without_map.NothingThereError:
            return _page(403, "Forbidden")
        self._record(key, [accesses[name] for name in found.layer_names], len(found.body))
        return Response(found.body, content_type=found.content_type)

    def _record(self, key: KeyLike, used: list[AccessLike], size: int) -> None:
        for access in used:
            self._state.record_hit(key.id, access.id, size)


def _parameters(endpoint: str, received: Request) -> dict[str, str]:
    """The parameters with lower-case names, those of a WFS POST included; 400 when one has two values."""
    parameters: dict[str, str] = {}
    for source in (received.args, received.form):
        for name, texts in source.lists():
            for text in texts:
                if parameters.setdefault(name.lower(), text) != text:
                    raise _RefusedError(_exception(endpoint, 400, "InvalidParameterValue", f"{name} is repeated"))
    if received.method == "POST" and not received.form:
        if endpoint != "wfs":
            raise _RefusedError(_page(405, "Not Allowed"))
        try:
            parameters = {**wfs.read_post(received.get_data()), **parameters}
        except ParseError as error:
            raise _RefusedError(_exception(endpoint, 400, "OperationParsingFailed", str(error))) from error
    return parameters
