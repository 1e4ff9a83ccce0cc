"""Each algorithm does its one job, through `processing.run`, against the simulator."""

from __future__ import annotations

import csv
import json
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest
from qgis.core import QgsVectorLayer

from gpkeys_plugin.entrepot.models import KeyType
from gpkeys_plugin.keys.endpoints import ConnectionKind
from gpkeys_plugin.store import auth_configs, auth_snapshots, connections, installed_keys
from tests.qgis.jobs.test_create_key import held
from tests.qgis.processing.conftest import Toolbox
from tests.simulator import seeds

_SERVICES = f"{seeds.SHADING}, {seeds.PLU}"
_PASSWORD = "Mot-de-passe-26"  # pragma: allowlist secret - made up


def read(path: str) -> Any:
    """Return what an algorithm wrote as JSON."""
    return json.loads(Path(path).read_text(encoding="utf-8"))


def create(toolbox: Toolbox, name: str = "Poste 12", kind: str = "HASH", **values: Any) -> dict[str, Any]:
    """Create a key for two services."""
    return toolbox.run("createkey", **{"NAME": name, "TYPE": kind, "OFFERINGS": _SERVICES, **values})


def opened(toolbox: Toolbox, key_id: str) -> set[str]:
    """Return the layers that a key opens on the platform."""
    return {access.offering.layer_name for access in toolbox.bench.accesses(key_id)}


# Permissions


@pytest.mark.parametrize("is_included", [True, False])
def test_permissions_are_listed_as_json(toolbox: Toolbox, is_included: bool) -> None:
    path = toolbox.file("permissions.json")
    results = toolbox.run("listpermissions", INCLUDE_EXPIRED=is_included, OUTPUT=path)
    listed = read(path)
    assert results == {"OUTPUT": path, "COUNT": len(listed)}
    assert {one["is_expired"] for one in listed} == ({True, False} if is_included else {False})
    layers = {offering["layer_name"] for one in listed for offering in one["offerings"]}
    assert {seeds.SCAN, seeds.PLU, seeds.WATER, seeds.BOUNDARIES} <= layers
    assert {one["is_community"] for one in listed} == {True, False}


def test_permissions_are_listed_as_a_table_with_a_line_an_offering(toolbox: Toolbox) -> None:
    path = toolbox.file("permissions.csv")
    toolbox.run("listpermissions", OUTPUT=path)
    with Path(path).open(encoding="utf-8", newline="") as file:
        lines = list(csv.DictReader(file))
    (water,) = [line for line in lines if line["offering_layer_name"] == seeds.WATER]
    assert water["offering_type"] == "WFS"
    assert water["only_oauth"] == "true"
    assert water["licence"] == "Réseaux d'eau potable - agents habilités"


# Creation


@pytest.mark.parametrize("kind", ["BASIC", "HASH", "OAUTH2"])
def test_a_key_is_created_and_written_into_qgis(toolbox: Toolbox, kind: str) -> None:
    path = toolbox.file("key.json")
    results = create(toolbox, kind=kind, OUTPUT=path)
    (key,) = toolbox.bench.platform_keys()
    assert (key.id, key.name, key.type) == (results["KEY_ID"], "Poste 12", KeyType(kind))
    assert opened(toolbox, key.id) == {seeds.SHADING, seeds.PLU}
    names = json.loads(results["CONNECTIONS"])
    assert sorted(names) == ["Poste 12 – WFS", "Poste 12 – WMS raster"]
    assert connections.exists(ConnectionKind.WFS, "Poste 12 – WFS")
    configurations = {"BASIC": None, "HASH": "", "OAUTH2": toolbox.bench.signed_in.authcfg}
    assert results["AUTH_ID"] in auth_configs.ids() if kind == "BASIC" else results["AUTH_ID"] == configurations[kind]
    assert read(path)["auth_id"] == results["AUTH_ID"]
    assert toolbox.changes == ["keys"]


def test_everything_that_a_type_may_open_is_a_star(toolbox: Toolbox) -> None:
    results = create(toolbox, OFFERINGS="*", CONNECT=False)
    layers = opened(toolbox, results["KEY_ID"])
    assert {seeds.SCAN, seeds.PLAN, seeds.BOUNDARIES, seeds.ALTIMETRY} <= layers
    assert not layers & {seeds.WATER, seeds.WATER_MAP}
    results = create(toolbox, "Compte", "OAUTH2", OFFERINGS="*", CONNECT=False)
    assert {seeds.WATER, seeds.WATER_MAP} <= opened(toolbox, results["KEY_ID"])


