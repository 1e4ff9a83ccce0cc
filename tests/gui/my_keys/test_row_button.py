"""The button in a row of the list: painted, clicked, and not there where it can do nothing."""

from __future__ import annotations

from typing import Any

from qgis.PyQt.QtCore import QEvent, QPoint, QRect, Qt
from qgis.PyQt.QtGui import QHelpEvent
from qgis.PyQt.QtWidgets import QApplication, QListView, QStyleOptionViewItem, QToolTip

from gpkeys_plugin.entrepot.models import Key
from gpkeys_plugin.gui.my_keys.row_add_button import AddButtonDelegate

from .. import fake_my_keys as known
from .. import my_keys_scenes as scenes
from ..scenes import Stage


def button_of(one: Stage, key: Key) -> QRect:
    """Bring a row into sight; return where its button is, in the viewport."""
    view: QListView = one.find("keysList")
    QApplication.processEvents()
    model = view.model()
    index = next(model.index(row, 0) for row in range(model.rowCount()) if model.index(row, 0).data() == key.name)
    view.scrollTo(index)
    delegate = view.itemDelegate()
    assert isinstance(delegate, AddButtonDelegate)
    option = QStyleOptionViewItem()
    option.rect, option.font = view.visualRect(index), view.font()
    return delegate.place(option)


def click(one: Stage, qtbot: Any, place: QPoint, *, is_double: bool = False) -> None:
    viewport = one.find("keysList").viewport()
    qtbot.mouseClick(viewport, Qt.MouseButton.LeftButton, pos=place)
    if is_double:
        qtbot.mouseDClick(viewport, Qt.MouseButton.LeftButton, pos=place)


def test_a_click_on_it_adds_the_layers_of_its_key(one: Stage, qtbot: Any) -> None:
    scenes.keys(one)
    scenes.row(one, known.BASIC_KEY)
    click(one, qtbot, button_of(one, known.HASH_KEY).center())
    assert one.my_keys_jobs.last("page").values[0] == known.HASH_KEY
    one.my_keys_jobs.last("page").on_done(known.page(known.HASH_KEY))
    assert one.my_keys_jobs.last("connect").values[0].details.key == known.HASH_KEY


def test_a_click_beside_it_only_selects(one: Stage, qtbot: Any) -> None:
    scenes.keys(one)
    beside = button_of(one, known.HASH_KEY).center() - QPoint(80, 0)
    click(one, qtbot, beside)
    assert one.my_keys_jobs.count("page") == 0
    assert one.find("keysList").currentIndex().data() == known.HASH_KEY.name


def test_a_double_click_on_it_does_not_open_the_key_too(one: Stage, qtbot: Any) -> None:
    scenes.keys(one)
    opened: list[Any] = []
    one.find("keysList").activated.connect(opened.append)
    viewport, place = one.find("keysList").viewport(), button_of(one, known.HASH_KEY).center()
    qtbot.mouseDClick(viewport, Qt.MouseButton.LeftButton, pos=place)
    assert opened == []


def test_it_is_seen_where_it_is_and_only_there(one: Stage) -> None:
    scenes.keys(one)
    place = button_of(one, known.HASH_KEY)
    drawn = one.find("keysList").viewport().grab().toImage()
    assert drawn.pixelColor(place.center()) != drawn.pixelColor(place.center() + QPoint(4, 4))
    other = button_of(one, known.HEADER_KEY)
    drawn = one.find("keysList").viewport().grab().toImage()
    colours = {drawn.pixelColor(x, y).name() for x in range(other.left(), other.right()) for y in (other.center().y(),)}
    assert len(colours) == 1


def test_signed_out_there_is_none(one: Stage, qtbot: Any) -> None:
    scenes.keys(one)
    place = button_of(one, known.HASH_KEY).center()
    one.sign_in.token_refused()
    click(one, qtbot, place)
    assert one.my_keys_jobs.count("page") == 0


def test_it_says_what_it_does(one: Stage) -> None:
    scenes.keys(one)
    viewport, place = one.find("keysList").viewport(), button_of(one, known.HASH_KEY).center()
    QApplication.sendEvent(viewport, QHelpEvent(QEvent.Type.ToolTip, place, viewport.mapToGlobal(place)))
    assert QToolTip.text() == f"Add the layers of “{known.HASH_KEY.name}” to the map"
    QToolTip.hideText()
