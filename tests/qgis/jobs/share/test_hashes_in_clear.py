"""What a project gives away is found, without a request and at once; and taken out where this QGIS can."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from qgis.core import QgsExpressionContextUtils, QgsProject, QgsRasterLayer

from gpkeys_plugin.entrepot.models import KeyType
from gpkeys_plugin.jobs.share.share_values import CountInClear, HashesInClear
from gpkeys_plugin.keys.draft import HashStorage
from gpkeys_plugin.store.configurations import auth_configs
from tests.cpu_time import times_as_long
from tests.qgis.jobs.repair.dark_project import LAYERS, read_ten_times

from .conftest import ShareBench

_MANY = 500
# To count takes less than so many times what it takes to read the layers once: 20 ms, where that takes 0.4.
_MOST_READINGS = 50


def project_sources() -> dict[str, str]:
    """Return the sources of the open project's layers, by name."""
    return {layer.name(): layer.source() for layer in QgsProject.instance().mapLayers().values()}


def needs_headers() -> None:
    """Skip where QGIS keeps no hash in a configuration."""
    if not auth_configs.has_header_method():
        pytest.skip("this QGIS cannot send a hash as a header")


def test_layers_and_variables_that_hold_a_hash_of_ours_are_found_and_nothing_is_asked(
    share_of: Callable[..., ShareBench],
) -> None:
    share = share_of()
    share.fill_project()
    QgsExpressionContextUtils.setProjectVariable(QgsProject.instance(), "fond", f"…&apikey={share.created.hash}")
    QgsExpressionContextUtils.setProjectVariable(QgsProject.instance(), "autre", "unmotbienlongmaisinconnu")
    share.bench.simulator.clear_requests()
    layers = share.jobs.layers_in_clear()
    assert sorted(layer.found.name for layer in layers) == sorted(LAYERS)
    assert {layer.key.id for layer in layers} == {share.created.key.id}
    assert share.jobs.count_in_clear() == CountInClear(len(LAYERS), ("fond",))
    assert share.bench.simulator.requests() == []
    assert str(share.created.hash) not in repr(layers)


def test_a_project_with_a_configuration_or_somebody_elses_hash_gives_nothing_away(
    share_of: Callable[..., ShareBench],
) -> None:
    share = share_of(KeyType.BASIC)
    share.fill_project()
    root = f"{share.bench.simulator.api_url.split('/api')[0]}/private/wms-r"
    foreign = f"url={root}?apikey%3Dcelledunautre00&layers=x&styles&format=image/png&crs=EPSG:3857"
    assert QgsProject.instance().addMapLayer(QgsRasterLayer(foreign, "autre", "wms"))
    assert (share.jobs.count_in_clear(), share.jobs.layers_in_clear()) == (CountInClear(), ())
    assert share.outlook().configurations == (share.page().held.authcfg,)
    assert sorted(share.outlook().layer_names) == sorted(LAYERS)
    assert set(share.outlook().services) == {name for _, name in LAYERS.values()}


def test_500_layers_are_looked_at_in_no_time(share_of: Callable[..., ShareBench]) -> None:
    share = share_of()
    layer = QgsRasterLayer(f"type=xyz&url={_tiles(share)}", "tuiles", "wms")
    assert QgsProject.instance().addMapLayers([layer.clone() for _ in range(_MANY)])
    assert share.jobs.count_in_clear() == CountInClear(_MANY)
    assert 10 * times_as_long(share.jobs.count_in_clear, read_ten_times) < _MOST_READINGS


def _tiles(share: ShareBench) -> str:
    root = share.bench.simulator.api_url.split("/api")[0]
    return f"{root}/private/tms/1.0.0/rochebrune.scan25/%7Bz%7D/%7Bx%7D/%7By%7D.png?apikey%3D{share.created.hash}"


def test_that_a_hash_is_meant_is_kept_in_the_project(share_of: Callable[..., ShareBench]) -> None:
    share = share_of()
    file = share.fill_project()
    assert not share.jobs.is_meant()
    share.jobs.mean_it()
    assert QgsProject.instance().isDirty()
    share.save()
    QgsProject.instance().clear()
    assert not share.jobs.is_meant()
    assert QgsProject.instance().read(str(file))
    assert share.jobs.is_meant()


def test_taken_out_the_saved_project_has_no_secret_and_undone_it_is_as_before(
    share_of: Callable[..., ShareBench],
) -> None:
    needs_headers()
    share = share_of()
    share.fill_project()
    before = project_sources()
    repaired = share.take_out()
    assert (len(repaired.mended), repaired.left) == (len(LAYERS), ())
    assert all(layer.isValid() for layer in QgsProject.instance().mapLayers().values())
    assert QgsProject.instance().isDirty()
    outlook = share.outlook()
    (authcfg,) = outlook.configurations
    assert (outlook.in_clear, outlook.others) == (HashesInClear(), ())
    saved = share.save().read_text(encoding="utf-8")
    assert str(share.created.hash) not in saved
    assert f"authcfg={authcfg}" in saved
    assert share.jobs.can_undo() == len(LAYERS)
    share.undo()
    assert project_sources() == before


def test_a_key_kept_in_a_header_has_nothing_to_take_out(share_of: Callable[..., ShareBench]) -> None:
    needs_headers()
    share = share_of(hash_storage=HashStorage.HEADER)
    share.fill_project()
    assert share.outlook().in_clear == HashesInClear()
    assert share.outlook().configurations == (share.created.authcfg,)


def test_where_qgis_keeps_no_hash_in_a_configuration_that_is_said_and_layers_stay(
    share_of: Callable[..., ShareBench],
) -> None:
    if auth_configs.has_header_method():
        pytest.skip("this QGIS can")
    share = share_of()
    share.fill_project()
    before = project_sources()
    assert not share.outlook().has_header_method
    repaired = share.take_out()
    assert repaired.mended == ()
    assert {name for name, _why in repaired.left} == set(LAYERS)
    assert project_sources() == before


def test_the_project_must_be_saved_as_a_file_to_be_copied(share_of: Callable[..., ShareBench]) -> None:
    share = share_of()
    assert share.outlook().file is None
    assert share.outlook().file_problem is not None
    file = share.fill_project()
    outlook = share.outlook()
    assert (outlook.file, outlook.file_problem, outlook.is_changed) == (file, None, False)
    QgsProject.instance().setTitle("autre")
    assert share.outlook().is_changed