def test_offerings_are_named_by_their_ids_too(toolbox: Toolbox) -> None:
    results = create(toolbox, OFFERINGS=seeds.seed_id("offering", seeds.ORTHO), CONNECT=False)
    assert opened(toolbox, results["KEY_ID"]) == {seeds.ORTHO}


def test_credentials_bring_login_and_password(toolbox: Toolbox) -> None:
    given = auth_configs.store_basic("à moi", "voirie-2026", _PASSWORD)
    results = create(toolbox, kind="BASIC", CREDENTIALS=given, LOGIN="autre-chose")
    kept = auth_snapshots.take(results["AUTH_ID"])
    assert dict(kept.entries) == {"username": "voirie-2026", "password": _PASSWORD, "realm": ""}
    assert results["AUTH_ID"] != given
    toolbox.run("deletekey", KEY="Poste 12")
    assert given in auth_configs.ids()


@pytest.mark.parametrize("login", ["", "voirie-2026"])
def test_without_credentials_a_strong_password_is_drawn_and_kept(toolbox: Toolbox, login: str) -> None:
    results = create(toolbox, kind="BASIC", LOGIN=login, CONNECT=False)
    kept = auth_snapshots.take(results["AUTH_ID"]).entries
    assert kept["username"] == login or (not login and kept["username"].startswith("poste-12-"))
    assert len(kept["password"]) >= 20


def test_an_unconnected_key_leaves_no_connection(toolbox: Toolbox) -> None:
    before = auth_configs.ids()
    results = create(toolbox, CONNECT=False)
    assert json.loads(results["CONNECTIONS"]) == []
    assert auth_configs.ids() == before
    assert installed_keys.installed() == ()


def test_filters_are_set(toolbox: Toolbox) -> None:
    results = create(toolbox, CONNECT=False, WHITELIST="192.0.2.1, 198.51.100.0/24", USER_AGENT="QGIS/")
    filters = toolbox.bench.run(lambda _: toolbox.bench.signed_in.client().key(results["KEY_ID"])).filters
    assert filters.whitelist == ("192.0.2.1/32", "198.51.100.0/24")
    assert filters.user_agent == ".*QGIS/.*"


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"NAME": "Poste 12"}, "already called “Poste 12”"),
        ({"OFFERINGS": "rochebrune.plu_206"}, "Did you mean “rochebrune.plu_2026”"),
        ({"OFFERINGS": seeds.WATER}, "Only an OAuth2 key"),
        ({"OFFERINGS": " , "}, "Tick at least one service"),
        ({"WHITELIST": "192.0.2.1/24"}, "192.0.2.0/24"),
        ({"WHITELIST": "192.0.2.1", "BLACKLIST": "192.0.2.2"}, "not both"),
        ({"TYPE": "BASIC", "LOGIN": "a:b"}, "colon"),
    ],
)
def test_what_cannot_be_is_said_before_anything_is_created(toolbox: Toolbox, values: dict[str, str], said: str) -> None:
    create(toolbox, CONNECT=False)
    before = held(toolbox.bench)
    toolbox.bench.simulator.clear_requests()
    wanted = {"NAME": "Poste 13", "TYPE": "HASH", "OFFERINGS": _SERVICES, **values}
    assert said in toolbox.failure("createkey", **wanted)
    assert toolbox.bench.simulator.requests(method="POST", service="api") == []
    assert held(toolbox.bench) == before


def test_a_creation_that_fails_leaves_nothing(toolbox: Toolbox) -> None:
    before = held(toolbox.bench)
    toolbox.bench.simulator.fail("POST", r"/accesses$", "status", status=403, times=50)
    said = toolbox.failure("createkey", NAME="Poste 12", TYPE="BASIC", OFFERINGS=_SERVICES)
    assert "not allowed" in said
    toolbox.bench.simulator.reset_faults()
    assert held(toolbox.bench) == before


def test_what_could_not_be_taken_back_is_said(toolbox: Toolbox) -> None:
    toolbox.bench.simulator.fail("POST", r"/accesses$", "status", status=403, times=50)
    toolbox.bench.simulator.fail("DELETE", r"/users/me/keys/", "status", status=500, times=50)
    said = toolbox.failure("createkey", NAME="Poste 12", TYPE="HASH", OFFERINGS=_SERVICES)
    assert "stopped half-way" in said
    assert "GPKeys panel" in said


