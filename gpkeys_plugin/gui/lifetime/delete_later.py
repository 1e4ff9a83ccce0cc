"""Deleting what may still be called until Qt has deleted it."""

from __future__ import annotations

from qgis.PyQt.QtCore import QObject

_LEAVING: dict[int, QObject] = {}


def delete_later(gone: QObject) -> None:
    """Have Qt delete it with all that is in it, and keep it whole for Python until then.

    From `deleteLater` on Python may collect it although Qt still has it: of a lambda that is connected within, what it
    captures is gone then, and its call ends QGIS (PyQt 5.15, sip 6; a timer that a change of theme had started).
    """
    place = id(gone)
    _LEAVING[place] = gone
    gone.destroyed.connect(lambda: _LEAVING.pop(place, None))
    gone.deleteLater()
