"""One attempt to sign in, or to take up a kept session, off the GUI thread."""

from __future__ import annotations

import threading
from dataclasses import dataclass
from typing import Callable

import requests
from qgis.core import QgsTask

from ..entrepot import failures
from ..entrepot.client import EntrepotClient
from ..entrepot.errors import ErrorCode, GpkeysError
from ..entrepot.models import Account
from . import sign_in_failures, token_file
from .authentication import LoginFailed, log_in
from .look_first import SessionState, session_state
from .oauth2_setup import OAuth2Setup
from .questions import LetThrough
from .session import open_session
from .threads import IsCancelled

ReadAccount = Callable[[requests.Session, str, IsCancelled], Account]


@dataclass(frozen=True)
class Attempt:
    """What to try: its number, the configuration, the API, and whether the user asked (a browser may open)."""

    number: int
    setup: OAuth2Setup
    api_url: str
    is_asked: bool


def read_account(session: requests.Session, api_url: str, is_cancelled: IsCancelled) -> Account:
    """Ask the API who is signed in."""
    return EntrepotClient(session, api_url, is_cancelled=is_cancelled).me()


def _nothing() -> None:
    """Do nothing."""


class SignInTask(QgsTask):
    """Runs an attempt. Afterwards `account` or `error` is set; `on_ended` runs on the GUI thread."""

    def __init__(
        self,
        attempt: Attempt,
        let_through: LetThrough,
        seen_status: Callable[[], int | None],
        on_ended: Callable[[SignInTask], None],
        read: ReadAccount = read_account,
    ) -> None:
        super().__init__("GPKeys", QgsTask.Flag.CanCancel)
        self.attempt = attempt
        self.account: Account | None = None
        self.error: GpkeysError | None = None
        self._let_through = let_through
        self._seen_status = seen_status
        self._on_ended = on_ended
        self._read = read
        # A login may outlive the task for a moment, and QGIS deletes a task that has ended: no `isCanceled` then.
        self._cancelled = threading.Event()
        # PyQt finds out that nobody watches `disconnectNotify`; see `jobs.task.JobTask` for what would happen else.
        self.taskCompleted.connect(_nothing)
        self.taskCompleted.disconnect(_nothing)

    def cancel(self) -> None:
        """Ask the attempt to end."""
        self._cancelled.set()
        super().cancel()

    def run(self) -> bool:
        """Get a session and ask who it belongs to."""
        try:
            self.account = self._asked_account() if self.attempt.is_asked else self._account()
        except GpkeysError as error:
            self.error = error
        except requests.RequestException as error:
            self.error = failures.of_exception(error, "sign-in")
        return self.error is None

    def finished(self, _result: bool) -> None:
        """Hand the outcome over."""
        self._on_ended(self)

    def _asked_account(self) -> Account:
        had_session = self._log_in_if_needed()
        try:
            return self._account()
        except GpkeysError as error:
            if not had_session or error.code not in (ErrorCode.TOKEN_REFUSED, ErrorCode.NOT_SIGNED_IN):
                raise
        # The kept session is refused although it has not expired: the user asked to sign in, so do.
        token_file.remove(self.attempt.setup.authcfg)
        self._log_in_if_needed()
        return self._account()

    def _account(self) -> Account:
        setup, api_url = self.attempt.setup, self.attempt.api_url
        session = open_session(setup.authcfg, guarded_url=api_url, is_cancelled=self._cancelled.is_set)
        return self._read(session, api_url, self._cancelled.is_set)

    def _log_in_if_needed(self) -> bool:
        setup = self.attempt.setup
        state = session_state(setup.authcfg, self._cancelled.is_set)
        if state in (SessionState.USABLE, SessionState.REFRESHABLE):
            return True
        # What is left of an ended session would have QGIS try a refresh first.
        token_file.remove(setup.authcfg)
        try:
            log_in(setup, self._cancelled.is_set, self._let_through)
        except LoginFailed as failed:
            raise sign_in_failures.why_login_failed(
                failed, setup, self._seen_status, self._cancelled.is_set
            ) from failed
        return False
