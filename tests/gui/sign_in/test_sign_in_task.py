"""QGIS's list of tasks has a sign-in as long as it is under way."""

from __future__ import annotations

from typing import Any

import pytest
from qgis.core import QgsApplication, QgsTask

from gpkeys_plugin.entrepot.sign_in_status import SignInState, SignInStatus
from gpkeys_plugin.jobs.window.sign_in_task import SignInTask


def tasks() -> list[QgsTask]:
    """Return the tasks that QGIS shows of a sign-in."""
    every = QgsApplication.taskManager().activeTasks()
    return [task for task in every if task.description() == "Signing in to the Géoplateforme"]


@pytest.mark.parametrize("after", [state for state in SignInState if state is not SignInState.SIGNING_IN])
def test_it_is_shown_from_begin_to_end(qgis_app: Any, after: SignInState) -> None:
    shown = SignInTask(lambda: None)
    shown.follow(SignInStatus(SignInState.SIGNED_OUT))
    assert tasks() == []
    for _ in range(2):
        shown.follow(SignInStatus(SignInState.SIGNING_IN))
        assert len(tasks()) == 1
    shown.follow(SignInStatus(after))
    assert tasks() == []


def test_it_is_cancelled_there(qgis_app: Any) -> None:
    def cancel() -> None:
        shown.follow(SignInStatus(SignInState.SIGNED_OUT))

    shown = SignInTask(cancel)
    shown.follow(SignInStatus(SignInState.SIGNING_IN))
    (task,) = tasks()
    task.cancel()
    assert tasks() == []


def test_nothing_is_left_of_it_when_the_plugin_goes(qgis_app: Any) -> None:
    shown = SignInTask(lambda: None)
    shown.follow(SignInStatus(SignInState.SIGNING_IN))
    shown.end()
    shown.end()
    assert tasks() == []
