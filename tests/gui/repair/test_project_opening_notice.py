"""The line in QGIS's message bar, and how many clicks it is from there to a mended project."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from qgis.core import QgsProject
from qgis.gui import QgsMessageBar
from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtWidgets import QApplication, QPushButton
from qgis.PyQt.QtXml import QDomDocument

from gpkeys_plugin.entrepot.errors import ErrorCode, GpkeysError
from gpkeys_plugin.entrepot.sign_in_status import SignInState
from gpkeys_plugin.entrepot.translatable_text import Text
from gpkeys_plugin.gui.repair.project_opening_notice import ProjectWatch
from gpkeys_plugin.jobs.repair.repair_values import LayerFound
from gpkeys_plugin.jobs.window.preferences import FixedOptions, PluginPreferences
from gpkeys_plugin.keys.layer_needs.needs import Cause
from gpkeys_plugin.store import settings
from tests.gui import fake_my_keys, fake_repair, repair_scenes
from tests.gui.fake_set_up import FakePreferences
from tests.gui.scenes import Stage


@dataclass
class Watched:
    """A watch on stand-ins, and what was asked of it."""

    bar: QgsMessageBar
    jobs: fake_repair.FakeRepairJobs
    preferences: FakePreferences
    folder: Path
    shown: list[int] = field(default_factory=list)

    def open(self, name: str = "plan.qgs") -> None:
        """Open a project, one that is made if it is not there."""
        project, path = QgsProject.instance(), str(self.folder / name)
        if not Path(path).exists():
            project.clear()
            assert project.write(path)
        assert project.read(path)
        QApplication.processEvents()

    def line(self) -> str:
        """Return the words of the line, empty where there is none."""
        item = self.bar.currentItem()
        return str(item.text()) if item is not None else ""

    def button(self, name: str) -> QPushButton:
        """Return a button of the line."""
        return self.bar.currentItem().findChild(QPushButton, name)


@pytest.fixture
def watched(qtbot: Any, qgis_app: Any, tmp_path: Path) -> Iterator[Watched]:
    """Return a watch that finds eight layers."""
    bar = QgsMessageBar()
    qtbot.addWidget(bar)
    jobs = fake_repair.FakeRepairJobs(layers=fake_repair.SHEETS)
    made = Watched(bar, jobs, FakePreferences(), tmp_path)
    watch = ProjectWatch(bar, jobs, made.preferences, lambda: made.shown.append(1))
    yield made
    watch.stop()
    QgsProject.instance().clear()


def test_a_project_with_dark_layers_is_told_of_once(watched: Watched) -> None:
    watched.open()
    assert watched.line() == "8 layers need your Géoplateforme access key."
    watched.bar.clearWidgets()
    QApplication.processEvents()
    watched.open()
    assert watched.line() == ""
    watched.open("other.qgs")
    assert watched.line() != ""


def test_show_shows_and_takes_the_line_away(watched: Watched) -> None:
    watched.open()
    watched.button("showRepairButton").click()
    assert watched.shown == [1]
    assert watched.line() == ""


def test_it_is_not_told_any_more_when_that_is_wished(watched: Watched) -> None:
    watched.open()
    watched.button("stopTellingButton").click()
    assert watched.line() == ""
    assert not watched.preferences.load().tells_of_layers
    looks = watched.jobs.looks
    watched.open("other.qgs")
    assert (watched.line(), watched.jobs.looks) == ("", looks)


def test_the_line_goes_once_its_layers_have_their_key(watched: Watched, qtbot: Any) -> None:
    watched.open()
    watched.jobs.layers = ()
    QgsProject.instance().setDirty(True)
    qtbot.waitUntil(lambda: watched.line() == "")


def test_the_line_goes_with_its_project(watched: Watched) -> None:
    watched.open()
    QgsProject.instance().clear()
    assert watched.line() == ""


@pytest.mark.parametrize(
    "found",
    [
        fake_repair.OURS,
        fake_repair.DARK,
        fake_repair.FOREIGN,
    ],
)
def test_what_may_work_is_not_told_of(watched: Watched, found: LayerFound) -> None:
    watched.jobs.layers = (found,)
    watched.open()
    assert watched.line() == ""


def test_a_wish_that_cannot_be_kept_is_said(watched: Watched, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse() -> None:
        raise GpkeysError(ErrorCode.QGIS, Text("The disk is full."), "full", advice=Text("Free some megabytes."))

    monkeypatch.setattr(watched.preferences, "stop_telling_of_layers", refuse)
    watched.open()
    watched.button("stopTellingButton").click()
    assert watched.line() == "The disk is full. Free some megabytes."


def test_a_wish_that_an_administrator_has_fixed_otherwise_is_not_asked_for(watched: Watched) -> None:
    watched.preferences.fixed_options = FixedOptions(frozenset({"tells_of_layers"}), "/etc/gpkeys.json")
    watched.open()
    assert watched.button("showRepairButton") is not None
    assert watched.button("stopTellingButton") is None


def test_a_layer_of_somebody_elses_key_is_told_of_once_it_is_invalid(watched: Watched) -> None:
    watched.jobs.layers = (fake_repair.layer("Voisin", Cause.FOREIGN_HASH, fake_repair.source()),)
    watched.open()
    assert watched.line() == "1 layer needs your Géoplateforme access key."


def test_500_layers_are_looked_at_once(watched: Watched) -> None:
    watched.open("empty.qgs")
    watched.bar.clearWidgets()
    watched.jobs.layers, watched.jobs.looks = fake_repair.shared_layers(500), 0
    QgsProject.instance().setFileName(str(watched.folder / "large.qgs"))
    QgsProject.instance().readProject.emit(QDomDocument())
    QApplication.processEvents()
    assert watched.jobs.looks == 1
    assert watched.line() == "500 layers need your Géoplateforme access key."


def test_the_option_is_kept_in_the_settings() -> None:
    preferences = PluginPreferences(lambda: None)
    settings.TELL_OF_LAYERS.reset()
    assert preferences.tells_of_layers()
    preferences.stop_telling_of_layers()
    assert not preferences.tells_of_layers()
    settings.TELL_OF_LAYERS.reset()


class Mouse:
    """Clicks, and counts them."""

    def __init__(self, qtbot: Any) -> None:
        self._qtbot = qtbot
        self.clicks = 0

    def click(self, button: QPushButton) -> None:
        """Click a button that can be seen and is enabled."""
        assert button.isVisible()
        assert button.isEnabled()
        self._qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
        self.clicks += 1


@pytest.fixture
def opened(one: Stage, qtbot: Any, tmp_path: Path) -> Iterator[Watched]:
    """Return a project that was just opened in a QGIS whose panel is closed."""
    one.dock.hide()
    one.repair_jobs.layers = fake_repair.SHEETS
    bar = QgsMessageBar()
    qtbot.addWidget(bar)
    bar.resize(800, 40)
    bar.show()
    made = Watched(bar, one.repair_jobs, FakePreferences(), tmp_path)

    def show() -> None:
        one.dock.show()
        one.dock.show_repair()

    watch = ProjectWatch(bar, one.repair_jobs, made.preferences, show)
    made.open()
    yield made
    watch.stop()
    QgsProject.instance().clear()


def test_signed_in_it_takes_two_clicks_to_mend_a_project(one: Stage, opened: Watched, qtbot: Any) -> None:
    held = fake_my_keys.holdings()
    one.sign_in.become(SignInState.SIGNED_IN, held.account)
    one.new_key_jobs.last("load").on_done(held)
    mouse = Mouse(qtbot)
    mouse.click(opened.button("showRepairButton"))
    repair_scenes.keys_read(one)
    mouse.click(one.find("mendButton"))
    assert len(one.repair_jobs.last("repair").values[0]) == len(fake_repair.SHEETS)
    assert mouse.clicks == 2


def test_signed_out_it_takes_three(one: Stage, opened: Watched, qtbot: Any) -> None:
    mouse = Mouse(qtbot)
    mouse.click(opened.button("showRepairButton"))
    mouse.click(one.find("repairSignInButton"))
    repair_scenes.sign_in(one)
    mouse.click(one.find("mendButton"))
    assert len(one.repair_jobs.last("repair").values[0]) == len(fake_repair.SHEETS)
    assert mouse.clicks == 3
