"""Which addresses a request, and above all a credential, may go to."""

from __future__ import annotations

from qgis.PyQt.QtCore import QUrl
from qgis.PyQt.QtNetwork import QHostAddress

_DEFAULT_PORTS = {"https": 443, "http": 80}


def is_allowed(address: str) -> bool:
    """Whether a request may go there at all: https anywhere, http on this machine only."""
    url = QUrl(address)
    return url.scheme() == "https" or (url.scheme() == "http" and is_loopback(url.host()))


def is_loopback(host: str) -> bool:
    """Whether `host` names this machine."""
    return host == "localhost" or QHostAddress(host).isLoopback()


def is_below(address: str, guarded: str) -> bool:
    """Whether `address` is `guarded` or below it: same scheme, host and port, and a path inside its path."""
    url, root = _normal(address), _normal(guarded)
    if not guarded or _origin(url) != _origin(root):
        return False
    path, root_path = url.path(), root.path().rstrip("/")
    return path == root_path or path.startswith(root_path + "/")


def _normal(address: str) -> QUrl:
    return QUrl(address).adjusted(QUrl.UrlFormattingOption.NormalizePathSegments)


def _origin(url: QUrl) -> tuple[str, str, int]:
    return url.scheme(), url.host(), url.port(_DEFAULT_PORTS.get(url.scheme(), -1))
