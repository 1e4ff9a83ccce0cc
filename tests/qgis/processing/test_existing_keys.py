"""Changing, connecting, testing, rotating and deleting keys, through `processing.run`."""

from __future__ import annotations

import json
from typing import Any

import pytest

from gpkeys_plugin.keys.services.connection_plans import ConnectionKind
from gpkeys_plugin.store import connections
from gpkeys_plugin.store.configurations import auth_config_snapshots, auth_configs
from gpkeys_plugin.store.records import installed_keys
from gpkeys_plugin.store.records.edits import EDITS
from tests.qgis.jobs.test_create_key import held
from tests.qgis.processing.algorithm_calls import PASSWORD, SERVICES, create, opened, read
from tests.qgis.processing.conftest import Heard, Toolbox
from tests.qgis.store.sources import earlier_version
from tests.qgis.store.sources.earlier_version import EarlierConnection
from tests.simulator.memory import seeds

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
    assert report["name"] == "Poste 12 bis"
    assert report["added_offerings"] == [seeds.seed_id("offering", seeds.BOUNDARIES)]
    assert report["removed_offerings"] == [seeds.seed_id("offering", seeds.SHADING)]
    assert report["changed"] == ["name"]
    (patch,) = toolbox.bench.simulator.requests(method="PATCH")
    assert patch.body == {"name": "Poste 12 bis"}
    assert connections.exists(ConnectionKind.WMS, "Poste 12 bis – WMS vecteur")
    assert not connections.exists(ConnectionKind.WMS, "Poste 12 – WMS raster")


def test_a_change_reports_what_is_there_afterwards(toolbox: Toolbox) -> None:
    """Somebody else takes a service away while it is changed: the report is of the key, not of the plan."""
    key_id = create(toolbox, CONNECT=False)["KEY_ID"]
    path, bench = toolbox.file("change.json"), toolbox.bench
    plu = next(access for access in bench.accesses(key_id) if access.offering.layer_name == seeds.PLU)

    def take_away(text: str) -> None:
        if text.startswith("Closing"):
            bench.signed_in.client().delete_access(key_id, plu.id)

    values = {"NAME": "Autre", "USER_AGENT": "QGIS/", "REMOVE_OFFERINGS": seeds.SHADING, "OUTPUT": path}
    toolbox.run("updatekey", Heard(take_away), KEY=key_id, **values)
    report = read(path)
    assert (report["id"], report["name"]) == (key_id, "Autre")
    assert report["changed"] == ["name", "user_agent"]
    assert set(report["removed_offerings"]) == {
        seeds.seed_id("offering", seeds.SHADING),
        seeds.seed_id("offering", seeds.PLU),
    }
    assert report["added_offerings"] == []


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


def test_a_service_whose_permission_has_ended_is_opened_anew_through_another(toolbox: Toolbox) -> None:
    key_id = create(toolbox, OFFERINGS=seeds.SCAN, CONNECT=False)["KEY_ID"]
    (before,) = toolbox.bench.accesses(key_id)
    assert before.permission is not None
    toolbox.bench.simulator.change_permission("camille", before.permission.licence, ends_in_s=-60)
    assert toolbox.run("updatekey", KEY=key_id, ADD_OFFERINGS=seeds.SCAN)["CHANGED"] is True
    (after,) = toolbox.bench.accesses(key_id)
    assert after.permission is not None
    assert after.permission.licence == "Convention SCAN 25 - essai" != before.permission.licence
    assert toolbox.run("updatekey", KEY=key_id, ADD_OFFERINGS=seeds.SCAN)["CHANGED"] is False


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
    given = auth_configs.store_basic("à moi", "voirie-2026", PASSWORD)
    create(toolbox, kind="BASIC", CREDENTIALS=given)
    toolbox.run("deletekey", KEY="Poste 12", REMOVE_FROM_QGIS=True)
    created = create(toolbox, kind="BASIC", CREDENTIALS=given)
    installed_keys.forget(toolbox.bench.signed_in.api_url, created["KEY_ID"])
    # The record alone being lost, the configuration is known by its id.
    assert toolbox.run("connectkey", KEY="Poste 12")["AUTH_ID"] == created["AUTH_ID"]
    installed_keys.forget(toolbox.bench.signed_in.api_url, created["KEY_ID"])
    auth_configs.remove(created["AUTH_ID"])
    assert "CREDENTIALS" in toolbox.failure("connectkey", KEY="Poste 12")
    lost = create(toolbox, "Perdue", "BASIC", LOGIN="perdue")["AUTH_ID"]
    auth_configs.remove(lost)
    assert "CREDENTIALS" in toolbox.failure("connectkey", KEY="Perdue")
    other = auth_configs.store_basic("autre", "autre-nom", PASSWORD)
    assert "not that of" in toolbox.failure("connectkey", KEY="Poste 12", CREDENTIALS=other)
    wrong = auth_configs.store_basic("faux", "voirie-2026", "autre-chose")
    assert "refuse this password" in toolbox.failure("connectkey", KEY="Poste 12", CREDENTIALS=wrong)
    assert toolbox.run("connectkey", KEY="Poste 12", CREDENTIALS=given)["AUTH_ID"] in auth_configs.ids()


