"""Connections of this profile with a dead or foreign credential: found in both settings trees, mended, written back."""

from __future__ import annotations

from typing import Any

import pytest
from qgis.core import QgsSettings

from gpkeys_plugin.entrepot.models import KeyType
from gpkeys_plugin.jobs.repair.repair_values import ConnectionsRepaired, WhereKept
from gpkeys_plugin.jobs.running.translate import show
from gpkeys_plugin.keys.layer_needs.needs import Cause
from gpkeys_plugin.store import auth_config_snapshots, auth_configs
from tests.qgis.jobs.repair.conftest import RepairBench
from tests.qgis.jobs.repair.dark_project import DEAD, delete_keys, make_key

_OLD_WMS, _NEW_WMS = "qgis/connections-wms/ancien", "connections/ows/items/wms/connections/items/nouveau"
_NEW_XYZ = "connections/xyz/items/tuiles"
_OLD_WFS = "qgis/connections-wfs/parcelles"
_SCAN = "rochebrune.scan25.touristique"


def base_of(atelier: RepairBench) -> str:
    """Return scheme and host of the platform."""
    return atelier.bench.simulator.api_url.removesuffix("/api")


def write_dead(atelier: RepairBench) -> None:
    """Write connections with the dead hash: in each tree, in the URL, among the headers in either form."""
    base, settings = base_of(atelier), QgsSettings()
    settings.setValue(f"{_OLD_WMS}/url", f"{base}/private/wms-r?apikey={DEAD}")
    settings.setValue(f"{_OLD_WMS}/dpiMode", 7)
    settings.setValue(f"{_NEW_WMS}/url", f"{base}/private/wmts?SERVICE=WMTS&REQUEST=GetCapabilities")
    settings.setValue(f"{_NEW_WMS}/http-header", {"apikey": DEAD, "referer": "https://exemple.fr"})
    settings.setValue(f"{_NEW_XYZ}/url", f"{base}/private/tms/1.0.0/{_SCAN}/{{z}}/{{x}}/{{y}}.png?apikey={DEAD}")
    settings.setValue(f"{_OLD_WFS}/url", f"{base}/private/wfs")
    settings.setValue(f"{_OLD_WFS}/http-header/apikey", DEAD)
    settings.setValue("qgis/connections-wms/ailleurs/url", f"https://ailleurs.example/wms?apikey={DEAD}")
    settings.sync()


def everything() -> dict[str, Any]:
    """Return all settings of connections."""
    settings = QgsSettings()
    keys = [key for key in settings.allKeys() if key.startswith(("qgis/connections", "connections", "qgis/W"))]
    return {key: settings.value(key) for key in keys}


def mend(atelier: RepairBench, where: WhereKept = WhereKept.AS_THE_KEY) -> ConnectionsRepaired:
    """Mend all that is found, as the window does."""
    account = atelier.account()
    repairs = atelier.jobs.connection_repairs(atelier.jobs.connections(*account), *account)
    repaired: ConnectionsRepaired = atelier.heard(
        lambda done, failed: atelier.jobs.repair_connections(repairs, where, lambda *_: None, done, failed)
    )
    return repaired


def undo(atelier: RepairBench) -> ConnectionsRepaired:
    """Write all back, as the window does."""
    undone: ConnectionsRepaired = atelier.heard(atelier.jobs.undo_connections)
    return undone


def test_they_are_found_in_both_trees_and_in_headers_and_nobody_is_asked(atelier: RepairBench) -> None:
    write_dead(atelier)
    atelier.bench.simulator.clear_requests()
    found = atelier.jobs.connections()
    assert {one.name for one in found} == {"ancien", "nouveau", "tuiles", "parcelles"}
    assert {one.need.cause for one in found} == {Cause.DEAD_SHARED_HASH}
    assert DEAD not in repr(found)
    assert atelier.bench.simulator.requests() == []


