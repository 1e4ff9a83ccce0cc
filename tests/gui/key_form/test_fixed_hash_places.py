"""Where an administrator has fixed where a hash goes, that is shown and not asked."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from qgis.PyQt.QtWidgets import QWidget

from gpkeys_plugin.gui.repair.key_storage_box import WhereBox
from gpkeys_plugin.jobs.repair.repair_values import WhereKept
from gpkeys_plugin.keys.draft import HashStorage

from .. import fake_my_keys as known
from .. import my_keys_scenes
from ..looks import fixed_scenes
from ..scenes import Stage

URL, HEADER = HashStorage.URL, HashStorage.HEADER
RADIOS = {URL: "hashInUrlRadio", HEADER: "hashInHeaderRadio"}
SAID = {
    URL: "Fixed by your administrator: In the URL of the connections",
    HEADER: "Fixed by your administrator: Encrypted, in a header",
}


def shown_places(one: Stage) -> tuple[HashStorage, bool, str]:
    """Return which place is chosen, whether another one can be, and the line below."""
    radios = {place: one.find(name) for place, name in RADIOS.items()}
    (chosen,) = [place for place, radio in radios.items() if radio.isChecked()]
    lines = [line for line in one.dock.findChildren(QWidget, "hashStorageFixedLine") if line.isVisible()]
    return chosen, any(radio.isEnabled() for radio in radios.values()), lines[0].text() if lines else ""


@pytest.mark.parametrize("place", list(HashStorage))
def test_the_wizard_shows_it_and_creates_so(one: Stage, place: HashStorage) -> None:
    fixed_scenes.new_key(one, place)
    assert shown_places(one) == (place, False, SAID[place])
    assert one.find(RADIOS[place]).parentWidget().accessibleDescription() == SAID[place]
    one.click("createButton")
    assert one.new_key_jobs.last("create").values[0].hash_storage is place


def test_the_wizard_keeps_to_it_when_it_begins_anew(one: Stage) -> None:
    fixed_scenes.new_key(one, HEADER)
    one.set_up.storage = URL
    one.new_key_jobs.last("load").on_done(known.holdings())
    assert shown_places(one) == (HEADER, False, SAID[HEADER])


def test_a_qgis_that_cannot_send_it_as_fixed_creates_none(one: Stage) -> None:
    fixed_scenes.new_key_without_header(one)
    assert shown_places(one) == (HEADER, False, SAID[HEADER])
    one.click("createButton")
    assert one.new_key_jobs.count("create") == 0
    assert "choose another type of key" in one.find("hashStorageMessage").text()


@pytest.mark.parametrize("place", list(HashStorage))
@pytest.mark.parametrize("is_held", [False, True])
def test_a_key_is_connected_so_wherever_qgis_keeps_it(one: Stage, place: HashStorage, *, is_held: bool) -> None:
    one.my_keys_jobs.fixed = place
    my_keys_scenes.key_page(one, known.page(is_held=is_held))
    one.click("connectKeyButton")
    assert shown_places(one) == (place, False, SAID[place])
    one.click("connectButton")
    assert one.my_keys_jobs.last("connect").values[1].hash_storage is place


def test_what_is_not_fixed_is_asked(one: Stage) -> None:
    my_keys_scenes.connect(one)
    assert shown_places(one) == (URL, True, "")


@pytest.mark.parametrize(
    ("held", "fixed", "said"),
    [
        (URL, HEADER, "stays in the URL of the connections"),
        (HEADER, URL, "stays encrypted"),
        (URL, URL, ""),
        (HEADER, None, ""),
        (None, HEADER, ""),
    ],
)
def test_a_rotation_says_that_a_hash_stays_elsewhere(
    one: Stage, held: HashStorage | None, fixed: HashStorage | None, said: str
) -> None:
    one.my_keys_jobs.fixed = fixed
    page = known.page()
    my_keys_scenes.key_page(one, replace(page, held=replace(page.held, hash_storage=held)))
    one.click("rotateKeyButton")
    line = one.find("rotationHashPlace")
    assert line.isVisible() is bool(said)
    assert said in line.text()
    assert fixed is None or not said or line.text().startswith(f"{SAID[fixed]}. ")


@pytest.mark.parametrize(
    ("place", "shown"), [(URL, WhereKept.IN_URL), (HEADER, WhereKept.IN_CONFIGURATION)], ids=lambda value: value.name
)
def test_what_is_mended_shows_it_and_leaves_the_place_to_the_use_case(
    qtbot: Any, qgis_app: Any, place: HashStorage, shown: WhereKept
) -> None:
    box = WhereBox(place)
    qtbot.addWidget(box)
    combo = box.findChild(QWidget, "whereCombo")
    assert [combo.itemData(row) for row in range(combo.count())] == [shown.name]
    assert not combo.isEnabled()
    said = f"Fixed by your administrator: {combo.currentText()}"
    assert box.findChild(QWidget, "whereFixedLine").text() == said
    assert combo.accessibleDescription().startswith(said)
    assert box.where() is WhereKept.AS_THE_KEY


def test_the_page_that_mends_shows_it(one: Stage) -> None:
    fixed_scenes.repair(one)
    assert not one.find("whereCombo").isEnabled()
    one.click("mendButton")
    assert one.repair_jobs.last("repair").values[1] is WhereKept.AS_THE_KEY
