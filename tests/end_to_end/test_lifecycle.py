"""The plugin comes and goes, and QGIS is closed or killed, without anything left behind."""

from __future__ import annotations

import json
import os
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.end_to_end.desktop import left_behind
from tests.end_to_end.desktop.qgis_desktop import WALKS, Desktop, Outcome, desktop_for
from tests.end_to_end.main_job_run import KeyWanted
from tests.simulator.remote.steering import Simulator
from tests.tooling.busy_processor import busy_processor

pytestmark = pytest.mark.skipif(
    not (shutil.which("qgis") and shutil.which("xvfb-run")), reason="needs the QGIS desktop and a virtual display"
)

_USER = "camille"
_RELOAD = WALKS / "plugin_reload.py"
_MANY_RELOADS = WALKS / "many_reloads.py"
# `make soak` reloads 500 times.
_RELOADS, _TIMES = (100, 5) if os.environ.get("GPKEYS_SOAK") else (8, 1)
_PLACE = WALKS / "dock_place.py"
_CLOSING = WALKS / "cut_off_creation.py"
_SERVICES = ("rochebrune.scan25.estompage", "rochebrune.plu_2026")
_END_S = 60.0
NOTHING: dict[str, Any] = {
    "actions": 0,
    "docks": 0,
    "menu entries": 0,
    "menu actions": 0,
    "buttons": 0,
    "plugin menus": 0,
    "options pages": 0,
    "options asked for": 0,
    "widgets": 0,
    "orphans": [],
    "tasks": 0,
    "providers": [],
    "threads": [],
    "dialog": False,
}
_ONE_OF_EACH = (
    *("actions", "docks", "menu entries", "menu actions", "buttons"),
    *("plugin menus", "options pages", "options asked for"),
)
_BASIC = KeyWanted("BASIC", "À moitié, avec mot de passe", login="a-moitie")
_HASH = KeyWanted("HASH", "À moitié")


@dataclass(frozen=True)
class Scene:
    """A desktop, the simulator it talks to, and a creation that stands still where services are opened."""

    simulator: Simulator
    desktop: Desktop

    def act(self, what: str, key: KeyWanted, **more: Any) -> Outcome:
        """Run one act of the closing script, and check that nothing went wrong in it."""
        settings = {"simulator": described(self.simulator), "key": vars(key), "services": _SERVICES, "act": what}
        outcome = self.desktop.run(_CLOSING, settings | more, timeout_s=_END_S)
        assert "error" not in outcome.report, f"{outcome.report['error']}\n{outcome.last_words}"
        assert outcome.report["exceptions"] == []
        return outcome

    def stand_still(self) -> None:
        """Never answer a request that opens services."""
        self.simulator.fail("POST", "/accesses", "timeout", times=9)

    def keys(self) -> list[str]:
        """The names of the account's keys on the platform."""
        listed = self.simulator.session_for(_USER).get(f"{self.simulator.api_url}/users/me/keys", timeout=10).json()
        return [key["name"] for key in listed]

    def creations(self) -> dict[str, Any]:
        """The creations that have begun and not ended."""
        content = json.loads((self.desktop.profile / "gpkeys" / "journal.json").read_text(encoding="utf-8"))
        entries: dict[str, Any] = content["entries"]
        return entries


@pytest.fixture
def scene(light_simulator: Simulator, tmp_path: Path) -> Scene:
    """A desktop with the plugin in it."""
    desktop = desktop_for(light_simulator, tmp_path, _USER)
    desktop.install_plugin()
    return Scene(light_simulator, desktop)


def described(simulator: Simulator) -> dict[str, Any]:
    """The simulator as a script in QGIS takes it up again."""
    known = {name: value for name, value in vars(simulator).items() if not name.startswith("_")}
    return known | {"accounts": [account._asdict() for account in simulator.accounts.values()]}


