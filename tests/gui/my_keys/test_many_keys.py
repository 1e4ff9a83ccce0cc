"""The list of keys while it is read: what a part costs, and where its rows go."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from qgis.PyQt.QtCore import QModelIndex
from qgis.PyQt.QtWidgets import QApplication

from gpkeys_plugin.entrepot.models import Access, Hits, Key, KeyType, OfferingType
from gpkeys_plugin.gui.my_keys.key_list_model import OVERVIEW_ROLE, KeysModel, Order
from gpkeys_plugin.gui.parts.row_delegate import KeysDelegate
from gpkeys_plugin.gui.permissions import permissions_page
from gpkeys_plugin.keys.upkeep import overview
from gpkeys_plugin.keys.upkeep.overview import KeyOverview

from .. import fakes, my_keys_scenes, scenes
from ..fakes import NOW
from ..scenes import Stage

COUNT = 300
PERMISSIONS = scenes.many(40, 10)


def read(place: int, hits: int = 0) -> KeyOverview:
    """Return what was read of a key."""
    permission = PERMISSIONS[place % len(PERMISSIONS)]
    ending = replace(permission, offerings=(), end_date=NOW + timedelta(days=1 + place % 60))
    accesses = tuple(Access(f"a{place}-{one.id}", one, ending) for one in permission.offerings[: 1 + place % 3])
    usage = Hits(hits, hits, NOW, NOW - timedelta(hours=place)) if hits else None
    kind = (KeyType.HASH, KeyType.BASIC, KeyType.OAUTH2)[place % 3]
    return KeyOverview(Key(f"k{place}", f"Clé {place * 7 % COUNT:03}", kind, NOW), accesses, usage)


def unread() -> list[KeyOverview]:
    """Return the rows of keys of which nothing was read."""
    return [KeyOverview(read(place).key) for place in range(COUNT)]


@pytest.fixture
def model(qgis_app: Any, qtmodeltester: Any) -> Iterator[KeysModel]:
    """Return a model of keys of which nothing was read, found sound at the end."""
    made = KeysModel()
    made.show_keys(unread(), NOW)
    yield made
    qtmodeltester.check(made)


def names(model: KeysModel) -> list[str]:
    """Return the names of the keys, from the top."""
    return [model.index(row, 0).data() for row in range(model.rowCount())]


@pytest.mark.parametrize("order", list(Order))
@pytest.mark.parametrize("text", ["", "couche_002", "clé 1"])
def test_rows_that_come_one_by_one_stand_as_if_all_were_there(model: KeysModel, order: Order, text: str) -> None:
    model.set_order(order)
    model.set_filters(text, None, None, needs_attention=False)
    for number in range(COUNT):
        place = number * 71 % COUNT
        model.update_keys([read(place, hits=place % 4)])
    known = names(model)
    model.set_order(order)
    assert names(model) == known
    fresh = KeysModel()
    fresh.set_order(order)
    fresh.set_filters(text, None, None, needs_attention=False)
    fresh.show_keys([read(place, hits=place % 4) for place in range(COUNT)], NOW)
    assert names(fresh) == known


def test_a_part_changes_its_row_and_no_other(model: KeysModel, qtbot: Any) -> None:
    changed: list[tuple[int, int]] = []
    model.dataChanged.connect(lambda first, last, *_: changed.append((first.row(), last.row())))
    with ExitStack() as silences:
        for other in (model.layoutChanged, model.modelReset, model.rowsInserted, model.rowsRemoved, model.rowsMoved):
            silences.enter_context(qtbot.assertNotEmitted(other))
        for place in range(COUNT):
            model.update_keys([read(place)])
    assert len(changed) == COUNT
    assert {first for first, _ in changed} == set(range(COUNT))
    assert all(first == last for first, last in changed)


def test_a_part_asks_for_nothing_of_other_keys(model: KeysModel, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: Counter[str] = Counter()
    types = KeyOverview.offering_types.fget  # type: ignore[attr-defined]

    def counting(row: KeyOverview) -> tuple[OfferingType, ...]:
        asked[row.key.id] += 1
        return tuple(types(row))

    monkeypatch.setattr(KeyOverview, "offering_types", property(counting))
    matched: list[str] = []

    def matches(row: KeyOverview, *values: Any) -> bool:
        matched.append(row.key.id)
        return overview.matches(row, *values)

    monkeypatch.setattr("gpkeys_plugin.gui.my_keys.key_list_model.matches", matches)
    model.update_keys([read(5), read(6)])
    model.offering_types()
    assert asked == {"k5": 2, "k6": 2}
    assert matched == ["k5", "k6"]


def test_types_of_services_come_and_go(model: KeysModel) -> None:
    assert model.offering_types() == []
    model.update_keys([read(1), read(2)])
    assert OfferingType.WFS in model.offering_types()
    model.update_keys([replace(read(1), accesses=()), replace(read(2), accesses=())])
    assert model.offering_types() == []


def test_a_row_in_sight_is_painted_and_what_is_selected_stays(one: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    held = replace(fakes.holdings(permissions=PERMISSIONS), keys=tuple(row.key for row in unread()))
    my_keys_scenes.listed(one, held)
    QApplication.processEvents()
    view = one.find("keysList")
    view.setCurrentIndex(view.model().index(3, 0))
    chosen = view.currentIndex().data(OVERVIEW_ROLE).key.id
    QApplication.processEvents()
    painted: list[int] = []
    paint = KeysDelegate.paint

    def painting(delegate: KeysDelegate, painter: Any, option: Any, index: QModelIndex) -> None:
        painted.append(index.row())
        paint(delegate, painter, option, index)

    monkeypatch.setattr(KeysDelegate, "paint", painting)
    call = one.my_keys_jobs.last("overviews")
    places = {row.key.name: place for place, row in enumerate(unread())}
    call.on_part([read(places[view.model().index(1, 0).data()])])
    QApplication.processEvents()
    assert 1 in painted
    del painted[:]
    call.on_part([read(places[view.model().index(200, 0).data()])])
    QApplication.processEvents()
    assert painted == []
    one.find("keyOrderCombo").setCurrentIndex(1)
    call.on_part([read(place) for place in range(COUNT)])
    assert view.currentIndex().data(OVERVIEW_ROLE).key.id == chosen


class _Counted(tuple):  # type: ignore[type-arg]
    """Accesses that count how often they are gone through."""

    walks = 0

    def __iter__(self) -> Iterator[Any]:
        _Counted.walks += 1
        return super().__iter__()


def test_who_uses_permissions_is_found_in_one_walk() -> None:
    _Counted.walks = 0
    rows = [replace(read(place), accesses=_Counted(read(place).accesses or ())) for place in range(COUNT)]
    users = permissions_page.keys_by_permission(rows)
    assert _Counted.walks == COUNT
    assert users[PERMISSIONS[3].id] == [rows[place].key.name for place in range(3, COUNT, len(PERMISSIONS))]
