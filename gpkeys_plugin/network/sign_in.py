"""Signing in and out. Lives on the GUI thread; every call returns at once."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from typing import Callable

from qgis.PyQt.QtCore import QObject, pyqtSlot

from ..entrepot.errors import ErrorCode, GpkeysError
from ..entrepot.models import Account
from ..entrepot.retries import TellWait
from ..entrepot.sign_in_status import SignInState, SignInStatus
from ..entrepot.translatable_text import Text
from .accounts_here import AccountsHere
from .authentication import sign_in_messages, token_file
from .authentication.browser_guard import BrowserGuard
from .authentication.browser_login import LoginWish
from .authentication.reply_port import ports_to_try
from .authentication.sign_in_client import SignInClient, is_unlocked, read_setup
from .http.network_threads import THREADS, stop_threads
from .sign_in_attempt import Attempt, SignInRun
from .sign_out import drop_session, end_kept_session
from .unkept_session import UnkeptSession

Listener = Callable[[SignInStatus], None]


class SignIn(QObject):
    """Signs in and out with an OAuth2 authentication configuration.

    `api_url` tells the API's address; `reply_ports` the ports that may be used besides a configuration's own, the
    preferred one first; `say` puts a text for the browser in the user's language; `guard` keeps browsers shut that
    nobody asked for. `tell_wait` is told the seconds left, once a second, when the platform asks to wait; 0: no more.
    """

    def __init__(
        self,
        api_url: Callable[[], str],
        reply_ports: Callable[[], tuple[int, ...]],
        accounts: AccountsHere,
        *,
        say: Callable[[Text], str] = str,
        guard: BrowserGuard | None = None,
        tell_wait: TellWait = lambda left_s: None,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._api_url = api_url
        self._reply_ports = reply_ports
        self._accounts = accounts
        self._say = say
        self._tell_wait = tell_wait
        self._status = SignInStatus(SignInState.SIGNED_OUT)
        self._settled = self._status
        self._listeners: list[Listener] = []
        self._runs: set[SignInRun] = set()
        self._number = 0
        self._wants_fresh_login = False
        # Of another account than the last one; and one whose account could not be asked for.
        self._newcomer: UnkeptSession | None = None
        self._unread: UnkeptSession | None = None
        self._setup: SignInClient | None = None
        self._guard = guard or BrowserGuard(self)
        self._guard.install()
        self._guard.swallowed.connect(self._on_login_swallowed)

    # ---- what the window calls

    @property
    def status(self) -> SignInStatus:
        """Where the sign-in stands now."""
        return self._status

    def add_listener(self, listener: Listener) -> Callable[[], None]:
        """Call `listener` after each change; return what removes it."""
        self._listeners.append(listener)

        def remove() -> None:
            with suppress(ValueError):
                self._listeners.remove(listener)

        return remove

    def sign_in(self, authcfg: str, *, is_another: bool = False) -> None:
        """Sign in, in the browser where needed; as another account than the one whose session is kept, if so asked."""
        self._let_newcomer_go()
        self._drop_attempts()
        self._become(SignInStatus(SignInState.SIGNING_IN, authcfg))
        setup = read_setup(authcfg)
        if setup is None:
            self._fail(authcfg, sign_in_messages.unreadable(authcfg) if is_unlocked() else sign_in_messages.locked())
        else:
            is_another = setup.needs_browser and (is_another or self._accounts.is_anothers(authcfg))
            self._start(setup, is_asked=True, is_another=is_another)

    def use_account(self) -> None:
        """Sign in with the other account that a sign-in brought."""
        newcomer, self._newcomer = self._newcomer, None
        if newcomer is not None and newcomer.account is not None:
            self._succeed(newcomer, newcomer.account)

    def change_to(self, authcfg: str) -> None:
        """Leave the account in use, its session as it is, and take up that of another configuration, if there is one.

        Never opens a browser. Empty, it leaves only.
        """
        self._drop_attempts()
        self._let_newcomer_go()
        self._unread = None
        # The browser may know the account that is left.
        self._wants_fresh_login = True
        self._settle(SignInStatus(SignInState.SIGNED_OUT, authcfg))
        self.resume(authcfg)

    def resume(self, authcfg: str) -> None:
        """Take up a kept session if there is one; never opens a browser, never asks for a password."""
        has_session = bool(authcfg) and token_file.read(authcfg) is not None
        setup = read_setup(authcfg) if has_session else None
        if setup is None:
            self._settle(SignInStatus(SignInState.SIGNED_OUT, authcfg))
        else:
            self._start(setup, is_asked=False)

    def cancel(self) -> None:
        """End a sign-in under way at once."""
        if self._status.state is SignInState.SIGNING_IN:
            self._drop_attempts()
            self._settle(replace(self._settled, error=None))

    def sign_out(self) -> None:
        """Forget the account, remove its tokens, and end the session at the sign-in service if it can be reached."""
        authcfg = self._status.authcfg
        self._drop_attempts()
        self._let_newcomer_go()
        self._unread = None
        self.end(authcfg)
        self._wants_fresh_login = True
        self._settle(SignInStatus(SignInState.SIGNED_OUT, authcfg))

    def end(self, authcfg: str) -> None:
        """End the session that a configuration keeps, here and at the sign-in service if it can be reached."""
        end_kept_session(authcfg)
        self._guard.leave(authcfg)

    def token_refused(self) -> None:
        """Say that the API refused the token: the state becomes EXPIRED, and the next sign-in is a fresh one."""
        if self._status.state is SignInState.SIGNED_IN:
            self._drop_tokens(self._status.authcfg)
            self._expire(self._status.authcfg)

    def close(self) -> None:
        """Stop everything, for good: the plugin is being unloaded."""
        self._drop_attempts()
        self._listeners.clear()
        self._guard.remove()
        stop_threads()

    # ---- an attempt

    def _start(self, setup: SignInClient, *, is_asked: bool, is_another: bool = False) -> None:
        self._drop_attempts()
        self._look_after(setup)
        self._become(SignInStatus(SignInState.SIGNING_IN, setup.authcfg, is_resuming=not is_asked))
        unread, self._unread = self._unread, None
        tokens = unread.tokens if is_asked and unread is not None and unread.setup == setup else None
        wish = self._wish(setup, is_another=is_another)
        attempt = Attempt(self._number, wish, self._api_url(), is_asked, is_another=is_another, tokens=tokens)
        self._run(attempt, self._on_ended)

    def _look_after(self, setup: SignInClient) -> None:
        self._setup = setup
        self._guard.watch(setup)

    def _wish(self, setup: SignInClient, *, is_another: bool = False) -> LoginWish:
        number, ports = self._number, ports_to_try(setup.reply_port, self._reply_ports())

        def open_browser(address: str) -> None:
            THREADS.post_to_gui(lambda: self._open_page(number, address))

        return LoginWish(setup, ports, open_browser, is_fresh=is_another or self._wants_fresh_login, say=self._say)

    def _open_page(self, number: int, address: str) -> None:
        # Cancelled on its way here, it is wanted no more.
        if number == self._number:
            self._guard.open_login(address)

    def _run(self, attempt: Attempt, on_ended: Callable[[SignInRun], None]) -> None:
        run = SignInRun(attempt, on_ended, lambda left_s: self._on_wait(attempt, left_s))
        self._runs.add(run)
        run.start()

    def _on_wait(self, attempt: Attempt, left_s: int) -> None:
        if attempt.number == self._number:
            self._tell_wait(left_s)

    def _on_ended(self, run: SignInRun) -> None:
        self._runs.discard(run)
        session = UnkeptSession(run.attempt.setup, run.tokens)
        if run.attempt.number != self._number:
            session.end()
        elif run.account is not None:
            self._receive(session, run.account, is_another=run.attempt.is_another)
        elif run.error is not None:
            self._unread = session if not run.error.ends_session else None
            self._end_badly(run.attempt, run.error)
        else:
            self._settle(replace(self._settled, error=None))

    def _receive(self, session: UnkeptSession, account: Account, *, is_another: bool) -> None:
        """Take the account up if it is the one in use again, or the first; ask about any other.

        Where a browser signs in, somebody else's answer may have come to the reply port.
        """
        setup = session.setup
        if self._accounts.is_expected(account, is_another) or not setup.needs_browser:
            self._succeed(session, account)
            return
        # Until then nothing finds the session: no job, no script, no layer.
        tokens = session.tokens or token_file.take_out(setup.authcfg)
        self._newcomer = UnkeptSession(setup, tokens, account)
        self._become(SignInStatus(SignInState.UNCONFIRMED, setup.authcfg, newcomer=account))

    def _succeed(self, session: UnkeptSession, account: Account) -> None:
        setup = session.setup
        try:
            if session.tokens is not None:
                setup = session.keep_in(self._accounts.home_of(setup.authcfg, account))
        except (OSError, GpkeysError) as error:
            self._fail(setup.authcfg, error if isinstance(error, GpkeysError) else sign_in_messages.not_kept())
            return
        self._wants_fresh_login = False
        self._look_after(setup)
        self._accounts.use(setup.authcfg, account)
        self._settle(SignInStatus(SignInState.SIGNED_IN, setup.authcfg, account))

    def _let_newcomer_go(self) -> None:
        """End the session of an account that is not wanted, and have the next sign-in ask for name and password."""
        newcomer, self._newcomer = self._newcomer, None
        if newcomer is not None:
            newcomer.end()
            self._wants_fresh_login = True

    def _end_badly(self, attempt: Attempt, error: GpkeysError) -> None:
        if error.code is ErrorCode.CANCELLED:
            self._settle(replace(self._settled, error=None))
        elif error.ends_session:
            self._drop_tokens(attempt.setup.authcfg)
            self._expire(attempt.setup.authcfg)
        else:
            self._fail(attempt.setup.authcfg, error)

    def _drop_attempts(self) -> None:
        """Have what is under way end by itself; whatever it still says is not heard."""
        self._number += 1
        # Cut off in the middle of a wait, nobody else says that it is over.
        self._tell_wait(0)
        for run in tuple(self._runs):
            run.cancel()

    # ---- the session

    def _drop_tokens(self, authcfg: str) -> None:
        if authcfg:
            drop_session(authcfg)

    def _expire(self, authcfg: str) -> None:
        self._settle(SignInStatus(SignInState.EXPIRED, authcfg, error=sign_in_messages.session_ended()))

    def _fail(self, authcfg: str, error: GpkeysError) -> None:
        state = SignInState.EXPIRED if self._settled.state is SignInState.EXPIRED else SignInState.SIGNED_OUT
        self._settle(SignInStatus(state, authcfg, error=error))

    def _settle(self, status: SignInStatus) -> None:
        self._settled = status
        self._become(status)

    def _become(self, status: SignInStatus) -> None:
        self._status = status
        for listener in tuple(self._listeners):
            listener(status)

    # ---- what happens elsewhere

    @pyqtSlot()
    def _on_login_swallowed(self) -> None:
        """Find out whether the session is over: QGIS drops it, and wants a browser, whatever a refresh failed from."""
        is_looked_at = any(run.attempt.is_thrown_away for run in self._runs)
        if self._status.state is SignInState.SIGNED_IN and self._setup is not None and not is_looked_at:
            wish = self._wish(self._setup)
            attempt = Attempt(self._number, wish, self._api_url(), is_asked=False, is_thrown_away=True)
            self._run(attempt, self._on_looked)

    def _on_looked(self, run: SignInRun) -> None:
        self._runs.discard(run)
        error = run.error if run.attempt.number == self._number else None
        if error is not None and error.ends_session:
            self._end_badly(run.attempt, error)
