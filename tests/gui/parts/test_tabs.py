"""Tabs that fit."""

from __future__ import annotations

from typing import Any

from gpkeys_plugin.gui.parts.tabs import FittingTabs

_TABS = (("Nouvelle", "add"), ("Mes clés", "key"), ("Permissions", "permission"), ("Réparer", "repair"))


def _bar(qtbot: Any, width: int) -> FittingTabs:
    bar = FittingTabs("tabs", _TABS)
    qtbot.addWidget(bar)
    bar.resize(width, 40)
    bar.show()
    return bar


def _texts(bar: FittingTabs) -> list[str]:
    return [bar.tabText(place) for place in range(bar.count())]


def test_with_room_for_all_each_tab_has_its_title(qtbot: Any) -> None:
    bar = _bar(qtbot, 900)
    assert _texts(bar) == [title for title, _ in _TABS]
    assert all(bar.tabIcon(place).isNull() for place in range(bar.count()))


def test_without_it_those_behind_have_icons_and_nothing_is_elided(qtbot: Any) -> None:
    bar = _bar(qtbot, 300)
    for place in range(bar.count()):
        bar.setCurrentIndex(place)
        assert _texts(bar) == [title if other == place else "" for other, (title, _) in enumerate(_TABS)]
        assert sum(bar.tabRect(other).width() for other in range(bar.count())) <= 300
        assert bar.tabRect(place).width() >= bar.tabSizeHint(place).width()
        others = [other for other in range(bar.count()) if other != place]
        assert [bar.tabToolTip(other) for other in others] == [_TABS[other][0] for other in others]
        assert not any(bar.tabIcon(other).isNull() for other in others)


def test_the_names_stay_for_those_who_do_not_see_the_icons(qtbot: Any) -> None:
    bar = _bar(qtbot, 300)
    assert [bar.accessibleTabName(place) for place in range(bar.count())] == [title for title, _ in _TABS]


def test_the_titles_come_back_with_the_room(qtbot: Any) -> None:
    bar = _bar(qtbot, 300)
    bar.resize(900, 40)
    assert _texts(bar) == [title for title, _ in _TABS]


def test_a_count_stands_behind_the_title_and_in_the_hint_of_an_icon(qtbot: Any) -> None:
    bar = _bar(qtbot, 900)
    bar.show_count(1, "12")
    assert _texts(bar)[1] == bar.accessibleTabName(1) == "Mes clés (12)"
    bar.resize(300, 40)
    assert bar.tabToolTip(1) == "Mes clés (12)"
    for place in range(bar.count()):
        bar.setCurrentIndex(place)
        assert sum(bar.tabRect(other).width() for other in range(bar.count())) <= 300
    bar.show_count(1, "")
    assert bar.accessibleTabName(1) == "Mes clés"
