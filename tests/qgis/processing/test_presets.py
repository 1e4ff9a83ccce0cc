"""Algorithms hold to what an administrator has laid down, and say once that a preset is not used."""

from __future__ import annotations

from pathlib import Path

import pytest

from gpkeys_plugin.store.configurations import auth_configs
from tests.qgis.presets import lay_down
from tests.qgis.processing.algorithm_calls import create
from tests.qgis.processing.conftest import Toolbox
from tests.simulator.memory import seeds


def test_a_hash_is_not_put_elsewhere(toolbox: Toolbox, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    create(toolbox, "Avant")
    lay_down(tmp_path, monkeypatch, {"fixed": {"hash_storage": "HEADER"}})
    order = {"NAME": "Poste 12", "TYPE": "HASH", "OFFERINGS": seeds.SHADING, "HASH_STORAGE": "URL"}
    for algorithm, values in (
        ("createkey", order),
        ("connectkey", {"KEY": "Avant", "HASH_STORAGE": "URL"}),
        ("repairproject", {"KEY": "Avant", "HASH_STORAGE": "URL", "INPUT": str(tmp_path)}),
    ):
        assert "administrator has fixed" in toolbox.failure(algorithm, **values), algorithm
    if auth_configs.has_header_method():
        assert toolbox.run("connectkey", KEY="Avant")["AUTH_ID"]


def test_that_a_preset_is_not_used_is_said_once(
    toolbox: Toolbox, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = lay_down(tmp_path, monkeypatch, {"fixed": {"hash_storage": "POCKET"}})
    toolbox.run("listkeys")
    toolbox.run("listkeys")
    assert len([line for line in toolbox.heard if str(path) in line]) == 1


def test_an_environment_is_not_changed_by_variables(
    toolbox: Toolbox, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    simulator = toolbox.bench.simulator
    own = {"api_url": simulator.api_url, "sso_url": simulator.sso_url, "client_id": simulator.client_id}
    lay_down(tmp_path, monkeypatch, {"fixed": {"environment": own}})
    monkeypatch.setenv("GPKEYS_API_URL", "https://localhost:9/api")
    assert toolbox.run("listkeys")["COUNT"] == 0
