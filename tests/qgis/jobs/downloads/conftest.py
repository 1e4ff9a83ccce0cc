"""What the tests of downloads share: an account with keys that open files, and a folder to fetch them into."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from queue import Queue
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from gpkeys_plugin.jobs.downloads.download_access import (
    DownloadAccess,
    ListedEdition,
    download_access,
    list_editions,
    named_resources,
)
from gpkeys_plugin.jobs.downloads.fetch_files import FetchedFile, FolderPlan, fetch_files, plan_folders
from gpkeys_plugin.jobs.downloads.part_file import PartFile
from gpkeys_plugin.jobs.running.task import Progress, RunningJob
from gpkeys_plugin.keys.downloads.edition_choice import EditionChoice
from tests.qgis.jobs.conftest import Bench, benches, manager, own_settings
from tests.qgis.jobs.key_pages import page_named
from tests.simulator.downloads.product import SCAN_FILES
from tests.simulator.remote.steering import Simulator

__all__ = ["Downloads", "downloads", "manager", "own_settings"]

NORTH = EditionChoice(zone="63", format="TIFF")
SOUTH = EditionChoice(zone="15")
LARGE = EditionChoice(zone="FXX")


@dataclass
class Downloads:
    """What somebody does who downloads with a key."""

    bench: Bench
    folder: Path
    key_name: str = "Téléchargements"

    def access(self) -> DownloadAccess:
        """Return the way to what the key opens."""
        return download_access(page_named(self.bench, self.key_name), self.bench.signed_in)

    def listed(self, choice: EditionChoice, *resources: str) -> tuple[ListedEdition, ...]:
        """Return the editions of resources that meet a choice."""
        access = self.access()
        wanted = named_resources(access, resources or (SCAN_FILES,))
        found: tuple[ListedEdition, ...] = self.bench.run(lambda told: list_editions(access, wanted, choice, told))
        return found

    def plans(self, choice: EditionChoice, *, overwrite: bool = False) -> tuple[FolderPlan, ...]:
        """Return what is to be fetched."""
        listed = self.listed(choice)
        found: tuple[FolderPlan, ...] = self.bench.run(
            lambda told: plan_folders(listed, self.folder, told, overwrite=overwrite)
        )
        return found

    def fetch(self, choice: EditionChoice, *, overwrite: bool = False) -> tuple[FetchedFile, ...]:
        """Fetch what meets a choice."""
        plans, access = self.plans(choice, overwrite=overwrite), self.access()
        found: tuple[FetchedFile, ...] = self.bench.run(lambda told: fetch_files(plans, access, told))
        return found

    def cancelled_in_the_middle(self, choice: EditionChoice, monkeypatch: pytest.MonkeyPatch) -> list[Any]:
        """Start fetching, cancel once the first bytes are written; return what came of it, one thing."""
        plans, access = self.plans(choice), self.access()
        outcome: list[Any] = []
        running: Queue[RunningJob] = Queue()
        write = PartFile.write

        def write_and_cancel(place: PartFile, piece: bytes) -> None:
            write(place, piece)
            running.get(timeout=30).cancel()

        def work(told: Progress) -> tuple[FetchedFile, ...]:
            return fetch_files(plans, access, told)

        with monkeypatch.context() as patched:
            patched.setattr(PartFile, "write", write_and_cancel)
            running.put(self.bench.runner.start("essai", work, outcome.append, outcome.append))
            self.bench.qtbot.waitUntil(lambda: bool(outcome), timeout=30_000)
        return outcome

    def part_bytes(self) -> int:
        """Return how much there is of files that are not whole."""
        return sum(path.stat().st_size for path in self.folder.rglob("*.part"))

    def names(self) -> set[str]:
        """Return the names of all files in the folder."""
        return {path.name for path in self.folder.rglob("*") if path.is_file()}

    def statuses(self) -> list[int | None]:
        """Return the statuses of the files asked for since the log was cleared."""
        return [entry.status for entry in self.bench.simulator.requests(path="/download/")]


@pytest.fixture
def downloads(
    light_simulator: Simulator, manager: Any, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Downloads]:
    """Return what denise does, with a folder of hers."""
    folder = tmp_path / "données"
    folder.mkdir()
    for bench in benches(light_simulator, qtbot, tmp_path, monkeypatch, "denise"):
        yield Downloads(bench, folder)
