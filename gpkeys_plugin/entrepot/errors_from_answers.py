"""From what went wrong to the one error type: what happened, why, and what to do next."""

from __future__ import annotations

import math
from typing import Any, NamedTuple

import requests

from .conflicts import is_login_taken, name_taken
from .errors import ErrorCode, GpkeysError, RequestCancelled, SignInFailed, SignInRequired
from .translatable_text import Text

__all__ = [
    "bad_answer",
    "cancelled",
    "details_of",
    "is_login_taken",
    "may_have_been_applied",
    "name_taken",
    "not_made",
    "not_read_back",
    "of_exception",
    "of_response",
    "outcome_unknown",
]


class _Sentence(NamedTuple):
    user: Text
    advice: Text | None


_SENTENCES = {
    ErrorCode.NOT_SIGNED_IN: _Sentence(
        Text("You are not signed in to the Géoplateforme."), Text("Sign in; nothing you typed is lost.")
    ),
    ErrorCode.TOKEN_REFUSED: _Sentence(
        Text("The Géoplateforme no longer accepts your session."), Text("Sign in again; nothing you typed is lost.")
    ),
    ErrorCode.FORBIDDEN: _Sentence(
        Text("Your account is not allowed to do this."),
        Text("Check that the permission still holds, or ask its producer."),
    ),
    ErrorCode.NOT_FOUND: _Sentence(
        Text("The Géoplateforme does not find what was asked for."),
        Text("It may have been deleted elsewhere. Refresh the list."),
    ),
    ErrorCode.CONFLICT: _Sentence(
        Text("The Géoplateforme refused: this conflicts with something that exists already."),
        Text("Refresh the list, then change the name or the user name."),
    ),
    ErrorCode.INVALID: _Sentence(
        Text("The Géoplateforme did not accept what was sent."), Text("Check what you typed, then try again.")
    ),
    ErrorCode.RATE_LIMITED: _Sentence(
        Text("The Géoplateforme is receiving too many requests from your network."),
        Text("Wait a minute, then try again."),
    ),
    ErrorCode.SERVER: _Sentence(
        Text("The Géoplateforme is having a problem and could not answer."), Text("Try again in a few minutes.")
    ),
    ErrorCode.BAD_ANSWER: _Sentence(
        Text("The answer received does not come from the Géoplateforme, or cannot be read."),
        Text("Try again. A proxy or a public network may want you to sign in first: open a web page to see."),
    ),
    ErrorCode.TIMEOUT: _Sentence(
        Text("The Géoplateforme did not answer in time."), Text("Check your connection, then try again.")
    ),
    ErrorCode.CONNECTION: _Sentence(
        Text("The connection to the Géoplateforme failed or was lost."),
        Text("Check your connection and QGIS's proxy settings, then try again."),
    ),
    ErrorCode.TLS: _Sentence(
        Text("No secure connection to the Géoplateforme could be made: its certificate was not accepted."),
        Text("Ask your IT department: QGIS may have to be told the certificate of your network."),
    ),
    ErrorCode.PROXY: _Sentence(
        Text("The proxy of your network refused the connection."), Text("Check QGIS's proxy settings.")
    ),
    ErrorCode.CANCELLED: _Sentence(Text("Cancelled."), None),
    ErrorCode.OUTCOME_UNKNOWN: _Sentence(
        Text("The Géoplateforme did not confirm, and could not be asked whether the change was made."),
        Text("Look at your keys before trying again."),
    ),
}
_LOOK_LATER = Text("Refresh the list in a few minutes, and try again if it is still so.")
_SIGN_IN_AND_LOOK = Text("Sign in again, and look at your keys before trying again.")
_SIGN_IN_ADVICE = Text("Sign in again. If it keeps failing, check the client identifier and secret in the options.")

_CODES = {
    401: ErrorCode.TOKEN_REFUSED,
    403: ErrorCode.FORBIDDEN,
    404: ErrorCode.NOT_FOUND,
    407: ErrorCode.PROXY,
    408: ErrorCode.TIMEOUT,
    409: ErrorCode.CONFLICT,
    410: ErrorCode.NOT_FOUND,
    429: ErrorCode.RATE_LIMITED,
    504: ErrorCode.SERVER,
}
_MAX_DETAILS = 5
_MAX_DETAIL_LENGTH = 300


def of_exception(error: requests.RequestException, request: str) -> GpkeysError:
    """Return what to tell about a request that got no answer. `request` is its method and path, for the log."""
    if isinstance(error, SignInFailed):
        return error.explanation or _sign_in_failed(str(error), request)
    code = _code_of_exception(error)
    # The text of the exception may hold the whole URL or body: its type says enough.
    return _made(code, f"{request}: {type(error).__name__}")


def of_response(
    response: requests.Response, request: str, *, retry_after_s: float | None = None, hidden: tuple[str, ...] = ()
) -> GpkeysError:
    """Return what to tell about an answer that is no success.

    The server's sentences that repeat a `hidden` text are left out.
    """
    status = response.status_code
    details = tuple(text for text in details_of(response) if not any(secret in text for secret in hidden))
    code = _code_of_status(status)
    log = f"{request}: HTTP {status}" + (f" ({'; '.join(details)})" if details else "")
    user, advice = _with_details(code, details), _advice(code, retry_after_s)
    return GpkeysError(code, user, log, advice=advice, status=status, retry_after_s=retry_after_s, details=details)


