"""What QGIS's start imports of the plugin, and what an algorithm adds to it: each in a process of its own."""

from __future__ import annotations

import itertools
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.tooling.tree import PLUGIN, TOP, python_files

_PACKAGE = PLUGIN.name
_AT_START = {
    f"{_PACKAGE}{module}"
    for module in (
        "",
        ".plugin",
        ".door",
        ".gui",
        ".gui.project_signs",
        ".gui.qgis_places",
        ".jobs",
        ".jobs.running",
        ".jobs.running.translate",
        ".network",
        ".network.authentication",
        ".network.authentication.token_folders",
    )
}
_ONLY_WHEN_RUN = {"output_file"}
_PROVIDER = {f"{_PACKAGE}.processing"} | {
    f"{_PACKAGE}.processing.{path.stem}"
    for path in python_files(PLUGIN / "processing")
    if path.stem not in {"__init__", *_ONLY_WHEN_RUN}
}


def modules(folder: Path, *steps: str) -> list[set[str]]:
    """Return the plugin's modules that are imported after each step, in a fresh process with a fresh profile."""
    variables = {name: value for name, value in os.environ.items() if not name.startswith("GPKEYS_")}
    done = subprocess.run(
        [sys.executable, "-m", "tests.gui.start.start_alone", *steps],
        cwd=TOP,
        env={**variables, "QGIS_CUSTOM_CONFIG_PATH": str(folder), "HOME": str(folder), "TMPDIR": str(folder)},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert done.returncode == 0, done.stderr
    return [set(names) for names in json.loads(done.stdout.splitlines()[-1])]


@pytest.fixture(scope="module")
def window(tmp_path_factory: pytest.TempPathFactory) -> list[set[str]]:
    """Return what QGIS's window imports at its start, and has when the plugin is unloaded unused."""
    return modules(tmp_path_factory.mktemp("window"), "window", "unload")


def test_the_window_starts_with_the_action_and_what_waits_for_something_to_do(window: list[set[str]]) -> None:
    assert window[0] - _PROVIDER == _AT_START
    assert len(_AT_START) <= 12


def test_the_algorithms_only_describe_themselves(window: list[set[str]]) -> None:
    assert window[0] - _AT_START == _PROVIDER
    assert len(window[0]) <= 35


def test_unloading_imports_nothing(window: list[set[str]]) -> None:
    assert window[1] == window[0]


def test_an_algorithm_brings_its_own_use_case_only(tmp_path: Path) -> None:
    at_start, after = modules(tmp_path, "process", "run", "gpkeys:scanproject")
    assert at_start <= _AT_START | _PROVIDER
    added = after - at_start
    scripts = {name.rpartition(".")[2] for name in added if name.startswith(f"{_PACKAGE}.jobs.scripts.")}
    assert scripts == {"runner", "script_context", "scan_project"}

    unwanted = ("gui", "jobs.window", "jobs.share", "jobs.create_key", "jobs.rotate_key", "wiring.window")
    assert [name for name in added if name.startswith(tuple(f"{_PACKAGE}.{room}" for room in unwanted))] == []


def test_what_the_window_imports_comes_in_small_bits(tmp_path: Path) -> None:
    """A millisecond a module, on a slow machine."""
    seen = modules(tmp_path, "window", "bits")
    assert max(len(after - before) for before, after in itertools.pairwise(seen)) <= 25
    assert len(seen[-1]) > 300