def test_a_configuration_of_another_kind_is_no_credentials(toolbox: Toolbox) -> None:
    create(toolbox, kind="BASIC", CONNECT=False)
    said = toolbox.failure("connectkey", KEY="Poste 12", CREDENTIALS=toolbox.bench.signed_in.authcfg)
    assert "no user name and password" in said


def test_a_hash_stays_where_it_was_told_to_be_kept(toolbox: Toolbox) -> None:
    if not auth_configs.has_header_method():
        wanted = {"NAME": "Poste 12", "TYPE": "HASH", "OFFERINGS": SERVICES, "HASH_STORAGE": "HEADER"}
        assert "keep it in the URLs" in toolbox.failure("createkey", **wanted)
        return
    created = create(toolbox, HASH_STORAGE="HEADER")
    authcfg = created["AUTH_ID"]
    assert auth_config_snapshots.method_of(authcfg) == auth_configs.API_HEADER
    first = auth_config_snapshots.take(authcfg).entries["apikey"]
    assert toolbox.run("connectkey", KEY="Poste 12")["AUTH_ID"] == authcfg
    assert toolbox.run("rotatekey", KEY="Poste 12")["AUTH_ID"] == authcfg
    assert auth_config_snapshots.take(authcfg).entries["apikey"] != first
    assert toolbox.run("connectkey", KEY="Poste 12", HASH_STORAGE="URL")["AUTH_ID"] == ""
    assert authcfg not in auth_configs.ids()


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


# Rotation


def test_a_new_key_that_could_not_be_deleted_again_is_said(toolbox: Toolbox) -> None:
    create(toolbox, CONNECT=False)
    toolbox.bench.simulator.fail("POST", r"/accesses$", "status", status=403, times=50)
    toolbox.bench.simulator.fail("DELETE", r"/users/me/keys/", "status", status=500, times=50)
    said = toolbox.failure("rotatekey", KEY="Poste 12")
    assert "not allowed" in said
    assert "may still be on the Géoplateforme." in said
    toolbox.bench.simulator.reset_faults()
    toolbox.run("rotatekey", KEY="Poste 12")
    assert [key.name for key in toolbox.bench.platform_keys()] == ["Poste 12"]


@pytest.mark.parametrize("kind", ["BASIC", "HASH"])
def test_a_rotation_swaps_the_secret_under_the_same_configuration(served_toolbox: Toolbox, kind: str) -> None:
    created = create(served_toolbox, kind=kind)
    (old,) = served_toolbox.bench.platform_keys()
    results = served_toolbox.run("rotatekey", KEY="Poste 12", OUTPUT=served_toolbox.file("rotation.json"))
    (new,) = served_toolbox.bench.platform_keys()
    assert results["KEY_ID"] == new.id != old.id
    assert new.name == "Poste 12"
    assert results["AUTH_ID"] == created["AUTH_ID"]
    assert served_toolbox.run("testkey", KEY="Poste 12")["OK"] is True
    assert served_toolbox.bench.rotations.entries() == ()
    assert served_toolbox.changes[-1] == 0


