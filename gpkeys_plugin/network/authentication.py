"""Has QGIS authenticate a request: unasked, without ever opening a browser; or as the sign-in the user asked for."""

from __future__ import annotations

import requests
from qgis.PyQt.QtNetwork import QNetworkRequest

from ..entrepot.errors import SignInFailed, SignInRequired
from . import token_file
from .look_first import SessionState, session_state
from .oauth2_setup import OAuth2Setup, is_oauth2, is_unlocked, read_setup
from .questions import (
    Answer,
    AskedLogin,
    LetThrough,
    PlainRequest,
    UnaskedRequest,
    let_all_through,
    with_kept_token,
)
from .threads import IsCancelled, authentication_thread


class LoginFailed(SignInFailed):
    """A sign-in that the user asked for and that failed; says how long QGIS had waited."""

    def __init__(self, reason: str, seconds: float) -> None:
        super().__init__(reason)
        self.seconds = seconds


def authenticate(request: QNetworkRequest, authcfg: str, is_cancelled: IsCancelled | None = None) -> QNetworkRequest:
    """Return `request` with the credentials of `authcfg`; never opens a browser.

    Raises SignInRequired when only a browser could help, SignInFailed when the configuration cannot be used.
    """
    if not is_oauth2(authcfg):
        return _plain(request, authcfg, is_cancelled)
    if with_kept_token(request, authcfg):
        return request
    if not _needs_browser(authcfg, is_cancelled):
        return _plain(request, authcfg, is_cancelled)
    state = session_state(authcfg, is_cancelled)
    if state in (SessionState.NONE, SessionState.ENDED):
        raise SignInRequired("the session has ended")
    return _with_session(request, authcfg, state, is_cancelled)


def log_in(setup: OAuth2Setup, is_cancelled: IsCancelled, let_through: LetThrough = let_all_through) -> None:
    """Sign in, in the browser where needed. Raises LoginFailed, or RequestCancelled as soon as cancelled."""
    answer = _ask(AskedLogin(setup, is_cancelled, let_through), is_cancelled)
    if not answer.is_authenticated:
        raise LoginFailed(answer.log, answer.seconds)


def _needs_browser(authcfg: str, is_cancelled: IsCancelled | None) -> bool:
    setup = authentication_thread().call(lambda: read_setup(authcfg), is_cancelled)
    return setup is None or setup.needs_browser


def _plain(request: QNetworkRequest, authcfg: str, is_cancelled: IsCancelled | None) -> QNetworkRequest:
    if not is_unlocked():
        raise SignInFailed("the authentication database of QGIS is locked")
    answer = _ask(PlainRequest(request, authcfg), is_cancelled)
    if not answer.is_authenticated:
        raise SignInFailed(answer.log or "QGIS could not apply the authentication configuration")
    return answer.request


def _with_session(
    request: QNetworkRequest, authcfg: str, state: SessionState, is_cancelled: IsCancelled | None
) -> QNetworkRequest:
    def is_login() -> bool:
        return state is SessionState.UNKNOWN or token_file.read(authcfg) is None

    if not is_unlocked():
        raise SignInFailed("the authentication database of QGIS is locked")
    kept = token_file.raw_values(authcfg)
    answer = _ask(UnaskedRequest(request, authcfg, is_login), is_cancelled)
    if answer.is_authenticated:
        return answer.request
    # QGIS threw the session away because one refresh failed; look whether it really is over.
    token_file.restore(authcfg, kept)
    if session_state(authcfg, is_cancelled) is SessionState.REFRESHABLE:
        raise requests.ConnectionError(f"the session could not be refreshed: {answer.log}")
    raise SignInRequired(answer.log)


def _ask(question: PlainRequest | UnaskedRequest | AskedLogin, is_cancelled: IsCancelled | None) -> Answer:
    answer = authentication_thread().call(question.ask, is_cancelled)
    if answer is None:
        raise SignInFailed("QGIS could not be asked for authentication")
    return answer
