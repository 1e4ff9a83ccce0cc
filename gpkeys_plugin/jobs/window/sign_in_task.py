"""What QGIS's list of tasks shows of a sign-in."""

from __future__ import annotations

from typing import Callable

from ...entrepot.sign_in_status import SignInState, SignInStatus
from ..running.status_bar_task import StatusBarTask
from ..running.translate import tr


class SignInTask:
    """A task while somebody signs in; cancelled in QGIS's list, it calls `on_cancel`."""

    def __init__(self, on_cancel: Callable[[], None]) -> None:
        self._on_cancel = on_cancel
        self._task: StatusBarTask | None = None

    def follow(self, status: SignInStatus) -> None:
        """Go by where the sign-in stands."""
        if status.state is not SignInState.SIGNING_IN:
            self.end()
        elif self._task is None:
            self._task = StatusBarTask(tr("Signing in to the Géoplateforme"), self._on_cancel)

    def end(self) -> None:
        """Have QGIS show nothing of it any more."""
        task, self._task = self._task, None
        if task is not None:
            task.end()