def test_unloading_leaves_nothing_and_loading_again_gives_one_of_each(scene: Scene) -> None:
    outcome = scene.desktop.run(_RELOAD, {"simulator": described(scene.simulator)})
    report = outcome.report
    assert "error" not in report, f"{report['error']}\n{outcome.last_words}"
    assert report["exceptions"] == []
    assert outcome.exit_code == 0
    unloaded = [step["seen"] for step in report["steps"] if step["step"].startswith("unloaded")]
    assert unloaded == [NOTHING, NOTHING, NOTHING]
    loaded = [step["seen"] for step in report["steps"] if step["step"] in ("signed in", "loaded")]
    assert len(loaded) == 4
    for seen in loaded:
        assert {name: seen[name] for name in _ONE_OF_EACH} == dict.fromkeys(_ONE_OF_EACH, 1)
        assert (seen["orphans"], seen["dialog"], seen["widgets"]) == ([], False, loaded[0]["widgets"])
        assert seen["providers"] == ["gpkeys"]
    assert max(step["seen"] for step in report["steps"] if step["step"] == "seconds to unload") < 5
    assert left_behind.pages_opened(scene.desktop) == [scene.simulator.auth_url]


@pytest.mark.parametrize("_time", range(_TIMES))
def test_reloaded_again_and_again_under_load_it_always_reads_the_services(scene: Scene, _time: int) -> None:
    settings = {"simulator": described(scene.simulator), "times": _RELOADS}
    with busy_processor():
        outcome = scene.desktop.run(_MANY_RELOADS, settings, timeout_s=60 + 5 * _RELOADS)
    report = outcome.report
    assert "error" not in report, f"{report['error']}\n{outcome.last_words}"
    assert (report["exceptions"], report["left"], report["reloads"]) == ([], [[], 0], _RELOADS)
    assert report["at the end"] == NOTHING
    assert outcome.exit_code == 0


def test_a_dock_that_was_open_comes_back_to_its_place(scene: Scene) -> None:
    """It is made after QGIS has put its docks in their places."""
    seen = [scene.desktop.run(_PLACE, {"act": act}, timeout_s=_END_S).report for act in ("leave", "return")]
    assert [report.get("error") for report in seen] == [None, None]
    assert seen[1]["exceptions"] == []
    assert seen[1]["steps"] == seen[0]["steps"]


def test_closing_qgis_in_a_creation_takes_it_back(scene: Scene) -> None:
    """QGIS asks whether to cancel the task; the person says yes, and closes again."""
    scene.stand_still()
    assert scene.act("begin", _BASIC).exit_code == 0
    assert scene.keys() == []
    assert scene.creations() == {}


def test_a_session_that_ends_in_a_creation_takes_it_back_too(scene: Scene) -> None:
    """No question is asked then; the plugin takes the moment it needs."""
    scene.stand_still()
    assert scene.act("begin", _BASIC, ending="session").exit_code == 0
    assert (scene.keys(), scene.creations()) == ([], {})
    scene.simulator.reset_faults()
    outcome = scene.act("return", _BASIC)
    assert (outcome.report["left"], outcome.report["configurations"]) == ([], [])
    assert left_behind.pages_opened(scene.desktop) == [scene.simulator.auth_url]


def test_a_qgis_that_does_not_get_an_answer_to_its_take_back_ends_all_the_same(scene: Scene) -> None:
    scene.stand_still()
    scene.simulator.fail("DELETE", "/users/me/keys/", "timeout", times=9)
    assert scene.act("begin", _HASH, ending="session").exit_code == 0
    assert scene.keys() == [_HASH.name]
    scene.simulator.reset_faults()
    assert len(scene.act("undo", _HASH).report["left"]) == 1
    assert (scene.keys(), scene.creations()) == ([], {})


@pytest.mark.parametrize("way", ["undo", "finish"])
def test_a_qgis_that_was_killed_in_a_creation_offers_to_end_it(scene: Scene, way: str) -> None:
    scene.stand_still()
    scene.act("die", _HASH)
    assert scene.keys() == [_HASH.name]
    scene.simulator.reset_faults()
    outcome = scene.act(way, _HASH)
    (left,) = outcome.report["left"]
    assert _HASH.name in left
    assert scene.keys() == ([_HASH.name] if way == "finish" else [])
    assert scene.creations() == {}
