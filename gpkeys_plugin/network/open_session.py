"""Opening `requests` sessions over QGIS's network stack."""

from __future__ import annotations

from typing import Mapping

import requests
from qgis.PyQt.QtCore import QByteArray
from qgis.PyQt.QtNetwork import QNetworkRequest

from ..entrepot.errors import SignInFailed
from .authentication.authenticate_request import authenticate, with_another_token
from .authentication.sign_in_diagnosis import explained
from .http.allowed_addresses import is_below
from .http.network_threads import IsCancelled
from .http.transport import QgisAdapter


def open_session(
    authcfg: str = "",
    *,
    guarded_url: str = "",
    guarded_headers: Mapping[str, str] | None = None,
    is_cancelled: IsCancelled | None = None,
) -> requests.Session:
    """Return a session that sends credentials to `guarded_url` and below only.

    They are the authentication configuration `authcfg` and the `guarded_headers`, which a redirect does not take along.
    No request of such a session ever opens a browser: it raises SignInRequired instead. A token that the server
    refuses before its end is replaced once, and the request repeated. Redirects elsewhere are followed without the
    credentials. Plain http is refused but on this machine.
    """
    session = requests.Session()
    session.trust_env = False
    session.adapters.clear()
    adapter = _adapter(_Guarded(authcfg, guarded_url, guarded_headers or {}), is_cancelled)
    session.mount("https://", adapter)
    session.mount("http://", adapter)
    return session


def _adapter(guarded: _Guarded, is_cancelled: IsCancelled | None) -> QgisAdapter:
    if guarded.is_empty:
        return QgisAdapter(is_cancelled=is_cancelled)
    return QgisAdapter(
        authorize=guarded.authorize, with_fresh_credentials=guarded.with_fresh_credentials, is_cancelled=is_cancelled
    )


class _Guarded:
    """Authenticates the requests that go below the guarded address, and leaves the others alone."""

    def __init__(self, authcfg: str, guarded_url: str, headers: Mapping[str, str]) -> None:
        self._authcfg = authcfg
        self._guarded_url = guarded_url
        self._headers = headers

    @property
    def is_empty(self) -> bool:
        """Whether there is no credential to send."""
        return not self._authcfg and not self._headers

    def authorize(self, request: QNetworkRequest, is_cancelled: IsCancelled | None) -> QNetworkRequest:
        """Return the request with the credentials where it goes to the guarded address."""
        if not self._is_below(request):
            return request
        for name, value in self._headers.items():
            request.setRawHeader(QByteArray(name.encode("latin-1")), QByteArray(value.encode("utf-8")))
        if not self._authcfg:
            return request
        try:
            return authenticate(request, self._authcfg, is_cancelled)
        except SignInFailed as failed:
            raise explained(failed, self._authcfg, is_cancelled) from failed

    def with_fresh_credentials(
        self, request: QNetworkRequest, is_cancelled: IsCancelled | None
    ) -> QNetworkRequest | None:
        """Return the request with other credentials after these were refused; None when there are none."""
        if not self._authcfg or not self._is_below(request):
            return None
        try:
            return with_another_token(request, self._authcfg, is_cancelled)
        except SignInFailed as failed:
            raise explained(failed, self._authcfg, is_cancelled) from failed

    def _is_below(self, request: QNetworkRequest) -> bool:
        return is_below(request.url().toString(), self._guarded_url)