@pytest.mark.parametrize("type_", [KeyType.HASH, KeyType.BASIC])
def test_mended_they_carry_the_key_and_nothing_else_changes(atelier: RepairBench, type_: KeyType) -> None:
    write_dead(atelier)
    created = make_key(atelier.bench, type_)
    before = everything()
    repaired = mend(atelier)
    assert (set(repaired.mended), repaired.left) == ({"ancien", "nouveau", "tuiles", "parcelles"}, ())
    after = everything()
    assert DEAD not in str({key: value for key, value in after.items() if "ailleurs" not in key})
    assert after[f"{_NEW_WMS}/http-header"] == {"referer": "https://exemple.fr"}
    assert after[f"{_OLD_WMS}/dpiMode"] == before[f"{_OLD_WMS}/dpiMode"]
    assert after["qgis/connections-wms/ailleurs/url"] == before["qgis/connections-wms/ailleurs/url"]
    if type_ is KeyType.HASH:
        assert after[f"{_OLD_WMS}/url"] == f"{base_of(atelier)}/private/wms-r?apikey={created.hash}"
        assert str(after[f"{_OLD_WMS}/ignoreGetMapURI"]).lower() == "true"
    else:
        assert after["qgis/WMS/ancien/authcfg"] == after[f"{_NEW_WMS}/authcfg"] == created.authcfg
        assert after[f"{_OLD_WMS}/url"] == f"{base_of(atelier)}/private/wms-r"
    assert atelier.jobs.connections() == ()


def test_written_back_everything_is_as_before(atelier: RepairBench) -> None:
    write_dead(atelier)
    make_key(atelier.bench)
    before = everything()
    mend(atelier)
    assert atelier.jobs.can_undo_connections() == 4
    undone = undo(atelier)
    assert (len(undone.mended), undone.left) == (4, ())
    assert everything() == before
    assert atelier.jobs.can_undo_connections() == 0


def test_one_that_was_changed_since_is_left(atelier: RepairBench) -> None:
    write_dead(atelier)
    make_key(atelier.bench)
    mend(atelier)
    QgsSettings().setValue(f"{_OLD_WMS}/url", "https://ailleurs.example/wms")
    undone = undo(atelier)
    assert [(name, show(why)) for name, why in undone.left] == [("ancien", "it was changed meanwhile")]
    assert everything()[f"{_OLD_WMS}/url"] == "https://ailleurs.example/wms"


def test_a_connection_of_a_key_that_is_gone_gets_another_key_and_is_no_longer_the_old_one_s(
    atelier: RepairBench,
) -> None:
    make_key(atelier.bench, KeyType.BASIC, names=["rochebrune.plu_2026"])
    delete_keys(atelier.bench)
    other = make_key(atelier.bench, KeyType.HASH, name="Autre", names=["rochebrune.plu_2026"])
    account = atelier.account()
    found = atelier.jobs.connections(*account)
    assert [one.need.cause for one in found] == [Cause.ENDED_KEY]
    before = everything()
    repaired = mend(atelier)
    assert repaired.mended == (found[0].name,)
    assert str(other.hash) in str(everything())
    undo(atelier)
    assert everything() == before
    assert [one.need.cause for one in atelier.jobs.connections(*account)] == [Cause.ENDED_KEY]


def test_a_key_that_is_refused_changes_nothing(atelier: RepairBench) -> None:
    write_dead(atelier)
    make_key(atelier.bench)
    account = atelier.account()
    repairs = atelier.jobs.connection_repairs(atelier.jobs.connections(*account), *account)
    before = everything()
    atelier.bench.simulator.fail(None, "/private/", "status", status=401, times=90)
    repaired: ConnectionsRepaired = atelier.heard(
        lambda done, failed: atelier.jobs.repair_connections(
            repairs, WhereKept.AS_THE_KEY, lambda *_: None, done, failed
        )
    )
    assert (repaired.mended, len(repaired.left)) == ((), 4)
    assert everything() == before


@pytest.mark.parametrize(("held", "is_mended"), [(DEAD, True), ("DunAutre", False)])
def test_a_header_configuration_of_somebody_else_is_mended_where_its_hash_is_dead(
    atelier: RepairBench, held: str, is_mended: bool
) -> None:
    if not auth_configs.has_header_method():
        pytest.skip("this QGIS has no APIHeader method")
    authcfg = auth_configs.store("à moi", auth_configs.API_HEADER, {"Apikey": held})
    settings = QgsSettings()
    settings.setValue(f"{_NEW_WMS}/url", f"{base_of(atelier)}/private/wms-r")
    settings.setValue(f"{_NEW_WMS}/authcfg", authcfg)
    created = make_key(atelier.bench)
    assert [(one.name, one.kind) for one in atelier.jobs.connections()] == [("à moi", None)]
    repaired = mend(atelier)
    assert repaired.mended == (("à moi",) if is_mended else ())
    entries = auth_config_snapshots.take(authcfg).entries
    assert dict(entries) == {"Apikey": created.hash if is_mended else held}
    undo(atelier)
    assert dict(auth_config_snapshots.take(authcfg).entries) == {"Apikey": held}
