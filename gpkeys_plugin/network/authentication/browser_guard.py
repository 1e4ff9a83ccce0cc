"""Keeps QGIS from opening a browser that nobody asked for.

QGIS opens the login page by itself whenever a refresh fails, also for a layer. The guard is asked before any web
address is opened and swallows that one page. The sign-in that the user asks for is the plugin's own.
"""

from __future__ import annotations

import threading

from qgis.core import QgsNetworkAccessManager
from qgis.PyQt.QtCore import QObject, QTimer, QUrl, QUrlQuery, pyqtSignal, pyqtSlot
from qgis.PyQt.QtGui import QDesktopServices

from ..http.network_threads import authentication_thread
from .login_object import is_bound_to_thread
from .reply_port import end_login
from .sign_in_client import SignInClient, is_login_of

_SCHEMES = ("https", "http")
_ABORT_EVERY_MS = 100
_MOST_ABORTS = 20


class BrowserGuard(QObject):
    """The handler of web addresses. `open` runs in whichever thread opens one (QGIS 3.22: the requesting one).

    It is installed once and removed once: Qt holds a lock around both and around `open`, so that doing it often
    invites a deadlock.
    """

    swallowed = pyqtSignal()
    passed = pyqtSignal(QUrl)
    _abort_wanted = pyqtSignal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._lock = threading.Lock()
        self._watched: dict[str, SignInClient] = {}
        self._asked = ""
        self._is_installed = False
        self._aborts = 0
        self._timer = QTimer(self)
        self._timer.setInterval(_ABORT_EVERY_MS)
        self._timer.timeout.connect(self._abort)
        self._abort_wanted.connect(self._abort_soon)

    def install(self) -> None:
        """Begin to be asked."""
        if not self._is_installed:
            for scheme in _SCHEMES:
                QDesktopServices.setUrlHandler(scheme, self, "open")
            self._is_installed = True

    def remove(self) -> None:
        """Be asked no longer."""
        self._timer.stop()
        if self._is_installed:
            for scheme in _SCHEMES:
                QDesktopServices.unsetUrlHandler(scheme)
            self._is_installed = False

    def watch(self, setup: SignInClient) -> None:
        """Swallow unasked logins of this configuration's client, too, from now on.

        Layers of an account that is no longer in use go on drawing, and QGIS goes on refreshing its session.
        """
        with self._lock:
            self._watched[setup.authcfg] = setup

    def leave(self, authcfg: str) -> None:
        """Swallow no more logins for a configuration."""
        with self._lock:
            self._watched.pop(authcfg, None)

    def open_login(self, address: str) -> None:
        """Open the login page that the user asked for: this address, with its `state`, and no other. GUI thread."""
        with self._lock:
            self._asked = address
        try:
            QDesktopServices.openUrl(QUrl(address))
        finally:
            with self._lock:
                self._asked = ""

    @pyqtSlot(QUrl)
    def open(self, url: QUrl) -> None:
        """Open `url` as usual, or swallow it when it is an unasked login."""
        if url == QUrl(self._asked):
            self.passed.emit(url)
            QDesktopServices.openUrl(url)
        elif self._is_login(url):
            self._swallow(url)
        else:
            QDesktopServices.openUrl(url)

    def _is_login(self, url: QUrl) -> bool:
        with self._lock:
            return any(is_login_of(setup, url) for setup in self._watched.values())

    def _swallow(self, url: QUrl) -> None:
        port = _reply_port(url)
        # QGIS listens already, and begins to wait after this returns; the refusal lies there until then.
        # In a layer's thread a refusal may reach a login object of another thread, which crashes 3.22: abort only.
        if port > 0 and (not is_bound_to_thread() or authentication_thread().is_current()):
            end_login(port)
        self._abort_wanted.emit()
        self.swallowed.emit()

    @pyqtSlot()
    def _abort_soon(self) -> None:
        self._aborts = 0
        self._timer.start()

    @pyqtSlot()
    def _abort(self) -> None:
        self._aborts += 1
        if self._aborts >= _MOST_ABORTS:
            self._timer.stop()
        QgsNetworkAccessManager.instance().abortAuthBrowser()


def _reply_port(url: QUrl) -> int:
    """Return the port that a login's answer goes to; 0 when QGIS listens on none, -1 when it says none."""
    told = QUrlQuery(url).queryItemValue("redirect_uri", QUrl.ComponentFormattingOption.FullyDecoded)
    return QUrl(told).port()
