"""What was done, taken back; what stays is said, a sentence each."""

from __future__ import annotations

from typing import Callable

from gpkeys_plugin.entrepot.errors import ErrorCode, GpkeysError
from gpkeys_plugin.entrepot.translatable_text import Text
from gpkeys_plugin.jobs.running.undo_list import UndoList

_FIRST, _SECOND, _THIRD = Text("First."), Text("Second."), Text("Third.")


def raising(error: Exception) -> Callable[[], None]:
    """Return what fails to take a step back."""

    def take_back() -> None:
        raise error

    return take_back


def test_steps_are_taken_back_the_last_one_first_and_once() -> None:
    undo, done = UndoList(), []
    undo.add(_FIRST, lambda: done.append(1))
    undo.add(_SECOND, lambda: done.append(2))
    assert (undo.take_back(), undo.take_back()) == ((), ())
    assert done == [2, 1]


def test_what_cannot_be_taken_back_is_said_whatever_the_reason_and_the_rest_goes_on() -> None:
    undo, done = UndoList(), []
    undo.add(_FIRST, lambda: done.append(1))
    undo.add(_SECOND, raising(RuntimeError("wrapped C/C++ object has been deleted")))
    undo.add(_THIRD, raising(GpkeysError(ErrorCode.SERVER, Text("No."), "no")))
    assert undo.take_back() == (_THIRD, _SECOND)
    assert done == [1]


def test_what_stays_keeps_what_it_needs() -> None:
    undo, done = UndoList(), []
    undo.add(_FIRST, lambda: done.append(1))
    undo.add(_SECOND, raising(RuntimeError()), needs_earlier=True)
    undo.add(_THIRD, lambda: done.append(3))
    assert undo.take_back() == (_SECOND, _FIRST)
    assert done == [3]
