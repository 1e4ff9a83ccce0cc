"""A download under way and after it, clicked: paused, gone on with, given up, put on the map."""

from __future__ import annotations

from pathlib import Path

from gpkeys_plugin.entrepot.errors import ErrorCode, GpkeysError
from gpkeys_plugin.entrepot.translatable_text import Text
from gpkeys_plugin.gui.dock_tabs import Tab
from gpkeys_plugin.gui.downloads.choice_page import ChoicePage
from gpkeys_plugin.gui.downloads.fetch_page import FetchPage
from gpkeys_plugin.gui.downloads.fetched_page import FetchedPage
from gpkeys_plugin.gui.my_keys.key_page import KeyPageView
from gpkeys_plugin.gui.notices.notice import Notice
from gpkeys_plugin.gui.parts import theme
from gpkeys_plugin.jobs.downloads import disk_problems
from gpkeys_plugin.jobs.values import AddedLayers

from ..scenes import Stage
from . import download_scenes as scenes
from . import fake_downloads as made_up
from .test_downloads_view import notices, page, words


def test_progress_counts_bytes_time_and_files(one: Stage) -> None:
    scenes.under_way(one)
    assert one.find("fetchBar").value() == 42
    assert words(one, "fetchText") == "Downloading: 15 MB of 37 MB, about 3 min left"
    assert words(one, "fetchCount") == "Files that are there: 1 of 3"
    assert "another checksum" in one.find("fileFailedNotice").text()


def test_a_download_is_paused_and_gone_on_with(one: Stage) -> None:
    scenes.fetching(one)
    first = one.my_keys_jobs.last("fetch")
    one.click("pauseFetchButton")
    assert first.is_cancelled
    assert not one.find("pauseFetchButton").isEnabled()
    first.on_failed(made_up.cancelled())
    assert "Paused" in words(one, "fetchText")
    one.click("goOnFetchButton")
    again = one.my_keys_jobs.last("fetch")
    assert again is not first
    assert again.values == first.values
    assert one.find("pauseFetchButton").isEnabled()


def test_a_download_that_is_cancelled_is_given_up(one: Stage) -> None:
    scenes.fetching(one)
    call = one.my_keys_jobs.last("fetch")
    one.click("cancelFetchButton")
    call.on_failed(made_up.cancelled())
    give_up = one.my_keys_jobs.last("give_up")
    assert give_up.values == (call.values[1],)
    give_up.on_done()
    assert page(one, ChoicePage)


def test_one_that_is_paused_can_be_given_up(one: Stage) -> None:
    scenes.paused(one)
    one.click("cancelFetchButton")
    one.my_keys_jobs.last("give_up").on_done()
    assert page(one, ChoicePage)


def test_what_stops_a_download_is_said_and_it_can_be_gone_on_with(one: Stage) -> None:
    scenes.fetching(one)
    error = disk_problems.of_os_error(OSError(28, "No space left on device"), Path("/données"))
    one.my_keys_jobs.last("fetch").on_failed(error)
    assert "is full" in notices(one)
    assert "Make room" in notices(one)
    one.click("goOnFetchButton")
    assert one.my_keys_jobs.count("fetch") == 2
    assert "is full" not in notices(one)


def test_a_download_goes_on_while_one_looks_elsewhere(one: Stage) -> None:
    scenes.fetching(one)
    call = one.my_keys_jobs.last("fetch")
    one.click("backToKeyButton")
    assert page(one, KeyPageView)
    assert not call.is_cancelled
    one.click("downloadServiceButton")
    assert page(one, FetchPage)
    one.click("backToKeyButton")
    one.dock._pages.show_tab(Tab.PERMISSIONS)
    call.on_done(made_up.outcome())
    assert "Downloaded: 2 files." in notices(one)
    one.click("showFetchedButton")
    assert page(one, FetchedPage)