def bad_answer(request: str, reason: str, status: int | None = None) -> GpkeysError:
    """Return what to tell about a success whose body is not what was announced; `reason` quotes none of it."""
    return _made(ErrorCode.BAD_ANSWER, f"{request}: {reason}", status)


def cancelled() -> GpkeysError:
    """Return the error of what the user cancelled."""
    return _made(ErrorCode.CANCELLED, "cancelled")


def outcome_unknown(request: str, cause: GpkeysError) -> GpkeysError:
    """Return the error of a change that may have been made, when looking failed because of `cause`."""
    return _made(ErrorCode.OUTCOME_UNKNOWN, f"{request}: outcome unknown, looking failed: {cause.log}")


def not_read_back(request: str, cause: GpkeysError) -> GpkeysError:
    """Return the error of a change that was confirmed, and that could not be looked at because of `cause`."""
    user = Text(
        "The Géoplateforme confirmed the change, but it could not be read back: {reason}", {"reason": cause.user}
    )
    advice = _SIGN_IN_AND_LOOK if cause.ends_session else _SENTENCES[ErrorCode.OUTCOME_UNKNOWN].advice
    log = f"{request}: confirmed, reading back failed: {cause.log}"
    return GpkeysError(ErrorCode.OUTCOME_UNKNOWN, user, log, advice=advice)


def not_made(request: str) -> GpkeysError:
    """Return the error of a change that was confirmed, and of which nothing is seen."""
    user = Text("The Géoplateforme confirmed the change, but nothing of it is to be seen.")
    return GpkeysError(ErrorCode.SERVER, user, f"{request}: confirmed but not made", advice=_LOOK_LATER)


def may_have_been_applied(error: GpkeysError) -> bool:
    """Return whether a change may have been made although its request failed that way.

    A CONFLICT counts: Qt sends a request again by itself, and the second one runs into what the first has made.
    """
    return error.can_retry or error.code is ErrorCode.CONFLICT


def details_of(response: requests.Response) -> tuple[str, ...]:
    """Return the sentences of an error body: of the API's JSON, or a short plain text; never HTML."""
    try:
        body: Any = response.json()
    except (ValueError, RecursionError):
        body = response.text if "text/plain" in response.headers.get("Content-Type", "") else None
    found = _sentences(body)
    return tuple(_short(text) for text in found if text.strip() and "<" not in text)[:_MAX_DETAILS]


def _sentences(body: Any) -> list[str]:
    if isinstance(body, dict):
        described = _sentences(body.get("error_description"))
        return described or _sentences(body.get("message"))
    if isinstance(body, list):
        return [text for text in body if isinstance(text, str)]
    return [body] if isinstance(body, str) else []


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _MAX_DETAIL_LENGTH else line[:_MAX_DETAIL_LENGTH] + "…"


def _code_of_exception(error: requests.RequestException) -> ErrorCode:
    # The order matters: a refused certificate, a proxy and a connect time-out are connection errors, too.
    for kind, code in (
        (RequestCancelled, ErrorCode.CANCELLED),
        (SignInRequired, ErrorCode.NOT_SIGNED_IN),
        (requests.exceptions.SSLError, ErrorCode.TLS),
        (requests.exceptions.ProxyError, ErrorCode.PROXY),
        (requests.exceptions.Timeout, ErrorCode.TIMEOUT),
        (requests.exceptions.ContentDecodingError, ErrorCode.BAD_ANSWER),
    ):
        if isinstance(error, kind):
            return code
    return ErrorCode.CONNECTION


def _code_of_status(status: int) -> ErrorCode:
    if status in _CODES:
        return _CODES[status]
    if status >= 500:
        return ErrorCode.SERVER
    return ErrorCode.INVALID if status >= 400 else ErrorCode.BAD_ANSWER


def _with_details(code: ErrorCode, details: tuple[str, ...]) -> Text:
    values = {"details": " ".join(details)}
    if details and code is ErrorCode.FORBIDDEN:
        return Text("Your account is not allowed to do this. The Géoplateforme says: {details}", values)
    if details and code is ErrorCode.CONFLICT:
        return Text("This conflicts with something that exists already. The Géoplateforme says: {details}", values)
    if details and code is ErrorCode.INVALID:
        return Text("The Géoplateforme did not accept what was sent. It says: {details}", values)
    return _SENTENCES[code].user


def _advice(code: ErrorCode, retry_after_s: float | None) -> Text | None:
    if retry_after_s:
        return Text("Try again in {seconds} s.", {"seconds": math.ceil(retry_after_s)})
    return _SENTENCES[code].advice


def _made(code: ErrorCode, log: str, status: int | None = None) -> GpkeysError:
    sentence = _SENTENCES[code]
    return GpkeysError(code, sentence.user, log, advice=sentence.advice, status=status)


def _sign_in_failed(reason: str, request: str) -> GpkeysError:
    user = Text("The sign-in to the Géoplateforme failed: {reason}", {"reason": reason})
    return GpkeysError(ErrorCode.SIGN_IN_REFUSED, user, f"{request}: {reason}", advice=_SIGN_IN_ADVICE)
