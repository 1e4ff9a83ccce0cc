"""What a use case has done so far, and how each step is taken back."""

from __future__ import annotations

from typing import Callable, NamedTuple

from qgis.core import Qgis, QgsMessageLog

from ...entrepot.errors import GpkeysError, as_gpkeys_error
from ...entrepot.translatable_text import Text
from .task import LOG_TAG

STEP_FAILURES = (GpkeysError, OSError, RuntimeError)
"""What a step fails with: an error of ours, a file that cannot be written, an object of QGIS that is there no more."""


class _Undo(NamedTuple):
    stays: Text
    take_back: Callable[[], object]
    needs_earlier: bool


class UndoList:
    """Steps done, taken back in reverse order when a later one fails."""

    def __init__(self) -> None:
        self._steps: list[_Undo] = []

    def add(self, stays: Text, take_back: Callable[[], object], *, needs_earlier: bool = False) -> None:
        """Note a step that was done, or that may have been, what takes it back, and what to say where that fails.

        With `needs_earlier`, what was noted before is left alone as long as this step cannot be taken back: a key that
        stays needs the configuration that its password is kept in.
        """
        self._steps.append(_Undo(stays, take_back, needs_earlier))

    def take_back(self) -> tuple[Text, ...]:
        """Take every step back, the last one first; return what stayed, a sentence each. Why is logged."""
        stayed: list[Text] = []
        while self._steps:
            step = self._steps.pop()
            try:
                step.take_back()
            except STEP_FAILURES as error:
                log = f"not undone: {step.stays}: {as_gpkeys_error(error).log}"
                QgsMessageLog.logMessage(log, LOG_TAG, Qgis.MessageLevel.Warning)
                stayed.append(step.stays)
                if step.needs_earlier:
                    stayed += [earlier.stays for earlier in reversed(self._steps)]
                    self._steps.clear()
        return tuple(stayed)
