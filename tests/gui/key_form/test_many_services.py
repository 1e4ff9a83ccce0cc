"""The tree with more services than anybody looks at: what is asked of the model, and what the view is given."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest
from qgis.PyQt.QtCore import QModelIndex, Qt
from qgis.PyQt.QtWidgets import QApplication

from gpkeys_plugin.gui.key_form.services_layout import FED_AT_ONCE
from gpkeys_plugin.gui.key_form.services_model import ServicesModel
from gpkeys_plugin.gui.parts.value_words import number
from gpkeys_plugin.keys.draft import Grant
from gpkeys_plugin.keys.services import catalogue, catalogue_search
from gpkeys_plugin.keys.services.catalogue import Choice, Group

from .. import fakes, scenes
from ..scenes import Stage

CHECK = Qt.ItemDataRole.CheckStateRole
GROUPS, EACH = 1000, 20


@pytest.fixture
def calls(monkeypatch: pytest.MonkeyPatch) -> Counter[str]:
    """Count what is made of choices and asked of the model, by name."""
    counted: Counter[str] = Counter()
    for owner, name in ((Choice, "__init__"), (ServicesModel, "index"), (ServicesModel, "data"), (Grant, "__new__")):
        monkeypatch.setattr(owner, name, _counting(counted, f"{owner.__name__}.{name}", getattr(owner, name)))
    return counted


def _counting(counted: Counter[str], name: str, call: Callable[..., Any]) -> Callable[..., Any]:
    def counting(*values: Any, **named: Any) -> Any:
        counted[name] += 1
        return call(*values, **named)

    return counting


def shown(one: Stage, groups: int = GROUPS, each: int = EACH) -> Any:
    """Show so many services; return the view."""
    scenes.signed_in(one, permissions=scenes.many(groups, each))
    QApplication.processEvents()
    return one.find("servicesTree")


def searched(one: Stage, qtbot: Any, text: str) -> None:
    """Type into the search, and wait for what it finds."""
    with qtbot.waitSignal(one.find("servicesTree").model().modelReset):
        one.type("servicesSearch", text)
    QApplication.processEvents()


def test_rows_are_made_for_what_is_in_sight(one: Stage, calls: Counter[str]) -> None:
    shown(one)
    # Some twenty rows fit, each drawn from a few choices; the view lays out those it was given, once.
    assert calls["Choice.__init__"] < 300
    assert calls["ServicesModel.index"] < 2 * FED_AT_ONCE


@pytest.mark.parametrize("text", ["licence", "couche_007", "collectivite"])
def test_a_search_opens_what_is_in_sight(one: Stage, qtbot: Any, calls: Counter[str], text: str) -> None:
    view = shown(one)
    calls.clear()
    searched(one, qtbot, text)
    model = view.model()
    opened = [row for row in range(model.rowCount()) if view.isExpanded(model.index(row, 0))]
    in_sight = [index for index in view.rows_in_sight() if not index.parent().isValid()]
    assert opened == [index.row() for index in in_sight]
    assert calls["Choice.__init__"] < 400
    assert calls["ServicesModel.index"] < 3 * FED_AT_ONCE
    view.scrollToBottom()
    QApplication.processEvents()
    qtbot.waitUntil(lambda: all(view.isExpanded(index) for index in view.rows_in_sight() if model.hasChildren(index)))


def test_what_a_person_closes_stays_closed_in_a_search(one: Stage, qtbot: Any) -> None:
    view = shown(one)
    searched(one, qtbot, "licence")
    first = view.model().index(0, 0)
    view.collapse(first)
    for _ in range(3):
        view.viewport().repaint()
        QApplication.processEvents()
    assert not view.isExpanded(first)


def test_more_rows_come_as_the_last_ones_are_seen(one: Stage, qtbot: Any) -> None:
    view = shown(one)
    model = view.model()
    assert model.rowCount() == FED_AT_ONCE
    view.scrollToBottom()
    qtbot.waitUntil(lambda: model.rowCount() > FED_AT_ONCE)
    view.scrollToBottom()
    qtbot.waitUntil(lambda: model.rowCount() == GROUPS)
    assert model.index(GROUPS - 1, 0).data() == scenes.many(GROUPS, 1)[-1].licence


def test_a_long_group_is_given_in_parts_and_ticked_whole(one: Stage, qtbot: Any) -> None:
    view = shown(one, 1, 1200)
    model = view.model()
    group = model.index(0, 0)
    assert model.rowCount(group) == FED_AT_ONCE
    model.setData(group, Qt.CheckState.Checked, CHECK)
    assert one.find("servicesCount").text() == f"{number(1200)} services ticked"
    while model.rowCount(group) < 1200:
        given = model.rowCount(group)
        view.scrollToBottom()
        qtbot.waitUntil(lambda given=given: model.rowCount(group) > given)
    assert model.index(1199, 0, group).data(CHECK) == Qt.CheckState.Checked


def test_no_grant_is_made_by_a_tick(one: Stage, calls: Counter[str]) -> None:
    view = shown(one)
    calls.clear()
    one.click("tickShownButton")
    assert one.find("servicesCount").text() == f"{number(GROUPS * EACH)} services ticked"
    model = view.model()
    model.setData(model.index(0, 0, model.index(0, 0)), Qt.CheckState.Unchecked, CHECK)
    assert one.find("servicesCount").text() == f"{number(GROUPS * EACH - 1)} services ticked"
    assert calls["Grant.__new__"] < 100
    assert model.grants() is model.grants()
    assert len(list(model.grants())) == GROUPS * EACH - 1


def test_what_a_search_looks_through_is_made_once(qgis_app: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    known = catalogue.build(scenes.many(10, 10), fakes.NOW).prepared()
    model = ServicesModel()
    model.show_catalogue(known, fakes.NOW)
    folded: list[str] = []

    def noting(text: str) -> str:
        folded.append(text)
        return text

    for module in (catalogue, catalogue_search):
        monkeypatch.setattr(module, "folded", noting)
    for text in ("couche", "couche_007", ""):
        model.search(text)
    assert folded == ["couche", "couche_007", ""]


def test_a_group_that_matches_whole_is_the_same(qgis_app: Any) -> None:
    known = catalogue.build(scenes.many(10, 10), fakes.NOW)
    found = catalogue_search.search(known, "licence 0007")
    assert found.groups == (known.groups[7],)
    assert all(a is b for a, b in zip(catalogue_search.search(known, "collectivite").groups, known.groups))


def test_the_row_of_a_title_that_came_is_given_to_the_view(qgis_app: Any) -> None:
    model = ServicesModel()
    model.show_catalogue(catalogue.build(scenes.many(700, 2), fakes.NOW), fakes.NOW)
    index = model.place_of("o699-1")
    assert index.data() == "collectivite_0699.couche_001"
    assert index.parent().row() == 699
    assert model.rowCount(QModelIndex()) == 700


def test_choices_of_a_group_are_counted_without_being_made(calls: Counter[str]) -> None:
    group: Group = catalogue.build(scenes.many(1, 50), fakes.NOW).groups[0]
    assert (len(group), len(group.grants)) == (50, 50)
    assert calls["Choice.__init__"] == 0
