"""Starts the plugin in this process, which has imported nothing of it, and prints which of its modules that took.

python -m tests.gui.start.start_alone window STEP…      as QGIS's window does
python -m tests.gui.start.start_alone process STEP…     as qgis_process does

The steps, in this order: `run ALGORITHM`, `bits` (those of the window), `unload`.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from qgis.core import QgsApplication, QgsProcessingContext, QgsProcessingFeedback

from tests.gui.start.stand_in import StandIn

_PACKAGE = "gpkeys_plugin"


def own_modules() -> list[str]:
    """Return the plugin's modules that are imported."""
    return sorted(name for name in sys.modules if name.partition(".")[0] == _PACKAGE)


def started(way: str) -> Any:
    """Return the plugin as QGIS has it after its start."""
    import gpkeys_plugin

    if way == "window":
        plugin = gpkeys_plugin.classFactory(StandIn())
        plugin.initGui()
        return plugin
    plugin = gpkeys_plugin.classFactory(None)
    plugin.initProcessing()
    return plugin


def ran(algorithm: str) -> dict[str, Any]:
    """Run an algorithm on an empty folder."""
    made = QgsApplication.processingRegistry().createAlgorithmById(algorithm)
    with TemporaryDirectory() as folder:
        values = {"INPUT": folder, "OUTPUT": str(Path(folder) / "found.json")}
        results, is_good = made.run(values, QgsProcessingContext(), QgsProcessingFeedback())
    if not is_good:
        raise AssertionError(f"{algorithm} failed")
    found: dict[str, Any] = results
    return found


def main(way: str, *steps: str) -> None:
    """Start, go on, and print what is imported after each step."""
    application = QgsApplication([], True)
    application.initQgis()
    plugin = started(way)
    seen = [own_modules()]
    if "run" in steps:
        ran(steps[steps.index("run") + 1])
        seen.append(own_modules())
    if "bits" in steps:
        from gpkeys_plugin.wiring import window_imports

        seen += [own_modules() for _ in window_imports.bits()]
    if "unload" in steps:
        plugin.unload()
        seen.append(own_modules())
    sys.stdout.write(json.dumps(seen))
    # What QGIS itself does at its end is not what this is about.
    sys.stdout.flush()
    application.exitQgis()


if __name__ == "__main__":
    main(*sys.argv[1:])
