"""What the use cases' tests share: an account of the simulator signed in through QGIS, and a bench to run jobs on."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from pytestqt.qtbot import QtBot
from qgis.core import QgsProject
from qgis.PyQt.QtCore import QEventLoop, QTimer

from gpkeys_plugin.entrepot.models import Access, Key
from gpkeys_plugin.jobs.running.main_thread import MainThread
from gpkeys_plugin.jobs.running.task import Progress, TaskRunner
from gpkeys_plugin.jobs.steps.account_sessions import SignedIn
from gpkeys_plugin.network.open_session import open_session
from gpkeys_plugin.store import environments
from gpkeys_plugin.store.configurations import auth_configs
from gpkeys_plugin.store.configurations.oauth2_json import OAuth2Setup, TechnicalAccount
from gpkeys_plugin.store.records.creations import CreationRecords
from gpkeys_plugin.store.records.rotations import RotationRecords
from tests.qgis.store.conftest import manager, own_settings
from tests.simulator.remote.steering import Simulator

__all__ = ["Bench", "bench", "manager", "own_settings"]

_PATIENCE_MS = 60_000


@dataclass
class Bench:
    """One account of the simulator, signed in with a configuration of QGIS, and what a job is made of."""

    simulator: Simulator
    signed_in: SignedIn
    main_thread: MainThread
    creations: CreationRecords
    rotations: RotationRecords
    runner: TaskRunner
    qtbot: QtBot

    def run(self, work: Callable[[Progress], Any]) -> Any:
        """Run a job as QGIS does, on a task; return its result or raise its error."""
        results: list[Any] = []
        errors: list[Exception] = []
        with ended() as hear:
            self.runner.start("essai", work, hear(results), hear(errors))
        if errors:
            raise errors[0]
        return results[0]

    def platform_keys(self) -> tuple[Key, ...]:
        """Return the account's keys, as the platform has them."""
        keys: tuple[Key, ...] = self.run(lambda _: self.signed_in.client().keys())
        return keys

    def accesses(self, key_id: str) -> tuple[Access, ...]:
        """Return a key's accesses, as the platform has them."""
        accesses: tuple[Access, ...] = self.run(lambda _: self.signed_in.client().accesses(key_id))
        return accesses


@contextmanager
def ended() -> Iterator[Callable[[list[Any]], Callable[[Any], None]]]:
    """Wait at the end of the block until one of the lists has got what came of a job, not a moment longer."""
    loop, heard = QEventLoop(), list[Any]()

    def hear(outcome: list[Any]) -> Callable[[Any], None]:
        def put(what: Any) -> None:
            outcome.append(what)
            heard.append(what)
            loop.quit()

        return put

    yield hear
    timer = QTimer()
    timer.setSingleShot(True)
    timer.timeout.connect(loop.quit)
    timer.start(_PATIENCE_MS)
    if not heard:
        loop.exec()
    assert heard, f"no outcome within {_PATIENCE_MS} ms"


@pytest.fixture
def bench(
    light_simulator: Simulator, manager: Any, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Bench]:
    """Return a bench for camille, on the simulator without OGC server."""
    yield from benches(light_simulator, qtbot, tmp_path, monkeypatch)


def benches(
    simulator: Simulator, qtbot: QtBot, folder: Path, monkeypatch: pytest.MonkeyPatch, user: str = "camille"
) -> Iterator[Bench]:
    """Yield one bench, and end its tasks afterwards."""
    for name, value in {
        "GPKEYS_API_URL": simulator.api_url,
        "GPKEYS_SSO_URL": simulator.sso_url,
        "GPKEYS_CLIENT_ID": simulator.client_id,
        "GPKEYS_SEARCH_URL": simulator.search_url,
        "GPKEYS_CLIENT_SECRET": simulator.client_secret,
    }.items():
        monkeypatch.setenv(name, value)
    account = simulator.account(user)
    setup = OAuth2Setup(
        "essai",
        environments.current(),
        simulator.client_secret,
        account=TechnicalAccount(account.username, account.password),
    )
    authcfg = auth_configs.store_oauth2(setup)
    main_thread, runner = MainThread(), TaskRunner()
    signed_in = SignedIn(open_session, simulator.api_url, authcfg, user)
    yield Bench(
        simulator,
        signed_in,
        main_thread,
        CreationRecords(folder / "journal.json"),
        RotationRecords(folder / "rotations.json"),
        runner,
        qtbot,
    )
    main_thread.shut_down()
    runner.shut_down()
    QgsProject.instance().clear()
