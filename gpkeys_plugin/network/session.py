"""Opening `requests` sessions over QGIS's network stack."""

from __future__ import annotations

import requests
from qgis.PyQt.QtNetwork import QNetworkRequest

from ..entrepot.errors import SignInFailed
from .authentication import authenticate
from .places import is_below
from .sign_in_failures import explained
from .threads import IsCancelled
from .transport import QgisAdapter


def open_session(
    authcfg: str = "", *, guarded_url: str = "", is_cancelled: IsCancelled | None = None
) -> requests.Session:
    """Return a session that sends the authentication configuration `authcfg` to `guarded_url` and below only.

    No request of such a session ever opens a browser: it raises SignInRequired instead. Redirects elsewhere are
    followed without the credentials. Plain http is refused but on this machine.
    """
    session = requests.Session()
    session.trust_env = False
    session.adapters.clear()
    adapter = QgisAdapter(authorize=_authorizer(authcfg, guarded_url), is_cancelled=is_cancelled)
    session.mount("https://", adapter)
    session.mount("http://", adapter)
    return session


class _Guarded:
    """Authenticates the requests that go below the guarded address, and leaves the others alone."""

    def __init__(self, authcfg: str, guarded_url: str) -> None:
        self._authcfg = authcfg
        self._guarded_url = guarded_url

    def __call__(self, request: QNetworkRequest, is_cancelled: IsCancelled | None) -> QNetworkRequest:
        if not is_below(request.url().toString(), self._guarded_url):
            return request
        try:
            return authenticate(request, self._authcfg, is_cancelled)
        except SignInFailed as failed:
            raise explained(failed, self._authcfg, is_cancelled) from failed


def _authorizer(authcfg: str, guarded_url: str) -> _Guarded | None:
    return _Guarded(authcfg, guarded_url) if authcfg else None
