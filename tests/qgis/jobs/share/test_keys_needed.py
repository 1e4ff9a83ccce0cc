"""That others need a key for a project is found without a request, at once, and remembered once it was told."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest
from qgis.core import QgsProject, QgsRasterLayer, QgsVectorTileLayer

from gpkeys_plugin.entrepot.models import KeyType
from gpkeys_plugin.jobs.share.share_values import KeysNeeded
from gpkeys_plugin.store import settings
from tests.cpu_time import times_as_long
from tests.qgis.jobs.repair.dark_project import read_ten_times

from .conftest import ShareBench

_MANY = 500
# As much as for the hashes in clear: 20 ms, where it takes 0.4 to read the layers once.
_MOST_READINGS = 50


@pytest.fixture(autouse=True)
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the system's folder for temporary files, in which the tests' own is not."""
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    settings.PROJECTS_TOLD.reset()
    return folder


@pytest.mark.parametrize("kind", [KeyType.BASIC, KeyType.OAUTH2])
def test_a_project_that_uses_a_key_is_told_of_once_until_its_keys_change(
    share_of: Callable[..., ShareBench], kind: KeyType
) -> None:
    share = share_of(kind)
    share.fill_project()
    share.bench.simulator.clear_requests()
    needed = share.jobs.untold_keys()
    assert needed.key_id == share.created.key.id
    assert share.jobs.untold_keys() == needed
    share.jobs.note_told(needed)
    assert share.jobs.untold_keys() == KeysNeeded()
    share.save(".qgz")
    other = share.jobs.untold_keys()
    assert other.key_id == needed.key_id
    share.jobs.note_told(other)
    share.save()
    assert share.jobs.untold_keys() == KeysNeeded()
    assert share.bench.simulator.requests() == []
    assert share.folder.name not in settings.PROJECTS_TOLD.get()


def test_another_key_in_the_project_is_told_of_again(share_of: Callable[..., ShareBench]) -> None:
    share = share_of(KeyType.BASIC)
    share.fill_project()
    share.jobs.note_told(share.jobs.untold_keys())
    more = share_of(KeyType.OAUTH2, name="Autre")
    assert QgsProject.instance().addMapLayer(_tiles(more.created.authcfg))
    # The key that most layers use is the one to share.
    assert share.jobs.untold_keys().key_id == share.created.key.id


def test_a_project_without_a_key_of_ours_a_new_one_and_a_temporary_one_are_not_told_of(
    share_of: Callable[..., ShareBench], temporary: Path
) -> None:
    share = share_of(KeyType.BASIC)
    for authcfg in ("", "a1b2c3d"):
        assert QgsProject.instance().addMapLayer(_tiles(authcfg))
    share.save()
    assert share.jobs.untold_keys() == KeysNeeded()
    assert QgsProject.instance().addMapLayer(_tiles(share.created.authcfg))
    assert share.jobs.untold_keys() != KeysNeeded()
    assert QgsProject.instance().write(str(temporary / "plan.qgz"))
    assert share.jobs.untold_keys() == KeysNeeded()
    QgsProject.instance().setFileName("")
    assert share.jobs.untold_keys() == KeysNeeded()


def test_a_hash_in_the_layers_takes_no_key_along(share_of: Callable[..., ShareBench]) -> None:
    share = share_of()
    share.fill_project()
    assert share.jobs.untold_keys() == KeysNeeded()


def test_the_last_300_projects_are_remembered(share_of: Callable[..., ShareBench]) -> None:
    share = share_of(KeyType.BASIC)
    for number in range(310):
        share.jobs.note_told(KeysNeeded("key", f"{number:016}"))
    share.jobs.note_told(KeysNeeded("key", f"{200:016}"))
    kept = settings.PROJECTS_TOLD.get().split()
    assert (len(kept), kept[-1], f"{9:016}" in kept) == (300, f"{200:016}", False)


def test_500_layers_are_looked_at_in_no_time(share_of: Callable[..., ShareBench]) -> None:
    share = share_of(KeyType.BASIC)
    authcfg = share.created.authcfg
    layer = QgsRasterLayer(f"type=xyz&authcfg={authcfg}&url=http://localhost/%7Bx%7D", "tuiles", "wms")
    assert QgsProject.instance().addMapLayers([layer.clone() for _ in range(_MANY)])
    share.save()
    assert share.jobs.untold_keys().key_id == share.created.key.id
    assert 10 * times_as_long(share.jobs.untold_keys, read_ten_times) < _MOST_READINGS


def _tiles(authcfg: str) -> QgsVectorTileLayer:
    carried = f"authcfg={authcfg}&" if authcfg else ""
    return QgsVectorTileLayer(f"{carried}type=xyz&url=http://localhost/%7Bz%7D/%7Bx%7D/%7By%7D.pbf", "tuiles")
