"""What the tests of sharing use: basile's account on the simulator, a key, a project with its layers, and the door."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from qgis.core import QgsProject

from gpkeys_plugin.entrepot.models import KeyType
from gpkeys_plugin.jobs.load_holdings import load_holdings
from gpkeys_plugin.jobs.repair.repair_values import Repaired, Undone
from gpkeys_plugin.jobs.share.share_values import CopyRequest, SharedCopy, ShareOutlook
from gpkeys_plugin.jobs.values import CreatedKey, KeyPage
from gpkeys_plugin.jobs.window.share_jobs import ShareJobs
from gpkeys_plugin.keys.upkeep.holdings import Holdings
from tests.qgis.jobs.conftest import Bench
from tests.qgis.jobs.key_pages import page_of
from tests.qgis.jobs.repair.conftest import RepairBench, atelier
from tests.qgis.jobs.repair.dark_project import make_key, sources
from tests.qgis.store.conftest import manager, own_settings

__all__ = ["atelier", "manager", "own_settings"]


@dataclass
class ShareBench:
    """The window's door to sharing, and a project whose layers use a key."""

    repair: RepairBench
    jobs: ShareJobs
    created: CreatedKey
    folder: Path

    @property
    def bench(self) -> Bench:
        """The account it works for."""
        return self.repair.bench

    def page(self) -> KeyPage:
        """Return the key's page, as the window reads it."""
        return page_of(self.bench, self.created.key)

    def outlook(self) -> ShareOutlook:
        """Return what sharing the project would give away."""
        return self.jobs.outlook(self.page())

    def holdings(self) -> Holdings:
        """Return what the account has."""
        held: Holdings = self.bench.run(lambda progress: load_holdings(self.bench.signed_in, progress))
        return held

    def fill_project(self, suffix: str = ".qgs") -> Path:
        """Have the open project hold a layer of each kind, and save it."""
        for name, layer in sources(self.created).items():
            layer.setName(name)
            assert QgsProject.instance().addMapLayer(layer)
        return self.save(suffix)

    def save(self, suffix: str = ".qgs") -> Path:
        """Save the open project."""
        file = self.folder / f"Plan d’été{suffix}"
        assert QgsProject.instance().write(str(file))
        return file

    def take_out(self) -> Repaired:
        """Take the hash out of the layers that carry it."""
        layers = self.outlook().in_clear.layers
        repaired: Repaired = self.repair.heard(
            lambda done, failed: self.jobs.take_out(layers, lambda *_: None, done, failed)
        )
        return repaired

    def undo(self) -> Undone:
        """Bring it back."""
        undone: Undone = self.repair.heard(self.jobs.undo)
        return undone

    def copy(self, request: CopyRequest) -> SharedCopy:
        """Make a key and a copy."""
        page = self.page()
        made: SharedCopy = self.repair.heard(
            lambda done, failed: self.jobs.make_copy(page, request, lambda *_: None, done, failed)
        )
        return made


@pytest.fixture
def share_of(atelier: RepairBench, tmp_path: Path) -> Callable[..., ShareBench]:
    """Return what makes the door for a new key, of a type and kept somewhere."""
    bench = atelier.bench

    def made(type_: KeyType = KeyType.HASH, **more: Any) -> ShareBench:
        jobs = ShareJobs(lambda: bench.signed_in, bench.runner, bench.main_thread, bench.creations, atelier.jobs)
        return ShareBench(atelier, jobs, make_key(bench, type_, **more), tmp_path)

    return made
