"""QGIS's themes, taken off after the tests."""

from __future__ import annotations

from typing import Any, Iterator

import pytest

from .themes import THEMES, Themes


@pytest.fixture(scope="module")
def themes(qgis_app: Any) -> Iterator[Themes]:
    """Return what changes the theme."""
    made = Themes()
    yield made
    made.take_off()


# Once a module: a change takes half a second.
@pytest.fixture(scope="module", params=THEMES)
def worn(request: Any, themes: Themes) -> str:
    """Wear a theme, and return its name."""
    themes.wear(request.param)
    return str(request.param)
