"""One call of QGIS's authentication, made in the authentication thread, with an eye on a login that must end."""

from __future__ import annotations

import contextlib
import re
import time
from dataclasses import dataclass
from typing import Callable, ContextManager, Iterator

from qgis.core import QgsApplication, QgsNetworkAccessManager
from qgis.PyQt.QtCore import QCoreApplication, QTimer, QUrl
from qgis.PyQt.QtNetwork import QNetworkRequest

from ..http.network_threads import POLL_MS, THREADS, IsCancelled
from . import token_file, token_folders
from .login_object import disown, login_object_of_this_thread
from .qgis_oauth2_log import EARS
from .reply_port import end_login
from .sign_in_client import SignInClient, read_setup

_POLLS_BEFORE_ABORT = 5
_SECRET = re.compile(r"(?i)\b(code|token|secret|password|apikey)\b([\"']?[:=]\s*)\S+|[\w-]{24,}(?:\.[\w-]+)*")


@dataclass
class Passage:
    """A login on its way to the browser; `has_no_port` once its address shows that QGIS waits on no port for it."""

    has_no_port: bool = False


LetThrough = Callable[[Passage], ContextManager[None]]


@contextlib.contextmanager
def let_all_through(_passage: Passage) -> Iterator[None]:
    """Let every login through: nobody keeps browsers shut."""
    yield


@dataclass(frozen=True)
class AuthenticationAnswer:
    """What QGIS made of a request: whether it could, how long it took and what it logged, without secrets."""

    is_authenticated: bool
    request: QNetworkRequest
    seconds: float
    log: str


class _Question:
    """One call of QGIS's authentication."""

    def __init__(self, request: QNetworkRequest, authcfg: str) -> None:
        self._request = request
        self._authcfg = authcfg
        self._polls = 0
        self._reply_port: int | None = None

    def ask(self) -> AuthenticationAnswer:
        """Ask QGIS and return its answer; a login may spin this thread's event loop for minutes."""
        token_folders.prepare()
        begin = time.monotonic()
        with EARS.heard() as lines, self._watched():
            manager = QgsApplication.authManager()
            is_authenticated, request = manager.updateNetworkRequest(self._request, self._authcfg)
        if not is_authenticated:
            disown(self._authcfg)
        # QGIS writes the tokens when this thread's events are processed.
        QCoreApplication.sendPostedEvents()
        token_file.tighten(self._authcfg)
        return AuthenticationAnswer(
            is_authenticated, request, time.monotonic() - begin, without_secrets("; ".join(lines))
        )

    def must_end(self) -> bool:
        """Whether a login that is waiting must end now."""
        raise NotImplementedError

    def waits_on_port(self) -> bool:
        """Whether it is QGIS that listens on the reply port; somebody else's login must not be ended."""
        return True

    @contextlib.contextmanager
    def _watched(self) -> Iterator[None]:
        timer = QTimer()
        timer.timeout.connect(self._poll)
        timer.start(POLL_MS)
        try:
            yield
        finally:
            timer.stop()

    def _poll(self) -> None:
        # The file is there before the tokens are, and keeps its mode when QGIS writes them.
        token_file.tighten(self._authcfg)
        if not (THREADS.is_stopping.is_set() or self.must_end()):
            return
        self._polls += 1
        port = self._reply_port if self.waits_on_port() else None
        if port is None or not end_login(port) or self._polls > _POLLS_BEFORE_ABORT:
            QgsNetworkAccessManager.instance().abortAuthBrowser()


class PlainRequest(_Question):
    """A request with a configuration that knows no login."""

    def must_end(self) -> bool:
        """Never: there is nothing to wait for."""
        return False


class UnaskedRequest(_Question):
    """A request with a session that only QGIS can read: a login that QGIS begins by itself is ended."""

    def ask(self) -> AuthenticationAnswer:
        """Ask QGIS."""
        setup = read_setup(self._authcfg)
        self._reply_port = setup.reply_port if setup is not None else None
        with login_object_of_this_thread(self._authcfg):
            return super().ask()

    def must_end(self) -> bool:
        """Always: what takes longer than a moment is a login."""
        return True


class AskedLogin(_Question):
    """The sign-in the user asked for: ends when cancelled, or when its answer could never come."""

    def __init__(self, setup: SignInClient, is_cancelled: IsCancelled, let_through: LetThrough) -> None:
        super().__init__(QNetworkRequest(QUrl(setup.grant_url)), setup.authcfg)
        self._reply_port = setup.reply_port
        self._is_cancelled = is_cancelled
        self._let_through = let_through
        self.passage = Passage()

    def ask(self) -> AuthenticationAnswer:
        """Ask QGIS, unless cancelled while another question was waiting."""
        if self._is_cancelled():
            return AuthenticationAnswer(False, self._request, 0.0, "cancelled")
        with login_object_of_this_thread(self._authcfg), self._let_through(self.passage):
            return super().ask()

    def must_end(self) -> bool:
        """Whether the user has cancelled, or QGIS found no port to wait on."""
        return self.passage.has_no_port or self._is_cancelled()

    def waits_on_port(self) -> bool:
        """Whether QGIS got the reply port."""
        return not self.passage.has_no_port


def with_kept_token(request: QNetworkRequest, authcfg: str, *, is_just_made: bool = False) -> bool:
    """Put the kept access token on `request` if it is usable; QGIS need not be asked then.

    One that was just made is used whatever is left of it: the next one would not live longer.
    """
    kept = token_file.read(authcfg)
    if kept is None or not kept.access or not (kept.is_usable or is_just_made):
        return False
    request.setRawHeader(b"Authorization", f"Bearer {kept.access}".encode("ascii"))
    return True


def without_secrets(text: str) -> str:
    """Return `text` with everything that could be a secret blotted out."""
    return _SECRET.sub(lambda found: f"{found[1]}{found[2]}…" if found[1] else "…", text)
