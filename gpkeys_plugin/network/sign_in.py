"""Signing in and out. Lives on the GUI thread; every call returns at once."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from typing import Callable

from qgis.core import QgsNetworkAccessManager, QgsNetworkReplyContent
from qgis.PyQt.QtCore import QObject, pyqtSignal, pyqtSlot
from qgis.PyQt.QtNetwork import QNetworkRequest

from ..entrepot.errors import ErrorCode, GpkeysError
from ..entrepot.models import Account
from ..entrepot.sign_in_status import SignInState, SignInStatus
from .authentication import sign_in_messages, token_file
from .authentication.browser_guard import BrowserGuard
from .authentication.reply_port import free_port
from .authentication.sign_in_client import SignInClient, is_unlocked, read_setup
from .http.network_threads import authentication_thread, stop_threads
from .http.transport import INITIATOR, initiator_attribute
from .sign_in_attempt import Attempt, ReadAccount, SignInRun, read_account
from .sign_out import drop_session, end_session

_MOST_RESTARTS = 3
Listener = Callable[[SignInStatus], None]


class SignIn(QObject):
    """Signs in and out with an OAuth2 authentication configuration.

    `api_url` tells the API's address; `reply_ports` the ports that may be used besides a configuration's own, the
    preferred one first; `set_reply_port(authcfg, port)` writes another one into a configuration, on the GUI thread;
    `guard` keeps browsers shut that nobody asked for.
    """

    _may_begin = pyqtSignal(int, str)

    def __init__(
        self,
        api_url: Callable[[], str],
        reply_ports: Callable[[], tuple[int, ...]],
        set_reply_port: Callable[[str, int], None],
        *,
        guard: BrowserGuard | None = None,
        read: ReadAccount = read_account,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._api_url = api_url
        self._reply_ports = reply_ports
        self._set_reply_port = set_reply_port
        self._read = read
        self._status = SignInStatus(SignInState.SIGNED_OUT)
        self._settled = self._status
        self._listeners: list[Listener] = []
        self._runs: set[SignInRun] = set()
        self._number = 0
        self._restarts = 0
        self._setup: SignInClient | None = None
        self._seen_status: int | None = None
        self._guard = guard or BrowserGuard(self)
        self._guard.install()
        self._may_begin.connect(self._on_may_begin)
        self._guard.swallowed.connect(self._on_login_swallowed)
        QgsNetworkAccessManager.instance().finished[QgsNetworkReplyContent].connect(self._on_any_reply)

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

    def sign_in(self, authcfg: str) -> None:
        """Sign in, in the browser where needed."""
        self._restarts = 0
        self._begin(authcfg)

    def _begin(self, authcfg: str) -> None:
        self._drop_attempts()
        self._become(SignInStatus(SignInState.SIGNING_IN, authcfg))
        number = self._number
        # An attempt that is still ending holds the reply port and QGIS's login object: begin after it.
        authentication_thread().post(lambda: self._may_begin.emit(number, authcfg))

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
        self._end_session(authcfg)
        self._drop_tokens(authcfg)
        self._guard.want_fresh_login(True)
        self._guard.watch(None)
        self._settle(SignInStatus(SignInState.SIGNED_OUT, authcfg))

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
        QgsNetworkAccessManager.instance().finished[QgsNetworkReplyContent].disconnect(self._on_any_reply)
        stop_threads()

    # ---- an attempt

    @pyqtSlot(int, str)
    def _on_may_begin(self, number: int, authcfg: str) -> None:
        setup = self._prepared(authcfg) if number == self._number else None
        if setup is not None:
            self._start(setup, is_asked=True)

    def _prepared(self, authcfg: str) -> SignInClient | None:
        """Return the configuration with a free reply port; None when it cannot be, and the status says why."""
        setup = read_setup(authcfg)
        if setup is None:
            self._fail(authcfg, sign_in_messages.unreadable(authcfg) if is_unlocked() else sign_in_messages.locked())
            return None
        ports = self._ports_for(setup)
        port = free_port(ports)
        if port is None:
            self._fail(authcfg, sign_in_messages.ports_busy(ports))
            return None
        if port != setup.reply_port:
            self._set_reply_port(authcfg, port)
        return replace(setup, reply_port=port)

    def _ports_for(self, setup: SignInClient) -> tuple[int, ...]:
        """Return the ports to try.

        A configuration that was moved goes back to the preferred one when it can; one of somebody else's is tried on
        its own port first, unless there is to be one port only.
        """
        ports = self._reply_ports()
        is_limited = len(ports) == 1 or setup.reply_port in ports
        return ports if is_limited else (setup.reply_port, *ports)

    def _start(self, setup: SignInClient, *, is_asked: bool) -> None:
        self._drop_attempts()
        self._setup, self._seen_status = setup, None
        self._guard.watch(setup)
        self._become(SignInStatus(SignInState.SIGNING_IN, setup.authcfg))
        self._run(Attempt(self._number, setup, self._api_url(), is_asked), self._on_ended)

    def _run(self, attempt: Attempt, on_ended: Callable[[SignInRun], None]) -> None:
        run = SignInRun(attempt, self._guard.letting_through, lambda: self._seen_status, on_ended, self._read)
        self._runs.add(run)
        run.start()

    def _on_ended(self, run: SignInRun) -> None:
        self._runs.discard(run)
        if run.attempt.number != self._number:
            return
        if run.has_no_port and self._begin_anew():
            return
        if run.account is not None:
            self._succeed(run.attempt, run.account)
        elif run.error is not None:
            self._end_badly(run.attempt, run.error)
        else:
            self._settle(replace(self._settled, error=None))

    def _begin_anew(self) -> bool:
        """Begin again on a port that is free now; False after a few times."""
        self._restarts += 1
        if self._restarts > _MOST_RESTARTS:
            return False
        self._begin(self._status.authcfg)
        return True

    def _succeed(self, attempt: Attempt, account: Account) -> None:
        self._guard.want_fresh_login(False)
        self._settle(SignInStatus(SignInState.SIGNED_IN, attempt.setup.authcfg, account))

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
        for run in tuple(self._runs):
            run.cancel()

    # ---- the session

    def _end_session(self, authcfg: str) -> None:
        kept, setup = token_file.read(authcfg), read_setup(authcfg)
        if kept is not None and kept.refresh and setup is not None:
            end_session(setup, kept.refresh)

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
            attempt = Attempt(self._number, self._setup, self._api_url(), is_asked=False, is_thrown_away=True)
            self._run(attempt, self._on_looked)

    def _on_looked(self, run: SignInRun) -> None:
        self._runs.discard(run)
        error = run.error if run.attempt.number == self._number else None
        if error is not None and error.ends_session:
            self._end_badly(run.attempt, error)

    def _on_any_reply(self, reply: QgsNetworkReplyContent) -> None:
        """Note what the token endpoint answered to QGIS; nothing else tells why a login failed."""
        request = reply.request()
        is_ours = request.attribute(initiator_attribute()) == INITIATOR
        if self._setup is not None and not is_ours and request.url().toString() == self._setup.grant_url:
            self._seen_status = reply.attribute(QNetworkRequest.Attribute.HttpStatusCodeAttribute)
