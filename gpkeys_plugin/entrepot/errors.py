"""The one error type of the plugin, and the transport failures the client understands."""

from __future__ import annotations

import traceback
from enum import Enum, auto

import requests

from .translatable_text import Text


class ErrorCode(Enum):
    """What went wrong, as far as the user's next step depends on it."""

    NOT_SIGNED_IN = auto()
    SIGN_IN_REFUSED = auto()
    TOKEN_REFUSED = auto()
    CLIENT_REFUSED = auto()
    FORBIDDEN = auto()
    NOT_FOUND = auto()
    CONFLICT = auto()
    INVALID = auto()
    RATE_LIMITED = auto()
    SERVER = auto()
    BAD_ANSWER = auto()
    TIMEOUT = auto()
    CONNECTION = auto()
    TLS = auto()
    PROXY = auto()
    CANCELLED = auto()
    OUTCOME_UNKNOWN = auto()
    QGIS = auto()


class Conflict(Enum):
    """What a refused creation or change runs into, as far as it can be known."""

    LOGIN = "login"
    NAME = "name"
    OAUTH2_KEY = "oauth2-key"
    QUOTA = "quota"
    ACCESS = "access"


class GpkeysError(Exception):
    """Something the user must be told: what happened, why, and what to do next.

    `user` is the sentence to show, `advice` what to do next, `log` a sentence for the log. None of them holds a secret.
    `status` is the HTTP status if there was one, `retry_after_s` how long the server asked to wait, in seconds,
    `details` the server's own sentences, `conflict` what a CONFLICT is about where that is known.
    """

    def __init__(  # noqa: PLR0913 - all but the first three are optional and named
        self,
        code: ErrorCode,
        user: Text,
        log: str,
        *,
        advice: Text | None = None,
        status: int | None = None,
        retry_after_s: float | None = None,
        details: tuple[str, ...] = (),
        conflict: Conflict | None = None,
    ) -> None:
        super().__init__(log)
        self.code = code
        self.user = user
        self.log = log
        self.advice = advice
        self.status = status
        self.retry_after_s = retry_after_s
        self.details = details
        self.conflict = conflict

    @property
    def can_retry(self) -> bool:
        """Whether the same request may well succeed later, unchanged."""
        return self.code in _RETRYABLE

    @property
    def ends_session(self) -> bool:
        """Whether nothing can be asked before the user has signed in again."""
        return self.code in _SIGNED_OUT

    @property
    def ends_all(self) -> bool:
        """Whether nothing else need be asked: the session is over, or the user has cancelled."""
        return self.ends_session or self.code is ErrorCode.CANCELLED


_SIGNED_OUT = frozenset({ErrorCode.NOT_SIGNED_IN, ErrorCode.TOKEN_REFUSED})
_RETRYABLE = frozenset(
    {ErrorCode.RATE_LIMITED, ErrorCode.SERVER, ErrorCode.TIMEOUT, ErrorCode.CONNECTION, ErrorCode.BAD_ANSWER}
)


def as_gpkeys_error(error: Exception) -> GpkeysError:
    """Return the error to show: itself, or for a fault of the plugin which kind and where; nothing of it is quoted."""
    if isinstance(error, GpkeysError):
        return error
    place = traceback.extract_tb(error.__traceback__)[-1:]
    where = f"{place[0].name}:{place[0].lineno}" if place else "?"
    return GpkeysError(
        ErrorCode.QGIS,
        Text("The plugin met an unexpected error ({kind}).", {"kind": f"{type(error).__name__}, {where}"}),
        f"unexpected {type(error).__name__} in {where}",
        advice=Text(
            "Try again. If it comes back, report it with the lines of the tab “GPKeys” of QGIS's log messages."
        ),
    )


class RequestCancelled(requests.RequestException):
    """Raised by a transport when the user cancelled the request."""


class AnswerTooLarge(requests.exceptions.ContentDecodingError):
    """Raised by a transport when an answer is larger than any that makes sense; it was not read."""


class SignInRequired(requests.RequestException):
    """Raised by a transport when no usable token is there and none may be fetched unasked."""


class SignInFailed(requests.RequestException):
    """Raised by a transport when the sign-in was tried and failed; its text is the reason, without secrets.

    `explanation` is what to tell the user, where more is known than that text.
    """

    def __init__(self, reason: str, explanation: GpkeysError | None = None) -> None:
        super().__init__(reason)
        self.explanation = explanation
