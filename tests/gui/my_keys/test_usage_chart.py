"""The consumption of a key: drawn, as a table, beside the one limit that is published."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtWidgets import QApplication

from gpkeys_plugin.entrepot.models import Access
from gpkeys_plugin.jobs.window import window_memory

from .. import fake_my_keys as known
from .. import fakes
from .. import my_keys_scenes as scenes
from ..scenes import Stage, stage


def test_the_table_has_what_is_drawn_the_latest_first(one: Stage, qtbot: Any) -> None:
    scenes.key_page(one)
    usage = known.page().usage
    assert usage is not None
    assert not one.find("usageTable").isVisible()
    one.click("usageInTableButton")
    table = one.find("usageTable")
    assert table.isVisible()
    assert not one.find("usageBars").isVisible()
    assert table.rowCount() == len(usage.days)
    assert table.item(1, 1).text() == str(usage.days[-2].hits)
    qtbot.waitUntil(lambda: table.height() == table.sizeHint().height())
    assert table.verticalScrollBar().maximum() == 0
    one.find("usagePeriodCombo").setCurrentIndex(1)
    assert table.rowCount() == len(usage.months)
    qtbot.keyClick(table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    lines = [line.split("\t") for line in QApplication.clipboard().text().split("\n")]
    latest = usage.months[-1]
    assert latest.begin_date is not None
    month = latest.begin_date.astimezone().strftime("%Y-%m")
    assert lines[0] == ["Month", "Requests", "Volume (bytes)"]
    assert lines[1] == [month, str(latest.hits), str(latest.data_transfer)]
    assert len(lines) == 1 + len(usage.months)
    one.click("copyUsageButton")
    assert [line.split("\t") for line in QApplication.clipboard().text().split("\n")] == lines


def test_how_it_is_shown_is_remembered(one: Stage) -> None:
    scenes.key_page(one)
    one.click("usageInTableButton")
    one.find("usagePeriodCombo").setCurrentIndex(1)
    one.find("usageMeasureCombo").setCurrentIndex(1)
    assert window_memory.USAGE_PERIOD.get() == "months"
    again = stage()
    again.dock.show()
    scenes.key_page(again)
    assert again.find("usageTable").isVisible()
    assert again.find("usagePeriodCombo").currentIndex() == 1
    assert again.find("usageMeasureCombo").currentIndex() == 1
    again.dock.shut_down()
    again.dock.deleteLater()


@pytest.mark.parametrize(
    ("layer_name", "has_limit"),
    [
        ("SCAN25TOUR_PYR-JPEG_WLD_WM", True),
        ("GEOGRAPHICALGRIDSYSTEMS.MAPS.SCAN-OACI", True),
        (fakes.PLU.layer_name, False),
    ],
)
def test_the_year_s_volume_stands_there_and_a_limit_only_where_one_is_known(
    one: Stage, layer_name: str, has_limit: bool
) -> None:
    page = known.page()
    opened = Access("a1", replace(fakes.PLU, layer_name=layer_name), fakes.TOWN)
    scenes.key_page(one, replace(page, accesses=(opened,)))
    assert page.usage is not None
    total = sum(row.data_transfer for row in page.usage.months)
    words = one.find("usageYearWords").text().replace("\u00a0", " ")
    assert f"{total / 10**6:.0f} MB" in words
    assert ("1 TB a year" in words) is has_limit


def test_without_figures_there_is_nothing_to_copy(one: Stage) -> None:
    scenes.key_page(one, known.page(uses=False))
    for name in ("usageInTableButton", "copyUsageButton", "usageTable", "usageYearWords"):
        assert not one.find(name).isVisible()
