"""A secret on the clipboard, for as long as it takes to paste it."""

from __future__ import annotations

from hashlib import sha256

from qgis.PyQt.QtCore import QCoreApplication, QObject, QTimer
from qgis.PyQt.QtWidgets import QApplication

LIFETIME_S = 60


class SecretCopy(QObject):
    """Copies a secret, and takes it from the clipboard after a minute, or when QGIS closes.

    What somebody else copied meanwhile stays. Of the secret nothing but a fingerprint is kept here.
    """

    def __init__(self, parent: QObject, lifetime_s: float = LIFETIME_S) -> None:
        super().__init__(parent)
        self._fingerprint = b""
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(round(lifetime_s * 1000))
        self._timer.timeout.connect(self.clear)
        application = QCoreApplication.instance()
        if application is not None:
            application.aboutToQuit.connect(self.clear)

    def copy(self, secret: str) -> None:
        """Put a secret on the clipboard; its minute begins anew."""
        QApplication.clipboard().setText(secret)
        self._fingerprint = _fingerprint(secret)
        self._timer.start()

    def clear(self) -> None:
        """Take the secret from the clipboard if it is still there."""
        clipboard = QApplication.clipboard()
        if self._fingerprint and _fingerprint(clipboard.text()) == self._fingerprint:
            clipboard.clear()
        self._fingerprint = b""
        self._timer.stop()


def clear_copies(top: QObject) -> None:
    """Take from the clipboard what was copied anywhere below `top`, which is about to go."""
    for copied in top.findChildren(SecretCopy):
        copied.clear()


def _fingerprint(text: str) -> bytes:
    return sha256(text.encode("utf-8", "surrogatepass")).digest()
