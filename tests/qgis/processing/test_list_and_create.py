"""Listing what there is, and making keys, through `processing.run`, against the simulator."""

from __future__ import annotations

import csv
import json
from dataclasses import replace
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest
from qgis.core import QgsProcessingException, QgsVectorLayer

from gpkeys_plugin.entrepot.errors import GpkeysError
from gpkeys_plugin.entrepot.models import KeyCreation, KeyType, KeyUpdate
from gpkeys_plugin.jobs.finish_creation import undo_creation
from gpkeys_plugin.jobs.window.new_key_jobs import NewKeyJobs, QgisSide
from gpkeys_plugin.keys.services.connection_plans import ConnectionKind
from gpkeys_plugin.network.http import user_agent
from gpkeys_plugin.store import connections
from gpkeys_plugin.store.configurations import auth_config_snapshots, auth_configs
from gpkeys_plugin.store.records import installed_keys
from tests.qgis.jobs.conftest import Bench
from tests.qgis.jobs.test_create_key import held
from tests.qgis.processing.algorithm_calls import PASSWORD, SERVICES, create, opened, read
from tests.qgis.processing.conftest import Heard, Toolbox
from tests.simulator.memory import seeds

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
    assert toolbox.changes == [0]


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
    given = auth_configs.store_basic("à moi", "voirie-2026", PASSWORD)
    results = create(toolbox, kind="BASIC", CREDENTIALS=given, LOGIN="autre-chose")
    kept = auth_config_snapshots.take(results["AUTH_ID"])
    assert dict(kept.entries) == {"username": "voirie-2026", "password": PASSWORD, "realm": ""}
    assert results["AUTH_ID"] != given
    toolbox.run("deletekey", KEY="Poste 12")
    assert given in auth_configs.ids()


@pytest.mark.parametrize("login", ["", "voirie-2026"])
def test_without_credentials_a_strong_password_is_drawn_and_kept(toolbox: Toolbox, login: str) -> None:
    results = create(toolbox, kind="BASIC", LOGIN=login, CONNECT=False)
    kept = auth_config_snapshots.take(results["AUTH_ID"]).entries
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
    wanted = {"NAME": "Poste 13", "TYPE": "HASH", "OFFERINGS": SERVICES, **values}
    assert said in toolbox.failure("createkey", **wanted)
    assert toolbox.bench.simulator.requests(method="POST", service="api") == []
    assert held(toolbox.bench) == before


@pytest.mark.parametrize("missing", ["NAME", "TYPE", "OFFERINGS"])
def test_what_must_be_said_is_not_guessed(toolbox: Toolbox, missing: str) -> None:
    wanted = {"NAME": "Poste 13", "TYPE": "HASH", "OFFERINGS": SERVICES}
    del wanted[missing]
    assert missing in toolbox.failure("createkey", **wanted)
    assert toolbox.bench.platform_keys() == ()


def test_a_creation_that_fails_leaves_nothing(toolbox: Toolbox) -> None:
    before = held(toolbox.bench)
    toolbox.bench.simulator.fail("POST", r"/accesses$", "status", status=403, times=50)
    said = toolbox.failure("createkey", NAME="Poste 12", TYPE="BASIC", OFFERINGS=SERVICES)
    assert "not allowed" in said
    toolbox.bench.simulator.reset_faults()
    assert held(toolbox.bench) == before


def test_what_could_not_be_taken_back_is_said(toolbox: Toolbox) -> None:
    toolbox.bench.simulator.fail("POST", r"/accesses$", "status", status=403, times=50)
    toolbox.bench.simulator.fail("DELETE", r"/users/me/keys/", "status", status=500, times=50)
    said = toolbox.failure("createkey", NAME="Poste 12", TYPE="HASH", OFFERINGS=SERVICES)
    assert "stopped half-way" in said
    assert "access keys” panel" in said


def test_what_is_half_made_is_not_made_twice_and_can_be_deleted(toolbox: Toolbox) -> None:
    before = held(toolbox.bench)
    order: dict[str, Any] = {"NAME": "Poste 12", "TYPE": "BASIC", "OFFERINGS": SERVICES}
    toolbox.bench.simulator.fail("POST", r"/accesses$", "status", status=403, times=50)
    toolbox.bench.simulator.fail("DELETE", r"/users/me/keys/", "status", status=500, times=50)
    toolbox.failure("createkey", **order)
    toolbox.bench.simulator.reset_faults()
    assert "Delete the key" in toolbox.failure("createkey", **order)
    toolbox.run("deletekey", KEY="Poste 12")
    assert held(toolbox.bench) == before
    toolbox.run("createkey", **order)


def window(bench: Bench) -> NewKeyJobs:
    """Return what the window of the same account works on."""
    known = replace(bench.signed_in, account_id=bench.run(lambda _: bench.signed_in.client().me()).id)
    side = QgisSide(user_agent.current, lambda: None, lambda _: None, lambda _: None)
    return NewKeyJobs(lambda: known, bench.runner, bench.main_thread, bench.creations, side)


