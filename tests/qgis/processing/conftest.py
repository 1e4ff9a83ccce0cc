"""What the algorithms' tests share: a toolbox with the provider in it, signed in to the simulator."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from pytestqt.qtbot import QtBot
from qgis.core import QgsApplication, QgsProcessingException, QgsProcessingFeedback

from gpkeys_plugin.jobs.scripts.runner import Scripts
from gpkeys_plugin.jobs.scripts.script_context import ScriptSide
from gpkeys_plugin.network.http import user_agent
from gpkeys_plugin.network.http.network_threads import wait_until
from gpkeys_plugin.network.open_session import open_session
from gpkeys_plugin.network.sign_out import drop_session
from gpkeys_plugin.processing.provider import GpkeysProvider
from tests.qgis.jobs.conftest import Bench, bench, benches, manager, own_settings
from tests.simulator.remote.steering import Simulator

__all__ = ["Toolbox", "bench", "manager", "own_settings", "served_toolbox", "toolbox"]


class Heard(QgsProcessingFeedback):
    """Feedback that keeps all it is told; `on_text` is called each time a step begins, where that is done."""

    def __init__(self, on_text: Callable[[str], None] | None = None) -> None:
        super().__init__(False)
        self.lines: list[str] = []
        self._on_text = on_text

    def setProgressText(self, text: str) -> None:  # noqa: N802 - the name QGIS calls
        """Keep it."""
        self.lines.append(text)
        if self._on_text is not None:
            self._on_text(text)

    def reportError(self, error: str, fatalError: bool = False) -> None:  # noqa: N802, N803 - as QGIS calls it
        """Keep it."""
        self.lines.append(error)

    def pushWarning(self, warning: str) -> None:  # noqa: N802 - the name QGIS calls
        """Keep it."""
        self.lines.append(warning)

    def pushInfo(self, info: str) -> None:  # noqa: N802 - the name QGIS calls
        """Keep it."""
        self.lines.append(info)


@dataclass
class Toolbox:
    """Runs the algorithms as a script does, with all that was heard of them.

    `changes` has an entry for each time the panel was told to read anew: how many rotations were under way then.
    """

    bench: Bench
    folder: Path
    changes: list[int]
    heard: list[str] = field(default_factory=list)

    def run(self, algorithm: str, feedback: Heard | None = None, **values: Any) -> dict[str, Any]:
        """Return the results of `gpkeys:<algorithm>` for the account signed in."""
        from qgis import processing

        found = feedback or Heard()
        told = {"AUTHCFG": self.bench.signed_in.authcfg, **values}
        try:
            results: dict[str, Any] = processing.run(f"gpkeys:{algorithm}", told, feedback=found)
        finally:
            self.heard += found.lines
        return results

    def failure(self, algorithm: str, **values: Any) -> str:
        """Return what an algorithm says that cannot do what it is asked."""
        with pytest.raises(QgsProcessingException) as caught:
            self.run(algorithm, **values)
        return str(caught.value)

    def file(self, name: str) -> str:
        """Return the path of a file to write."""
        return str(self.folder / name)


@pytest.fixture
def toolbox(bench: Bench, qgis_processing: Any, tmp_path: Path) -> Iterator[Toolbox]:
    """Return the toolbox of camille, on the simulator without OGC server."""
    yield from toolboxes(bench, tmp_path)


@pytest.fixture
def served_toolbox(
    simulator: Simulator,
    manager: Any,
    qtbot: QtBot,
    qgis_processing: Any,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[Toolbox]:
    """Return the toolbox of camille, on the whole simulator."""
    for one in benches(simulator, qtbot, tmp_path, monkeypatch):
        yield from toolboxes(one, tmp_path)


def toolboxes(bench: Bench, folder: Path) -> Iterator[Toolbox]:
    """Yield one toolbox, and take the provider out of QGIS afterwards."""
    changes: list[int] = []

    def told() -> None:
        changes.append(len(bench.rotations.entries()))

    side = ScriptSide(user_agent.current, lambda: False, drop_session, told, wait_until)
    scripts = Scripts(open_session, bench.main_thread, bench.creations, bench.rotations, side)
    provider, registry = GpkeysProvider(lambda: scripts), QgsApplication.processingRegistry()
    registry.addProvider(provider)
    yield Toolbox(bench, folder, changes)
    registry.removeProvider(provider)
