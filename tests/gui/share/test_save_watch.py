"""After a project was saved: one quiet line, once, and never where the project says that the hash is meant."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from qgis.core import Qgis, QgsProject
from qgis.gui import QgsMessageBar
from qgis.PyQt.QtWidgets import QPushButton

from gpkeys_plugin.entrepot.translatable_text import Text
from gpkeys_plugin.gui.share.save_watch import SaveWatch
from gpkeys_plugin.jobs.repair.repair_values import Repaired, Undone
from gpkeys_plugin.jobs.share.share_values import CountInClear, KeysNeeded
from gpkeys_plugin.jobs.values import Failed
from gpkeys_plugin.jobs.window.preferences import PluginPreferences
from gpkeys_plugin.store import settings

from .. import fakes
from ..fake_share import CARRYING, FakeShareJobs


@dataclass
class Desk:
    """QGIS's message bar, the watch, and what it is wired to."""

    bar: QgsMessageBar
    jobs: FakeShareJobs
    watch: SaveWatch
    folder: Path
    qtbot: Any
    sign_ins: list[bool] = field(default_factory=list)
    shares: list[str] = field(default_factory=list)

    def save(self, name: str = "plan.qgs") -> None:
        """Save the open project, and let QGIS turn once."""
        with self.qtbot.waitSignal(QgsProject.instance().projectSaved):
            assert QgsProject.instance().write(str(self.folder / name))
        self.qtbot.wait(20)

    def words(self) -> list[str]:
        """Return what the lines say."""
        return [item.text() for item in self.bar.items()]

    def click(self, name: str) -> None:
        """Click a button of the line."""
        self.button(name).click()

    def button(self, name: str) -> QPushButton:
        """Return a button of the line that shows."""
        return self.bar.currentItem().findChild(QPushButton, name)


@pytest.fixture
def desk(qtbot: Any, qgis_app: Any, tmp_path: Path) -> Iterator[Desk]:
    """Return a desk whose project holds a hash in two layers."""
    QgsProject.instance().clear()
    settings.TELL_OF_HASHES.reset()
    settings.TELL_OF_KEYS.reset()
    bar, jobs, sign_ins = QgsMessageBar(), FakeShareJobs(count=CountInClear(2)), []
    shares: list[str] = []
    qtbot.addWidget(bar)
    bar.show()
    watch = SaveWatch(bar, jobs, PluginPreferences(lambda: None), lambda: sign_ins.append(True), shares.append)
    made = Desk(bar, jobs, watch, tmp_path, qtbot, sign_ins, shares)
    yield made
    made.watch.stop()
    settings.TELL_OF_HASHES.reset()
    settings.TELL_OF_KEYS.reset()
    QgsProject.instance().clear()


def test_one_line_once_a_project(desk: Desk) -> None:
    desk.save()
    (words,) = desk.words()
    assert "in clear" in words
    assert "2 layers" in words
    assert desk.bar.currentItem().level() == Qgis.MessageLevel.Info
    desk.bar.clearWidgets()
    desk.save()
    assert desk.words() == []
    assert desk.jobs.looks == 1
    desk.save("autre.qgs")
    assert len(desk.words()) == 1


def test_a_project_that_gives_nothing_away_is_not_spoken_of_and_looked_at_each_time(desk: Desk) -> None:
    desk.jobs.count = CountInClear()
    desk.save()
    assert desk.words() == []
    desk.jobs.count = CountInClear(0, ("fond",))
    desk.save()
    (words,) = desk.words()
    assert "fond" in words
    assert desk.button("useConfigurationButton") is None


def test_it_is_meant_so(desk: Desk) -> None:
    desk.save()
    desk.click("hashIsMeantButton")
    assert desk.jobs.meant
    (words,) = desk.words()
    assert "save it once more" in words
    desk.bar.clearWidgets()
    desk.save("autre.qgs")
    assert (desk.words(), desk.jobs.looks) == ([], 1)


