"""Whatever job is under way, the plugin can be disabled, QGIS closed or dressed anew: nothing crashes or stays."""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import Any

import pytest

from tests.end_to_end.desktop.qgis_desktop import WALKS, Desktop, Outcome, desktop_for
from tests.end_to_end.main_job_run import KeyWanted
from tests.end_to_end.test_lifecycle import NOTHING, described
from tests.simulator.remote.steering import Simulator

pytestmark = pytest.mark.skipif(
    not (shutil.which("qgis") and shutil.which("xvfb-run")), reason="needs the QGIS desktop and a virtual display"
)

_WALK = WALKS / "jobs_cut_off.py"
_USER = "camille"
_SERVICES = ("rochebrune.scan25.estompage", "rochebrune.plu_2026")
_KEY = KeyWanted("HASH", "Coupée")
_JOBS = ("layers", "services", "page", "test", "edit", "connection", "outlook", "rotation", "creation", "deletion")
# `make soak` takes all, `make test` a few.
_IS_LONG = bool(os.environ.get("GPKEYS_SOAK"))
_SOME = _JOBS if _IS_LONG else ("page", "rotation")


def walk(simulator: Simulator, folder: Path, act: str, jobs: tuple[str, ...], **more: Any) -> tuple[Desktop, Outcome]:
    """Begin jobs in a QGIS with the plugin, and cut them off; check that QGIS ended well and has left no process."""
    desktop = desktop_for(simulator, folder, _USER)
    desktop.install_plugin()
    settings = {"simulator": described(simulator), "key": vars(_KEY), "services": _SERVICES, "act": act, "jobs": jobs}
    outcome = desktop.run(_WALK, {**settings, **more})
    simulator.reset_faults()
    assert "error" not in outcome.report, f"{outcome.report['error']}\n{outcome.last_words}"
    assert outcome.report["exceptions"] == []
    assert outcome.exit_code == 0, outcome.last_words
    assert processes_of(folder) == []
    return desktop, outcome


def processes_of(folder: Path) -> list[str]:
    """Return the processes that were started with this folder as their home, but for the screen, which ends last."""
    home = f"HOME={folder}".encode()
    found = []
    for place in Path("/proc").glob("[0-9]*"):
        try:
            if home in (place / "environ").read_bytes().split(b"\0"):
                found.append((place / "cmdline").read_text(encoding="utf-8").replace("\0", " "))
        except OSError:  # it has ended meanwhile, or is somebody else's
            continue
    return [command for command in found if not command.startswith("Xvfb")]


def seen(outcome: Outcome, step: str) -> list[Any]:
    """Return what the walk noted under a name."""
    return [entry["seen"] for entry in outcome.report["steps"] if entry["step"] == step]


def test_the_plugin_can_be_disabled_in_each_job(light_simulator: Simulator, tmp_path: Path) -> None:
    _, outcome = walk(light_simulator, tmp_path, "unload", _SOME)
    assert [job for job, tasks in seen(outcome, "under way") if tasks] == list(_SOME)
    # QGIS itself waits for the service of a layer, and cannot be told to stop: that thread ends later.
    left = [NOTHING | ({"threads": ["GPKeys job"]} if job == "layers" else {}) for job in _SOME]
    assert seen(outcome, "unloaded") == left


def test_the_theme_can_change_in_each_job(light_simulator: Simulator, tmp_path: Path) -> None:
    _, outcome = walk(light_simulator, tmp_path, "theme", _SOME)
    assert [job for job, tasks in seen(outcome, "under way") if tasks] == list(_SOME)


@pytest.mark.parametrize("job", _JOBS if _IS_LONG else ("rotation",))
@pytest.mark.parametrize("ending", ["exit", "session"] if _IS_LONG else ["session"])
def test_qgis_can_be_closed_in_each_job(light_simulator: Simulator, tmp_path: Path, job: str, ending: str) -> None:
    _, outcome = walk(light_simulator, tmp_path, "close", (job,), ending=ending)
    assert [job for job, tasks in seen(outcome, "under way") if tasks] == [job]
