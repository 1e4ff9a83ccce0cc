"""The transport adapter that makes `requests` go through QGIS's network stack.

QGIS's proxy, trusted certificates, network logger and authentication configurations all apply; its disk cache and
its cookies do not. Redirects are left to `requests`.
"""

from __future__ import annotations

import io
from typing import Any, Callable, Mapping

import requests
from qgis.core import QgsNetworkRequestParameters
from qgis.PyQt.QtCore import QByteArray, QUrl
from qgis.PyQt.QtNetwork import QNetworkRequest
from requests.adapters import BaseAdapter
from requests.structures import CaseInsensitiveDict
from requests.utils import get_encoding_from_headers

from .allowed_addresses import is_allowed
from .network_threads import IsCancelled
from .one_request import Exchange, Outcome, code_of
from .request_errors import failure
from .streamed_request import StreamedBody, StreamedExchange

Authorize = Callable[[QNetworkRequest, "IsCancelled | None"], QNetworkRequest]
WithFreshCredentials = Callable[[QNetworkRequest, "IsCancelled | None"], "QNetworkRequest | None"]

INITIATOR = "GPKeys"
_QT_OWNS = frozenset({"host", "user-agent", "accept-encoding", "connection", "content-length", "transfer-encoding"})
_UNAUTHORIZED = 401
_QT_DECODED = frozenset({"content-encoding"})


class QgisAdapter(BaseAdapter):
    """Sends a prepared request through QGIS. `authorize` completes the Qt request; it may refuse by raising.

    `with_fresh_credentials` gets a request that was answered with 401, and may return it with other credentials to be
    sent once more.
    """

    def __init__(
        self,
        *,
        authorize: Authorize | None = None,
        with_fresh_credentials: WithFreshCredentials | None = None,
        is_cancelled: IsCancelled | None = None,
    ) -> None:
        super().__init__()
        self._authorize = authorize
        self._with_fresh_credentials = with_fresh_credentials
        self._is_cancelled = is_cancelled

    def send(
        self,
        request: requests.PreparedRequest,
        stream: bool = False,
        timeout: float | tuple[float, float] | tuple[float, None] | None = None,
        verify: bool | str = True,
        cert: bytes | str | tuple[bytes | str, bytes | str] | None = None,
        proxies: Mapping[str, str] | None = None,
    ) -> requests.Response:
        """Send `request` and return its response; `verify`, `cert` and `proxies` are QGIS's business.

        With `stream`, a GET returns once its body begins, and the body is read as it is asked for.
        """
        if not is_allowed(request.url or ""):
            raise requests.exceptions.InvalidURL("only https, or http on this machine, is allowed", request=request)
        qt_request = new_request(request.url or "", request.headers, _milliseconds(timeout))
        if self._authorize is not None:
            qt_request = self._authorize(qt_request, self._is_cancelled)
        if stream and request.method == "GET":
            return self._streamed(qt_request, request)
        outcome = self._outcome(qt_request, request.method or "GET", _bytes(request.body))
        error = failure(outcome, request)
        if error is not None:
            raise error
        return self._response(outcome, request)

    def close(self) -> None:
        """Nothing to close: the connections belong to QGIS."""

    def _outcome(self, qt_request: QNetworkRequest, verb: str, body: bytes | None) -> Outcome:
        outcome = Exchange(qt_request, verb, body).run(self._is_cancelled)
        if outcome.status != _UNAUTHORIZED or self._with_fresh_credentials is None:
            return outcome
        again = self._with_fresh_credentials(qt_request, self._is_cancelled)
        return outcome if again is None else Exchange(again, verb, body).run(self._is_cancelled)

    def _streamed(self, qt_request: QNetworkRequest, request: requests.PreparedRequest) -> requests.Response:
        # What Qt would unpack has another length than was told, and cannot be asked for in part.
        qt_request.setRawHeader(QByteArray(b"Accept-Encoding"), QByteArray(b"identity"))
        exchange = StreamedExchange(qt_request)
        head = exchange.run_to_body(self._is_cancelled)
        if head.status == _UNAUTHORIZED and self._with_fresh_credentials is not None:
            again = self._with_fresh_credentials(qt_request, self._is_cancelled)
            if again is not None:
                exchange.cancel()
                exchange = StreamedExchange(again)
                head = exchange.run_to_body(self._is_cancelled)
        error = failure(head, request) if exchange.done.is_set() else None
        if error is not None and head.status is None:
            raise error
        response = self._response(head, request)
        response.raw = StreamedBody(exchange, request, failure, self._is_cancelled)
        return response

    def _response(self, outcome: Outcome, request: requests.PreparedRequest) -> requests.Response:
        response = requests.Response()
        response.status_code = outcome.status or 0
        response.reason = outcome.reason
        response.headers = _headers(outcome)
        response.encoding = get_encoding_from_headers(response.headers)  # type: ignore[no-untyped-call]
        response.raw = io.BytesIO(outcome.body)
        response.url = request.url or outcome.url
        response.request = request
        response.connection = self  # type: ignore[attr-defined]
        return response


def new_request(address: str, headers: Mapping[str, Any], timeout_ms: int) -> QNetworkRequest:
    """Return a Qt request that saves nothing, follows nothing and carries `headers` but for those Qt owns."""
    request = QNetworkRequest(QUrl(address))
    for name, value in headers.items():
        if name.lower() not in _QT_OWNS:
            request.setRawHeader(QByteArray(_raw(name)), QByteArray(_raw(value)))
    for attribute, value in _attributes():
        request.setAttribute(attribute, value)
    if timeout_ms:
        request.setTransferTimeout(timeout_ms)
    return request


def _attributes() -> tuple[tuple[QNetworkRequest.Attribute, object], ...]:
    kinds, manual = QNetworkRequest.Attribute, code_of(QNetworkRequest.LoadControl.Manual)
    return (
        (kinds.RedirectPolicyAttribute, code_of(QNetworkRequest.RedirectPolicy.ManualRedirectPolicy)),
        (kinds.CacheLoadControlAttribute, code_of(QNetworkRequest.CacheLoadControl.AlwaysNetwork)),
        (kinds.CacheSaveControlAttribute, False),
        (kinds.CookieLoadControlAttribute, manual),
        (kinds.CookieSaveControlAttribute, manual),
        (kinds.AuthenticationReuseAttribute, manual),
        (initiator_attribute(), INITIATOR),
    )


def initiator_attribute() -> QNetworkRequest.Attribute:
    """Return the attribute in which QGIS notes who made a request."""
    return QNetworkRequest.Attribute(code_of(QgsNetworkRequestParameters.RequestAttributes.AttributeInitiatorClass))


def _raw(value: str | bytes) -> bytes:
    return value.encode("latin-1") if isinstance(value, str) else value


def _bytes(body: Any) -> bytes | None:
    if body is None or isinstance(body, bytes):
        return body
    return body.encode("utf-8") if isinstance(body, str) else bytes(body.read())


def _milliseconds(timeout: float | tuple[float, float] | tuple[float, None] | None) -> int:
    parts = timeout if isinstance(timeout, tuple) else (timeout,)
    return int(1000 * max((part for part in parts if part is not None), default=0))


def _headers(outcome: Outcome) -> CaseInsensitiveDict[str]:
    kept = ((name, value) for name, value in outcome.headers if name.lower() not in _QT_DECODED)
    return CaseInsensitiveDict(kept)
