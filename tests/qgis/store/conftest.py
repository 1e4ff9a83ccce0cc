"""What the store's tests share: settings and records of their own for each test, an open authentication database."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from gpkeys_plugin.entrepot.models import KeyType
from tests.simulator.remote.steering import Simulator

from .prepared_key import PreparedKey, prepare

MASTER = "essai"


@pytest.fixture(autouse=True)
def own_settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Give QGIS an empty settings file, and the plugin an empty folder for its own, for the length of a test."""
    from qgis.core import QgsSettings

    monkeypatch.setattr("gpkeys_plugin.store.records.record_file.profile_folder", lambda: tmp_path)
    before = Path(QgsSettings().fileName()).parent.parent
    move_settings(tmp_path / "settings")
    yield
    move_settings(before)


def move_settings(folder: Path) -> None:
    """Have QGIS keep its settings in a folder."""
    from qgis.PyQt.QtCore import QSettings

    QSettings.setPath(QSettings.Format.IniFormat, QSettings.Scope.UserScope, str(folder))


@pytest.fixture
def manager() -> Any:
    """Return QGIS's authentication manager, with an empty database whose master password is `MASTER`, entered."""
    from qgis.core import QgsApplication

    found = QgsApplication.authManager()
    if not found.masterPasswordIsSet():
        assert found.setMasterPassword(MASTER, True)
    found.removeAllAuthenticationConfigs()
    return found


@pytest.fixture
def hash_key(simulator: Simulator) -> PreparedKey:
    """Return a HASH key with all that it may open."""
    return prepare(simulator, KeyType.HASH)


@pytest.fixture
def project(qgis_app: Any) -> Iterator[Any]:
    """Return the open project, empty."""
    from qgis.core import QgsProject

    project = QgsProject.instance()
    project.clear()
    yield project
    project.clear()