def test_a_rotation_cut_off_before_its_end_is_ended_by_the_next_run(served_toolbox: Toolbox) -> None:
    create(served_toolbox)
    served_toolbox.bench.simulator.fail("DELETE", r"/users/me/keys/[^/]+$", "status", status=500, times=50)
    said = served_toolbox.failure("rotatekey", KEY="Poste 12")
    assert "QGIS uses the new key, the old one is still there" in said
    assert "Run it again" in said
    assert len(served_toolbox.bench.platform_keys()) == 2
    assert served_toolbox.changes[-1] == 1
    served_toolbox.bench.simulator.reset_faults()
    served_toolbox.run("rotatekey", KEY="Poste 12")
    (key,) = served_toolbox.bench.platform_keys()
    assert key.name == "Poste 12"
    assert served_toolbox.run("testkey", KEY="Poste 12")["OK"] is True


def test_a_rotation_with_only_the_name_left_is_ended_by_the_next_run(toolbox: Toolbox) -> None:
    create(toolbox)
    toolbox.bench.simulator.fail("PATCH", r"/users/me/keys/", "status", status=500, times=50)
    assert "Run it again" in toolbox.failure("rotatekey", KEY="Poste 12")
    toolbox.bench.simulator.reset_faults()
    toolbox.run("rotatekey", KEY="Poste 12")
    assert [key.name for key in toolbox.bench.platform_keys()] == ["Poste 12"]


def test_a_user_name_that_is_taken_on_the_platform_gives_way_to_the_next(toolbox: Toolbox) -> None:
    create(toolbox, "Autre", "BASIC", LOGIN="voirie-2027", CONNECT=False)
    created = create(toolbox, kind="BASIC", LOGIN="voirie-2026")
    assert toolbox.run("rotatekey", KEY="Poste 12")["AUTH_ID"] == created["AUTH_ID"]
    assert auth_config_snapshots.take(created["AUTH_ID"]).entries["username"] == "voirie-2028"
    assert sorted(key.name for key in toolbox.bench.platform_keys()) == ["Autre", "Poste 12"]


def test_nothing_more_is_tried_after_something_stayed(toolbox: Toolbox, monkeypatch: pytest.MonkeyPatch) -> None:
    create(toolbox, "Autre", "BASIC", LOGIN="voirie-2027", CONNECT=False)
    create(toolbox, kind="BASIC", LOGIN="voirie-2026")

    def refuse(_: str) -> None:
        raise RuntimeError("the database is locked")

    monkeypatch.setattr(auth_configs, "remove", refuse)
    before = set(auth_configs.ids())
    said = toolbox.failure("rotatekey", KEY="Poste 12")
    (stayed,) = set(auth_configs.ids()) - before
    assert f"{stayed} is still in QGIS" in said
    assert sorted(key.name for key in toolbox.bench.platform_keys()) == ["Autre", "Poste 12"]


def test_an_oauth2_key_has_nothing_to_rotate(toolbox: Toolbox) -> None:
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


def test_a_deletion_takes_along_what_an_earlier_version_wrote_after_a_downgrade(toolbox: Toolbox) -> None:
    create(toolbox, NAME="Autre")
    key_id = create(toolbox, CONNECT=False)["KEY_ID"]
    written = EarlierConnection(ConnectionKind.WFS, "Poste 12 – WFS", key_id, "https://exemple.fr/wfs", apikey="abcdef")
    earlier_version.connect(written, api_url=toolbox.bench.signed_in.api_url)
    toolbox.run("deletekey", KEY="Poste 12")
    assert not connections.exists(ConnectionKind.WFS, "Poste 12 – WFS")


