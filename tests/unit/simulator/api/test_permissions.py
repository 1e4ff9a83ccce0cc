"""Rules of permissions and accesses that the specification's schemas cannot tell."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta, timezone
from typing import Any

import pytest

from tests.simulator.dataset.made_up_layers import LAYERS
from tests.simulator.memory.seeds import ARCHIVE, BOUNDARIES, ORTHO, PLU, SCAN, SHADING, WATER
from tests.simulator.remote.steering import Simulator
from tests.unit.simulator import contract
from tests.unit.simulator.people import KEYS, PERMISSIONS, Person, offering

_SCAN_LICENCE = "Convention SCAN 25 - usage interne du Pays de Rochebrune"
_PLU_LICENCE = "Plan local d'urbanisme - partenaires publics"
_WATER_LICENCE = "Réseaux d'eau potable - agents habilités"
_OLD_LICENCE = "Essai de l'orthophotographie de vallée 2023"
_TRIAL_LICENCE = "Convention SCAN 25 - essai"
_SHARED_LICENCE = "Référentiel partagé des usagers sous licence"
People = Callable[[str], Person]


def _add(person: Person, key: dict[str, Any], licence: str | None, *layer_names: str) -> int:
    body: dict[str, Any] = {"offerings": [offering(name) for name in layer_names]}
    if licence is not None:
        body["permission"] = person.permission(licence)
    return person.ask("POST", f"{KEYS}/{key['_id']}/accesses", body).status_code


def _layers(person: Person, key: dict[str, Any]) -> list[str]:
    return [access["offering"]["layer_name"] for access in person.read(f"{KEYS}/{key['_id']}/accesses")]


def test_every_layer_is_offered_to_somebody(camille: Person, light_simulator: Simulator) -> None:
    others = [Person(light_simulator, name) for name in ("basile", "denise")]
    permissions = camille.read(PERMISSIONS) + [one for other in others for one in other.read(PERMISSIONS)]
    assert contract.problems("PermissionWithOfferings[]", permissions) == []
    assert {known["layer_name"] for one in permissions for known in one["offerings"]} == {
        known.layer_name for known in LAYERS
    }


def test_what_the_seeds_promise(person: People) -> None:
    now = datetime.now(timezone.utc)
    assert person("nadia").read(PERMISSIONS) == []
    assert all(one["only_oauth"] for one in person("olga").read(PERMISSIONS))
    ends = [datetime.fromisoformat(one["end_date"].replace("Z", "+00:00")) for one in person("edith").read(PERMISSIONS)]
    assert sum(end < now for end in ends) == 2
    assert any(now < end < now + timedelta(days=6) for end in ends)
    assert [key["type"] for key in person("oscar").read(KEYS)] == ["OAUTH2"]
    assert person("technique").read(PERMISSIONS)[0]["offerings"]


def test_a_permission_without_end_has_no_end_date(camille: Person) -> None:
    by_licence = {one["licence"]: one for one in camille.read(PERMISSIONS)}
    assert "end_date" not in by_licence[_PLU_LICENCE]
    assert by_licence[_OLD_LICENCE]["end_date"] < by_licence[_SCAN_LICENCE]["end_date"]


def test_detail_brings_the_urls(camille: Person, light_simulator: Simulator) -> None:
    for permission in camille.read(PERMISSIONS):
        assert all("urls" not in known for known in permission["offerings"])
        detail = camille.read(f"{PERMISSIONS}/{permission['_id']}")
        assert contract.problems("PermissionWithOfferingsDetails", detail) == []
        urls = [url["url"] for known in detail["offerings"] for url in known["urls"]]
        assert urls
        assert all(url.startswith(f"{light_simulator.gateway_url}/") for url in urls)


def test_urls_have_the_forms_of_the_contract(camille: Person, light_simulator: Simulator) -> None:
    """The fixture's templates with the simulator's root, nothing else."""
    detail = camille.read(f"{PERMISSIONS}/{camille.permission(_SCAN_LICENCE)}")
    expected = contract.fixture_body("permission_detail_wmts_tms.json")
    for ours, theirs in zip(detail["offerings"], expected["offerings"]):
        root = "https://data.geopf.fr/private"
        assert [url["url"] for url in ours["urls"]] == [
            url["url"].replace(root, light_simulator.gateway_url) for url in theirs["urls"]
        ]


@pytest.mark.parametrize(
    ("parameters", "licences"),
    [
        ({"personal": "false"}, [_SHARED_LICENCE]),
        ({"community": "false", "layer_name": ORTHO}, [_OLD_LICENCE]),
        ({"personal": "false", "community": "false"}, []),
        ({"type": "DOWNLOAD"}, [_PLU_LICENCE]),
        ({"license": "%scan 25%"}, [_SCAN_LICENCE, _TRIAL_LICENCE]),
        ({"licence": "convention%ESSAI"}, [_TRIAL_LICENCE]),
        ({"only_oauth": "true"}, [_WATER_LICENCE]),
        ({"layer_name": "ROCHEBRUNE.PLU%"}, [_PLU_LICENCE]),
    ],
)
def test_filters(camille: Person, parameters: dict[str, str], licences: list[str]) -> None:
    assert [one["licence"] for one in camille.read(PERMISSIONS, **parameters)] == licences


@pytest.mark.parametrize("parameters", [{"type": "CARTE"}, {"personal": "oui"}, {"page": 0}, {"limit": "dix"}])
def test_wrong_parameters_are_refused_even_with_nothing_to_list(person: People, parameters: dict[str, object]) -> None:
    assert person("nadia").ask("GET", PERMISSIONS, params=parameters).status_code == 400


def test_giving_up_a_permission_takes_its_accesses_along(camille: Person) -> None:
    key = camille.new_key()
    assert _add(camille, key, _SCAN_LICENCE, SCAN, SHADING) == 204
    assert _add(camille, key, _PLU_LICENCE, PLU) == 204
    path = f"{PERMISSIONS}/{camille.permission(_SCAN_LICENCE)}"
    assert camille.ask("DELETE", path).status_code == 204
    assert camille.ask("GET", path).status_code == 404
    assert _layers(camille, key) == [PLU]


def test_a_community_permission_cannot_be_given_up(camille: Person) -> None:
    (shared,) = camille.read(PERMISSIONS, personal="false")
    assert camille.ask("DELETE", f"{PERMISSIONS}/{shared['_id']}").status_code == 403
    assert len(camille.read(PERMISSIONS, personal="false")) == 1


def test_permissions_of_others_are_not_found(camille: Person, hector: Person) -> None:
    path = f"{PERMISSIONS}/{hector.read(PERMISSIONS)[0]['_id']}"
    assert [camille.ask(method, path).status_code for method in ("GET", "DELETE")] == [404, 404]
    assert camille.ask("GET", f"{path}/stats").status_code == 404


def test_accesses_of_several_offerings_of_one_permission(camille: Person) -> None:
    key = camille.new_key()
    assert _add(camille, key, _SCAN_LICENCE, SCAN, SHADING) == 204
    assert _layers(camille, key) == [SCAN, SHADING]
    accesses = camille.read(f"{KEYS}/{key['_id']}/accesses")
    assert contract.problems("Access[]", accesses) == []
    assert accesses[0]["permission"]["licence"] == _SCAN_LICENCE


def test_an_open_offering_needs_no_permission(camille: Person) -> None:
    key = camille.new_key()
    assert _add(camille, key, None, BOUNDARIES) == 204
    assert "permission" not in camille.read(f"{KEYS}/{key['_id']}/accesses")[0]
    assert _add(camille, key, None, SCAN) == 403


def test_only_oauth_permission_wants_an_oauth2_key(camille: Person) -> None:
    assert _add(camille, camille.new_key("A"), _WATER_LICENCE, WATER) == 403
    assert _add(camille, camille.new_key("B", "OAUTH2"), _WATER_LICENCE, WATER) == 204


@pytest.mark.parametrize(
    ("licence", "layer_name"), [(_OLD_LICENCE, ORTHO), (_SCAN_LICENCE, PLU), (_PLU_LICENCE, BOUNDARIES)]
)
def test_expired_or_uncovering_permission_is_refused(camille: Person, licence: str, layer_name: str) -> None:
    key = camille.new_key()
    assert _add(camille, key, licence, layer_name) == 403
    assert _layers(camille, key) == []


def test_all_accesses_or_none(camille: Person) -> None:
    key = camille.new_key()
    assert _add(camille, key, _SCAN_LICENCE, SHADING, PLU) == 403
    assert _layers(camille, key) == []
    assert _add(camille, key, _SCAN_LICENCE, SHADING) == 204
    assert _add(camille, key, _SCAN_LICENCE, SCAN, SHADING) == 409
    assert _layers(camille, key) == [SHADING]


@pytest.mark.parametrize(("switch", "status", "count"), [("accepted", 204, 2), ("409", 409, 1)])
def test_the_same_offering_through_another_permission(
    camille: Person, light_simulator: Simulator, switch: str, status: int, count: int
) -> None:
    light_simulator.switch(second_access=switch)
    key = camille.new_key()
    assert _add(camille, key, _TRIAL_LICENCE, SCAN) == 204
    assert _add(camille, key, _SCAN_LICENCE, SCAN) == status
    assert _add(camille, key, _TRIAL_LICENCE, SCAN) == 409
    assert len(camille.read(f"{KEYS}/{key['_id']}/accesses")) == count


def test_unknown_and_foreign_ids(camille: Person, hector: Person) -> None:
    key = camille.new_key()
    path = f"{KEYS}/{key['_id']}/accesses"
    foreign = hector.read(PERMISSIONS)[0]["_id"]
    nowhere = "00000000-0000-4000-8000-000000000001"
    assert camille.ask("POST", path, {"permission": foreign, "offerings": [offering(SCAN)]}).status_code == 404
    assert camille.ask("POST", path, {"offerings": [nowhere]}).status_code == 404
    assert camille.ask("DELETE", f"{path}/{nowhere}").status_code == 404


@pytest.mark.parametrize("offerings", [[], ["pas-un-uuid"], [offering(SCAN)] * 2, None, "texte"])
def test_wrong_accesses_are_refused(camille: Person, offerings: object) -> None:
    body = {"permission": camille.permission(_SCAN_LICENCE), "offerings": offerings}
    assert camille.ask("POST", f"{KEYS}/{camille.new_key()['_id']}/accesses", body).status_code == 400


def test_removing_one_access(camille: Person) -> None:
    key = camille.new_key()
    _add(camille, key, _PLU_LICENCE, PLU, ARCHIVE)
    path = f"{KEYS}/{key['_id']}/accesses"
    first = camille.read(path)[0]
    assert camille.read(f"{path}/{first['_id']}") == first
    assert camille.ask("DELETE", f"{path}/{first['_id']}").status_code == 204
    assert _layers(camille, key) == [ARCHIVE]


def test_a_permission_that_ends_shuts_the_door(camille: Person, light_simulator: Simulator) -> None:
    key = camille.new_key()
    light_simulator.change_permission("camille", _SCAN_LICENCE, ends_in_s=-1)
    assert _add(camille, key, _SCAN_LICENCE, SCAN) == 403
    light_simulator.change_permission("camille", _SCAN_LICENCE, ends_in_s=None)
    assert _add(camille, key, _SCAN_LICENCE, SCAN) == 204
    light_simulator.change_permission("camille", _SCAN_LICENCE, withdrawn=True)
    assert _layers(camille, key) == []