def test_what_is_half_made_is_not_made_twice_and_can_be_deleted(toolbox: Toolbox) -> None:
    before = held(toolbox.bench)
    order: dict[str, Any] = {"NAME": "Poste 12", "TYPE": "BASIC", "OFFERINGS": _SERVICES}
    toolbox.bench.simulator.fail("POST", r"/accesses$", "status", status=403, times=50)
    toolbox.bench.simulator.fail("DELETE", r"/users/me/keys/", "status", status=500, times=50)
    toolbox.failure("createkey", **order)
    toolbox.bench.simulator.reset_faults()
    assert "Delete the key" in toolbox.failure("createkey", **order)
    toolbox.run("deletekey", KEY="Poste 12")
    assert held(toolbox.bench) == before
    toolbox.run("createkey", **order)


def test_a_report_that_cannot_be_written_is_said_before_anything_is_created(toolbox: Toolbox) -> None:
    said = toolbox.failure(
        "createkey", NAME="x", TYPE="HASH", OFFERINGS=_SERVICES, OUTPUT=toolbox.file("nowhere/key.json")
    )
    assert "cannot be written" in said
    assert toolbox.bench.platform_keys() == ()


# Change


def test_a_change_sends_the_difference_and_connections_follow(toolbox: Toolbox) -> None:
    key_id = create(toolbox)["KEY_ID"]
    toolbox.bench.simulator.clear_requests()
    path = toolbox.file("change.json")
    results = toolbox.run(
        "updatekey",
        KEY="Poste 12",
        NAME="Poste 12 bis",
        ADD_OFFERINGS=f"{seeds.BOUNDARIES},{seeds.PLU}",
        REMOVE_OFFERINGS=seeds.SHADING,
        OUTPUT=path,
    )
    assert results["CHANGED"] is True
    assert opened(toolbox, key_id) == {seeds.PLU, seeds.BOUNDARIES}
    report = read(path)
    assert report["added_offerings"] == [seeds.seed_id("offering", seeds.BOUNDARIES)]
    assert report["removed_offerings"] == [seeds.seed_id("offering", seeds.SHADING)]
    assert report["changed"] == ["name"]
    (patch,) = toolbox.bench.simulator.requests(method="PATCH")
    assert patch.body == {"name": "Poste 12 bis"}
    assert connections.exists(ConnectionKind.WMS, "Poste 12 bis – WMS vecteur")
    assert not connections.exists(ConnectionKind.WMS, "Poste 12 – WMS raster")


def test_filters_stay_unless_given_and_an_empty_text_clears(toolbox: Toolbox) -> None:
    key_id = create(toolbox, CONNECT=False, WHITELIST="192.0.2.1", USER_AGENT="QGIS/")["KEY_ID"]

    def filters() -> Any:
        return toolbox.bench.run(lambda _: toolbox.bench.signed_in.client().key(key_id)).filters

    assert toolbox.run("updatekey", KEY=key_id, WHITELIST="192.0.2.2")["CHANGED"] is True
    assert (filters().whitelist, filters().user_agent) == (("192.0.2.2/32",), ".*QGIS/.*")
    toolbox.run("updatekey", KEY=key_id, USER_AGENT="", WHITELIST="(inchangé)")
    assert (filters().whitelist, filters().user_agent) == (("192.0.2.2/32",), None)
    toolbox.run("updatekey", KEY=key_id, WHITELIST="", BLACKLIST="198.51.100.7")
    assert (filters().whitelist, filters().blacklist) == ((), ("198.51.100.7/32",))


def test_a_key_that_is_so_already_is_not_touched(toolbox: Toolbox) -> None:
    create(toolbox, CONNECT=False, WHITELIST="192.0.2.1")
    toolbox.bench.simulator.clear_requests()
    results = toolbox.run(
        "updatekey", KEY="Poste 12", NAME="Poste 12", ADD_OFFERINGS=seeds.PLU, WHITELIST="192.0.2.1/32"
    )
    assert results["CHANGED"] is False
    assert {entry.method for entry in toolbox.bench.simulator.requests(service="api")} == {"GET"}


def test_a_removal_of_what_is_not_open_is_only_said(toolbox: Toolbox) -> None:
    create(toolbox, CONNECT=False)
    assert toolbox.run("updatekey", KEY="Poste 12", REMOVE_OFFERINGS=seeds.ORTHO)["CHANGED"] is False
    assert any(seeds.ORTHO in line for line in toolbox.heard)


