"""Keeps a session fresh without QGIS, which throws it away and opens a browser as soon as one refresh fails.

Nothing but the service's refusal of the refresh token ends a session: what it says when merely asked about a token
(introspection) depends on its version, and a time-out or an error page says nothing at all.
"""

from __future__ import annotations

import threading
from enum import Enum
from urllib.parse import urlencode

import requests

from ...entrepot.errors import SignInFailed
from ..http.network_threads import IsCancelled, authentication_thread, wait_until
from ..http.one_request import Exchange, Outcome
from ..http.request_errors import failure
from ..http.transport import new_request
from . import sign_in_messages, token_file
from .login_object import wait_for_lock
from .sign_in_client import SignInClient, read_setup
from .sso_requests import TIMEOUT_S, refusal_of, tokens_of
from .token_file import KeptTokens

_HEADERS = {"Content-Type": "application/x-www-form-urlencoded", "Accept": "application/json"}
_FIRST_SERVER_ERROR = 500


class SessionState(Enum):
    """What the next request with a configuration meets."""

    NONE = "none"
    USABLE = "usable"
    ENDED = "ended"
    UNKNOWN = "unknown"


def fresh_session(authcfg: str, is_cancelled: IsCancelled | None = None, *, unlike: str = "") -> SessionState:
    """Refresh the session of `authcfg` if its access token is due, or is the refused one `unlike`; return its state.

    Raises SignInFailed with what to tell, or a `requests` exception, when the service could not refresh it: the
    session is kept.
    """
    kept = token_file.read(authcfg)
    if kept is None:
        return SessionState.NONE
    if not kept.is_readable:
        return SessionState.UNKNOWN
    if kept.is_usable and kept.access != unlike:
        return SessionState.USABLE
    return _refreshed(authcfg, kept, is_cancelled) if kept.refresh else SessionState.ENDED


def take_back(authcfg: str, is_cancelled: IsCancelled | None = None) -> None:
    """Put back the session that QGIS threw away because a refresh for a layer failed; a refresh of ours decides then.

    Once QGIS is done with it: with its login object it deletes what is kept for it.
    """
    authentication_thread().call(lambda: wait_for_lock(authcfg), is_cancelled)
    token_file.bring_back(authcfg)


def _refreshed(authcfg: str, kept: KeptTokens, is_cancelled: IsCancelled | None) -> SessionState:
    setup = authentication_thread().call(lambda: read_setup(authcfg), is_cancelled)
    if setup is None or not setup.refresh_url:
        return SessionState.UNKNOWN
    refresh = _the_one_refresh(setup, kept)
    if refresh is None:
        return SessionState.USABLE
    wait_until(refresh.done, is_cancelled)
    if refresh.is_kept:
        return SessionState.USABLE
    return _verdict(authcfg, kept, refresh, is_cancelled)


def _verdict(authcfg: str, kept: KeptTokens, refresh: _Refresh, is_cancelled: IsCancelled | None) -> SessionState:
    if refresh.is_refused:
        # A layer's request may have had QGIS refresh at the same moment; where tokens serve once, ours came second.
        authentication_thread().call(lambda: wait_for_lock(authcfg), is_cancelled)
    now = token_file.read(authcfg)
    if now is None or now.refresh != kept.refresh:
        return fresh_session(authcfg, is_cancelled)
    if refresh.is_refused:
        return SessionState.ENDED
    raise refresh.error()


class _Refresh:
    """A refresh under way. It goes on when whoever waits for it is cancelled: its answer holds the next token."""

    def __init__(self, setup: SignInClient, grant: str) -> None:
        self.done = threading.Event()
        self.is_kept = False
        self._setup = setup
        self._grant = grant
        self._outcome: Outcome | None = None
        self._is_second = False
        self._is_unwritable = False

    def start(self) -> None:
        """Send it, and do not wait."""
        form = {"grant_type": "refresh_token", "refresh_token": self._grant, **self._setup.credentials}
        request = new_request(self._setup.refresh_url, _HEADERS, int(TIMEOUT_S * 1000))
        Exchange(request, "POST", urlencode(form).encode("ascii"), self._on_done).start()

    @property
    def is_refused(self) -> bool:
        """Whether the service refuses the refresh token."""
        outcome = self._outcome
        return outcome is not None and refusal_of(outcome.status or 0, outcome.body).error == "invalid_grant"

    def error(self) -> requests.RequestException:
        """Return why there are no new tokens."""
        if self._is_unwritable:
            return SignInFailed("the new tokens could not be written", sign_in_messages.not_kept())
        outcome = self._outcome or Outcome(None, 0)
        lost = failure(outcome, requests.Request("POST", self._setup.refresh_url).prepare())
        if lost is not None:
            return lost
        refusal = refusal_of(outcome.status or 0, outcome.body)
        log = f"the token endpoint answered a refresh with {refusal.status} {refusal.error}".rstrip()
        return SignInFailed(log, sign_in_messages.refresh_failed(refusal, log))

    def _on_done(self, outcome: Outcome) -> None:
        self._outcome = outcome
        is_failing = (outcome.status or 0) >= _FIRST_SERVER_ERROR
        if is_failing and not self._is_second:
            self._is_second = True
            self.start()
            return
        try:
            tokens = tokens_of(outcome.status, outcome.body)
            self.is_kept = tokens is not None and token_file.keep(self._setup.authcfg, self._grant, tokens)
        except OSError:
            self._is_unwritable = True
        finally:
            _forget(self._setup.authcfg, self._grant)
            self.done.set()


# The refreshes under way, by configuration and refresh token: a new session does not wait for the end of the old one's.
_UNDER_WAY: dict[tuple[str, str], _Refresh] = {}
_LOCK = threading.Lock()


def _the_one_refresh(setup: SignInClient, kept: KeptTokens) -> _Refresh | None:
    """Return the refresh to wait for; None when another one has ended since `kept` was read."""
    place = (setup.authcfg, kept.refresh or "")
    with _LOCK:
        now = token_file.read(setup.authcfg)
        if now is not None and now.access and now.access != kept.access:
            return None
        if place not in _UNDER_WAY:
            _UNDER_WAY[place] = _Refresh(setup, place[1])
            _UNDER_WAY[place].start()
        return _UNDER_WAY[place]


def _forget(authcfg: str, grant: str) -> None:
    with _LOCK:
        _UNDER_WAY.pop((authcfg, grant), None)
