"""What all tests in a QGIS share: pauses between requests that pass quickly."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from tests.qgis.brief_pauses import BriefEvent


@pytest.fixture(autouse=True)
def _brief_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    from gpkeys_plugin.entrepot import retries
    from gpkeys_plugin.jobs.steps import service_probe

    monkeypatch.setattr(retries, "threading", SimpleNamespace(Event=BriefEvent))
    monkeypatch.setattr(service_probe, "Event", BriefEvent)
