"""Rules of keys that the specification's schemas cannot tell."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from tests.simulator.remote.steering import Simulator
from tests.unit.simulator import contract
from tests.unit.simulator.people import KEYS, ME, Person

_BASIC = {"login": "service-des-eaux", "password": "un mot de passe inventé"}  # pragma: allowlist secret - made up
People = Callable[[str], Person]


def test_hash_is_drawn_by_the_server(camille: Person) -> None:
    first, second = camille.new_key("A"), camille.new_key("B")
    assert re.fullmatch(r"[A-Za-z0-9]{32}", first["type_infos"]["hash"])
    assert first["type_infos"] != second["type_infos"]
    assert camille.read(f"{KEYS}/{first['_id']}") == first


def test_hash_may_be_chosen_but_not_twice(camille: Person, hector: Person) -> None:
    infos = {"hash": "demo-rochebrune-2026"}
    assert camille.new_key("A", type_infos=infos)["type_infos"] == infos
    answer = hector.ask("POST", KEYS, {"name": "B", "type": "HASH", "type_infos": infos})
    assert (answer.status_code, answer.json()) == (409, contract.fixture_body("error_conflict.json"))


def test_basic_password_is_read_back_as_a_digest(camille: Person) -> None:
    created = camille.new_key(key_type="BASIC", type_infos=_BASIC)
    detail = camille.read(f"{KEYS}/{created['_id']}")
    assert detail["type_infos"]["login"] == _BASIC["login"]
    assert re.fullmatch(r"[0-9a-f]{40}", detail["type_infos"]["password"])


def test_basic_login_is_unique_across_accounts(camille: Person, hector: Person) -> None:
    camille.new_key(key_type="BASIC", type_infos=_BASIC)
    answer = hector.ask("POST", KEYS, {"name": "Autre", "type": "BASIC", "type_infos": _BASIC})
    assert answer.status_code == 409
    assert answer.json() == contract.fixture_body("error_conflict.json")
    assert len(hector.read(KEYS)) == 4


def test_login_is_free_again_after_deletion(camille: Person, hector: Person) -> None:
    key = camille.new_key(key_type="BASIC", type_infos=_BASIC)
    assert camille.ask("DELETE", f"{KEYS}/{key['_id']}").status_code == 204
    hector.new_key(key_type="BASIC", type_infos=_BASIC)


def test_one_oauth2_key_an_account(person: People) -> None:
    answer = person("oscar").ask("POST", KEYS, {"name": "Seconde", "type": "OAUTH2", "type_infos": {}})
    assert answer.status_code == 409
    assert person("camille").new_key(key_type="OAUTH2")["type_infos"] == {}


def test_header_key_is_read_back_as_created(camille: Person) -> None:
    infos = {"headers": {"X-Passerelle": "rochebrune"}}
    key = camille.new_key(key_type="HEADER", type_infos=infos)
    assert camille.read(f"{KEYS}/{key['_id']}")["type_infos"] == infos


def test_quota(person: People) -> None:
    quentin = person("quentin")
    assert (quentin.read(ME)["keys_use"], quentin.read(ME)["keys_quota"]) == (10, 10)
    refused = quentin.ask("POST", KEYS, {"name": "Onzième", "type": "HASH", "type_infos": {}})
    assert refused.status_code == 409
    assert "quota" in refused.json()["error_description"][0]
    quentin.ask("DELETE", f"{KEYS}/{quentin.read(KEYS)[0]['_id']}")
    quentin.new_key("Onzième")
    assert quentin.read(ME)["keys_use"] == 10


def test_name_is_unique_within_the_account(camille: Person, hector: Person) -> None:
    camille.new_key("Commune")
    hector.new_key("Commune")
    answer = camille.ask("POST", KEYS, {"name": "Commune", "type": "HASH", "type_infos": {}})
    assert answer.status_code == 409


def test_update_changes_only_what_is_sent(camille: Person) -> None:
    key = camille.new_key(user_agent="QGIS.*", whitelist=["192.0.2.0/24"])
    path = f"{KEYS}/{key['_id']}"
    changed = camille.ask("PATCH", path, {"name": "Autre nom", "referer": "exemple"}).json()
    assert changed["name"] == "Autre nom"
    assert changed["referer"] == "exemple"
    assert (changed["user_agent"], changed["whitelist"]) == ("QGIS.*", ["192.0.2.0/24"])
    cleared = camille.ask("PATCH", path, {"user_agent": "", "whitelist": []}).json()
    assert "user_agent" not in cleared
    assert cleared["whitelist"] == []


def test_update_takes_the_own_name_but_not_anothers(camille: Person) -> None:
    camille.new_key("Prise")
    path = f"{KEYS}/{camille.new_key('Mienne')['_id']}"
    assert camille.ask("PATCH", path, {"name": "Mienne"}).status_code == 200
    assert camille.ask("PATCH", path, {"name": "Prise"}).status_code == 409


def test_update_cannot_change_type_nor_infos(camille: Person) -> None:
    key = camille.new_key()
    camille.ask("PATCH", f"{KEYS}/{key['_id']}", {"type": "OAUTH2", "type_infos": {"hash": "autrechose"}})
    detail = camille.read(f"{KEYS}/{key['_id']}")
    assert (detail["type"], detail["type_infos"]) == (key["type"], key["type_infos"])


@pytest.mark.parametrize(
    "body",
    [
        {"type": "HASH", "type_infos": {}},
        {"name": "", "type": "HASH", "type_infos": {}},
        {"name": "A", "type": "JETON", "type_infos": {}},
        {"name": "A", "type": "HASH"},
        {"name": "A", "type": "HASH", "type_infos": {"hash": "é"}},
        {"name": "A", "type": "HASH", "type_infos": {"inconnu": 1}},
        {"name": "A", "type": "BASIC", "type_infos": {"login": "seul"}},
        {"name": "A", "type": "OAUTH2", "type_infos": {"login": "a", "password": "b"}},
        {"name": "A", "type": "HASH", "type_infos": {}, "whitelist": ["192.168.1.1"]},
        {"name": "A", "type": "HASH", "type_infos": {}, "blacklist": ["dix/8"]},
        {"name": "A", "type": "HASH", "type_infos": {}, "user_agent": None},
        ["une liste"],
    ],
)
def test_wrong_creation_is_refused(camille: Person, body: object) -> None:
    answer = camille.ask("POST", KEYS, body)
    assert answer.status_code == 400
    assert contract.problems("Error", answer.json()) == []
    assert camille.read(KEYS) == []


def test_keys_of_others_are_not_found(camille: Person, hector: Person) -> None:
    path = f"{KEYS}/{hector.read(KEYS)[0]['_id']}"
    assert [camille.ask(method, path).status_code for method in ("GET", "DELETE")] == [404, 404]
    assert camille.ask("PATCH", path, {"name": "Volée"}).status_code == 404
    assert camille.ask("GET", f"{path}/accesses").status_code == 404


def test_deletion_takes_the_accesses_along(hector: Person) -> None:
    path = f"{KEYS}/{hector.read(KEYS)[0]['_id']}"
    assert len(hector.read(f"{path}/accesses")) == 2
    assert hector.ask("DELETE", path).status_code == 204
    assert hector.ask("GET", f"{path}/accesses").status_code == 404
    assert hector.ask("DELETE", path).status_code == 404


def test_list_shows_the_short_form_of_every_type(hector: Person) -> None:
    keys = hector.read(KEYS)
    assert contract.problems("Key[]", keys) == []
    assert {key["type"] for key in keys} == {"HASH", "BASIC", "OAUTH2", "HEADER"}
    assert set(keys[0]) == {"_id", "name", "type", "creation", "update"}
    for key in keys:
        assert contract.problems("KeyDetails", hector.read(f"{KEYS}/{key['_id']}")) == []


@pytest.mark.parametrize(
    ("parameters", "names"),
    [
        ({"type": "BASIC"}, ["QGIS du service urbanisme"]),
        ({"name": "%PERSONNEL"}, ["Compte personnel"]),
        ({"name": "personnel"}, []),
        ({"user_agent": "%qgis%"}, ["QGIS du service urbanisme"]),
        ({"blacklist": "198.51.%"}, ["Compte personnel"]),
        ({"whitelist": "%"}, []),
        ({"referer": "%"}, []),
    ],
)
def test_filters(hector: Person, parameters: dict[str, str], names: list[str]) -> None:
    assert [key["name"] for key in hector.read(KEYS, **parameters)] == names


@pytest.mark.parametrize("token", ["", "Bearer", "Bearer nimporte.quoi.ici", "Basic Y2FtaWxsZTptb3RkZXBhc3Nl"])
def test_without_a_valid_token(light_simulator: Simulator, camille: Person, token: str) -> None:
    answer = camille.ask("GET", ME, headers={"Authorization": token})
    assert answer.status_code == 401
    assert contract.problems("Error", answer.json()) == []


def test_unknown_route_and_method_answer_json(camille: Person) -> None:
    assert camille.ask("GET", "/users/me/inconnu").json()["error"] == "Not Found"
    answer = camille.ask("PUT", KEYS)
    assert (answer.status_code, answer.json()["error"]) == (405, "Method Not Allowed")
    assert "POST" in answer.headers["Allow"]
