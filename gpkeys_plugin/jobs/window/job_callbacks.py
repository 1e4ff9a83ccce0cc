"""Who hears of a job: of its progress, and of its failure as an error that can be shown."""

from __future__ import annotations

from typing import Callable

from ...entrepot.errors import GpkeysError, as_gpkeys_error
from ...entrepot.translatable_text import Text
from ..values import Failed

OnProgress = Callable[[float, Text], None]
OnFailed = Callable[[GpkeysError], None]
OnFailure = Callable[[Failed], None]


def shown_to(listener: OnFailed) -> Callable[[Exception], None]:
    """Return what tells a listener of whatever went wrong, a fault of the plugin included."""
    return lambda error: listener(as_gpkeys_error(error))


def failure_to(listener: OnFailure) -> Callable[[Exception], None]:
    """Return what tells a listener of whatever went wrong, and of what stayed although it did."""
    return lambda error: listener(Failed.of(error))
