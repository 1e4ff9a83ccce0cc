"""What becomes of a deleted key's layers in the open project."""

from __future__ import annotations

from dataclasses import replace

import pytest
from qgis.core import QgsProject, QgsRasterLayer

from gpkeys_plugin.entrepot.errors import GpkeysError
from gpkeys_plugin.entrepot.models import KeyType
from gpkeys_plugin.jobs.delete_key import delete_key, deletion_outlook
from gpkeys_plugin.jobs.values import KeyPage
from tests.qgis.jobs.conftest import Bench
from tests.qgis.jobs.key_pages import page_of
from tests.qgis.jobs.test_create_key import create, draft_of


def layer_of(page: KeyPage, name: str) -> str:
    """Put a layer that the key opens into the open project; return its id."""
    url = f"https://data.geopf.fr/private/wms-r?apikey={page.details.hash}"
    layer = QgsRasterLayer(f"url={url}&layers={name}&styles=&format=image/png&crs=EPSG:2154", name, "wms")
    assert QgsProject.instance().addMapLayer(layer)
    return str(layer.id())


@pytest.mark.parametrize("is_wanted", [True, False])
def test_its_layers_leave_the_open_project_where_that_is_wanted_and_no_other_does(
    bench: Bench, is_wanted: bool
) -> None:
    page = page_of(bench, create(bench, draft_of(bench, KeyType.HASH)).key)
    other = replace(page, details=replace(page.details, hash="AutreHash0000"))  # pragma: allowlist secret - made up
    mine, changed, foreign = layer_of(page, "SCAN"), layer_of(page, "PLU"), layer_of(other, "ORTHO")
    outlook = bench.run(lambda progress: deletion_outlook(page, bench.signed_in, bench.main_thread, progress))
    assert set(outlook.held.layer_ids) == {mine, changed}
    # Given another key since it was looked at.
    layer = QgsProject.instance().mapLayer(changed)
    layer.setDataSource(QgsProject.instance().mapLayer(foreign).source(), "PLU", "wms")
    chosen = replace(outlook, unwanted_layers=outlook.held.layer_ids if is_wanted else ())
    deleted = bench.run(lambda progress: delete_key(page, chosen, bench.signed_in, bench.main_thread, progress))
    assert set(QgsProject.instance().mapLayers()) == {changed, foreign} | (set() if is_wanted else {mine})
    assert deleted.layer_names == (("SCAN",) if is_wanted else ())


def test_layers_stay_where_the_key_cannot_be_deleted(bench: Bench) -> None:
    page = page_of(bench, create(bench, draft_of(bench, KeyType.HASH)).key)
    mine = layer_of(page, "SCAN")
    outlook = bench.run(lambda progress: deletion_outlook(page, bench.signed_in, bench.main_thread, progress))
    chosen = replace(outlook, unwanted_layers=outlook.held.layer_ids)
    bench.simulator.fail("DELETE", r"/users/me/keys/", "status", status=403, times=50)
    with pytest.raises(GpkeysError):
        bench.run(lambda progress: delete_key(page, chosen, bench.signed_in, bench.main_thread, progress))
    assert set(QgsProject.instance().mapLayers()) == {mine}
