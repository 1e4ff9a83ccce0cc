"""The port on this machine to which the browser brings the login's answer, and how to end such a login."""

from __future__ import annotations

import contextlib
import socket
from typing import Iterable

from qgis.PyQt.QtNetwork import QHostAddress, QTcpServer

_LOCAL = "127.0.0.1"
_PATIENCE_S = 0.5
_REFUSAL = b"GET /?error=access_denied HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n"


def free_port(candidates: Iterable[int]) -> int | None:
    """Return the first port QGIS could listen on, None when all are in use."""
    return next((port for port in candidates if is_free(port)), None)


def is_free(port: int) -> bool:
    """Whether QGIS could listen on `port`: tried as QGIS does, on all addresses."""
    server = QTcpServer()
    is_listening = bool(server.listen(QHostAddress(QHostAddress.SpecialAddress.Any), port))
    server.close()
    return is_listening


def end_login(port: int) -> bool:
    """Tell the login that waits on `port` that it was refused; it ends at once and frees the port.

    `abortAuthBrowser` alone leaves QGIS 3.22 listening for ever. False when nobody listens.
    """
    with contextlib.suppress(OSError), socket.create_connection((_LOCAL, port), timeout=_PATIENCE_S) as connection:
        connection.sendall(_REFUSAL)
        return True
    return False
