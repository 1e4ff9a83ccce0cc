"""What is made bit by bit: all at once it would hold the window up when it opens."""

from __future__ import annotations

from typing import Iterator

from qgis.PyQt.QtCore import QObject, QTimer

_PAUSE_MS = 10


class MadeInTurns(QObject):
    """Makes one of the things that `steps` makes each turn of the event loop, or all that are left at once."""

    def __init__(self, steps: Iterator[object], parent: QObject) -> None:
        super().__init__(parent)
        self._steps = steps
        self._is_done = False
        self._timer = QTimer(self)
        self._timer.setInterval(_PAUSE_MS)
        self._timer.timeout.connect(self._make_next)

    def is_done(self) -> bool:
        """Say whether all is made."""
        return self._is_done

    def start(self) -> None:
        """Begin, or go on."""
        if not self._is_done:
            self._timer.start()

    def stop(self) -> None:
        """Leave it as far as it is."""
        self._timer.stop()

    def finish(self) -> None:
        """Make at once what is not made yet."""
        while not self._is_done:
            self._make_next()

    def _make_next(self) -> None:
        if not self._is_done and next(self._steps, None) is None:
            self.stop()
            self._is_done = True
