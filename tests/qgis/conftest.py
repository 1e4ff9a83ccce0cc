"""What all tests in a QGIS share: pauses between requests that pass quickly."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.qgis.brief_pauses import let_pauses_pass


@pytest.fixture(autouse=True)
def _brief_pauses(request: pytest.FixtureRequest) -> Iterator[None]:
    if request.node.get_closest_marker("real_pauses"):
        yield
        return
    # Not with the fixture `monkeypatch`: it would be the first of all, and what a test patches stay to the last.
    with pytest.MonkeyPatch.context() as patched:
        let_pauses_pass(patched)
        yield
