"""The sign-in, as the window sees it (jobs.ports.SignInPort). Lives on the GUI thread; every call returns at once."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from typing import Callable

from qgis.core import QgsApplication, QgsNetworkAccessManager, QgsNetworkReplyContent
from qgis.PyQt.QtCore import QObject, pyqtSignal, pyqtSlot
from qgis.PyQt.QtNetwork import QNetworkRequest

from ..entrepot.errors import ErrorCode, GpkeysError
from ..entrepot.models import Account
from ..entrepot.sign_in_status import SignInState, SignInStatus
from . import sign_in_failures, token_file
from .browser_guard import BrowserGuard
from .oauth2_setup import OAuth2Setup, is_unlocked, read_setup
from .reply_port import DECLARED_PORTS, free_port
from .sign_in_attempt import Attempt, ReadAccount, SignInTask, read_account
from .sign_out import drop_session, end_session
from .threads import authentication_thread, stop_threads
from .transport import INITIATOR, initiator_attribute

_SESSION_OVER = (ErrorCode.NOT_SIGNED_IN, ErrorCode.TOKEN_REFUSED)
Listener = Callable[[SignInStatus], None]


class SignIn(QObject):
    """Signs in and out with an OAuth2 authentication configuration.

    `api_url` tells the API's address; `set_reply_port(authcfg, port)` writes another reply port into a configuration,
    on the GUI thread; `guard` keeps browsers shut that nobody asked for.
    """

    _may_begin = pyqtSignal(int, str)

    def __init__(
        self,
        api_url: Callable[[], str],
        set_reply_port: Callable[[str, int], None],
        *,
        guard: BrowserGuard | None = None,
        read: ReadAccount = read_account,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._api_url = api_url
        self._set_reply_port = set_reply_port
        self._read = read
        self._status = SignInStatus(SignInState.SIGNED_OUT)
        self._settled = self._status
        self._listeners: list[Listener] = []
        self._tasks: set[SignInTask] = set()
        self._number = 0
        self._setup: OAuth2Setup | None = None
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

    def _prepared(self, authcfg: str) -> OAuth2Setup | None:
        """Return the configuration with a free reply port; None when it cannot be, and the status says why."""
        setup = read_setup(authcfg)
        if setup is None:
            self._fail(authcfg, sign_in_failures.unreadable(authcfg) if is_unlocked() else sign_in_failures.locked())
            return None
        port = free_port((setup.reply_port, *DECLARED_PORTS))
        if port is None:
            self._fail(authcfg, sign_in_failures.ports_busy())
            return None
        if port != setup.reply_port:
            self._set_reply_port(authcfg, port)
        return replace(setup, reply_port=port)

    def _start(self, setup: OAuth2Setup, *, is_asked: bool) -> None:
        self._drop_attempts()
        self._setup, self._seen_status = setup, None
        self._guard.watch(setup)
        task = SignInTask(
            Attempt(self._number, setup, self._api_url(), is_asked),
            self._guard.letting_through,
            lambda: self._seen_status,
            self._on_ended,
            self._read,
        )
        self._tasks.add(task)
        self._become(SignInStatus(SignInState.SIGNING_IN, setup.authcfg))
        QgsApplication.taskManager().addTask(task)

    def _on_ended(self, task: SignInTask) -> None:
        self._tasks.discard(task)
        if task.attempt.number != self._number:
            return
        if task.account is not None:
            self._succeed(task.attempt, task.account)
        elif task.error is not None:
            self._end_badly(task.attempt, task.error)
        else:
            self._settle(replace(self._settled, error=None))

    def _succeed(self, attempt: Attempt, account: Account) -> None:
        self._guard.want_fresh_login(False)
        self._settle(SignInStatus(SignInState.SIGNED_IN, attempt.setup.authcfg, account))

    def _end_badly(self, attempt: Attempt, error: GpkeysError) -> None:
        if error.code is ErrorCode.CANCELLED:
            self._settle(replace(self._settled, error=None))
        elif error.code in _SESSION_OVER:
            self._drop_tokens(attempt.setup.authcfg)
            self._expire(attempt.setup.authcfg)
        else:
            self._fail(attempt.setup.authcfg, error)

    def _drop_attempts(self) -> None:
        """Have what is under way end by itself; whatever it still says is not heard."""
        self._number += 1
        for task in tuple(self._tasks):
            task.cancel()

    # ---- the session

    def _end_session(self, authcfg: str) -> None:
        kept, setup = token_file.read(authcfg), read_setup(authcfg)
        if kept is not None and kept.refresh and setup is not None:
            end_session(setup, kept.refresh)

    def _drop_tokens(self, authcfg: str) -> None:
        if authcfg:
            drop_session(authcfg)

    def _expire(self, authcfg: str) -> None:
        self._settle(SignInStatus(SignInState.EXPIRED, authcfg, error=sign_in_failures.session_ended()))

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
        if self._status.state is SignInState.SIGNED_IN:
            self._expire(self._status.authcfg)

    def _on_any_reply(self, reply: QgsNetworkReplyContent) -> None:
        """Note what the token endpoint answered to QGIS; nothing else tells why a login failed."""
        request = reply.request()
        is_ours = request.attribute(initiator_attribute()) == INITIATOR
        if self._setup is not None and not is_ours and request.url().toString() == self._setup.grant_url:
            self._seen_status = reply.attribute(QNetworkRequest.Attribute.HttpStatusCodeAttribute)
