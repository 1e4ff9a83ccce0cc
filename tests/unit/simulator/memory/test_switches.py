"""Assumptions turned the other way."""

from __future__ import annotations

from typing import Any

import pytest
import requests

from tests.simulator.memory.seeds import PLU, SCAN, SHADING, WATER, seed_id
from tests.simulator.memory.switches import SwitchError, Switches
from tests.simulator.options import parse
from tests.simulator.remote.steering import Simulator
from tests.unit.simulator import contract
from tests.unit.simulator.people import KEYS, ME, PERMISSIONS, Person, offering

HECTOR_HASH = "FauxHashportail".ljust(32, "0")
_SCAN_LICENCE = "Convention SCAN 25 - usage interne du Pays de Rochebrune"


def _accesses(person: Person, *layer_names: str) -> Any:
    path = f"{KEYS}/{person.new_key()['_id']}/accesses"
    body = {"permission": person.permission(_SCAN_LICENCE), "offerings": [offering(name) for name in layer_names]}
    return person.ask("POST", path, body)


def test_create_status(camille: Person, light_simulator: Simulator) -> None:
    light_simulator.switch(create_status=200)
    answer = camille.ask("POST", KEYS, {"name": "A", "type": "HASH", "type_infos": {}})
    assert (answer.status_code, answer.json()["name"]) == (200, "A")


@pytest.mark.parametrize(
    ("form", "status", "has_body"), [("200", 200, True), ("204", 204, False), ("200-empty", 200, False)]
)
def test_patch_answer(camille: Person, light_simulator: Simulator, form: str, status: int, has_body: bool) -> None:
    path = f"{KEYS}/{camille.new_key()['_id']}"
    light_simulator.switch(patch_answer=form)
    answer = camille.ask("PATCH", path, {"name": "Autre"})
    assert (answer.status_code, bool(answer.content)) == (status, has_body)
    assert camille.read(path)["name"] == "Autre"


@pytest.mark.parametrize("status", [200, 202, 204])
def test_delete_status(camille: Person, light_simulator: Simulator, status: int) -> None:
    light_simulator.switch(delete_status=status)
    assert camille.ask("DELETE", f"{KEYS}/{camille.new_key()['_id']}").status_code == status


@pytest.mark.parametrize(
    ("form", "schema"), [("201-object", "Access"), ("200-object", "Access"), ("201-array", "Access[]")]
)
def test_accesses_answer(camille: Person, light_simulator: Simulator, form: str, schema: str) -> None:
    light_simulator.switch(accesses_answer=form)
    answer = _accesses(camille, SCAN, SHADING)
    assert answer.status_code == int(form[:3])
    assert contract.problems(schema, answer.json()) == []


def test_missing_content_range(hector: Person, light_simulator: Simulator) -> None:
    light_simulator.switch(content_range=False)
    assert "Content-Range" not in hector.ask("GET", KEYS).headers


def test_ignored_community_filters(camille: Person, light_simulator: Simulator) -> None:
    light_simulator.switch(community_filters=False)
    assert len(camille.read(PERMISSIONS, personal="false")) == len(camille.read(PERMISSIONS))


def test_permission_as_array_and_null_end_date(camille: Person, light_simulator: Simulator) -> None:
    light_simulator.switch(permission_detail="array", null_end_date=True)
    licence = "Plan local d'urbanisme - partenaires publics"
    (detail,) = camille.read(f"{PERMISSIONS}/{camille.permission(licence)}")
    assert detail["end_date"] is None


@pytest.mark.parametrize("has_dates", [False, True])
def test_dates_of_communities(camille: Person, light_simulator: Simulator, has_dates: bool) -> None:
    light_simulator.switch(community_dates=has_dates)
    members = camille.read(ME)["communities_member"]
    assert [{"creation", "update"} <= set(member["community"]) for member in members] == [has_dates] * 2


def test_urls_without_slash(camille: Person, light_simulator: Simulator) -> None:
    light_simulator.switch(slash_in_urls=False)
    detail = camille.read(f"{PERMISSIONS}/{camille.permission(_SCAN_LICENCE)}")
    assert detail["offerings"][1]["urls"][0]["url"].startswith(f"{light_simulator.gateway_url}/wms-r?service=WMS")


def test_keys_use(hector: Person, light_simulator: Simulator) -> None:
    assert hector.read(ME)["keys_use"] == 4
    light_simulator.switch(keys_use="zero")
    assert hector.read(ME)["keys_use"] == 0
    light_simulator.switch(keys_use="missing", last_login_name="last_call")
    account = hector.read(ME)
    assert "keys_use" not in account
    assert "last_login" not in account


