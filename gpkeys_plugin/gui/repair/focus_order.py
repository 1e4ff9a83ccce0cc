"""The order in which Tab goes through parts that were not made in the order in which they stand."""

from __future__ import annotations

from itertools import chain
from typing import Iterable

from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtWidgets import QWidget

_WITH_TAB = (Qt.FocusPolicy.TabFocus, Qt.FocusPolicy.StrongFocus, Qt.FocusPolicy.WheelFocus)


def put_in_order(parts: Iterable[QWidget]) -> None:
    """Let Tab go from each part to the next; within a part it goes as its widgets were made."""
    stops = list(chain.from_iterable(map(_stops, parts)))
    for before, after in zip(stops, stops[1:]):
        QWidget.setTabOrder(before, after)


def _stops(part: QWidget) -> list[QWidget]:
    # The list of a combo box is a window of its own.
    own = (widget for widget in (part, *part.findChildren(QWidget)) if widget.window() is part.window())
    return [widget for widget in own if widget.focusPolicy() in _WITH_TAB]
