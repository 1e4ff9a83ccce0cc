"""Has QGIS authenticate a request, without ever opening a browser."""

from __future__ import annotations

from qgis.PyQt.QtNetwork import QNetworkRequest

from ...entrepot.errors import SignInFailed, SignInRequired
from ..http.network_threads import IsCancelled, authentication_thread
from . import token_file
from .qgis_authentication_calls import AuthenticationAnswer, PlainRequest, UnaskedRequest, with_kept_token
from .refresh import SessionState, fresh_session
from .sign_in_client import is_oauth2, is_unlocked, read_setup


def authenticate(request: QNetworkRequest, authcfg: str, is_cancelled: IsCancelled | None = None) -> QNetworkRequest:
    """Return `request` with the credentials of `authcfg`; never opens a browser.

    Raises SignInRequired when only a browser could help, SignInFailed when the configuration cannot be used or the
    session could not be refreshed.
    """
    if not is_oauth2(authcfg):
        return _plain(request, authcfg, is_cancelled)
    if with_kept_token(request, authcfg):
        return request
    if not _needs_browser(authcfg, is_cancelled):
        return _plain(request, authcfg, is_cancelled)
    state = fresh_session(authcfg, is_cancelled)
    if state in (SessionState.NONE, SessionState.ENDED):
        raise SignInRequired("the session has ended")
    if state is SessionState.USABLE and with_kept_token(request, authcfg, is_just_made=True):
        return request
    return _with_session_of_qgis(request, authcfg, is_cancelled)


def with_another_token(
    request: QNetworkRequest, authcfg: str, is_cancelled: IsCancelled | None = None
) -> QNetworkRequest | None:
    """Return `request` with a newer token than the one it was refused with; None when there is none without a browser.

    Raises as `authenticate` does, but for SignInRequired.
    """
    refused = bytes(request.rawHeader(b"Authorization")).decode("latin-1").partition(" ")[2]
    if not refused or not is_oauth2(authcfg):
        return None
    if not _needs_browser(authcfg, is_cancelled):
        token_file.remove(authcfg)
        return _plain(request, authcfg, is_cancelled)
    state = fresh_session(authcfg, is_cancelled, unlike=refused)
    has_another_token = state is SessionState.USABLE and with_kept_token(request, authcfg, is_just_made=True)
    return request if has_another_token else None


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


def _with_session_of_qgis(request: QNetworkRequest, authcfg: str, is_cancelled: IsCancelled | None) -> QNetworkRequest:
    """Have QGIS use a session that only QGIS can read; a login that it begins by itself is ended at once."""
    if not is_unlocked():
        raise SignInFailed("the authentication database of QGIS is locked")
    kept = token_file.raw_values(authcfg)
    answer = _ask(UnaskedRequest(request, authcfg), is_cancelled)
    if answer.is_authenticated:
        return answer.request
    # QGIS threw the session away because one refresh failed.
    token_file.restore(authcfg, kept)
    raise SignInRequired(answer.log)


def _ask(question: PlainRequest | UnaskedRequest, is_cancelled: IsCancelled | None) -> AuthenticationAnswer:
    answer = authentication_thread().call(question.ask, is_cancelled)
    if answer is None:
        raise SignInFailed("QGIS could not be asked for authentication")
    return answer
