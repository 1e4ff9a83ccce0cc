"""One attempt to sign in, or to take up a kept session, off the GUI thread."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field
from typing import Callable

import requests

from ..entrepot import errors_from_answers
from ..entrepot.client import EntrepotClient
from ..entrepot.errors import GpkeysError, as_gpkeys_error
from ..entrepot.models import Account
from ..entrepot.retries import Patience, TellWait
from .authentication import token_file
from .authentication.browser_login import LoginWish, log_in
from .authentication.refresh import SessionState, fresh_session, take_back
from .authentication.sign_in_client import SignInClient
from .authentication.token_file import NewTokens
from .http.network_threads import THREADS
from .open_session import open_session


@dataclass(frozen=True)
class Attempt:
    """What to try: its number, the API, and the login that the user asked for (a browser may open).

    `is_another` asks for another account than the one whose session the configuration keeps, which stays as it is.
    `is_thrown_away` says that QGIS has dropped the session, which may be alive all the same. `tokens` are those of a
    login before whose account could not be asked for.
    """

    number: int
    wish: LoginWish
    api_url: str
    is_asked: bool
    is_another: bool = False
    is_thrown_away: bool = False
    tokens: NewTokens | None = field(default=None, repr=False)

    @property
    def setup(self) -> SignInClient:
        """The configuration."""
        return self.wish.setup


class SignInRun:
    """Runs an attempt. Afterwards `account` or `error` is set; `on_ended` runs on the GUI thread.

    So does `tell_wait`, which is told how many seconds are left when the platform asks to wait. `tokens` are those of a
    new session, which is kept nowhere yet.
    """

    def __init__(self, attempt: Attempt, on_ended: Callable[[SignInRun], None], tell_wait: TellWait) -> None:
        self.attempt = attempt
        self.account: Account | None = None
        self.tokens: NewTokens | None = None
        self.error: GpkeysError | None = None
        self._on_ended = on_ended
        self._tell_wait = tell_wait
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
            self.account = self._asked_account() if self.attempt.is_asked else self._kept_account()
        except requests.RequestException as error:
            self.error = errors_from_answers.of_exception(error, "sign-in")
        except Exception as error:  # noqa: BLE001 - the end of the thread: what is not handed over nobody ever hears of
            self.error = as_gpkeys_error(error)
        THREADS.post_to_gui(lambda: self._on_ended(self))

    def _asked_account(self) -> Account:
        authcfg = self.attempt.setup.authcfg
        if self.attempt.is_another:
            return self._new_account()
        if self.attempt.tokens is None and fresh_session(authcfg, self._cancelled.is_set) is SessionState.USABLE:
            try:
                return self._kept_account()
            except GpkeysError as error:
                # Refused although it has not expired: the user asked to sign in, so do.
                if not error.ends_session:
                    raise
        # What is left of an ended session would have QGIS try a refresh first.
        token_file.remove(authcfg)
        return self._new_account() if self.attempt.setup.needs_browser else self._account_of(authcfg)

    def _kept_account(self) -> Account:
        authcfg = self.attempt.setup.authcfg
        if self.attempt.is_thrown_away:
            take_back(authcfg, self._cancelled.is_set)
        return self._account_of(authcfg)

    def _account_of(self, authcfg: str) -> Account:
        # A configuration without a browser signs in by itself, with the first request.
        api_url = self.attempt.api_url
        session = open_session(authcfg, guarded_url=api_url, is_cancelled=self._cancelled.is_set)
        return self._read_account(session)

    def _new_account(self) -> Account:
        api_url = self.attempt.api_url
        self.tokens = self.attempt.tokens or log_in(self.attempt.wish, self._cancelled.is_set)
        shown = {"Authorization": f"Bearer {self.tokens.access}"}
        session = open_session(guarded_url=api_url, guarded_headers=shown, is_cancelled=self._cancelled.is_set)
        return self._read_account(session)

    def _read_account(self, session: requests.Session) -> Account:
        patience = Patience(self._cancelled.is_set, self._post_wait)
        return EntrepotClient(session, self.attempt.api_url, patience=patience).me()

    def _post_wait(self, left_s: int) -> None:
        THREADS.post_to_gui(lambda: self._tell_wait(left_s))
