"""Downloads, clicked: from the key to the files on the map, and what happens when something comes in between."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from qgis.PyQt.QtCore import QModelIndex, Qt
from qgis.PyQt.QtWidgets import QAction, QApplication

from gpkeys_plugin.entrepot.errors import ErrorCode
from gpkeys_plugin.gui.downloads.choice_page import ChoicePage
from gpkeys_plugin.gui.downloads.fetch_page import FetchPage
from gpkeys_plugin.gui.downloads.fetched_page import FetchedPage
from gpkeys_plugin.gui.key_services.service_row import ServiceRow
from gpkeys_plugin.gui.my_keys.key_page import KeyPageView
from gpkeys_plugin.gui.notices.message_area import Messages
from gpkeys_plugin.gui.notices.notice import Notice
from gpkeys_plugin.jobs.downloads.fetch_order import OrderedEdition
from gpkeys_plugin.jobs.window import window_memory

from .. import fake_my_keys as known
from .. import fakes, my_keys_scenes
from ..result.test_result_page import finished
from ..scenes import Stage
from . import download_scenes as scenes
from . import fake_downloads as made_up

CHECK = Qt.ItemDataRole.CheckStateRole


def page(one: Stage, kind: type) -> Any:
    """Return the page of that kind, which is to be seen."""
    found = one.dock.findChild(kind)
    assert found.isVisible()
    return found


def titles(one: Stage) -> list[str]:
    """Return what the rows of the tree are about."""
    model = one.find("downloadsTree").model()
    return [model.edition(model.index(row, 0)).name for row in range(model.rowCount())]


def words(one: Stage, name: str) -> str:
    """Return the words of a widget."""
    return str(one.find(name).text())


def notices(one: Stage) -> str:
    """Return what the messages in sight say."""
    found = [messages for messages in one.dock.findChildren(Messages) if messages.isVisible()]
    return "\n".join(notice.text() for messages in found for notice in messages.findChildren(Notice))


def searched(one: Stage, qtbot: Any, text: str) -> None:
    """Type into the search, and wait for what it finds."""
    with qtbot.waitSignal(one.find("downloadsTree").model().modelReset):
        one.type("downloadSearch", text)


# Where


def test_a_service_of_files_is_offered_on_the_page_of_the_key_and_in_its_menu(one: Stage) -> None:
    my_keys_scenes.key_page(one)
    QApplication.processEvents()
    rows = [row for row in one.dock.findChildren(ServiceRow) if row.isVisible()]
    offered = [[action.text() for action in row.actions()] for row in rows]
    assert [("Download…" in actions) for actions in offered] == [False, False, True]
    action: QAction = next(action for action in rows[2].actions() if action.text() == "Download…")
    action.trigger()
    assert page(one, ChoicePage).resource() == made_up.RESOURCE


def test_the_result_of_a_new_key_leads_to_its_downloads(one: Stage) -> None:
    finished(one)
    one.click("downloadServiceButton")
    key = fakes.created().key
    asked = one.my_keys_jobs.last("page")
    assert asked.values[0].id == key.id
    asked.on_done(known.page(asked.values[0]))
    assert page(one, ChoicePage).isVisible()


def test_what_is_asked_for_from_outside_shows_once_the_keys_are_read(one: Stage) -> None:
    one.dock.show_key(known.HASH_KEY.id, "of")
    my_keys_scenes.listed(one)
    asked = one.my_keys_jobs.last("page")
    assert asked.values[0] == known.HASH_KEY
    asked.on_done(known.page())
    assert page(one, ChoicePage).isVisible()


def test_back_is_the_key(one: Stage) -> None:
    scenes.listed(one)
    one.click("backToKeyButton")
    assert page(one, KeyPageView)


# What there is


def test_a_list_shows_as_it_is_read_and_can_be_stopped_and_read_on(one: Stage) -> None:
    scenes.downloads(one)
    read = one.my_keys_jobs.last("read")
    read.on_part(made_up.HALF)
    assert titles(one) == [made_up.PUY_2024.name, made_up.CANTAL_2025.name]
    assert "2 of 10,000 editions read" in words(one, "downloadsRead")
    one.click("stopReadingButton")
    assert read.is_cancelled
    assert not one.find("stopReadingButton").isVisible()
    one.click("goOnReadingButton")
    again = one.my_keys_jobs.last("read")
    assert again.values[1] == made_up.HALF
    again.on_part(made_up.WHOLE)
    again.on_done()
    assert not one.find("goOnReadingButton").isVisible()
    # Of the Puy-de-Dôme another one is the newest now.
    assert titles(one) == [edition.name for edition in made_up.EDITIONS[1:]]


def test_nothing_is_asked_twice_until_one_wishes_so(one: Stage) -> None:
    scenes.chosen(one)
    one.click("backToKeyButton")
    one.click("downloadServiceButton")
    assert len(titles(one)) == 3
    scenes.tick(one, 1)
    assert one.my_keys_jobs.count("read") == one.my_keys_jobs.count("read_files") == 1
    assert "3 files" in words(one, "downloadSummary")
    one.click("readDownloadsAgainButton")
    assert one.my_keys_jobs.count("read") == 2
    assert titles(one) == []


def test_the_list_is_narrowed(one: Stage, qtbot: Any) -> None:
    scenes.listed(one)
    one.find("newestEditionBox").setChecked(False)
    assert len(titles(one)) == 4
    one.find("coversMapBox").setChecked(True)
    # One that does not say where it lies may lie there.
    assert titles(one) == [made_up.PUY_2024.name, made_up.PUY_2026.name, made_up.WITHOUT_ZONE.name]
    one.my_keys_jobs.downloads.extent = made_up.SOUTH
    searched(one, qtbot, "cantal")
    assert titles(one) == [made_up.CANTAL_2025.name]
    one.type("downloadSearch", "")
    one.find("coversMapBox").setChecked(False)
    zones = one.find("downloadZoneCombo")
    assert [zones.itemText(place) for place in range(zones.count())] == ["All zones", "D015 Cantal", "D063 Puy-de-Dôme"]
    zones.setCurrentIndex(1)
    qtbot.waitUntil(lambda: titles(one) == [made_up.CANTAL_2025.name])
    one.find("downloadFormatCombo").setCurrentIndex(1)
    assert titles(one) == [made_up.CANTAL_2025.name]


def test_an_edition_unfolds_into_its_files(one: Stage) -> None:
    scenes.listed(one)
    view = one.find("downloadsTree")
    model = view.model()
    assert model.hasChildren(model.index(0, 0))
    view.expand(model.index(0, 0))
    call = one.my_keys_jobs.last("read_files")
    assert call.values == (made_up.CANTAL_2025,)
    call.on_part(made_up.CANTAL_2025, made_up.files(made_up.CANTAL_2025, size=None))
    row = model.index(0, 0)
    assert model.rowCount(row) == 3
    assert model.index(0, 0, row).data().endswith("size unknown")
    spoken = row.data()
    for part in ("Cantal", "TIFF", "EPSG:2154", "3 files"):
        assert part in spoken


def test_an_edition_and_its_files_are_ticked_together(one: Stage) -> None:
    scenes.chosen(one)
    model = one.find("downloadsTree").model()
    edition = model.index(1, 0)
    first = model.index(0, 0, edition)
    assert [first.data(CHECK), edition.data(CHECK)] == [Qt.CheckState.Checked] * 2
    model.setData(first, Qt.CheckState.Unchecked, CHECK)
    assert edition.data(CHECK) == Qt.CheckState.PartiallyChecked
    assert "2 files, 24.7 MB" in words(one, "downloadSummary")
    model.setData(first, Qt.CheckState.Checked, CHECK)
    assert edition.data(CHECK) == Qt.CheckState.Checked
    model.setData(edition, Qt.CheckState.Unchecked, CHECK)
    assert model.index(2, 0, edition).data(CHECK) == Qt.CheckState.Unchecked
    assert not one.find("fetchButton").isEnabled()


def test_all_that_is_shown_is_ticked_and_unticked_at_once(one: Stage, qtbot: Any) -> None:
    scenes.chosen(one)
    model = one.find("downloadsTree").model()
    one.click("untickShownEditionsButton")
    searched(one, qtbot, "cantal")
    one.click("tickShownEditionsButton")
    assert one.my_keys_jobs.last("read_files").values == (made_up.CANTAL_2025,)
    one.my_keys_jobs.last("read_files").on_part(made_up.CANTAL_2025, made_up.files(made_up.CANTAL_2025))
    assert "3 files" in words(one, "downloadSummary")
    searched(one, qtbot, "")
    one.click("tickShownEditionsButton")
    assert [model.index(row, 0).data(CHECK) for row in range(3)] == [Qt.CheckState.Checked] * 3
    first = model.index(0, 0, model.index(1, 0))
    assert first.data(CHECK) == Qt.CheckState.Checked
    one.click("untickShownEditionsButton")
    assert words(one, "downloadSummary") == "Tick what is to be downloaded."
    assert first.data(CHECK) == Qt.CheckState.Unchecked
    searched(one, qtbot, "nulle part")
    assert not one.find("tickShownEditionsButton").isEnabled()


def test_what_a_search_hides_stays_ticked(one: Stage, qtbot: Any) -> None:
    scenes.chosen(one)
    searched(one, qtbot, "cantal")
    assert "3 files" in words(one, "downloadSummary")
    one.click("fetchButton")
    assert one.my_keys_jobs.last("fetch").values[1].order.editions == (OrderedEdition(made_up.PUY_2026),)


# Where to


def test_size_and_room_are_said_before_anything_is_fetched(one: Stage) -> None:
    scenes.listed(one)
    scenes.tick(one, 1)
    assert "Reading how much" in words(one, "downloadSummary")
    assert not one.find("fetchButton").isEnabled()
    one.my_keys_jobs.last("read_files").on_part(made_up.PUY_2026, made_up.files(made_up.PUY_2026))
    one.find("downloadFolderField").setText("/données")
    assert words(one, "downloadSummary") == "Chosen: 3 files, 37.0 MB. 52.0 GB are free on its disk."


@pytest.mark.parametrize(("free", "said"), [(20_000_000, "has 20 MB left"), (None, "The folder is not there.")])
def test_a_disk_without_room_and_a_folder_that_is_not_there_are_said(one: Stage, free: int | None, said: str) -> None:
    one.my_keys_jobs.downloads.free = free
    scenes.chosen(one)
    assert said in words(one, "downloadSummary")


def test_without_a_folder_it_is_asked_for_and_remembered(one: Stage) -> None:
    scenes.chosen(one)
    asked: list[str] = []
    choice = page(one, ChoicePage)

    def decline(_parent: Any, _title: str, proposed: str) -> str:
        asked.append(proposed)
        return ""

    choice._ask = decline
    one.find("downloadFolderField").setText("")
    one.click("fetchButton")
    assert (asked, one.my_keys_jobs.count("fetch")) == ([""], 0)
    choice._ask = lambda _parent, _title, _proposed: "/données"
    one.click("fetchButton")
    assert one.my_keys_jobs.last("fetch").values[1].order.folder == Path("/données")
    assert window_memory.DOWNLOAD_FOLDER.get() == "/données"


def test_enter_pressed_twice_does_not_stop_what_it_began(one: Stage) -> None:
    scenes.chosen(one)
    one.find("fetchButton").setFocus()
    one.click("fetchButton")
    assert one.dock.focusWidget() is one.find("fetchBar")


def test_what_is_said_of_another_account_is_gone(one: Stage) -> None:
    scenes.fetching(one)
    fetch = one.my_keys_jobs.last("fetch")
    one.dock.shut_down()
    assert fetch.is_cancelled
    assert one.dock.findChild(ChoicePage).model.rowCount(QModelIndex()) == 0
    fetch.on_failed(made_up.cancelled())
    assert not one.dock.findChild(FetchPage).isVisible()
    QApplication.processEvents()
    assert not one.dock.findChild(FetchedPage).isVisible()
    assert made_up.cancelled().code is ErrorCode.CANCELLED