def test_what_was_cut_off_is_offered_when_the_page_opens_again(one: Stage) -> None:
    scenes.begun(one)
    assert "Unfinished since" in notices(one)
    assert made_up.PUY_2026.title in notices(one)
    one.click("giveUpBegunButton")
    give_up = one.my_keys_jobs.last("give_up")
    assert give_up.values == (made_up.BEGUN,)
    one.my_keys_jobs.downloads.left = ()
    give_up.on_done()
    assert "Unfinished" not in notices(one)


def test_what_was_cut_off_is_gone_on_with(one: Stage) -> None:
    scenes.begun(one)
    one.click("goOnBegunButton")
    assert one.my_keys_jobs.last("fetch").values[1] == made_up.BEGUN
    assert words(one, "fetchCount") == "Files that are there: 0"


# After the last file


def test_what_came_of_each_file_is_listed_what_failed_first_and_why(one: Stage) -> None:
    scenes.failed(one)
    assert "Downloaded: 1 file.\nAlready there: 1 file.\nCould not be had: 1 file." in notices(one)
    model = one.find("fetchedList").model()
    rows = [model.index(row, 0).data() for row in range(model.rowCount())]
    assert "failed" in rows[0]
    assert "another checksum" in rows[0]
    assert "checksum right" in rows[1]
    assert "already there" in rows[2]


def test_what_lacks_is_tried_again(one: Stage) -> None:
    scenes.failed(one)
    before = one.my_keys_jobs.last("fetch").values[1]
    one.click("fetchAgainButton")
    # Whole: an archive in volumes is unpacked with all of them.
    assert one.my_keys_jobs.last("fetch").values[1] == before


def test_where_nothing_failed_nothing_is_tried_again(one: Stage) -> None:
    scenes.done(one)
    assert not one.find("fetchAgainButton").isVisible()
    assert one.find("addFilesButton").isVisible()


def test_the_folder_is_opened(one: Stage) -> None:
    scenes.done(one)
    opened: list[Path] = []
    page(one, FetchedPage)._show_folder = opened.append
    one.click("openDownloadFolderButton")
    assert opened == [made_up.FOLDER / made_up.PUY_2026.name]


def test_layers_come_to_the_map_and_the_map_to_them(one: Stage) -> None:
    scenes.added(one)
    assert "1 layer added" in notices(one)
    # All went well: that need not be said beside it.
    assert "Downloaded: 2 files." not in notices(one)
    one.click("showLayersButton")
    assert one.my_keys_jobs.downloads.shown_on_map == [made_up.NORTH]


def test_files_that_are_no_layers_are_said_to_be_none(one: Stage) -> None:
    scenes.done(one)
    one.click("addFilesButton")
    assert one.find("addFilesBar").isVisible()
    one.my_keys_jobs.last("add_files").on_done(AddedLayers())
    assert "nothing in it" in notices(one)
    assert [one.level for one in one.dock.findChildren(Notice, "addedNotice")] == [theme.Level.INFO]
    assert not one.find("addFilesBar").isVisible()


def test_adding_can_be_stopped(one: Stage) -> None:
    scenes.done(one)
    one.click("addFilesButton")
    call = one.my_keys_jobs.last("add_files")
    one.click("stopAddingButton")
    assert call.is_cancelled
    assert one.find("addFilesButton").isEnabled()
    one.click("addFilesButton")
    broken = GpkeysError(ErrorCode.QGIS, Text("It broke."), "broke")
    one.my_keys_jobs.last("add_files").on_failed(broken)
    assert "It broke." in words(one, "fetchedMessage")


def test_back_from_the_outcome_is_what_can_be_downloaded(one: Stage) -> None:
    scenes.done(one)
    one.click("backToDownloadsButton")
    assert page(one, ChoicePage)


def test_what_comes_next_stands_out(one: Stage) -> None:
    scenes.done(one)
    assert one.find("addFilesButton").font().bold()
    scenes.added(one)
    assert not one.find("addFilesButton").font().bold()
    assert one.find("openDownloadFolderButton").font().bold()