def test_of_a_key_that_is_gone_the_rest_is_removed_and_then_it_is_said(toolbox: Toolbox) -> None:
    created = create(toolbox, kind="BASIC")
    toolbox.bench.run(lambda _: toolbox.bench.signed_in.client().delete_key(created["KEY_ID"]))
    assert toolbox.run("deletekey", KEY="Poste 12") == {"KEY_ID": created["KEY_ID"]}
    assert any("did not exist any more" in line for line in toolbox.heard)
    assert not connections.exists(ConnectionKind.WFS, "Poste 12 – WFS")
    assert created["AUTH_ID"] not in auth_configs.ids()
    assert "no key of the id or name “Poste 12”" in toolbox.failure("deletekey", KEY="Poste 12")


def test_a_name_that_is_nearly_right_is_proposed_and_nothing_is_deleted(toolbox: Toolbox) -> None:
    create(toolbox, CONNECT=False)
    assert "Did you mean “Poste 12”?" in toolbox.failure("deletekey", KEY="poste 12")
    assert len(toolbox.bench.platform_keys()) == 1


# What was cut off


def stop(toolbox: Toolbox, **values: Any) -> str:
    """Change the key such that its old services cannot be closed; return what is said."""
    toolbox.bench.simulator.fail("DELETE", r"/accesses/", "status", status=403, times=50)
    said = toolbox.failure("updatekey", KEY="Poste 12", **values)
    toolbox.bench.simulator.reset_faults()
    return said


def test_a_change_that_was_cut_off_is_finished_when_it_is_run_again(toolbox: Toolbox) -> None:
    key_id = create(toolbox)["KEY_ID"]
    wanted: dict[str, Any] = {"NAME": "Autre", "ADD_OFFERINGS": seeds.BOUNDARIES, "REMOVE_OFFERINGS": seeds.PLU}
    said = stop(toolbox, **wanted)
    assert "stopped half-way" in said
    assert "Run it again" in said
    # The key has its new name already; it is found by the old one all the same.
    assert [key.name for key in toolbox.bench.platform_keys()] == ["Autre"]
    assert toolbox.run("updatekey", KEY="Poste 12", **wanted)["CHANGED"] is True
    assert any("is finished" in line for line in toolbox.heard)
    assert opened(toolbox, key_id) == {seeds.SHADING, seeds.BOUNDARIES}
    assert connections.exists(ConnectionKind.WMS, "Autre – WMS vecteur")
    assert EDITS.entries() == ()
    assert toolbox.run("updatekey", KEY="Autre", NAME="Autre")["CHANGED"] is False


def test_a_change_that_was_cut_off_is_undone_where_the_platform_refuses_the_rest(toolbox: Toolbox) -> None:
    key_id = create(toolbox, CONNECT=False)["KEY_ID"]
    stop(toolbox, NAME="Autre", REMOVE_OFFERINGS=seeds.PLU)
    toolbox.bench.simulator.fail("DELETE", r"/accesses/", "status", status=403)
    toolbox.run("updatekey", KEY=key_id, USER_AGENT="QGIS/")
    assert any("is undone" in line for line in toolbox.heard)
    assert [key.name for key in toolbox.bench.platform_keys()] == ["Poste 12"]
    assert opened(toolbox, key_id) == {seeds.SHADING, seeds.PLU}
    assert EDITS.entries() == ()


def test_a_deletion_that_was_cut_off_is_finished_when_it_is_run_again(
    toolbox: Toolbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    created = create(toolbox, kind="BASIC")

    def refuse(*_: object) -> None:
        raise OSError("disk full")

    with monkeypatch.context() as patched:
        patched.setattr(auth_configs, "remove", refuse)
        toolbox.run("deletekey", KEY="Poste 12")
    assert any("could not all be removed" in line for line in toolbox.heard)
    assert created["AUTH_ID"] in auth_configs.ids()
    assert toolbox.run("deletekey", KEY="Poste 12") == {"KEY_ID": created["KEY_ID"]}
    assert created["AUTH_ID"] not in auth_configs.ids()
