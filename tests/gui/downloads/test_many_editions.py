"""Ten thousand editions: what the view is given and what is made of them does not grow with their number."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest
from qgis.PyQt.QtCore import QModelIndex
from qgis.PyQt.QtWidgets import QApplication

from gpkeys_plugin.gui.downloads.editions_model import ROWS_AT_ONCE, EditionsModel
from tests.benchmarks.large_accounts import Watch

from ..scenes import Stage
from . import download_scenes as scenes
from . import fake_downloads as made_up

MANY = 10_000
LONGEST_MS = 50


@pytest.fixture
def calls(monkeypatch: pytest.MonkeyPatch) -> Counter[str]:
    """Count what is asked of the model, by name."""
    counted: Counter[str] = Counter()

    def counting(owner: Any, name: str) -> None:
        call = getattr(owner, name)

        def count(*values: Any, **named: Any) -> Any:
            counted[name] += 1
            return call(*values, **named)

        monkeypatch.setattr(owner, name, count)

    for name in ("index", "data", "hasChildren"):
        counting(EditionsModel, name)
    return counted


def shown(one: Stage, count: int) -> Any:
    """Show so many editions; return the view."""
    scenes.downloads(one)
    one.my_keys_jobs.last("read").on_part(made_up.many(count))
    one.my_keys_jobs.last("read").on_done()
    QApplication.processEvents()
    return one.find("downloadsTree")


def test_the_view_is_given_a_few_hundred_and_more_where_it_comes_to_their_end(one: Stage) -> None:
    view = shown(one, MANY)
    model = view.model()
    before = model.rowCount()
    assert before <= 2 * ROWS_AT_ONCE
    bar = view.verticalScrollBar()
    bar.setValue(bar.maximum())
    QApplication.processEvents()
    # A view that comes to the end of its rows asks twice.
    assert before < model.rowCount() <= before + 2 * ROWS_AT_ONCE
    assert "10,000" in one.find("downloadsRead").text()


def test_what_is_drawn_does_not_grow_with_their_number(one: Stage, calls: Counter[str]) -> None:
    shown(one, 4 * ROWS_AT_ONCE)
    few = Counter(calls)
    one.click("backToKeyButton")
    one.my_keys_jobs.downloads.kept.clear()
    calls.clear()
    shown(one, MANY)
    for name in ("index", "data", "hasChildren"):
        assert calls[name] <= 1.2 * few[name] + 100, name


def test_a_further_page_lays_nothing_out_anew(one: Stage, calls: Counter[str]) -> None:
    scenes.downloads(one)
    read = one.my_keys_jobs.last("read")
    whole = made_up.many(MANY).editions
    read.on_part(made_up.listing(whole[:9950], MANY, 199))
    QApplication.processEvents()
    calls.clear()
    read.on_part(made_up.listing(whole, MANY, 200, is_whole=True))
    QApplication.processEvents()
    # Fifty have come; the view asks for none of them.
    assert calls["data"] < 10 * ROWS_AT_ONCE
    assert calls["hasChildren"] == 0


def test_a_search_gives_the_view_its_first_rows_again(one: Stage, qtbot: Any) -> None:
    view = shown(one, MANY)
    for _ in range(3):
        view.model().fetchMore(QModelIndex())
    with qtbot.waitSignal(view.model().modelReset):
        one.type("downloadSearch", "Z09")
    # Qt 6's view asks for the next ones at once.
    assert view.model().rowCount() <= 2 * ROWS_AT_ONCE
    with qtbot.waitSignal(view.model().modelReset):
        one.type("downloadSearch", "Z09999")
    assert view.model().rowCount() == 1


def test_more_than_one_would_wait_for_are_not_ticked_at_once(one: Stage, qtbot: Any) -> None:
    view = shown(one, MANY)
    tick = one.find("tickShownEditionsButton")
    assert not tick.isEnabled()
    assert "narrow it to 500 editions" in tick.toolTip()
    with qtbot.waitSignal(view.model().modelReset):
        one.type("downloadSearch", "Z099")
    one.click("tickShownEditionsButton")
    assert len(one.my_keys_jobs.last("read_files").values) == 100


def test_the_window_never_stands_still(one: Stage) -> None:
    """No work of the main thread takes longer between two turns of its loop, whatever is done with ten thousand."""
    scenes.downloads(one)
    read, whole, watch = one.my_keys_jobs.last("read"), made_up.of_departments(MANY), Watch()
    last_page = made_up.listing(whole.editions[:-50], MANY, MANY // 50 - 1)

    def files() -> None:
        asked = one.my_keys_jobs.last("read_files")
        asked.on_part(asked.values[0], made_up.files(asked.values[0]))

    acts: list[tuple[str, Callable[[], object]]] = [
        ("all but a page at once", lambda: read.on_part(last_page)),
        ("the last page", lambda: read.on_part(whole)),
        ("the end", read.on_done),
        ("every edition", lambda: one.click("newestEditionBox")),
        ("a search", lambda: one.type("downloadSearch", "D063 2017")),
        ("all that is shown", lambda: one.click("tickShownEditionsButton")),
        ("the files of one", files),
        ("no search", lambda: one.type("downloadSearch", "")),
        ("a department", lambda: one.find("downloadZoneCombo").setCurrentIndex(5)),
        ("the map", lambda: one.click("coversMapBox")),
        ("nothing", lambda: one.click("untickShownEditionsButton")),
        ("back", lambda: one.click("backToKeyButton")),
        ("here again", lambda: one.click("downloadServiceButton")),
    ]
    # What is opened and painted for the first time is no part of it.
    watch.settle("", lambda: None)
    found = {what: watch.settle(what, act).stretch_ms for what, act in acts}
    assert one.find("downloadsTree").model().rowCount() > 0
    assert {what: ms for what, ms in found.items() if ms >= LONGEST_MS} == {}, found
