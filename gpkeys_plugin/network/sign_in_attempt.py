"""One attempt to sign in, or to take up a kept session, off the GUI thread."""

from __future__ import annotations

import threading
from dataclasses import dataclass
from typing import Callable

import requests

from ..entrepot import errors_from_answers
from ..entrepot.client import EntrepotClient
from ..entrepot.errors import GpkeysError, as_gpkeys_error
from ..entrepot.models import Account
from ..entrepot.retries import Patience
from .authentication import sign_in_diagnosis, sign_in_messages, token_file
from .authentication.authenticate_request import LoginFailed, log_in
from .authentication.login_preflight import refuse_hopeless_login
from .authentication.qgis_authentication_calls import LetThrough
from .authentication.refresh import SessionState, fresh_session, take_back
from .authentication.sign_in_client import SignInClient
from .http.network_threads import THREADS, IsCancelled
from .open_session import open_session

ReadAccount = Callable[[requests.Session, str, IsCancelled], Account]


@dataclass(frozen=True)
class Attempt:
    """What to try: its number, the configuration, the API, and whether the user asked (a browser may open).

    `is_thrown_away` says that QGIS has dropped the session, which may be alive all the same.
    """

    number: int
    setup: SignInClient
    api_url: str
    is_asked: bool
    is_thrown_away: bool = False


def read_account(session: requests.Session, api_url: str, is_cancelled: IsCancelled) -> Account:
    """Ask the API who is signed in."""
    return EntrepotClient(session, api_url, patience=Patience(is_cancelled)).me()


class SignInRun:
    """Runs an attempt. Afterwards `account` or `error` is set; `on_ended` runs on the GUI thread.

    `has_no_port` says that QGIS found the reply port taken: the attempt is to be made again with another one.
    """

    def __init__(
        self,
        attempt: Attempt,
        let_through: LetThrough,
        seen_status: Callable[[], int | None],
        on_ended: Callable[[SignInRun], None],
        read: ReadAccount = read_account,
    ) -> None:
        self.attempt = attempt
        self.account: Account | None = None
        self.error: GpkeysError | None = None
        self.has_no_port = False
        self._let_through = let_through
        self._seen_status = seen_status
        self._on_ended = on_ended
        self._read = read
        self._cancelled = threading.Event()

    def start(self) -> None:
        """Begin, in a thread of its own: QGIS's pool may be full, and may lose what waits in it."""
        threading.Thread(target=self._run, name="GPKeys sign-in", daemon=True).start()

    def cancel(self) -> None:
        """Ask the attempt to end."""
        self._cancelled.set()

    def _run(self) -> None:
        """Get a session, ask who it belongs to, and hand the outcome over."""
        try:
            self.account = self._asked_account() if self.attempt.is_asked else self._account()
        except requests.RequestException as error:
            self.error = errors_from_answers.of_exception(error, "sign-in")
        except Exception as error:  # noqa: BLE001 - the end of the thread: what is not handed over nobody ever hears of
            self.error = as_gpkeys_error(error)
        THREADS.post_to_gui(lambda: self._on_ended(self))

    def _asked_account(self) -> Account:
        had_session = self._log_in_if_needed()
        try:
            return self._account()
        except GpkeysError as error:
            if not had_session or not error.ends_session:
                raise
        # The kept session is refused although it has not expired: the user asked to sign in, so do.
        token_file.remove(self.attempt.setup.authcfg)
        self._log_in_if_needed()
        return self._account()

    def _account(self) -> Account:
        setup, api_url = self.attempt.setup, self.attempt.api_url
        if self.attempt.is_thrown_away:
            take_back(setup.authcfg, self._cancelled.is_set)
        session = open_session(setup.authcfg, guarded_url=api_url, is_cancelled=self._cancelled.is_set)
        return self._read(session, api_url, self._cancelled.is_set)

    def _log_in_if_needed(self) -> bool:
        setup = self.attempt.setup
        if fresh_session(setup.authcfg, self._cancelled.is_set) is SessionState.USABLE:
            return True
        # What is left of an ended session would have QGIS try a refresh first.
        token_file.remove(setup.authcfg)
        refuse_hopeless_login(setup, self._cancelled.is_set)
        try:
            log_in(setup, self._cancelled.is_set, self._let_through)
        except LoginFailed as failed:
            self.has_no_port = failed.has_no_port
            raise sign_in_diagnosis.why_login_failed(
                failed, setup, self._seen_status, self._cancelled.is_set
            ) from failed
        if setup.needs_browser and token_file.read(setup.authcfg) is None:
            raise sign_in_messages.not_kept()
        return False
