"""The page for files: what it offers when, what it hands over, what it says."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest
from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtWidgets import QFileDialog, QVBoxLayout, QWidget

from gpkeys_plugin.entrepot.errors import ErrorCode
from gpkeys_plugin.entrepot.translatable_text import Text
from gpkeys_plugin.gui.notices.message_area import Messages
from gpkeys_plugin.gui.parts.row_content import ROW_ROLE
from gpkeys_plugin.gui.repair.files_page import FilesPage
from gpkeys_plugin.jobs.file_repair.file_values import FilesFound, FilesUndone
from gpkeys_plugin.jobs.file_repair.scan_files import FilesWanted
from gpkeys_plugin.jobs.values import Failed
from gpkeys_plugin.keys.draft import HashStorage
from gpkeys_plugin.keys.layer_needs.needs import SAFE_CAUSES, Cause
from tests.gui import fake_repair_files as known
from tests.gui import fakes, repair_scenes
from tests.gui.fake_repair_files import FakeRepairFilesJobs
from tests.gui.scenes import Stage, stage


@dataclass
class Stand:
    """The page in a window, on its stand-in."""

    window: QWidget
    page: FilesPage
    messages: Messages
    jobs: FakeRepairFilesJobs

    def find(self, name: str) -> Any:
        """Return a widget by its object name."""
        widget = self.window.findChild(QWidget, name)
        assert widget is not None, name
        return widget

    def scanned(self, found: FilesFound | None = None) -> FilesFound:
        """Scan, and find that."""
        has = known.found() if found is None else found
        self.find("scanFilesButton").click()
        self.jobs.last("scan").on_done(has)
        return has

    def mended(self) -> None:
        """Mend what is ticked."""
        found = self.scanned()
        self.find("mendFilesButton").click()
        self.jobs.last("repair").on_done(known.mended(found))

    def offered(self) -> set[str]:
        """Return the buttons that can be seen and clicked."""
        names = ("scanFilesButton", "mendFilesButton", "undoFilesButton", "saveFilesReportButton")
        return {name for name in names if self.find(name).isVisible() and self.find(name).isEnabled()}


def stand() -> Stand:
    """Return the page, opened."""
    window, messages, jobs = QWidget(), Messages(), FakeRepairFilesJobs()
    page = FilesPage(jobs, messages)
    column = QVBoxLayout(window)
    column.setContentsMargins(0, 0, 0, 0)
    column.addWidget(messages)
    column.addWidget(page, 1)
    window.resize(300, 760)
    window.show()
    page.open()
    return Stand(window, page, messages, jobs)


@pytest.fixture
def one(qtbot: Any, qgis_app: Any) -> Iterator[Stand]:
    made = stand()
    qtbot.addWidget(made.window)
    yield made
    made.page.shut_down()


@pytest.fixture
def one_dock(qtbot: Any, qgis_app: Any) -> Iterator[Stage]:
    made = stage()
    qtbot.addWidget(made.dock)
    made.dock.resize(380, 900)
    made.dock.show()
    yield made
    made.dock.shut_down()


def test_it_begins_in_a_folder_and_offers_to_look_through(one: Stand) -> None:
    assert one.find("folderField").text() == str(known.FOLDER)
    assert one.offered() == {"scanFilesButton"}
    one.find("folderField").clear()
    assert one.offered() == set()


def test_a_scan_is_asked_for_with_what_was_chosen(one: Stand) -> None:
    one.find("folderField").setText(" /srv/autres ")
    one.find("templatesBox").setChecked(True)
    one.find("scanFilesButton").click()
    assert one.jobs.last("scan").values == (FilesWanted(Path("/srv/autres"), with_profile=True),)
    one.jobs.last("scan").on_progress(40, Text("Files read: {done} of {total}", {"done": 4, "total": 10}))
    assert one.find("progressBar").value() == 40
    one.find("cancelButton").click()
    assert one.jobs.last("scan").is_cancelled


def test_what_was_found_is_a_tree_with_what_can_be_mended_ticked(one: Stand) -> None:
    found = one.scanned()
    model = one.find("filesTree").model()
    assert model.rowCount() == len(found.files)
    assert [model.rowCount(model.index(row, 0)) for row in range(4)] == [4, 3, 1, 0]
    ticks = [model.index(row, 0).data(Qt.ItemDataRole.CheckStateRole) for row in range(4)]
    assert [None if tick is None else Qt.CheckState(tick) for tick in ticks] == [
        Qt.CheckState.Checked,
        Qt.CheckState.Checked,
        None,
        None,
    ]
    last = model.index(2, 0, model.index(1, 0))
    assert model.parent(last) == model.index(1, 0)
    assert last.data(ROW_ROLE).title == "Carte OACI"
    assert "ign_scan_ws" not in last.data(int(Qt.ItemDataRole.ToolTipRole))
    assert "ign…ws" in last.data(int(Qt.ItemDataRole.ToolTipRole))
    assert "Places that need a key: 8, in files: 3" in one.find("filesSummary").text()
    assert one.offered() == {"scanFilesButton", "mendFilesButton", "saveFilesReportButton"}


@pytest.mark.parametrize("fixed", list(HashStorage))
def test_where_a_hash_goes_is_not_asked_where_an_administrator_says(
    qtbot: Any, qgis_app: Any, fixed: HashStorage
) -> None:
    jobs = FakeRepairFilesJobs()
    jobs.fixed = fixed
    page = FilesPage(jobs, Messages())
    qtbot.addWidget(page)
    combo = page.findChild(QWidget, "filesStorageCombo")
    assert [combo.itemData(place) for place in range(combo.count())] == [fixed]
    assert not combo.isEnabled()
    said = page.findChild(QWidget, "filesStorageFixedLine").text()
    assert said == combo.accessibleDescription() == f"Fixed by your administrator: {combo.currentText()}"
    page.shut_down()


def test_only_ticked_files_are_handed_over_with_the_choices(one: Stand) -> None:
    found = one.scanned()
    model = one.find("filesTree").model()
    assert model.setData(model.index(0, 0), Qt.CheckState.Unchecked, int(Qt.ItemDataRole.CheckStateRole))
    one.find("filesStorageCombo").setCurrentIndex(1)
    one.find("mendFilesButton").click()
    has, order = one.jobs.last("repair").values
    assert has is found
    assert order.paths == {found.files[1].path}
    assert (order.causes, order.storage, order.key) == (SAFE_CAUSES, HashStorage.URL, None)
    one.jobs.last("repair").on_done(known.mended(found))
    one.scanned()
    one.find("filesCausesCombo").setCurrentIndex(1)
    one.find("mendFilesButton").click()
    assert one.jobs.last("repair").values[1].causes == set(Cause) - {Cause.NONE}


def test_with_nothing_ticked_there_is_nothing_to_mend(one: Stand) -> None:
    one.scanned()
    model = one.find("filesTree").model()
    for row in range(2):
        model.setData(model.index(row, 0), Qt.CheckState.Unchecked, int(Qt.ItemDataRole.CheckStateRole))
    assert "mendFilesButton" not in one.offered()


def test_signed_out_it_says_what_is_missing(one: Stand) -> None:
    one.scanned(known.found(is_signed_in=False))
    assert "Sign in" in one.find("filesSummary").text()
    assert one.offered() == {"scanFilesButton", "saveFilesReportButton"}


def test_what_was_done_is_told_and_can_be_undone(one: Stand) -> None:
    one.mended()
    said = one.messages.text("filesMended")
    assert "Places mended: 6, in files: 2." in said
    assert "Places left: 1" in said
    assert "abc1234" in one.find("noticeDetails").text()
    assert one.offered() == {"scanFilesButton", "undoFilesButton", "saveFilesReportButton"}
    model = one.find("filesTree").model()
    assert model.index(1, 0).data(ROW_ROLE).details == "2 mended, 1 left"
    assert "does not open it" in model.index(2, 0, model.index(1, 0)).data(ROW_ROLE).more[0][0]
    one.find("undoFilesButton").click()
    one.jobs.last("undo").on_done(FilesUndone((known.FOLDER / "a.qgs",), ((known.FOLDER / "b.qgs", Text("Gone.")),)))
    assert one.messages.text("filesBack").splitlines()[1] == "b.qgs: Gone."
    assert one.offered() == {"scanFilesButton"}


def test_a_repair_that_ended_early_tells_both(one: Stand) -> None:
    found = one.scanned()
    one.find("mendFilesButton").click()
    one.jobs.last("repair").on_done(replace(known.mended(found), failure=fakes.error()))
    assert "Places mended" in one.messages.text("filesMended")
    assert one.messages.text("error")
    assert "undoFilesButton" in one.offered()


def test_a_failure_is_shown_and_an_ended_session_told(one: Stand) -> None:
    ended: list[bool] = []
    one.page.token_refused.connect(lambda: ended.append(True))
    one.find("scanFilesButton").click()
    one.jobs.last("scan").on_failed(Failed(fakes.error(ErrorCode.TOKEN_REFUSED)))
    assert ended == [True]
    one.find("scanFilesButton").click()
    one.jobs.last("scan").on_failed(Failed(fakes.error()))
    assert one.messages.text("error")


def test_a_report_goes_where_it_was_chosen(one: Stand, monkeypatch: pytest.MonkeyPatch) -> None:
    found = one.scanned()
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: ("/srv/rapport", "PDF (*.pdf)"))
    one.find("saveFilesReportButton").click()
    assert one.jobs.last("save_report").values == (Path("/srv/rapport.pdf"), found, None)
    one.jobs.last("save_report").on_done()
    assert "/srv/rapport.pdf" in one.messages.text("filesReport")


def test_a_folder_is_chosen(one: Stand, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: "/srv/choisi")
    one.find("browseFolderButton").click()
    assert one.find("folderField").text() == "/srv/choisi"
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: "")
    one.find("browseFolderButton").click()
    assert one.find("folderField").text() == "/srv/choisi"


def test_it_is_in_the_dock_behind_the_page_that_mends(one_dock: Stage) -> None:
    repair_scenes.files_found(one_dock)
    assert one_dock.find("filesTree").isVisible()
    one_dock.click("filesBackButton")
    assert not one_dock.find("filesTree").isVisible()
    assert one_dock.find("filesButton").isVisible()
    one_dock.click("filesButton")
    assert one_dock.find("filesTree").isVisible()
    one_dock.dock.show_repair()
    assert one_dock.find("filesButton").isVisible()


def test_signed_out_nothing_of_the_account_is_left(one_dock: Stage) -> None:
    repair_scenes.files_found(one_dock)
    one_dock.choose("signOutAction")
    one_dock.dock.show_repair()
    one_dock.click("filesButton")
    assert not one_dock.find("filesTree").isVisible()


def test_it_fits_a_narrow_dock(one: Stand) -> None:
    for act in (lambda: None, one.scanned, one.mended):
        act()
        assert one.page.minimumSizeHint().width() <= 300
