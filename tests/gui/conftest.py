"""A dock on stand-ins, shown, and shut down after the test."""

from __future__ import annotations

from typing import Any, Iterator

import pytest

from gpkeys_plugin.jobs.window import window_memory

from .scenes import Stage, stage


@pytest.fixture(autouse=True)
def _first_session(qgis_app: Any) -> None:
    """Have nothing remembered of another test."""
    for name in window_memory.__all__:
        getattr(window_memory, name).reset()


@pytest.fixture
def one(qtbot: Any, qgis_app: Any) -> Iterator[Stage]:
    """Return a dock that shows, signed out."""
    made = stage()
    qtbot.addWidget(made.dock)
    made.dock.resize(380, 900)
    made.dock.show()
    yield made
    made.dock.shut_down()
