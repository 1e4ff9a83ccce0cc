"""`make demo`: the whole job once, against the simulator, in a throw-away QGIS profile.

Leaves in the given folder a picture of each step and of the drawn map, and `summary.json`.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from tests.end_to_end.desktop import left_behind
from tests.end_to_end.desktop.qgis_desktop import WALKS, Desktop, Outcome, desktop_for
from tests.end_to_end.main_job_run import KeyWanted, do_main_job
from tests.simulator.remote.launch import running_simulator
from tests.simulator.remote.steering import Simulator

_USER = "camille"
_KEY = KeyWanted("BASIC", "Démonstration QGIS", login="demonstration-qgis")
_FIRST_CLICKS = WALKS / "open_signed_in.py"


def demo(folder: Path) -> int:
    """Do the job, say what was made; return the exit code."""
    begin = time.monotonic()
    _empty(folder)
    with running_simulator() as simulator, tempfile.TemporaryDirectory(prefix="gpkeys-demo-") as profile:
        desktop = desktop_for(simulator, Path(profile), _USER)
        desktop.install_plugin()
        outcome = do_main_job(simulator, desktop, _KEY, folder)
        if "error" in outcome.report or outcome.report["exceptions"]:
            return _give_up(outcome)
        summary = _summary(simulator, desktop, outcome, folder)
    summary["seconds"] = round(time.monotonic() - begin, 1)
    (folder / "summary.json").write_text(json.dumps(summary, ensure_ascii=False, indent=1), encoding="utf-8")
    _tell(summary, folder)
    return 0


def _empty(folder: Path) -> None:
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)


def _give_up(outcome: Outcome) -> int:
    reasons = [outcome.report.get("error", ""), *outcome.report.get("exceptions", [])]
    sys.stderr.write("\n".join((*filter(None, reasons), outcome.last_words, "")))
    return 1


def _summary(simulator: Simulator, desktop: Desktop, outcome: Outcome, folder: Path) -> dict[str, Any]:
    """What was made: on the platform, in QGIS, on the map."""
    key = left_behind.installed_key(desktop)
    answer = simulator.session_for(_USER).get(f"{simulator.api_url}/users/me/keys/{key['key_id']}/accesses", timeout=10)
    return {
        "key": {"name": key["key_name"], "type": key["key_type"], "account": _USER},
        "services": sorted(access["offering"]["layer_name"] for access in answer.json()),
        "authentication configuration": key["authcfg"],
        "connections": key["connections"],
        "layers": [{name: layer[name] for name in _TOLD_OF_A_LAYER} for layer in outcome.report["layers"]],
        "map": outcome.report["sight"],
        "pictures": sorted(file.name for file in folder.glob("*.png")),
    }


_TOLD_OF_A_LAYER = ("name", "service", "crs", "group", "likeness")


def _tell(summary: dict[str, Any], folder: Path) -> None:
    key, connections = summary["key"], len(summary["connections"])
    lines = [f"Key “{key['name']}” ({key['type']}): {len(summary['services'])} services, {connections} connections"]
    for layer in summary["layers"]:
        lines.append(f"  {layer['service']:<12} {layer['likeness']:>5.0%} as without key  {layer['name']}")
    west, south, east, north = summary["map"]["place"]
    likeness = summary["map"]["likeness"]
    lines.append(
        f"On the map at once: {west:.2f}–{east:.2f}° E, {south:.2f}–{north:.2f}° N, {likeness:.0%} as without key"
    )
    lines.append(f"Pictures of each step and of the map, summary.json: {folder} ({summary['seconds']:.0f} s)")
    sys.stdout.write("\n".join(lines) + "\n")


def demo_gui(folder: Path) -> int:
    """Open QGIS for a person to try, the dock open and signed in, until it is closed."""
    if not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")):
        sys.stderr.write("There is no display: `make demo` needs none.\n")
        return 2
    _empty(folder)
    with running_simulator() as simulator:
        desktop = desktop_for(simulator, folder.resolve(), _USER)
        desktop.install_plugin()
        sys.stdout.write(f"QGIS opens, signed in as {_USER} to the simulator. Close it to end.\n")
        sys.stdout.flush()
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        return subprocess.call(desktop.command(_FIRST_CLICKS), env=desktop.environment_on_display())


def main() -> int:
    """Read the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--gui", action="store_true", help="open QGIS for a person instead of walking")
    arguments = parser.parse_args()
    return demo_gui(arguments.folder) if arguments.gui else demo(arguments.folder)


if __name__ == "__main__":
    sys.exit(main())
