"""What a reply without a usable answer means, in the exceptions of `requests`."""

from __future__ import annotations

import requests

from ...entrepot.errors import AnswerTooLarge
from .one_request import Outcome

_TIMED_OUT_CONNECTING = 4  # QNetworkReply.NetworkError.TimeoutError
_ABORTED = 5  # OperationCanceledError: also what Qt says when a transfer times out
_TLS = 6  # SslHandshakeFailedError
_NETWORK_LAYER = range(1, 100)
_PROXY_LAYER = range(101, 200)
_PROTOCOL_BROKEN = 399  # ProtocolFailure


def failure(outcome: Outcome, request: requests.PreparedRequest) -> requests.RequestException | None:
    """Return the exception for an outcome that is no answer; None for an answer, whatever its status.

    An error of Qt's beside a complete answer (404, 500, …) is that answer. A lost connection in the middle of a
    body is none, although the status is there.
    """
    kind = _kind(outcome)
    return None if kind is None else kind(f"{outcome.error_text} (Qt {outcome.error})", request=request)


def _kind(outcome: Outcome) -> type[requests.RequestException] | None:
    error = outcome.error
    if outcome.is_too_large:
        return AnswerTooLarge
    if error in _PROXY_LAYER:
        return requests.exceptions.ProxyError
    if error in _NETWORK_LAYER:
        return _network_kind(error)
    if outcome.status is None or error == _PROTOCOL_BROKEN:
        return requests.exceptions.ConnectionError
    return None


def _network_kind(error: int) -> type[requests.RequestException]:
    if error == _TIMED_OUT_CONNECTING:
        return requests.exceptions.ConnectTimeout
    if error == _ABORTED:
        return requests.exceptions.ReadTimeout
    return requests.exceptions.SSLError if error == _TLS else requests.exceptions.ConnectionError
