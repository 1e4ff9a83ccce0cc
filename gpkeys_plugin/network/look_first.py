"""Whether a session can be used without a browser: QGIS opens one at once when a refresh is refused, so look first."""

from __future__ import annotations

from enum import Enum

import requests

from . import token_file
from .oauth2_setup import OAuth2Setup, read_setup
from .threads import IsCancelled, authentication_thread
from .token_file import KeptTokens
from .transport import QgisAdapter

_TIMEOUT_S = 15.0
_SERVER_ERRORS = range(500, 600)


class SessionState(Enum):
    """What the next request with a configuration would meet."""

    NONE = "none"
    USABLE = "usable"
    REFRESHABLE = "refreshable"
    ENDED = "ended"
    UNKNOWN = "unknown"


def session_state(authcfg: str, is_cancelled: IsCancelled | None = None) -> SessionState:
    """Return what the next request with `authcfg` would meet; asks the sign-in service only when a refresh is due.

    Raises a `requests` exception when the service cannot be reached or fails: a refresh would fail as well, and QGIS
    would throw the session away.
    """
    kept = token_file.read(authcfg)
    if kept is None:
        return SessionState.NONE
    if not kept.is_readable:
        return SessionState.UNKNOWN
    if kept.is_usable:
        return SessionState.USABLE
    if not kept.refresh:
        return SessionState.ENDED
    state = _refresh_state(authcfg, kept, is_cancelled)
    if state is SessionState.ENDED and _has_changed(authcfg, kept):
        return session_state(authcfg, is_cancelled)
    return state


def _has_changed(authcfg: str, before: KeptTokens) -> bool:
    """Whether another thread has refreshed meanwhile: the token just asked about is spent then, not the session."""
    now = token_file.read(authcfg)
    return now is not None and bool(now.refresh) and now.refresh != before.refresh


def _refresh_state(authcfg: str, kept: KeptTokens, is_cancelled: IsCancelled | None) -> SessionState:
    setup = authentication_thread().call(lambda: read_setup(authcfg), is_cancelled)
    if setup is None or not setup.introspect_url:
        return SessionState.UNKNOWN
    return _introspected(setup, kept.refresh or "", is_cancelled)


def _introspected(setup: OAuth2Setup, grant: str, is_cancelled: IsCancelled | None) -> SessionState:
    response = post_form(setup.introspect_url, {"token": grant, **setup.credentials}, is_cancelled)
    if response.status_code in _SERVER_ERRORS:
        raise requests.ConnectionError(f"the sign-in service answered {response.status_code}")
    is_active = _active_of(response)
    if is_active is None:
        return SessionState.UNKNOWN
    return SessionState.REFRESHABLE if is_active else SessionState.ENDED


def _active_of(response: requests.Response) -> bool | None:
    try:
        body = response.json()
    except ValueError:
        return None
    active = body.get("active") if isinstance(body, dict) and response.ok else None
    return active if isinstance(active, bool) else None


def post_form(url: str, fields: dict[str, str], is_cancelled: IsCancelled | None = None) -> requests.Response:
    """Post a form to the sign-in service, without any authentication configuration or redirect."""
    request = requests.Request("POST", url, data=fields, headers={"Accept": "application/json"}).prepare()
    return QgisAdapter(is_cancelled=is_cancelled).send(request, timeout=_TIMEOUT_S)