def test_a_key_does_not_lose_all_its_services(toolbox: Toolbox) -> None:
    key_id = create(toolbox, CONNECT=False)["KEY_ID"]
    assert "delete the key" in toolbox.failure("updatekey", KEY=key_id, REMOVE_OFFERINGS="*")
    assert opened(toolbox, key_id) == {seeds.SHADING, seeds.PLU}


# Connection


@pytest.mark.parametrize("kind", ["HASH", "OAUTH2"])
def test_connecting_twice_leaves_one_set_of_connections(toolbox: Toolbox, kind: str) -> None:
    create(toolbox, kind=kind, CONNECT=False)
    first = toolbox.run("connectkey", KEY="Poste 12")
    before = held(toolbox.bench)
    assert toolbox.run("connectkey", KEY="Poste 12") == first
    assert held(toolbox.bench) == before
    assert len(json.loads(first["CONNECTIONS"])) == 2


def test_a_basic_key_from_elsewhere_takes_its_password_from_a_configuration(toolbox: Toolbox) -> None:
    given = auth_configs.store_basic("à moi", "voirie-2026", _PASSWORD)
    create(toolbox, kind="BASIC", CREDENTIALS=given)
    toolbox.run("deletekey", KEY="Poste 12", REMOVE_FROM_QGIS=True)
    created = create(toolbox, kind="BASIC", CREDENTIALS=given)
    installed_keys.forget(toolbox.bench.signed_in.api_url, created["KEY_ID"])
    assert "CREDENTIALS" in toolbox.failure("connectkey", KEY="Poste 12")
    other = auth_configs.store_basic("autre", "autre-nom", _PASSWORD)
    assert "not that of" in toolbox.failure("connectkey", KEY="Poste 12", CREDENTIALS=other)
    wrong = auth_configs.store_basic("faux", "voirie-2026", "autre-chose")
    assert "refuse this password" in toolbox.failure("connectkey", KEY="Poste 12", CREDENTIALS=wrong)
    assert toolbox.run("connectkey", KEY="Poste 12", CREDENTIALS=given)["AUTH_ID"] in auth_configs.ids()


def test_a_configuration_of_another_kind_is_no_credentials(toolbox: Toolbox) -> None:
    create(toolbox, kind="BASIC", CONNECT=False)
    said = toolbox.failure("connectkey", KEY="Poste 12", CREDENTIALS=toolbox.bench.signed_in.authcfg)
    assert "no user name and password" in said


# Test


def test_a_test_reports_a_verdict_a_service(served_toolbox: Toolbox) -> None:
    create(served_toolbox)
    path = served_toolbox.file("test.json")
    assert served_toolbox.run("testkey", KEY="Poste 12", OUTPUT=path)["OK"] is True
    assert {found["verdict"] for found in read(path)["services"]} == {"WORKS"}
    served_toolbox.run("updatekey", KEY="Poste 12", USER_AGENT="ArcGIS")
    assert served_toolbox.run("testkey", KEY="Poste 12", OUTPUT=path)["OK"] is False
    verdicts = read(path)["services"]
    assert {found["verdict"] for found in verdicts} == {"FILTERED"}
    assert all("ArcGIS" in found["text"] and found["advice"] for found in verdicts)


# Renewal


@pytest.mark.parametrize("kind", ["BASIC", "HASH"])
def test_a_renewal_swaps_the_secret_under_the_same_configuration(served_toolbox: Toolbox, kind: str) -> None:
    created = create(served_toolbox, kind=kind)
    (old,) = served_toolbox.bench.platform_keys()
    results = served_toolbox.run("rotatekey", KEY="Poste 12", OUTPUT=served_toolbox.file("renewal.json"))
    (new,) = served_toolbox.bench.platform_keys()
    assert results["KEY_ID"] == new.id != old.id
    assert new.name == "Poste 12"
    assert results["AUTH_ID"] == created["AUTH_ID"]
    assert served_toolbox.run("testkey", KEY="Poste 12")["OK"] is True
    assert served_toolbox.bench.rotations.entries() == ()


