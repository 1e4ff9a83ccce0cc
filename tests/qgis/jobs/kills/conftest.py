"""What the tests of killed jobs share: services that are asked again at once."""

from __future__ import annotations

import pytest

from gpkeys_plugin.jobs.steps import service_probe


@pytest.fixture(autouse=True)
def _impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    # The services of the light simulator never answer: each would be waited for.
    monkeypatch.setattr(service_probe, "_WAITS_S", (0.0, 0.0))
    monkeypatch.setattr(service_probe, "_REPEAT_AFTER_S", 0.0)
