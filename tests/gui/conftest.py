"""A dock on stand-ins, shown, and shut down after the test."""

from __future__ import annotations

from typing import Any, Iterator

import pytest

from .looks.all_scenes import forget_window
from .scenes import Stage, stage


@pytest.fixture(autouse=True)
def _first_session(qgis_app: Any) -> None:
    """Have nothing remembered of another test."""
    forget_window()


@pytest.fixture
def one(qtbot: Any, qgis_app: Any) -> Iterator[Stage]:
    """Return a dock that shows, signed out."""
    made = stage()
    qtbot.addWidget(made.dock)
    made.dock.resize(380, 900)
    made.dock.show()
    yield made
    made.dock.shut_down()
