"""Several computers in one process: each has its own configurations, settings and records, and one account on it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import pytest
from qgis.core import (
    Qgis,
    QgsApplication,
    QgsAuthMethodConfig,
    QgsMapLayer,
    QgsNetworkAccessManager,
    QgsProject,
    QgsVectorLayer,
)

from gpkeys_plugin.store import environments
from gpkeys_plugin.store.configurations import auth_configs
from gpkeys_plugin.store.configurations.oauth2_json import OAuth2Setup, TechnicalAccount
from tests.qgis.jobs.conftest import Bench
from tests.qgis.store.conftest import move_settings

# Since then (3.22 does not, 3.40 does) QGIS waits for ever for a WFS layer whose configuration is not there.
_WAITS_SINCE = 34000


@dataclass
class Computers:
    """Where the test sits now, and what the other computers hold."""

    bench: Bench
    folder: Path
    monkeypatch: pytest.MonkeyPatch
    _away: dict[str, list[QgsAuthMethodConfig]] = field(default_factory=dict)
    _here: str = ""

    def sit_at(self, name: str, user: str) -> Bench:
        """Leave this computer for another one, where an account is signed in; return the bench there."""
        if self._here:
            self._away[self._here] = _taken_away()
        self._here = name
        here = self.folder / name
        here.mkdir(exist_ok=True)
        move_settings(here / "settings")
        self.monkeypatch.setattr("gpkeys_plugin.store.records.record_file.profile_folder", lambda: here)
        for config in self._away.pop(name, []):
            assert QgsApplication.authManager().storeAuthenticationConfig(config)
        forget_answers()
        signed_in = replace(self.bench.signed_in, authcfg=self._sign_in(user), account_id=user)
        return replace(self.bench, signed_in=signed_in)

    def _sign_in(self, user: str) -> str:
        name = f"essai {user}"
        known = next((config.id for config in auth_configs.all_configs() if config.name == name), "")
        account, simulator = self.bench.simulator.account(user), self.bench.simulator
        technical = TechnicalAccount(account.username, account.password)
        setup = OAuth2Setup(name, environments.current(), simulator.client_secret, account=technical)
        return known or auth_configs.store_oauth2(setup)


def forget_answers() -> None:
    """Empty QGIS's cache on disk: a layer is called valid there without its key."""
    cache = QgsNetworkAccessManager.instance().cache()
    if cache is not None:
        cache.clear()


def opened(file: Path, *, asks: bool = True) -> list[Any]:
    """Open a project; return its layers, those of a service invalid unless QGIS `asks` for them."""
    forget_answers()
    project = QgsProject.instance()
    project.clear()
    flags = QgsProject.ReadFlags() if asks else QgsProject.ReadFlags(QgsProject.FlagDontResolveLayers)
    assert project.read(str(file), flags)
    return list(project.mapLayers().values())


def is_drawn(file: Path) -> bool:
    """Open a project, and leave it; return whether all its layers have something to draw. Its file stays as it is."""
    before = file.read_bytes()
    if Qgis.QGIS_VERSION_INT >= _WAITS_SINCE and not _named(before) <= set(auth_configs.ids()):
        return False
    layers = opened(file)
    has_data = {layer.name(): _has_data(layer) for layer in layers}
    QgsProject.instance().clear()
    assert file.read_bytes() == before
    # All or none: one project is one key here.
    assert len(set(has_data.values())) == 1, has_data
    return all(has_data.values())


def _has_data(layer: Any) -> bool:
    """Whether a layer is valid and, since QGIS 3.40 calls a WFS one so that it knows from before, gets a feature."""
    if not layer.isValid() or not isinstance(layer, QgsVectorLayer):
        return bool(layer.isValid())
    # All of them: QGIS 3.22 wakes an iterator that is left early after it is gone, from the thread that downloads.
    return bool(list(layer.getFeatures()))


@contextmanager
def empty_project() -> Iterator[QgsProject]:
    """Yield the open project, empty before and after."""
    project = QgsProject.instance()
    project.clear()
    yield project
    project.clear()


def _named(content: bytes) -> set[str]:
    return {found.decode() for found in re.findall(rb"authcfg=(?:'|&apos;)?([A-Za-z0-9]{7})", content)}


def _taken_away() -> list[QgsAuthMethodConfig]:
    manager, found = QgsApplication.authManager(), []
    for id_ in manager.configIds():
        config = QgsAuthMethodConfig()
        assert manager.loadAuthenticationConfig(id_, config, True)
        found.append(config)
    # QGIS forgets what it read only of those that are there, and goes on sending it.
    manager.clearAllCachedConfigs()
    assert manager.removeAllAuthenticationConfigs()
    return found


def put_into_project(layer: QgsMapLayer) -> str:
    """Put a layer into the open project; return its id."""
    return str(QgsProject.instance().addMapLayer(layer).id())


def open_layers() -> dict[str, QgsMapLayer]:
    """Return the layers of the open project by their ids."""
    return dict(QgsProject.instance().mapLayers())
