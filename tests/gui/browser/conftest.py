"""The plugin in a stand-in of QGIS with QGIS's own Browser, on a profile of its own."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from qgis.core import QgsProject

from gpkeys_plugin.plugin import GpkeysPlugin
from gpkeys_plugin.store import window_settings
from tests.gui.browser import keys_in_qgis
from tests.gui.start.stand_in import StandIn
from tests.qgis.store.conftest import own_settings

__all__ = ["own_settings"]


@pytest.fixture
def iface(
    qtbot: Any,
    qgis_app: Any,
    qgis_processing: Any,
    own_settings: None,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[StandIn]:
    """Return the stand-in, before the plugin starts in it."""
    monkeypatch.setenv("GPKEYS_API_URL", keys_in_qgis.API)
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    window_settings.DOCK_VISIBLE.reset()
    QgsProject.instance().clear()
    made = StandIn()
    qtbot.addWidget(made.window)
    qtbot.addWidget(made.canvas)
    yield made
    QgsProject.instance().clear()


@pytest.fixture
def plugin(iface: StandIn) -> Iterator[GpkeysPlugin]:
    """Return the plugin, started; it is unloaded afterwards."""
    made = GpkeysPlugin(iface)
    made.initGui()
    yield made
    made.unload()
