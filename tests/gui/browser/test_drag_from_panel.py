"""Keys and services dragged from the panel: what is dropped is what QGIS adds."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from qgis.core import QgsMimeDataUtils
from qgis.PyQt.QtCore import QEvent, QPoint, QPointF, Qt
from qgis.PyQt.QtGui import QMouseEvent
from qgis.PyQt.QtWidgets import QAbstractItemView, QApplication, QWidget

from gpkeys_plugin.gui.key_services import layer_drag
from gpkeys_plugin.jobs.values import HeldKey
from gpkeys_plugin.keys.services.connection_plans import ConnectionKind, ServedLayer
from tests.gui import fake_my_keys as known
from tests.gui import my_keys_scenes as scenes
from tests.gui.browser import keys_in_qgis
from tests.gui.scenes import Stage, stage

SERVED = ServedLayer("of", "scan", ConnectionKind.WMS, "wms-r", f"{keys_in_qgis.ROOT}/wms-r", "WMS")


@pytest.fixture
def held(own_settings: None, qtbot: Any, qgis_app: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[Stage]:
    """Return a dock that shows, in a QGIS that holds the HASH key."""
    monkeypatch.setenv("GPKEYS_API_URL", keys_in_qgis.API)
    recipes = keys_in_qgis.wms(known.HASH_KEY.name, {"scan": "SCAN 25", "ortho": "ortho"}, known.HASH_KEY.id)
    keys_in_qgis.hold(known.HASH_KEY.id, known.HASH_KEY.name, recipes)
    made = stage()
    qtbot.addWidget(made.dock)
    made.dock.resize(380, 900)
    made.dock.show()
    yield made
    made.dock.shut_down()


def move(widget: QWidget, place: QPoint) -> None:
    """Move the mouse with its button down."""
    left, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    QApplication.sendEvent(widget, QMouseEvent(QEvent.Type.MouseMove, QPointF(place), left, left, none))


def test_a_key_is_dragged_with_all_its_layers(held: Stage) -> None:
    scenes.keys(held)
    view: QAbstractItemView = held.find("keysList")
    model = view.model()
    rows = {model.index(row, 0).data(): model.index(row, 0) for row in range(model.rowCount())}
    mime = model.mimeData([rows[known.HASH_KEY.name]])
    uris = QgsMimeDataUtils.decodeUriList(mime)
    assert [(uri.name, uri.layerType, uri.providerKey) for uri in uris] == [
        ("ortho", "raster", "wms"),
        ("SCAN 25", "raster", "wms"),
    ]
    assert all(keys_in_qgis.HASH in uri.uri for uri in uris)
    # What QGIS's map and list of layers take.
    assert mime.hasFormat("application/x-vnd.qgis.qgis.uri")
    assert view.dragEnabled()
    flags = {name: bool(index.flags() & Qt.ItemFlag.ItemIsDragEnabled) for name, index in rows.items()}
    assert flags[known.HASH_KEY.name]
    assert not flags[known.OAUTH2_KEY.name]


def test_one_that_is_not_in_qgis_has_nothing_to_drag(held: Stage) -> None:
    scenes.keys(held)
    model = held.find("keysList").model()
    rows = {model.index(row, 0).data(): model.index(row, 0) for row in range(model.rowCount())}
    assert model.mimeData([rows[known.OAUTH2_KEY.name]]) is None


def test_a_service_is_dragged_with_its_own_layers(held: Stage, qtbot: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    dragged: list[list[str]] = []
    monkeypatch.setattr(layer_drag, "drag", lambda _row, uris: dragged.append([uri.name for uri in uris]))
    page = known.page()
    scenes.key_page(held, replace(page, served=(SERVED,), unserved=(), held=HeldKey()))
    QApplication.processEvents()
    row = next(found for found in held.dock.findChildren(QWidget, "serviceRow") if found.isVisible())
    qtbot.mousePress(row, Qt.MouseButton.LeftButton, pos=QPoint(5, 5))
    move(row, QPoint(6, 5))
    assert dragged == []
    move(row, QPoint(5, 5 + QApplication.startDragDistance()))
    assert dragged == [["SCAN 25"]]
    move(row, QPoint(50, 50))
    assert len(dragged) == 1
    qtbot.mouseRelease(row, Qt.MouseButton.LeftButton)