def test_access_with_key(hector: Person, light_simulator: Simulator) -> None:
    light_simulator.switch(access_with_key=True)
    path = f"{KEYS}/{seed_id('key', 'hector/QGIS du service urbanisme')}/accesses"
    body = hector.read(f"{path}/{hector.read(path)[0]['_id']}")
    assert contract.problems("AccessWithKey", body) == []
    assert body["offering"]["layer_name"] == PLU


def test_only_oauth_refused_at_the_gateway_alone(camille: Person, light_simulator: Simulator) -> None:
    light_simulator.switch(only_oauth_refused="gateway")
    path = f"{KEYS}/{camille.new_key()['_id']}/accesses"
    permission = camille.permission("Réseaux d'eau potable - agents habilités")
    assert camille.ask("POST", path, {"permission": permission, "offerings": [offering(WATER)]}).status_code == 204


def test_web_forms_rules_on_lists(camille: Person, light_simulator: Simulator) -> None:
    light_simulator.switch(cidr_checked=False, both_lists=False)
    body = {"name": "A", "type": "HASH", "type_infos": {}, "whitelist": ["192.0.2.1"]}
    assert camille.ask("POST", KEYS, {**body, "blacklist": ["192.0.2.2"]}).status_code == 400
    assert camille.ask("POST", KEYS, body).status_code == 201


def test_bodies_with_less_and_with_more(camille: Person, light_simulator: Simulator) -> None:
    light_simulator.switch(bare_properties=True)
    assert contract.problems("PermissionWithOfferings[]", camille.read(PERMISSIONS)) == []
    assert contract.problems("UserDetails", camille.read(ME)) == []
    assert "update" not in camille.read(ME)
    light_simulator.switch(unknown_properties=True, unknown_values=True)
    first = camille.read(PERMISSIONS)[0]
    assert "propriete_nouvelle" in first
    assert first["offerings"][-1]["type"] == "NUAGE-DE-POINTS"


@pytest.mark.parametrize(
    ("form", "expected"),
    [
        ("string", {"error": "Not Found", "error_description": "Clé introuvable"}),
        ("message", {"error": "Not Found", "error_description": "Clé introuvable", "message": "Clé introuvable"}),
    ],
)
def test_error_body(camille: Person, light_simulator: Simulator, form: str, expected: dict[str, str]) -> None:
    light_simulator.switch(error_body=form)
    assert camille.ask("GET", f"{KEYS}/inconnue").json() == expected


def test_error_as_text(camille: Person, light_simulator: Simulator) -> None:
    light_simulator.switch(error_body="text")
    assert camille.ask("GET", f"{KEYS}/inconnue").text == "Clé introuvable"


@pytest.mark.parametrize(("form", "start"), [("html", "<html>"), ("empty", "")])
def test_unauthorized_body(camille: Person, light_simulator: Simulator, form: str, start: str) -> None:
    light_simulator.switch(unauthorized_body=form)
    answer = camille.ask("GET", ME, headers={"Authorization": ""})
    assert answer.status_code == 401
    assert answer.headers["Content-Type"].startswith("text/html")
    assert answer.text.startswith(start)
    assert bool(answer.text) is bool(start)


def test_a_layer_that_is_not_served_yet(light_simulator: Simulator) -> None:
    apikey = {"apikey": HECTOR_HASH}
    url = f"{light_simulator.gateway_url}/tms/1.0.0/{SCAN}"
    assert requests.get(url, headers=apikey, timeout=30).status_code == 200
    light_simulator.switch(unserved=[SCAN])
    assert requests.get(url, headers=apikey, timeout=30).status_code == 400
    light_simulator.reset()
    assert requests.get(url, headers=apikey, timeout=30).status_code == 200


@pytest.mark.parametrize(
    "values",
    [
        {"inconnu": 1},
        {"create_status": 418},
        {"content_range": 1},
        {"page_limit_max": 0},
        {"unserved": "une.couche"},
        {"unserved": [1]},
    ],
)
def test_wrong_switches_are_refused(light_simulator: Simulator, values: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=next(iter(values))):
        light_simulator.switch(delete_status=200, **values)


def test_a_wrong_switch_leaves_the_others_alone() -> None:
    switches = Switches()
    with pytest.raises(SwitchError):
        switches.set_all({"delete_status": 200, "create_status": 418})
    assert switches == Switches()


def test_switches_on_the_command_line() -> None:
    options = parse(["--switch", "create_status=200", "--switch", "content_range=false", "--token-lifetime", "7"])
    assert (options.switches.create_status, options.switches.content_range) == (200, False)
    assert options.switches.token_lifetime_s == 7
    assert parse(["--switch", "unserved=une.couche,autre"]).switches.unserved == ("une.couche", "autre")


def test_wrong_switch_on_the_command_line(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        parse(["--switch", "content_range=peut-être"])
    assert "content_range" in capsys.readouterr().err