def test_a_renewal_cut_off_before_its_end_is_ended_by_the_next_run(served_toolbox: Toolbox) -> None:
    create(served_toolbox)
    served_toolbox.bench.simulator.fail("DELETE", r"/users/me/keys/[^/]+$", "status", status=500, times=50)
    served_toolbox.failure("rotatekey", KEY="Poste 12")
    assert len(served_toolbox.bench.platform_keys()) == 2
    served_toolbox.bench.simulator.reset_faults()
    served_toolbox.run("rotatekey", KEY="Poste 12")
    (key,) = served_toolbox.bench.platform_keys()
    assert key.name == "Poste 12"
    assert served_toolbox.run("testkey", KEY="Poste 12")["OK"] is True


def test_a_renewal_with_only_the_name_left_is_ended_by_the_next_run(toolbox: Toolbox) -> None:
    create(toolbox)
    toolbox.bench.simulator.fail("PATCH", r"/users/me/keys/", "status", status=500, times=50)
    toolbox.failure("rotatekey", KEY="Poste 12")
    toolbox.bench.simulator.reset_faults()
    toolbox.run("rotatekey", KEY="Poste 12")
    assert [key.name for key in toolbox.bench.platform_keys()] == ["Poste 12"]


def test_an_oauth2_key_has_nothing_to_renew(toolbox: Toolbox) -> None:
    create(toolbox, kind="OAUTH2", CONNECT=False)
    assert "Only BASIC and HASH keys" in toolbox.failure("rotatekey", KEY="Poste 12")


# Deletion


@pytest.mark.parametrize("is_removed", [True, False])
def test_a_deletion_takes_along_what_was_made_unless_told_otherwise(toolbox: Toolbox, is_removed: bool) -> None:
    created = create(toolbox, kind="BASIC")
    results = toolbox.run("deletekey", KEY="Poste 12", REMOVE_FROM_QGIS=is_removed)
    assert results == {"KEY_ID": created["KEY_ID"]}
    assert toolbox.bench.platform_keys() == ()
    assert connections.exists(ConnectionKind.WFS, "Poste 12 – WFS") is not is_removed
    assert (created["AUTH_ID"] in auth_configs.ids()) is not is_removed


def test_of_a_key_that_is_gone_the_rest_is_removed_and_then_it_is_said(toolbox: Toolbox) -> None:
    created = create(toolbox, kind="BASIC")
    toolbox.bench.run(lambda _: toolbox.bench.signed_in.client().delete_key(created["KEY_ID"]))
    assert toolbox.run("deletekey", KEY="Poste 12") == {"KEY_ID": created["KEY_ID"]}
    assert any("gone already" in line for line in toolbox.heard)
    assert not connections.exists(ConnectionKind.WFS, "Poste 12 – WFS")
    assert created["AUTH_ID"] not in auth_configs.ids()
    assert "no key of the id or name “Poste 12”" in toolbox.failure("deletekey", KEY="Poste 12")


def test_a_name_that_is_nearly_right_is_proposed_and_nothing_is_deleted(toolbox: Toolbox) -> None:
    create(toolbox, CONNECT=False)
    assert "Did you mean “Poste 12”?" in toolbox.failure("deletekey", KEY="poste 12")
    assert len(toolbox.bench.platform_keys()) == 1


# Consumption


def test_consumption_is_a_table(served_toolbox: Toolbox) -> None:
    create(served_toolbox)
    served_toolbox.run("testkey", KEY="Poste 12")
    path = served_toolbox.file("stats.gpkg")
    results = served_toolbox.run("keystats", KEY="Poste 12", OUTPUT=path)
    table = QgsVectorLayer(path, "", "ogr")
    assert [field.name() for field in table.fields()] == ["fid", "begin", "end", "hits", "bytes"]
    rows = list(table.getFeatures())
    assert sum(row["hits"] for row in rows) == results["HITS"] > 0
    assert sum(row["bytes"] for row in rows) == results["BYTES"] > 0
    assert rows[0]["begin"].isValid()


def test_consumption_of_a_period_and_of_the_account(served_toolbox: Toolbox) -> None:
    create(served_toolbox)
    served_toolbox.run("testkey", KEY="Poste 12")
    ended = (datetime.now(timezone.utc) - timedelta(days=3)).strftime("%Y-%m-%d")
    assert served_toolbox.run("keystats", KEY="Poste 12", START="2026-01-01", END=ended)["HITS"] == 0
    assert served_toolbox.run("keystats")["HITS"] > 0
    assert "before it begins" in served_toolbox.failure("keystats", START=ended, END="2026-01-01")
