"""What the searches for secrets share: the bench of the jobs, the toolbox of the algorithms, somebody who listens."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.qgis.leaks.eavesdropper import Eavesdropper, listening
from tests.qgis.processing.conftest import bench, manager, own_settings, served_toolbox, toolbox

__all__ = ["bench", "heard", "manager", "own_settings", "served_toolbox", "toolbox"]


@pytest.fixture
def heard() -> Iterator[Eavesdropper]:
    """Listen for the length of a test."""
    with listening() as eavesdropper:
        yield eavesdropper
