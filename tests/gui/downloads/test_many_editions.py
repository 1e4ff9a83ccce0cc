"""Ten thousand editions: what the view is given and what is made of them does not grow with their number."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest
from qgis.PyQt.QtCore import QModelIndex
from qgis.PyQt.QtWidgets import QApplication

from gpkeys_plugin.gui.downloads.editions_model import ROWS_AT_ONCE, EditionsModel
from gpkeys_plugin.jobs.downloads.resource_listing import ResourceListing
from gpkeys_plugin.keys.downloads import edition_search

from ..scenes import Stage
from . import download_scenes as scenes
from . import fake_downloads as made_up

MANY = 10_000


@pytest.fixture
def calls(monkeypatch: pytest.MonkeyPatch) -> Counter[str]:
    """Count what is asked of the model, by name, and how many editions are made ready to be searched."""
    counted: Counter[str] = Counter()

    def counting(owner: Any, name: str) -> None:
        call = getattr(owner, name)

        def count(*values: Any, **named: Any) -> Any:
            counted[name] += 1
            return call(*values, **named)

        monkeypatch.setattr(owner, name, count)

    for name in ("index", "data", "hasChildren"):
        counting(EditionsModel, name)
    counting(edition_search, "searchable")
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
    assert calls["searchable"] == MANY
    for name in ("index", "data", "hasChildren"):
        assert calls[name] <= 1.2 * few[name] + 100, name


def test_a_further_page_lays_nothing_out_anew(one: Stage, calls: Counter[str]) -> None:
    scenes.downloads(one)
    read = one.my_keys_jobs.last("read")
    whole = made_up.many(MANY).editions
    read.on_part(ResourceListing(whole[:9950], MANY, 199))
    QApplication.processEvents()
    calls.clear()
    read.on_part(ResourceListing(whole, MANY, 200, is_whole=True))
    QApplication.processEvents()
    # Fifty have come; the view asks for none of them.
    assert calls["searchable"] == 50
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
