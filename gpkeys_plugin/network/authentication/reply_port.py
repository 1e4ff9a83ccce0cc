"""The port on this machine to which the browser brings the answer of a login that QGIS began, and how to end it."""

from __future__ import annotations

import contextlib
import socket

_LOCAL = "127.0.0.1"
_PATIENCE_S = 0.5
_REFUSAL = b"GET /?error=access_denied HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n"


def end_login(port: int) -> bool:
    """Tell the login that waits on `port` that it was refused; it ends at once and frees the port.

    `abortAuthBrowser` alone leaves QGIS 3.22 listening for ever. False when nobody listens.
    """
    with contextlib.suppress(OSError), socket.create_connection((_LOCAL, port), timeout=_PATIENCE_S) as connection:
        connection.sendall(_REFUSAL)
        return True
    return False


def ports_to_try(own: int, wanted: tuple[int, ...]) -> tuple[int, ...]:
    """Return the ports to try for a configuration whose own port is `own`.

    A configuration of somebody else's is tried on its own port first, unless there is to be one port only.
    """
    return wanted if len(wanted) == 1 or own in wanted else (own, *wanted)
