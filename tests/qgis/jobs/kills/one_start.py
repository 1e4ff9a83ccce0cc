"""One start of QGIS on a profile, a process of its own, which is killed in the middle of a job.

It gets orders through a pipe, and answers them:

("record", job)      runs a job to its end: what was there before, the points it came by, what is there after
("run", job, point)  runs a job up to a point and stands still there; [point] once it does, to be killed then
("take", way)        takes a way out of what the start before has left: what came of it, and what is there
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from contextlib import suppress
from multiprocessing.connection import Connection
from pathlib import Path
from threading import Event
from typing import Any

from qgis.core import QgsApplication, QgsSettings
from qgis.PyQt.QtCore import QCoreApplication, QSettings

from gpkeys_plugin.jobs.running.main_thread import MainThread
from gpkeys_plugin.jobs.running.task import TaskRunner
from gpkeys_plugin.jobs.steps import service_probe
from gpkeys_plugin.jobs.steps.account_sessions import SignedIn
from gpkeys_plugin.network.open_session import open_session
from gpkeys_plugin.store import environments
from gpkeys_plugin.store.configurations import auth_configs
from gpkeys_plugin.store.configurations.oauth2_json import OAuth2Setup, TechnicalAccount
from gpkeys_plugin.store.records.creations import CreationRecords
from gpkeys_plugin.store.records.rotations import RotationRecords
from tests.qgis.jobs.conftest import Bench
from tests.qgis.jobs.kills import ways_out
from tests.qgis.jobs.kills.killed_jobs import JOBS, run
from tests.qgis.jobs.kills.points import Points
from tests.qgis.jobs.kills.world import clear, world
from tests.qgis.store.conftest import MASTER, move_settings
from tests.simulator.remote.steering import Simulator

Say = Callable[[Any], None]

_USER, _SIGN_IN = "camille", "essai"
_JOBS = {job.name: job for job in JOBS}


class Standstill(Points):
    """Says that the job is at the point wanted, and never goes on from there."""

    def __init__(self, point: str, say: Say) -> None:
        super().__init__()
        self._stands_at = point
        self._say = say

    def pass_by(self, what: str) -> str:
        """Come by a point."""
        name = super().pass_by(what)
        if name == self._stands_at:
            self._say([name])
            Event().wait()
        return name


def bench_of(simulator: Simulator, user: str) -> Bench:
    """Return an account signed in with the configuration that this profile has for it, made at its first start."""
    environ = {
        "GPKEYS_API_URL": simulator.api_url,
        "GPKEYS_SSO_URL": simulator.sso_url,
        "GPKEYS_CLIENT_ID": simulator.client_id,
        "GPKEYS_SEARCH_URL": simulator.search_url,
        "GPKEYS_CLIENT_SECRET": simulator.client_secret,
    }
    os.environ.update(environ)
    account = simulator.account(user)
    technical = TechnicalAccount(account.username, account.password)
    setup = OAuth2Setup(_SIGN_IN, environments.current(), simulator.client_secret, account=technical)
    known = next((config.id for config in auth_configs.all_configs() if config.name == _SIGN_IN), "")
    signed_in = SignedIn(open_session, simulator.api_url, known or auth_configs.store_oauth2(setup), user)
    # A bench runs its jobs without it.
    no_bot: Any = None
    return Bench(simulator, signed_in, MainThread(), CreationRecords(), RotationRecords(), TaskRunner(), no_bot)


def record(bench: Bench, say: Say, name: str) -> None:
    """Run a job to its end."""
    work, points = _prepared(bench, name), Points()
    before = world(bench)
    run(bench, work, points)
    say([before, points.names, world(bench)])


def run_to(bench: Bench, say: Say, name: str, point: str) -> None:
    """Run a job up to a point."""
    run(bench, _prepared(bench, name), Standstill(point, say))
    say(["it did not come by"])


def take(bench: Bench, say: Say, way: str) -> None:
    """Take a way out."""
    taken = ways_out.take(bench, way, lambda _: None)
    say([vars(taken), world(bench)])


def _prepared(bench: Bench, name: str) -> Callable[..., Any]:
    clear(bench)
    return _JOBS[name].prepare(bench)


Orders = Mapping[str, Callable[..., None]]
_ORDERS: Orders = {"record": record, "run": run_to, "take": take}


def main(
    pipe: Connection, simulator: dict[str, Any], profile: Path, orders: Orders = _ORDERS, user: str = _USER
) -> None:
    """Do as ordered until nobody orders any more."""
    # As QGIS's own start does, so that its settings are in the profile.
    QCoreApplication.setOrganizationName(QgsApplication.QGIS_ORGANIZATION_NAME)
    QCoreApplication.setApplicationName(QgsApplication.QGIS_APPLICATION_NAME)
    QSettings.setDefaultFormat(QSettings.Format.IniFormat)
    move_settings(profile / "settings")
    # Handed down by the tests' own QGIS, it goes before the folder given here (3.40).
    os.environ["QGIS_CUSTOM_CONFIG_PATH"] = str(profile)
    app = QgsApplication([], False, str(profile))
    app.initQgis()
    assert profile in Path(QgsSettings().fileName()).parents
    manager = QgsApplication.authManager()
    assert manager.setMasterPassword(MASTER, True)
    service_probe._WAITS_S, service_probe._REPEAT_AFTER_S = (0.0, 0.0, 0.0), 0.0
    bench = bench_of(Simulator.from_description(simulator), user)
    with suppress(EOFError):
        while True:
            what, *details = pipe.recv()
            orders[what](bench, pipe.send, *details)
