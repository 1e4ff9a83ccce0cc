"""Sending one operation: the request, the retries, the answer or the error."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass, field
from typing import Any, Callable, Mapping, Sequence, TypeVar

import requests

from . import errors_from_answers, retries
from .api_requests import Operation
from .errors import ErrorCode, GpkeysError
from .json_reading import LeftOut, UnreadableError
from .request_turns import RequestTurns
from .retries import Patience

T = TypeVar("T")
Log = Callable[[str], None]


@dataclass(frozen=True)
class ApiAnswer:
    """A success: its headers, and its JSON (None when it has no body)."""

    headers: Mapping[str, str] = field(repr=False)
    body: Any = field(repr=False)
    status: int


class Exchange:
    """Sends operations over a session, each in its turn, and turns failures into the one error type."""

    def __init__(
        self,
        session: requests.Session,
        api_url: str,
        *,
        timeout_s: float,
        patience: Patience,
        turns: RequestTurns | None = None,
        log: Log | None = None,
    ) -> None:
        self._session = session
        self._api_url = api_url.rstrip("/")
        self._timeout_s = timeout_s
        self._patience = patience
        self._log = log
        self._turns = turns or RequestTurns()

    def send(self, operation: Operation) -> ApiAnswer:
        """Send an operation, again where that is harmless and worth it, and return what came back.

        A platform that asks to wait is left alone by all who share the turns.
        """
        attempts = retries.Attempts(operation.method)
        while True:
            try:
                return self._send_once(operation)
            except GpkeysError as error:
                self._rest_after(error)
                wait_s = attempts.wait_after(error)
                if wait_s is None:
                    raise
            self.pause(wait_s)

    def read(self, operation: Operation, read: Callable[[Any], T]) -> T:
        """Send an operation and read its body with `read`."""
        return read_answer(operation, self.send(operation), read)

    def read_noting(self, operation: Operation, read: Callable[[Any, LeftOut], T]) -> T:
        """Send an operation and read its body with `read`; the log says what of it was left out."""
        left_out: list[str] = []
        found = self.read(operation, lambda body: read(body, left_out.append))
        self.say_left_out(operation, left_out)
        return found

    def say_left_out(self, operation: Operation, reasons: Sequence[str]) -> None:
        """Say in the log what of an answer could not be read, a line a reason."""
        if self._log is not None:
            for reason, count in Counter(reasons).items():
                self._log(f"{described(operation)}: left out {count} ({reason})")

    def pause(self, seconds: float) -> None:
        """Wait; a cancel ends it at once."""
        self._patience.pause(seconds)

    def _rest_after(self, error: GpkeysError) -> None:
        asked_s = error.retry_after_s or 0.0
        if error.code is ErrorCode.RATE_LIMITED and asked_s <= retries.LONGEST_WAIT_S:
            self._turns.rest(asked_s)

    def _send_once(self, operation: Operation) -> ApiAnswer:
        response = self._response(operation)
        if 200 <= response.status_code < 300:
            return ApiAnswer(response.headers, _json(operation, response), response.status_code)
        raise errors_from_answers.of_response(
            response,
            described(operation),
            retry_after_s=retries.retry_after_s(response),
            hidden=operation.secrets,
        )

    def _response(self, operation: Operation) -> requests.Response:
        with self._turns.taken(self._patience):
            while (left_s := self._turns.rest_left_s()) > 0:
                self.pause(left_s)
            self._patience.check()
            try:
                return self._session.request(
                    operation.method,
                    f"{self._api_url}{operation.path}",
                    params=list(operation.query) or None,
                    json=operation.body,
                    headers={"Accept": "application/json"},
                    timeout=self._timeout_s,
                    # A redirect would turn a POST into a GET: it is reported instead.
                    allow_redirects=False,
                )
            except requests.RequestException as error:
                raise errors_from_answers.of_exception(error, described(operation)) from None


def described(operation: Operation) -> str:
    """Return an operation's method and path, for the log."""
    return f"{operation.method} {operation.path}"


def read_answer(operation: Operation, answer: ApiAnswer, read: Callable[[Any], T]) -> T:
    """Read an answer's body with `read`; what it cannot read is a BAD_ANSWER."""
    try:
        return read(answer.body)
    except UnreadableError as error:
        raise errors_from_answers.bad_answer(described(operation), str(error), answer.status) from None


def _json(operation: Operation, response: requests.Response) -> Any:
    if not response.content.strip():
        return None
    try:
        return json.loads(response.content)
    except (ValueError, RecursionError):
        kind = response.headers.get("Content-Type", "no content type")
        reason = f"HTTP {response.status_code} with an unreadable body ({kind}, {len(response.content)} bytes)"
        raise errors_from_answers.bad_answer(described(operation), reason, response.status_code) from None
