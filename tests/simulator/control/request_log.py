"""The log of requests that tests read: what was asked, by whom, with which answer; never a secret in clear."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl, urlencode

from werkzeug.wrappers import Request

from tests.simulator.memory.state import State

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIEnvironment

MASK = "***"
_SECRET_NAMES = frozenset(
    {
        "apikey",
        "password",
        "hash",
        "headers",
        "token",
        "access_token",
        "refresh_token",
        "id_token_hint",
        "client_secret",
        "code",
        "code_verifier",
    }
)
_MOST_ENTRIES = 5000
_SERVICES = {"/api": "api", "/private": "gateway", "/realms": "sso", "/annexes": "annexes", "/recherche": "search"}
Entry = dict[str, Any]


def masked_query(query: str) -> str:
    """The query with `***` for every secret."""
    pairs = [(name, MASK if name.lower() in _SECRET_NAMES else text) for name, text in parse_qsl(query, True)]
    return urlencode(pairs, safe="*")


def _masked(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: MASK if name.lower() in _SECRET_NAMES else _masked(part) for name, part in value.items()}
    if isinstance(value, list):
        return [_masked(part) for part in value]
    return value


class RequestLog:
    """Requests in the order of their arrival. An entry without `status` is not answered (or never was)."""

    def __init__(self, state: State, token_checker: Callable[[str], str | None]) -> None:
        """`token_checker` tells whose an access token is."""
        self._state = state
        self._token_checker = token_checker
        self._lock = threading.Lock()
        self._entries: list[Entry] = []

    def begin(self, environ: WSGIEnvironment, body: bytes) -> Entry:
        """Note a request that arrives."""
        entry = self._described(Request(environ, populate_request=False), body)
        with self._lock:
            self._entries.append(entry)
            del self._entries[:-_MOST_ENTRIES]
        return entry

    def entries(self) -> list[Entry]:
        """All requests since the last clearing."""
        with self._lock:
            return [dict(entry) for entry in self._entries]

    def clear(self) -> None:
        """Forget all requests."""
        with self._lock:
            self._entries.clear()

    def _described(self, request: Request, body: bytes) -> Entry:
        authentication, user = self._identified(request)
        return {
            "moment": time.time(),
            "service": _service(request.path),
            "method": request.method,
            "path": request.path,
            "query": masked_query(request.query_string.decode("latin-1")),
            "status": None,
            "fault": None,
            "duration_ms": None,
            "authentication": authentication,
            "user": user,
            "user_agent": request.headers.get("User-Agent", ""),
            "referer": request.headers.get("Referer", ""),
            "body": _readable(request, body),
        }

    def _identified(self, request: Request) -> tuple[str, str | None]:
        """How the caller identifies itself, and whose token or key it is."""
        authorization = request.authorization
        value = request.args.get("apikey") or request.headers.get("apikey")
        if authorization is not None and authorization.type == "bearer":
            return "bearer", self._token_checker(authorization.token or "")
        if value:
            key = self._state.key_by_hash(value)
            kind = "apikey-query" if "apikey" in request.args else "apikey-header"
            return kind, key.username if key else None
        if authorization is not None and authorization.type == "basic":
            key = self._state.key_by_login(authorization.username or "")
            return "basic", key.username if key else None
        return "none", None


def _service(path: str) -> str:
    for prefix, service in _SERVICES.items():
        if path.startswith(prefix):
            return service
    return "other"


def _readable(request: Request, body: bytes) -> Any:
    """The body with its secrets masked; None when there is none, or none that can be read."""
    text = body.decode("utf-8", "replace")
    if request.mimetype == "application/x-www-form-urlencoded":
        return dict(parse_qsl(masked_query(text), True))
    if request.mimetype != "application/json" or not text:
        return None
    try:
        return _masked(json.loads(text))
    except ValueError:
        return None