def test_a_creation_under_way_is_not_offered_to_be_finished_or_undone(toolbox: Toolbox) -> None:
    bench, new_key_jobs = toolbox.bench, window(toolbox.bench)
    seen: list[tuple[int, int]] = []

    def look(_text: str) -> None:
        seen.append((len(bench.creations.entries()), len(new_key_jobs.remainders())))

    bench.simulator.fail("POST", r"/accesses$", "status", status=403, times=50)
    bench.simulator.fail("DELETE", r"/users/me/keys/", "status", status=500, times=50)
    with pytest.raises(QgsProcessingException):
        toolbox.run("createkey", Heard(look), NAME="Poste 12", TYPE="HASH", OFFERINGS=SERVICES)
    bench.simulator.reset_faults()
    assert (1, 0) in seen
    assert (1, 1) not in seen
    assert len(new_key_jobs.remainders()) == 1


def test_a_creation_under_way_is_neither_begun_nor_deleted_a_second_time(toolbox: Toolbox) -> None:
    bench, order = toolbox.bench, {"NAME": "Poste 12", "TYPE": "HASH", "OFFERINGS": SERVICES}
    bench.simulator.fail("POST", r"/accesses$", "status", status=403, times=50)
    bench.simulator.fail("DELETE", r"/users/me/keys/", "status", status=500, times=50)
    toolbox.failure("createkey", **order)
    bench.simulator.reset_faults()
    (entry,) = bench.creations.entries()
    with bench.creations.at_work(entry.id):
        assert "right now" in toolbox.failure("createkey", **order)
        assert "right now" in toolbox.failure("deletekey", KEY="Poste 12")
        with pytest.raises(GpkeysError, match="works on"):
            bench.run(
                lambda progress: undo_creation(entry, bench.signed_in, bench.creations, bench.main_thread, progress)
            )
    assert len(bench.platform_keys()) == 1
    toolbox.run("deletekey", KEY="Poste 12")
    assert (bench.platform_keys(), bench.creations.entries()) == ((), ())


def test_a_key_made_anew_under_the_name_of_a_half_made_one_is_the_one_deleted(toolbox: Toolbox) -> None:
    """The half-made key was deleted on the web and made again there, under its name."""
    bench, before = toolbox.bench, held(toolbox.bench)
    bench.simulator.fail("POST", r"/accesses$", "status", status=403, times=50)
    bench.simulator.fail("DELETE", r"/users/me/keys/", "status", status=500, times=50)
    toolbox.failure("createkey", NAME="Poste 12", TYPE="BASIC", OFFERINGS=SERVICES)
    bench.simulator.reset_faults()
    (half_made,) = bench.platform_keys()
    bench.run(lambda _: bench.signed_in.client().delete_key(half_made.id))
    anew = KeyCreation("Poste 12", KeyType.HASH)
    made = bench.run(lambda _: bench.signed_in.client().create_key(anew, existing_ids=())).key
    assert toolbox.run("deletekey", KEY="Poste 12") == {"KEY_ID": made.id}
    assert held(bench) == before


def test_a_half_made_key_that_has_another_name_by_now_is_left_alone(toolbox: Toolbox) -> None:
    bench = toolbox.bench
    bench.simulator.fail("POST", r"/accesses$", "status", status=403, times=50)
    bench.simulator.fail("DELETE", r"/users/me/keys/", "status", status=500, times=50)
    toolbox.failure("createkey", NAME="Poste 12", TYPE="HASH", OFFERINGS=SERVICES)
    bench.simulator.reset_faults()
    (half_made,) = bench.platform_keys()
    bench.run(lambda _: bench.signed_in.client().update_key(half_made.id, KeyUpdate(name="Poste 13")))
    anew = KeyCreation("Poste 12", KeyType.HASH)
    made = bench.run(lambda _: bench.signed_in.client().create_key(anew, existing_ids=(half_made.id,))).key
    assert toolbox.run("deletekey", KEY="Poste 12") == {"KEY_ID": made.id}
    assert [key.name for key in bench.platform_keys()] == ["Poste 13"]
    assert len(bench.creations.entries()) == 1


def test_a_report_that_cannot_be_written_is_said_before_anything_is_created(toolbox: Toolbox) -> None:
    said = toolbox.failure(
        "createkey", NAME="x", TYPE="HASH", OFFERINGS=SERVICES, OUTPUT=toolbox.file("nowhere/key.json")
    )
    assert "cannot be written" in said
    assert toolbox.bench.platform_keys() == ()


@pytest.mark.parametrize("earlier", [None, "d’hier"])
def test_an_algorithm_that_fails_leaves_its_report_file_as_it_was(toolbox: Toolbox, earlier: str | None) -> None:
    path = Path(toolbox.file("key.json"))
    if earlier is not None:
        path.write_text(earlier, encoding="utf-8")
    toolbox.failure("createkey", NAME="x", TYPE="HASH", OFFERINGS="rochebrune.plu_206", OUTPUT=str(path))
    assert (path.read_text(encoding="utf-8") if path.exists() else None) == earlier


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
