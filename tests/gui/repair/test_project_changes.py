"""When the page that mends looks at the open project again."""

from __future__ import annotations

from typing import Any

from qgis.core import QgsProject, QgsVectorLayer
from qgis.PyQt.QtCore import QTimer
from qgis.PyQt.QtWidgets import QApplication

from gpkeys_plugin.gui.repair.project_layers_watch import ProjectChanges
from tests.gui import repair_scenes
from tests.gui.scenes import Stage

from .test_repair_page import news


def settle(qtbot: Any, one: Stage) -> None:
    """Wait until the page has heard of a change of the project."""
    qtbot.waitSignal(one.dock.findChild(ProjectChanges).changed).wait()


def test_many_layers_are_looked_at_once(one: Stage, qtbot: Any) -> None:
    repair_scenes.ready(one)
    before, changes = one.repair_jobs.looks, one.dock.findChild(ProjectChanges)
    timer = changes.findChild(QTimer)
    moment_ms = timer.interval()
    # On a busy machine, two layers may come further apart than that.
    timer.setInterval(60_000)
    for number in range(200):
        assert QgsProject.instance().addMapLayer(QgsVectorLayer("Point", f"layer {number}", "memory"))
        QApplication.processEvents()
    assert one.repair_jobs.looks == before
    with qtbot.waitSignal(changes.changed):
        timer.setInterval(moment_ms)
    assert one.repair_jobs.looks == before + 1
    QgsProject.instance().clear()
    settle(qtbot, one)
    assert one.repair_jobs.looks == before + 2


def test_out_of_sight_nothing_is_looked_at(one: Stage, qtbot: Any) -> None:
    repair_scenes.ready(one)
    one.find("dockTabs").setCurrentIndex(0)
    before = one.repair_jobs.looks
    QgsProject.instance().clear()
    settle(qtbot, one)
    assert one.repair_jobs.looks == before
    one.find("dockTabs").setCurrentIndex(repair_scenes.REPAIR)
    assert one.repair_jobs.looks == before + 1


def test_another_project_puts_away_the_undo_of_the_one_before(one: Stage, qtbot: Any) -> None:
    repair_scenes.mended(one)
    one.repair_jobs.undoable = 0
    QgsProject.instance().clear()
    settle(qtbot, one)
    assert news(one, "mended") == ""
