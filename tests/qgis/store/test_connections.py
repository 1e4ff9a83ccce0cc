"""Connections in both settings trees: read back from QGIS's settings, and by QGIS itself in its own tree."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from qgis.core import QgsSettings

from gpkeys_plugin.entrepot.errors import GpkeysError
from gpkeys_plugin.keys.services.connection_plans import ConnectionKind, ConnectionPlan
from gpkeys_plugin.keys.services.layer_recipes import WrittenConnection
from gpkeys_plugin.store import connections
from gpkeys_plugin.store.connection_settings import Layout, group, layout_for, parent_group
from gpkeys_plugin.store.records import connection_origins

from .one_connection import is_ours, remove_one, write_one
from .planned_connections import AUTHCFG, GATEWAY, HASH, PLANS, keys_below, set_keys

every_kind = pytest.mark.parametrize("plan", PLANS.values(), ids=[kind.value for kind in PLANS])
both_trees = pytest.mark.parametrize("layout", list(Layout), ids=[layout.name for layout in Layout])
NAMES = ["Réseau d'eau – été 2026", 'a\\b=c;d[e]%20 "f"', "x" * 200, "clé & co. (2)"]


@every_kind
@both_trees
def test_what_is_written_reads_back(plan: ConnectionPlan, layout: Layout) -> None:
    written = write_one(plan, authcfg=AUTHCFG, layout=layout)

    stored = connections.read(written.kind, written.name, layout=layout)
    assert stored is not None
    assert (stored.url, stored.authcfg, stored.hash) == (plan.url, AUTHCFG, None)
    if plan.tiles is not None:
        assert (stored.zmin, stored.zmax) == (plan.tiles.zmin, plan.tiles.zmax)


@every_kind
@both_trees
def test_a_hash_goes_into_the_url_and_nowhere_else(plan: ConnectionPlan, layout: Layout) -> None:
    written = write_one(plan, hash_value=HASH, layout=layout)

    stored = connections.read(written.kind, written.name, layout=layout)
    assert stored is not None
    assert (stored.hash, stored.plain_url, stored.authcfg) == (HASH, plan.url, "")
    assert "{z}" in stored.url or plan.tiles is None
    assert HASH not in repr(stored)
    assert all(HASH not in str(value) for value in keys_below("gpkeys").values())


def test_the_old_tree_has_the_keys_qgis_3_22_reads() -> None:
    write_one(PLANS[ConnectionKind.WMS], authcfg=AUTHCFG, layout=Layout.OLD)
    write_one(PLANS[ConnectionKind.WFS], authcfg=AUTHCFG, layout=Layout.OLD)
    write_one(PLANS[ConnectionKind.XYZ], authcfg=AUTHCFG, layout=Layout.OLD)

    wms = keys_below("qgis/connections-wms/Eau – WMS raster")
    assert set(wms) == {"url", "ignoreGetMapURI", "ignoreGetFeatureInfoURI", "dpiMode"}
    assert keys_below("qgis/WMS/Eau – WMS raster") == {"authcfg": AUTHCFG}
    assert keys_below("qgis/connections-wfs/Eau – WFS")["version"] == "2.0.0"
    assert keys_below("qgis/WFS/Eau – WFS") == {"authcfg": AUTHCFG}
    xyz = keys_below("qgis/connections-xyz/Eau – TMS scan25")
    assert (int(xyz["zmin"]), int(xyz["zmax"]), xyz["authcfg"], int(xyz["tilePixelRatio"])) == (3, 18, AUTHCFG, 1)


def test_the_new_tree_has_the_keys_qgis_3_30_reads() -> None:
    write_one(PLANS[ConnectionKind.WMS], hash_value=HASH, layout=Layout.NEW)
    write_one(PLANS[ConnectionKind.WFS], authcfg=AUTHCFG, layout=Layout.NEW)
    write_one(PLANS[ConnectionKind.VECTOR_TILES], authcfg=AUTHCFG, layout=Layout.NEW)

    wms = keys_below("connections/ows/items/wms/connections/items/Eau – WMS raster")
    assert wms["url"] == f"{GATEWAY}/wms-r?apikey={HASH}"
    assert str(wms["ignore-get-map-uri"]).lower() == str(wms["ignore-get-feature-info-uri"]).lower() == "true"
    assert int(wms["dpi-mode"]) == 7
    wfs = keys_below("connections/ows/items/wfs/connections/items/Eau – WFS")
    assert wfs == {"url": f"{GATEWAY}/wfs", "authcfg": AUTHCFG, "version": "2.0.0", "paging-enabled": "default"}
    tiles = keys_below("connections/vector-tile/items/Eau – TMS plan")
    assert (tiles["authcfg"], int(tiles["zmax"])) == (AUTHCFG, 14)


@pytest.mark.parametrize(("version", "layout"), [(32216, Layout.OLD), (32999, Layout.OLD), (33000, Layout.NEW)])
def test_the_tree_follows_the_version(version: int, layout: Layout) -> None:
    assert layout_for(version) is layout


@every_kind
def test_qgis_itself_lists_what_was_written(plan: ConnectionPlan, qgis_app: Any) -> None:
    write_one(plan, authcfg=AUTHCFG)

    assert plan.name in _names_in_browser(plan.kind)


@pytest.mark.parametrize("name", NAMES, ids=["accents", "signs", "long", "number"])
@every_kind
def test_names_survive_in_qgis(plan: ConnectionPlan, name: str, qgis_app: Any) -> None:
    written = write_one(replace(plan, name=name), authcfg=AUTHCFG)

    assert written.name in _names_in_browser(plan.kind)
    assert connections.exists(plan.kind, written.name)
    assert remove_one(written)
    assert _names_in_browser(plan.kind) == []


@pytest.mark.parametrize("name", ["", "  ", "\n"])
def test_without_a_name_no_other_connection_suffers(name: str) -> None:
    other = write_one(PLANS[ConnectionKind.WMS], owner="key-1")

    written = write_one(replace(PLANS[ConnectionKind.WMTS], name=name), owner="key-1")
    assert written.name == "GPKeys"
    assert not remove_one(replace(written, name=""))
    assert connections.exists(other.kind, other.name)
    assert connections.exists(written.kind, written.name)


def test_encoded_signs_in_a_url_stay_as_they_are(qgis_app: Any) -> None:
    from qgis.core import QgsProviderRegistry

    for kind in (ConnectionKind.XYZ, ConnectionKind.VECTOR_TILES):
        plan = replace(PLANS[kind], url=f"{GATEWAY}/tms/1.0.0/plan%20de%2Fville/{{z}}/{{x}}/{{y}}.pbf")
        written = write_one(plan, hash_value=HASH)
        stored = connections.read(kind, written.name)
        assert stored is not None
        assert stored.plain_url == plan.url
    listed = QgsProviderRegistry.instance().providerMetadata("vectortile").connections()
    assert f"apikey%3D{HASH}" in listed[written.name].uri()
    assert remove_one(written)
    assert QgsProviderRegistry.instance().providerMetadata("vectortile").connections() == {}


def test_qgis_has_the_style_of_vector_tiles_and_of_nothing_else(qgis_app: Any) -> None:
    from qgis.core import QgsDataSourceUri, QgsProviderRegistry

    style_url = "https://data.geopf.fr/annexes/ressources/vectorTiles/styles/PLAN/standard.json"
    for kind, expected in ((ConnectionKind.VECTOR_TILES, style_url), (ConnectionKind.XYZ, None)):
        written = write_one(replace(PLANS[kind], style_url=style_url), hash_value=HASH, owner="key-1")
        assert keys_below(group(layout_for(), kind, written.name)).get("styleUrl") == expected
    (listed,) = QgsProviderRegistry.instance().providerMetadata("vectortile").connections().values()
    uri = QgsDataSourceUri()
    uri.setEncodedUri(listed.uri())
    assert uri.param("styleUrl") == style_url
    # What has no style any more keeps none.
    written = write_one(PLANS[ConnectionKind.VECTOR_TILES], hash_value=HASH, owner="key-1")
    assert "styleUrl" not in keys_below(group(layout_for(), written.kind, written.name))


def test_a_slash_does_not_split_the_name(qgis_app: Any) -> None:
    written = write_one(replace(PLANS[ConnectionKind.WMS], name="eau/2026"))

    assert "/" not in written.name
    assert _names_in_browser(ConnectionKind.WMS) == [written.name]


@both_trees
@every_kind
def test_a_connection_of_another_origin_keeps_its_name(plan: ConnectionPlan, layout: Layout) -> None:
    theirs = f"{group(layout, plan.kind, plan.name)}/url"
    set_keys(**{theirs: "https://autre.example.fr/wms"})

    written = write_one(plan, authcfg=AUTHCFG, owner="key-1", layout=layout)

    assert written.name == f"{plan.name} (2)"
    assert not remove_one(WrittenConnection(plan.kind, plan.name))
    stored = connections.read(plan.kind, plan.name, layout=layout)
    assert stored is not None
    assert stored.url == "https://autre.example.fr/wms"


@both_trees
def test_one_of_the_other_tree_keeps_its_name_too(layout: Layout) -> None:
    plan = PLANS[ConnectionKind.WMS]
    other = next(tree for tree in Layout if tree is not layout)
    set_keys(**{f"{group(other, plan.kind, plan.name)}/url": "https://autre.example.fr/wms"})

    assert write_one(plan, layout=layout).name == f"{plan.name} (2)"


def test_wms_and_wmts_share_their_names() -> None:
    write_one(PLANS[ConnectionKind.WMS], owner="key-1")
    wmts = replace(PLANS[ConnectionKind.WMTS], name=PLANS[ConnectionKind.WMS].name)

    assert write_one(wmts, owner="key-2").name == "Eau – WMS raster (2)"


@every_kind
def test_the_own_one_is_replaced_in_place(plan: ConnectionPlan) -> None:
    write_one(plan, hash_value=HASH, owner="key-1")
    again = write_one(plan, authcfg=AUTHCFG, owner="key-1")

    stored = connections.read(again.kind, again.name)
    assert again.name == plan.name
    assert stored is not None
    assert (stored.hash, stored.authcfg) == (None, AUTHCFG)
    assert len(connection_origins.recorded()) == 1


def test_a_key_of_the_same_name_does_not_take_over() -> None:
    plan = PLANS[ConnectionKind.WMS]
    write_one(plan, hash_value=HASH, owner="key-1")

    assert write_one(plan, hash_value="f" * 32, owner="key-2").name == f"{plan.name} (2)"


def test_one_that_the_user_pointed_elsewhere_is_theirs() -> None:
    plan = PLANS[ConnectionKind.WMS]
    written = write_one(plan, owner="key-1")
    set_keys(**{f"{group(layout_for(), plan.kind, plan.name)}/url": "https://autre.example.fr/wms"})

    assert not is_ours(written)
    assert write_one(plan, owner="key-1").name == f"{plan.name} (2)"
    assert not remove_one(written)
    assert connections.exists(plan.kind, plan.name)


@every_kind
def test_removing_leaves_nothing_in_either_tree(plan: ConnectionPlan) -> None:
    written = write_one(plan, authcfg=AUTHCFG, layout=Layout.NEW)
    # What QGIS 3.30 and later copies back at exit, and would take up again at start.
    _copy_to_old_tree(written)

    assert remove_one(written)

    assert [key for key in keys_below("qgis") if plan.name in key] == []
    assert [key for key in keys_below("connections") if plan.name in key] == []
    assert connection_origins.recorded() == ()
    assert not remove_one(written)


def test_a_leftover_configuration_is_not_taken_up() -> None:
    set_keys(**{"qgis/WMS/Eau – WMS raster/authcfg": "zzzzzzz"})
    write_one(PLANS[ConnectionKind.WMS], hash_value=HASH, layout=Layout.OLD)

    assert keys_below("qgis/WMS/Eau – WMS raster") == {}


def test_settings_that_keep_nothing_are_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connections, "_save", lambda *_, **__: None)
    with pytest.raises(GpkeysError) as caught:
        write_one(PLANS[ConnectionKind.WMS], hash_value=HASH)

    assert "Eau – WMS raster" in str(caught.value.user)
    assert HASH not in caught.value.log


def test_settings_that_do_not_reach_the_disk_are_said(tmp_path: Path) -> None:
    """QGIS reads back what it could not write, until it is closed."""
    plan = PLANS[ConnectionKind.WMS]
    connections.write_all([(plan, WrittenConnection(plan.kind, "un"))], hash_value=HASH)
    file = Path(QgsSettings().fileName())
    # A folder in its place: what is written there beside it cannot be put in.
    content = file.read_bytes()
    file.unlink()
    (file / "in").mkdir(parents=True)
    with pytest.raises(GpkeysError, match="reads back differently"):
        connections.write_all([(plan, WrittenConnection(plan.kind, "deux"))], hash_value=HASH)
    (file / "in").rmdir()
    file.rmdir()
    file.write_bytes(content)


def _copy_to_old_tree(connection: WrittenConnection) -> None:
    old, new = (group(layout, connection.kind, connection.name) for layout in (Layout.OLD, Layout.NEW))
    set_keys(**{f"{old}/{key}": value for key, value in keys_below(new).items()})
    service = parent_group(Layout.OLD, connection.kind).rpartition("-")[2].upper()
    if service in ("WMS", "WFS"):
        set_keys(**{f"qgis/connections/{service}/{connection.name}/authcfg": AUTHCFG})
        set_keys(**{f"qgis/{service}/{connection.name}/authcfg": AUTHCFG})


def _names_in_browser(kind: ConnectionKind) -> list[str]:
    """Return what QGIS's Browser would list for a kind."""
    from qgis.core import QgsApplication

    providers = QgsApplication.dataItemProviderRegistry().providers()
    provider = next(found for found in providers if found.name() == _PROVIDER_NAMES[kind])
    root = provider.createDataItem("", None)
    children = root.createChildren()
    names = [child.name() for child in children]
    for child in children:
        child.setParent(None)
    return names


_PROVIDER_NAMES = {
    ConnectionKind.WMS: "WMS",
    ConnectionKind.WMTS: "WMS",
    ConnectionKind.WFS: "WFS",
    ConnectionKind.XYZ: "XYZ Tiles",
    ConnectionKind.VECTOR_TILES: "Vector Tiles",
}
