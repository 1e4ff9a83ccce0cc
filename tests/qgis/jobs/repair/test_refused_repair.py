"""A repair in a profile that cannot be written to: said, and nothing is mended nor opened to a key."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from qgis.core import QgsSettings

from gpkeys_plugin.jobs.values import Failed
from tests.qgis.jobs.repair.conftest import RepairBench
from tests.qgis.jobs.repair.dark_project import make_key
from tests.qgis.jobs.repair.test_repair_connections import everything, mend, write_dead
from tests.qgis.jobs.repair.test_repair_layers import dark, sources


def test_nothing_is_mended_where_it_could_not_be_kept(
    atelier: RepairBench, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    layers = dark(atelier, tmp_path, make_key(atelier.bench))
    write_dead(atelier)
    plans = [plan for plan in atelier.plans() if plan.can_be_mended]
    before = sources(layers), everything()
    closed, access = Path(QgsSettings().fileName()), os.access
    monkeypatch.setattr(os, "access", lambda place, mode: Path(place) != closed and access(place, mode))
    atelier.bench.simulator.clear_requests()
    for repair in (lambda: atelier.repair(plans), lambda: mend(atelier)):
        with pytest.raises(Failed) as caught:
            repair()
        assert "Nothing was changed" in str(caught.value.error.user)
    assert plans
    assert (sources(layers), everything()) == before
    assert {request.method for request in atelier.bench.simulator.requests(service="api")} <= {"GET"}
