"""What QGIS's OAuth2 method writes into the message log: the only place where it says why something failed."""

from __future__ import annotations

import contextlib
from typing import Iterator

from qgis.core import QgsApplication
from qgis.PyQt.QtCore import Qt

from .sign_in_client import METHOD


class _Ears:
    """Hears the log in whichever thread it is written.

    Connected once and for good: a listener that is disconnected while its call is still queued in another thread brings
    QGIS down.
    """

    def __init__(self) -> None:
        self._listening: list[list[str]] = []
        self._is_connected = False

    @contextlib.contextmanager
    def heard(self) -> Iterator[list[str]]:
        """Collect the lines of the block."""
        self._connect()
        lines: list[str] = []
        self._listening.append(lines)
        try:
            yield lines
        finally:
            self._listening = [others for others in self._listening if others is not lines]

    def close(self) -> None:
        """Hear no more: the plugin is being unloaded, and its threads have ended."""
        if self._is_connected:
            QgsApplication.messageLog().messageReceived.disconnect(self._hear)
            self._is_connected = False

    def _connect(self) -> None:
        if not self._is_connected:
            self._is_connected = True
            QgsApplication.messageLog().messageReceived.connect(self._hear, Qt.ConnectionType.DirectConnection)

    def _hear(self, message: str, tag: str, _level: object) -> None:
        if tag == METHOD:
            for lines in self._listening:
                lines.append(message)


EARS = _Ears()
