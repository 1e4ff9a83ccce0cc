"""The layers of a key that was deleted here are found, whatever it was and whether QGIS still holds something of it."""

from __future__ import annotations

from functools import partial

import pytest
from qgis.core import QgsProject

from gpkeys_plugin.entrepot.models import KeyType
from gpkeys_plugin.jobs.delete_key import delete_key, deletion_outlook
from gpkeys_plugin.jobs.values import CreatedKey, Deleted, DeletionOutlook
from gpkeys_plugin.store.records import known_hashes
from tests.qgis.jobs.conftest import Bench
from tests.qgis.jobs.key_pages import page_of
from tests.qgis.jobs.repair.conftest import RepairBench
from tests.qgis.jobs.repair.dark_project import make_key
from tests.qgis.jobs.repair.test_look_at_project import tiles


def _deleted(bench: Bench, created: CreatedKey, *, is_kept: bool) -> Deleted:
    page = page_of(bench, created.key)
    outlook: DeletionOutlook = bench.run(
        lambda progress: deletion_outlook(page, bench.signed_in, bench.main_thread, progress)
    )
    wanted = outlook.keeping_all() if is_kept else outlook
    deleted: Deleted = bench.run(partial(delete_key, page, wanted, bench.signed_in, bench.main_thread))
    return deleted


@pytest.mark.parametrize("is_kept", [False, True])
@pytest.mark.parametrize("type_", [KeyType.BASIC, KeyType.HASH, KeyType.OAUTH2])
def test_they_are_found_after_the_deletion(atelier: RepairBench, type_: KeyType, is_kept: bool) -> None:
    created = make_key(atelier.bench, type_)
    carried = f"&authcfg={created.authcfg}" if created.authcfg else f"?apikey%3D{created.hash}"
    layer = tiles(atelier, carried)
    if created.hash:
        known_hashes.remember(atelier.bench.signed_in.api_url, created.key.id, created.hash)
    assert atelier.jobs.look(*atelier.account()).to_mend == ()
    _deleted(atelier.bench, created, is_kept=is_kept)
    # As a refresh does.
    atelier.bench.signed_in.known.forget()
    (found,) = atelier.jobs.look(*atelier.account()).to_mend
    assert found.layer_id == layer.id()
    assert QgsProject.instance().mapLayer(found.layer_id) is layer
