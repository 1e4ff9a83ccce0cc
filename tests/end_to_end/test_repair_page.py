"""The page that mends, on the real use cases: a dark project draws again, and is undone, by clicks."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from pytestqt.qtbot import QtBot
from qgis.core import QgsProject

from gpkeys_plugin.entrepot.sign_in_status import SignInState, SignInStatus
from gpkeys_plugin.gui.dock import KeysDock
from gpkeys_plugin.jobs.window.my_keys_jobs import MyKeysJobs
from gpkeys_plugin.jobs.window.new_key_jobs import NewKeyJobs, QgisSide
from gpkeys_plugin.jobs.window.repair_files_jobs import RepairFilesJobs
from gpkeys_plugin.jobs.window.repair_jobs import RepairJobs
from gpkeys_plugin.jobs.window.repair_tab_jobs import MendingJobs
from gpkeys_plugin.jobs.window.share_jobs import ShareJobs
from gpkeys_plugin.jobs.window.sign_in_set_up import SetUp
from gpkeys_plugin.network.http import user_agent
from tests.end_to_end.inside_qgis import clicking
from tests.end_to_end.test_accounts_new_key import done_sign_in
from tests.qgis.jobs.conftest import Bench, benches
from tests.qgis.jobs.repair.dark_project import LAYERS, make_key, open_project, write_projects
from tests.qgis.store.conftest import manager, own_settings
from tests.simulator.remote.steering import Simulator

__all__ = ["manager", "own_settings"]

_PATIENCE_MS = 60_000


@pytest.fixture
def bench(
    simulator: Simulator, manager: Any, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Bench]:
    """Return an account that may open every form of service."""
    QgsProject.instance().clear()
    yield from benches(simulator, qtbot, tmp_path, monkeypatch, "basile")
    QgsProject.instance().clear()


@pytest.fixture
def dock(bench: Bench, qtbot: QtBot) -> Iterator[Callable[[], KeysDock]]:
    """Return what shows the panel of the account, signed in."""
    made: list[KeysDock] = []

    def show() -> KeysDock:
        side = QgisSide(user_agent.current, lambda: None, lambda _: None, lambda _: None)
        parts = (lambda: bench.signed_in, bench.runner, bench.main_thread)
        account = bench.run(lambda _: bench.signed_in.client().me())
        status = SignInStatus(SignInState.SIGNED_IN, bench.signed_in.authcfg, account)
        repair = RepairJobs(*parts, side)
        panel = KeysDock(
            done_sign_in(status),
            NewKeyJobs(*parts, bench.creations, side),
            MyKeysJobs(*parts, bench.rotations, side),
            MendingJobs(repair, RepairFilesJobs(*parts, lambda: None)),
            ShareJobs(*parts, bench.creations, repair),
            SetUp(),
        )
        qtbot.addWidget(panel)
        panel.resize(400, 900)
        panel.show()
        made.append(panel)
        return panel

    yield show
    for panel in made:
        panel.shut_down()


def _wait(qtbot: QtBot, panel: KeysDock, name: str, words: str) -> None:
    def says() -> bool:
        return clicking.visible(panel, name) and words in clicking.widget(panel, name).text()

    qtbot.waitUntil(says, timeout=_PATIENCE_MS)


def test_a_dark_project_is_mended_and_undone_by_clicks(
    bench: Bench, dock: Callable[[], KeysDock], qtbot: QtBot, tmp_path: Path
) -> None:
    layers = open_project(write_projects(make_key(bench), tmp_path).dark)
    before = {name: layer.source() for name, layer in layers.items()}
    panel = dock()
    panel.show_repair()
    _wait(qtbot, panel, "mendButton", str(len(LAYERS)))
    clicking.click(panel, "mendButton")
    qtbot.waitUntil(lambda: clicking.visible(panel, "undoRepairButton"), timeout=_PATIENCE_MS)
    assert all(layers[name].isValid() and layers[name].source() != before[name] for name in LAYERS)
    assert QgsProject.instance().isDirty()
    assert not clicking.visible(panel, "mendButton")
    clicking.click(panel, "undoRepairButton")
    _wait(qtbot, panel, "mendButton", str(len(LAYERS)))
    assert {name: layer.source() for name, layer in layers.items()} == before
