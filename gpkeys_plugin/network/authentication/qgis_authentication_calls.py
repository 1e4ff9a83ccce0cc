"""One call of QGIS's authentication, made in the authentication thread, with an eye on a login that must end."""

from __future__ import annotations

import contextlib
import re
from dataclasses import dataclass
from typing import Iterator

from qgis.core import QgsApplication, QgsNetworkAccessManager
from qgis.PyQt.QtCore import QCoreApplication, QTimer
from qgis.PyQt.QtNetwork import QNetworkRequest

from ..http.network_threads import POLL_MS, THREADS
from . import token_file, token_folders
from .login_object import disown, login_object_of_this_thread
from .qgis_oauth2_log import EARS
from .reply_port import end_login
from .sign_in_client import read_setup

_POLLS_BEFORE_ABORT = 5
_SECRET = re.compile(r"(?i)\b(code|token|secret|password|apikey)\b([\"']?[:=]\s*)\S+|[\w-]{24,}(?:\.[\w-]+)*")


@dataclass(frozen=True)
class AuthenticationAnswer:
    """What QGIS made of a request: whether it could, and what it logged, without secrets."""

    is_authenticated: bool
    request: QNetworkRequest
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
        with EARS.heard() as lines, self._watched():
            manager = QgsApplication.authManager()
            is_authenticated, request = manager.updateNetworkRequest(self._request, self._authcfg)
        if not is_authenticated:
            disown(self._authcfg)
        # QGIS writes the tokens when this thread's events are processed.
        QCoreApplication.sendPostedEvents()
        token_file.tighten(self._authcfg)
        return AuthenticationAnswer(is_authenticated, request, without_secrets("; ".join(lines)))

    def must_end(self) -> bool:
        """Whether a login that is waiting must end now."""
        raise NotImplementedError

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
        port = self._reply_port
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
