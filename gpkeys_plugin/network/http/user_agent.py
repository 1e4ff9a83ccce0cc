"""The User-Agent that QGIS puts on its requests, whatever a caller asks for."""

from __future__ import annotations

from qgis.core import Qgis, QgsSettings
from qgis.PyQt.QtCore import QSysInfo
from qgis.PyQt.QtNetwork import QNetworkReply

_SETTING = "qgis/networkAndProxy/userAgent"
_FALLBACK = "Mozilla/5.0"
# Measured: 3.22 names itself only, 3.40 adds the operating system. Between them, the first request tells.
_NAMES_SYSTEM_FROM = 32600


class _Seen:
    """The User-Agent of the last request, which is right whatever the version of QGIS."""

    value = ""


def current() -> str:
    """Return the User-Agent of this QGIS: the one last sent, or the one it is expected to send."""
    return _Seen.value or expected()


def expected() -> str:
    """Return the User-Agent as QGIS composes it from its settings."""
    prefix = str(QgsSettings().value(_SETTING, _FALLBACK) or "")
    own = f"QGIS/{Qgis.QGIS_VERSION_INT}"
    if Qgis.QGIS_VERSION_INT >= _NAMES_SYSTEM_FROM:
        own += f"/{QSysInfo.prettyProductName()}"
    return f"{prefix} {own}" if prefix else own


def learn(reply: QNetworkReply) -> None:
    """Remember the User-Agent that was sent."""
    sent = bytes(reply.request().rawHeader(b"User-Agent")).decode("latin-1")
    if sent:
        _Seen.value = sent
