"""What a use case has done so far, and how each step is taken back."""

from __future__ import annotations

from typing import Callable, NamedTuple

from qgis.core import Qgis, QgsMessageLog

from ...entrepot.errors import GpkeysError
from .task import LOG_TAG


class _Undo(NamedTuple):
    step: str
    take_back: Callable[[], object]


class UndoList:
    """Steps done, taken back in reverse order when a later one fails."""

    def __init__(self) -> None:
        self._steps: list[_Undo] = []

    def add(self, step: str, take_back: Callable[[], object]) -> None:
        """Note a step that was done, or that may have been, and what takes it back."""
        self._steps.append(_Undo(step, take_back))

    def take_back(self) -> bool:
        """Take every step back, the last one first; return whether nothing is left. What is left is logged."""
        is_clean = True
        while self._steps:
            step, take_back = self._steps.pop()
            try:
                take_back()
            except GpkeysError as error:
                is_clean = False
                QgsMessageLog.logMessage(f"not undone: {step}: {error.log}", LOG_TAG, Qgis.MessageLevel.Warning)
        return is_clean
