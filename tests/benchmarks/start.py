"""What the plugin adds to the start of QGIS, beside a plugin that does nothing, and what its window takes to open.

python -m tests.benchmarks.start build/bench     prints a table, and writes it there
"""

from __future__ import annotations

import sys
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import Any

from tests.end_to_end.desktop.qgis_desktop import Desktop
from tests.tooling.tree import PLUGIN

_INSIDE = Path(__file__).with_name("start_inside_qgis.py")
_EMPTY = "an_empty_plugin"
_EMPTY_CODE = """
class Plugin:
    def initGui(self):
        pass
    def unload(self):
        pass


def classFactory(iface):
    return Plugin()
"""
_EMPTY_METADATA = """[general]
name=Empty
qgisMinimumVersion=3.22
qgisMaximumVersion=4.99
description=Does nothing
version=1
author=Nobody
email=nobody@example.org
"""
_RUNS = 7


def with_empty_plugin(desktop: Desktop) -> None:
    """Install a plugin that does nothing beside ours."""
    folder = desktop.profile / "python" / "plugins" / _EMPTY
    folder.mkdir(parents=True)
    (folder / "__init__.py").write_text(_EMPTY_CODE, encoding="utf-8")
    (folder / "metadata.txt").write_text(_EMPTY_METADATA, encoding="utf-8")
    ini = desktop.profile / "QGIS" / "QGIS3.ini"
    text = ini.read_text(encoding="utf-8")
    ini.write_text(text.replace("[PythonPlugins]", f"[PythonPlugins]\n{_EMPTY}=true"), encoding="utf-8")


def run(desktop: Desktop) -> dict[str, Any]:
    """Start QGIS once; return what was measured in it."""
    outcome = desktop.run(_INSIDE, {"plugins": [PLUGIN.name, _EMPTY]}, timeout_s=60)
    if "error" in outcome.report:
        raise AssertionError(f"{outcome.report['error']}\n{outcome.last_words}")
    return {step["step"]: step["seen"] for step in outcome.report["steps"]}


def table(runs: list[dict[str, Any]]) -> str:
    """Return the medians of some runs, in milliseconds."""
    start, empty = (median(one["start"][name] for one in runs) for name in (PLUGIN.name, _EMPTY))
    lines = [
        f"start of QGIS, processor                {start:7.1f} ms",
        f"  beside an empty plugin of             {empty:7.1f} ms: {start - empty:.1f} ms more",
        f"  modules of ours                       {median(len(one['modules']) for one in runs):5.0f}",
    ]
    for step in ("first opening", "second opening"):
        times = {name: median(one[step][name] for one in runs) for name in runs[0][step]}
        lines.append(f"{step} of the window:  " + ", ".join(f"{name} {ms:.0f} ms" for name, ms in times.items()))
    return "\n".join([f"medians of {len(runs)} runs of the desktop", *lines, ""])


def main(folder: Path) -> None:
    """Measure everything, print and write it."""
    folder.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory() as name:
        desktop = Desktop(Path(name), variables={"GPKEYS_API_URL": "https://localhost:9/api"})
        desktop.install_plugin()
        with_empty_plugin(desktop)
        # The first start compiles each module that it imports.
        run(desktop)
        text = table([run(desktop) for _ in range(_RUNS)])
    (folder / "start.txt").write_text(text, encoding="utf-8")
    sys.stdout.write(text)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