def test_a_configuration_instead_and_back(desk: Desk) -> None:
    desk.save()
    desk.click("useConfigurationButton")
    assert desk.words() == []
    assert desk.jobs.last("take_out").values == (CARRYING,)
    desk.jobs.undoable = 2
    why = (("Fond", Text("QGIS does not open it with this key")),)
    desk.jobs.last("take_out").on_done(Repaired(("a", "b"), why))
    (words,) = desk.words()
    assert "2 layers of the project use a configuration now" in words
    assert "“Fond” keeps its hash" in words
    desk.click("undoUseButton")
    desk.jobs.last("undo").on_done(Undone(("a", "b")))
    (words,) = desk.words()
    assert "carry the hash again" in words


def test_signed_out_one_is_led_to_the_sign_in_and_told_again_later(desk: Desk) -> None:
    desk.jobs.signed_in = False
    desk.save()
    desk.click("useConfigurationButton")
    assert desk.sign_ins == [True]
    assert desk.jobs.calls == []
    assert "Sign in first" in desk.words()[0]
    desk.jobs.signed_in = True
    desk.save()
    assert desk.button("useConfigurationButton") is not None


def test_a_failure_is_said(desk: Desk) -> None:
    desk.save()
    desk.click("useConfigurationButton")
    desk.jobs.last("take_out").on_failed(Failed(fakes.error()))
    (words,) = desk.words()
    assert "answered with an error" in words


def test_an_old_qgis_offers_no_configuration(desk: Desk) -> None:
    desk.jobs.has_header = False
    desk.save()
    assert desk.button("useConfigurationButton") is None
    assert desk.button("hashIsMeantButton") is not None


def test_the_option_switches_it_off(desk: Desk) -> None:
    settings.TELL_OF_HASHES.set(False)
    desk.save()
    assert (desk.words(), desk.jobs.looks) == ([], 0)


def test_the_line_goes_with_its_project_and_with_the_plugin(desk: Desk) -> None:
    desk.save()
    QgsProject.instance().clear()
    assert desk.words() == []
    desk.save("autre.qgs")
    desk.watch.stop()
    assert desk.words() == []
    desk.save("encore.qgs")
    assert (desk.words(), desk.jobs.looks) == ([], 2)
    # The fixture stops it again.
    desk.watch = SaveWatch(desk.bar, desk.jobs, PluginPreferences(lambda: None), lambda: None, lambda _key_id: None)


_NEEDED = KeysNeeded("key-1", "0123456789abcdef")


def test_that_others_need_a_key_is_told_once_and_the_line_goes_by_itself(desk: Desk) -> None:
    desk.jobs.count, desk.jobs.needed = CountInClear(), _NEEDED
    desk.save()
    assert desk.words() == ["Who opens this project elsewhere needs an access key."]
    line = desk.bar.currentItem()
    assert (line.level(), line.duration()) == (Qgis.MessageLevel.Info, 15)
    desk.click("shareProjectButton")
    assert (desk.words(), desk.shares) == ([], ["key-1"])
    desk.save()
    assert desk.words() == []


def test_a_hash_in_clear_is_graver_and_told_alone(desk: Desk) -> None:
    desk.jobs.needed = _NEEDED
    for _ in range(2):
        desk.save()
        (words,) = desk.words()
        assert "in clear" in words
    desk.bar.clearWidgets()
    desk.save()
    assert desk.words() == []
    # Taken out, its layers use a configuration.
    desk.jobs.count = CountInClear()
    desk.save()
    assert desk.button("shareProjectButton") is not None


def test_a_hash_that_is_meant_or_not_to_be_told_of_hides_no_key_that_others_need(desk: Desk) -> None:
    settings.TELL_OF_HASHES.set(False)
    desk.jobs.needed = _NEEDED
    desk.save()
    assert desk.button("shareProjectButton") is not None
    assert desk.jobs.looks == 0


def test_the_option_switches_that_off_and_the_line_goes_with_its_project(desk: Desk) -> None:
    settings.TELL_OF_KEYS.set(False)
    desk.jobs.count, desk.jobs.needed = CountInClear(), _NEEDED
    desk.save()
    assert desk.words() == []
    settings.TELL_OF_KEYS.set(True)
    desk.save()
    assert len(desk.words()) == 1
    QgsProject.instance().clear()
    assert desk.words() == []
