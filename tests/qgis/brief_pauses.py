"""Pauses between requests that pass quickly: as many, checked for a cancel as often, told as long as the real ones."""

from __future__ import annotations

from threading import Event
from types import SimpleNamespace

import pytest

_TIMES_FASTER = 20


class BriefEvent:
    """Stands for the `threading.Event` that is waited for though nobody sets it."""

    def wait(self, seconds: float) -> None:
        """Wait for a moment instead of so many seconds."""
        Event().wait(seconds / _TIMES_FASTER)


def let_pauses_pass(patched: pytest.MonkeyPatch) -> None:
    """Have pauses pass quickly for as long as this patch lasts."""
    from gpkeys_plugin.entrepot import retries

    patched.setattr(retries, "threading", SimpleNamespace(Event=BriefEvent))
