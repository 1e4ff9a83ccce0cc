"""The client against the simulated Géoplateforme: every operation, and each assumption of the contract both ways."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta, timezone
from typing import Any

import pytest
import requests

from gpkeys_plugin.entrepot import errors_from_answers
from gpkeys_plugin.entrepot.client import EntrepotClient
from gpkeys_plugin.entrepot.errors import Conflict, ErrorCode, GpkeysError
from gpkeys_plugin.entrepot.models import Filters, KeyCreation, KeyDetails, KeyType, KeyUpdate, OfferingType, Permission
from gpkeys_plugin.entrepot.request_turns import RequestTurns
from gpkeys_plugin.entrepot.retries import Patience
from gpkeys_plugin.keys.services import catalogue, connection_plans
from tests.simulator.remote.steering import Simulator

from .conftest import Clock

Connect = Callable[[str], EntrepotClient]
HASH = KeyCreation("Clé d'essai", KeyType.HASH)
BASIC = KeyCreation("Clé d'essai", KeyType.BASIC, login="essai-rochebrune", password="tR8-mz.Qw4~vK2pX")
OAUTH2 = KeyCreation("Clé d'essai", KeyType.OAUTH2)
LOST = ("applied-lost", "cut-json", "bad-json", "cut-transfer")


@pytest.fixture
def connect(light_simulator: Simulator, clock: Clock) -> Iterator[Connect]:
    """Sign an account in."""
    sessions: list[requests.Session] = []

    def connected(username: str) -> EntrepotClient:
        sessions.append(light_simulator.session_for(username))
        return EntrepotClient(
            sessions[-1],
            light_simulator.api_url,
            timeout_s=5,
            patience=Patience(clock.is_cancelled, sleep=clock.sleep),
            turns=RequestTurns(now=clock.now),
        )

    yield connected
    for session in sessions:
        session.close()


@pytest.fixture
def camille(connect: Connect) -> EntrepotClient:
    return connect("camille")


def posts(simulator: Simulator) -> int:
    return len(simulator.requests(service="api", method="POST"))


def ids(client: EntrepotClient) -> list[str]:
    """Return the identifiers of an account's keys."""
    keys = client.keys()
    return [key.id for key in keys]


def usable(client: EntrepotClient) -> Permission:
    """Return a permission that still holds and is not only_oauth, with two offerings."""
    return next(
        known
        for known in client.permissions()
        if not known.only_oauth and len(known.offerings) == 2 and not catalogue.is_expired(known, now())
    )


def now() -> datetime:
    return datetime.now(timezone.utc)


def refused(client: EntrepotClient, creation: KeyCreation) -> GpkeysError:
    existing = ids(client)
    with pytest.raises(GpkeysError) as caught:
        client.create_key(creation, existing_ids=existing)
    return caught.value


def test_account_and_permissions(camille: EntrepotClient) -> None:
    account = camille.me()
    assert (account.display_name, account.keys_quota, account.keys_use) == ("Camille Durand", 10, 0)
    assert len(account.communities) == 2
    permissions = camille.permissions()
    assert len(permissions) == 7
    assert [known.licence for known in permissions if known.is_community] == [
        "Référentiel partagé des usagers sous licence"
    ]
    shown = catalogue.build(permissions, now())
    assert len(shown.expired) == 1
    assert [choice.alternatives != () for choice in shown.choices].count(True) == 1


def test_nothing_and_no_keys(connect: Connect) -> None:
    nadia = connect("nadia")
    assert (nadia.permissions(), nadia.keys()) == ((), ())


def test_every_offering_says_where_it_is_served(camille: EntrepotClient) -> None:
    for permission in camille.permissions():
        for offering in camille.permission(permission.id).offerings:
            layers = connection_plans.served_layers(offering)
            assert layers, offering
            assert all(layer.root.startswith("http://127.0.0.1:") for layer in layers)
            assert {layer.endpoint for layer in layers} <= {
                "wms-v", "wms-r", "wmts", "wfs", "tms", "telechargement", "altimetrie", "navigation", "recherche"
            }  # fmt: skip


@pytest.mark.parametrize("creation", [HASH, BASIC, OAUTH2], ids=lambda creation: creation.type.value)
@pytest.mark.parametrize("status", [201, 200])
def test_the_life_of_a_key(
    camille: EntrepotClient, light_simulator: Simulator, creation: KeyCreation, status: int
) -> None:
    light_simulator.switch(create_status=status)
    details = camille.create_key(creation, existing_ids=())
    assert (details.key.type, details.login) == (creation.type, creation.login)
    assert (details.hash is not None) is (creation.type is KeyType.HASH)
    permission = usable(camille)
    camille.create_accesses(details.key.id, permission.id, [offering.id for offering in permission.offerings])
    accesses = camille.accesses(details.key.id)
    assert {access.offering.id for access in accesses} == {offering.id for offering in permission.offerings}
    assert camille.access(details.key.id, accesses[0].id) == accesses[0]
    camille.delete_access(details.key.id, accesses[0].id)
    assert camille.accesses(details.key.id) == accesses[1:]
    camille.delete_key(details.key.id)
    assert camille.keys() == ()
    camille.delete_key(details.key.id)


def test_filters_are_set_changed_and_cleared(camille: EntrepotClient) -> None:
    filters = Filters(("192.0.2.0/24", "2001:db8::/32"), (), ".*QGIS/.*", ".*a%.b.*")
    key_id = camille.create_key(KeyCreation("F", KeyType.HASH, filters), existing_ids=()).key.id
    assert camille.key(key_id).filters == filters
    camille.update_key(key_id, KeyUpdate(name="G", whitelist=(), blacklist=("198.51.100.7/32",), referer=""))
    changed = camille.key(key_id)
    assert (changed.key.name, changed.filters) == ("G", Filters((), ("198.51.100.7/32",), ".*QGIS/.*", None))


@pytest.mark.parametrize("form", ["200", "204", "200-empty"])
def test_forms_of_the_update_answer(camille: EntrepotClient, light_simulator: Simulator, form: str) -> None:
    light_simulator.switch(patch_answer=form)
    key_id = camille.create_key(HASH, existing_ids=()).key.id
    camille.update_key(key_id, KeyUpdate(name="Autre"))
    assert camille.key(key_id).key.name == "Autre"


@pytest.mark.parametrize("status", [204, 202, 200])
def test_forms_of_the_deletion_answer(camille: EntrepotClient, light_simulator: Simulator, status: int) -> None:
    light_simulator.switch(delete_status=status)
    camille.delete_key(camille.create_key(HASH, existing_ids=()).key.id)
    assert camille.keys() == ()


@pytest.mark.parametrize("form", ["204", "201-object", "201-array", "200-object", "200-array"])
def test_forms_of_the_accesses_answer(camille: EntrepotClient, light_simulator: Simulator, form: str) -> None:
    light_simulator.switch(accesses_answer=form)
    key_id = camille.create_key(HASH, existing_ids=()).key.id
    permission = usable(camille)
    camille.create_accesses(key_id, permission.id, [offering.id for offering in permission.offerings])
    assert len(camille.accesses(key_id)) == 2


@pytest.mark.parametrize(
    "switches",
    [
        {"content_range": False},
        {"page_limit_max": 50},
        {"page_limit_max": 3},
        {"page_limit_max": 50, "page_limit_excess": "400"},
        {"page_limit_max": 10, "content_range": False},
        {"stats_content_range": False},
        {"community_filters": False},
        {"permission_detail": "array"},
        {"null_end_date": True},
        {"keys_use": "zero"},
        {"keys_use": "missing"},
        {"last_login_name": "last_call"},
        {"access_with_key": True},
        {"community_dates": True},
        {"second_access": "409"},
        {"bare_properties": True},
        {"unknown_properties": True},
        {"unknown_values": True},
    ],
    ids=str,
)
@pytest.mark.parametrize("username", ["camille", "hector", "quentin"])
def test_all_is_read_whatever_the_switches(
    connect: Connect, light_simulator: Simulator, switches: dict[str, Any], username: str
) -> None:
    client = connect(username)
    expected = _everything(client)
    light_simulator.switch(**switches)
    assert _everything(client) == expected


def _everything(client: EntrepotClient) -> dict[str, Any]:
    """Return what an account holds, as far as every switch leaves it."""
    permissions = client.permissions()
    details = [client.permission(permission.id) for permission in permissions]
    keys = client.keys()
    period = (now() - timedelta(days=90), now() + timedelta(days=1))
    return {
        "account": client.me().id,
        "permissions": {(known.id, known.end_date, _familiar(known)) for known in permissions},
        "urls": {url for detail in details for offering in detail.offerings for url in offering.urls},
        "keys": [client.key(key.id).filters for key in keys],
        "ids": [key.id for key in keys],
        "accesses": [access.id for key in keys for access in client.accesses(key.id)],
        "one": [client.access(key.id, client.accesses(key.id)[0].id).id for key in keys],
        "hits": [client.key_stats(key.id, *period, details=True).total.hits for key in keys],
        "rows": [len(client.key_stats(key.id, *period, details=True).details) for key in keys],
        "all": client.stats(*period).total.hits,
    }


def _familiar(permission: Permission) -> int:
    """Count the offerings of types there are today: a switch adds one of a later type."""
    return sum(1 for offering in permission.offerings if offering.type is not OfferingType.UNKNOWN)


def test_statistics(connect: Connect) -> None:
    hector = connect("hector")
    period = (now() - timedelta(days=90), now() + timedelta(days=1))
    told = hector.stats(*period, details=True)
    assert told.total.hits == sum(row.hits for row in told.details) > 0
    keys = hector.keys()
    key = next(known for known in keys if known.type is KeyType.BASIC)
    assert told.total.hits >= hector.key_stats(key.id, *period).total.hits > 0


@pytest.mark.parametrize("action", LOST)
@pytest.mark.parametrize("creation", [HASH, BASIC, OAUTH2], ids=lambda creation: creation.type.value)
def test_a_creation_whose_answer_is_lost_is_not_made_twice(
    camille: EntrepotClient, light_simulator: Simulator, creation: KeyCreation, action: str
) -> None:
    light_simulator.fail("POST", "/users/me/keys$", action)
    created = camille.create_key(creation, existing_ids=())
    assert ids(camille) == [created.key.id]
    assert (created.hash is not None) is (creation.type is KeyType.HASH)
    assert posts(light_simulator) == 1


@pytest.mark.parametrize("fault", [{"status": 502}, {"action": "reset"}, {"action": "html"}, {"status": 429}], ids=str)
def test_a_creation_that_was_not_made_is_made(
    camille: EntrepotClient, light_simulator: Simulator, fault: dict[str, Any]
) -> None:
    light_simulator.fail("POST", "/users/me/keys$", **fault)
    created = camille.create_key(BASIC, existing_ids=())
    assert ids(camille) == [created.key.id]
    assert posts(light_simulator) == 2


def test_a_creation_applied_before_its_502(camille: EntrepotClient, light_simulator: Simulator) -> None:
    light_simulator.fail("POST", "/users/me/keys$", "html", applied=True)
    assert camille.create_key(BASIC, existing_ids=()).login == BASIC.login
    assert posts(light_simulator) == 1


def test_a_request_that_qt_sent_twice(camille: EntrepotClient, light_simulator: Simulator) -> None:
    session = light_simulator.session_for("camille")
    body = {"name": BASIC.name, "type": "BASIC", "type_infos": {"login": BASIC.login, "password": BASIC.password}}
    session.post(f"{light_simulator.api_url}/users/me/keys", json=body, timeout=5).raise_for_status()
    assert camille.create_key(BASIC, existing_ids=()).login == BASIC.login
    assert len(camille.keys()) == 1


@pytest.mark.parametrize("action", [*LOST[:1], "reset"])
def test_accesses_whose_answer_is_lost(camille: EntrepotClient, light_simulator: Simulator, action: str) -> None:
    key_id = camille.create_key(HASH, existing_ids=()).key.id
    permission = usable(camille)
    light_simulator.fail("POST", "/accesses$", action)
    camille.create_accesses(key_id, permission.id, [offering.id for offering in permission.offerings])
    assert len(camille.accesses(key_id)) == 2
    # What is there already is no error.
    camille.create_accesses(key_id, permission.id, [permission.offerings[0].id])
    assert len(camille.accesses(key_id)) == 2


@pytest.mark.parametrize("action", ["applied-lost", "reset"])
def test_deletions_and_updates_whose_answer_is_lost(
    camille: EntrepotClient, light_simulator: Simulator, action: str
) -> None:
    key_id = camille.create_key(HASH, existing_ids=()).key.id
    light_simulator.fail("PATCH", "/users/me/keys/", action)
    camille.update_key(key_id, KeyUpdate(name="Autre"))
    assert camille.key(key_id).key.name == "Autre"
    light_simulator.fail("DELETE", "/users/me/keys/", action)
    camille.delete_key(key_id)
    assert camille.keys() == ()


def test_a_hung_creation_is_looked_up(camille: EntrepotClient, light_simulator: Simulator) -> None:
    impatient = EntrepotClient(
        light_simulator.session_for("camille"),
        light_simulator.api_url,
        timeout_s=0.5,
        patience=Patience(sleep=lambda _seconds: None),
    )
    light_simulator.fail("POST", "/users/me/keys$", "timeout", applied=True)
    created: KeyDetails = impatient.create_key(HASH, existing_ids=())
    assert ids(camille) == [created.key.id]
    light_simulator.fail("GET", "/users/me$", "timeout")
    with pytest.raises(GpkeysError) as caught:
        impatient.me()
    assert caught.value.code is ErrorCode.TIMEOUT


def test_when_looking_fails_the_outcome_is_unknown(camille: EntrepotClient, light_simulator: Simulator) -> None:
    light_simulator.fail("POST", "/users/me/keys$", "applied-lost")
    light_simulator.fail("GET", "/users/me/keys$", "status", status=500)
    with pytest.raises(GpkeysError) as caught:
        camille.create_key(HASH, existing_ids=())
    assert caught.value.code is ErrorCode.OUTCOME_UNKNOWN
    found = camille.find_created(HASH, ())
    assert found is not None
    assert found.hash is not None


def test_what_refusals_run_into(connect: Connect) -> None:
    taken = KeyCreation("Neuve", KeyType.BASIC, login="urbanisme-rochebrune", password="tR8-mz.Qw4~vK2pX")
    assert errors_from_answers.is_login_taken(refused(connect("camille"), taken))
    assert refused(connect("quentin"), BASIC).conflict is Conflict.QUOTA
    assert refused(connect("oscar"), OAUTH2).conflict is Conflict.OAUTH2_KEY
    named = KeyCreation("QGIS du service urbanisme", KeyType.HASH)
    assert refused(connect("hector"), named).conflict is Conflict.NAME


@pytest.mark.parametrize("form", ["list", "string", "message", "text"])
def test_error_bodies(connect: Connect, light_simulator: Simulator, form: str) -> None:
    light_simulator.switch(error_body=form)
    error = refused(connect("camille"), KeyCreation("", KeyType.HASH))
    assert error.code is ErrorCode.INVALID
    assert error.details
    assert error.details[0] in str(error.user)


@pytest.mark.parametrize("form", ["json", "html", "empty"])
def test_a_refused_token(camille: EntrepotClient, light_simulator: Simulator, form: str) -> None:
    light_simulator.switch(unauthorized_body=form)
    light_simulator.refuse_access_tokens("camille")
    with pytest.raises(GpkeysError) as caught:
        camille.keys()
    assert caught.value.code is ErrorCode.TOKEN_REFUSED


def test_only_oauth_expired_and_foreign_permissions_are_refused(camille: EntrepotClient, connect: Connect) -> None:
    key_id = camille.create_key(HASH, existing_ids=()).key.id
    for permission in camille.permissions():
        if permission.only_oauth or catalogue.is_expired(permission, now()):
            with pytest.raises(GpkeysError) as caught:
                camille.create_accesses(key_id, permission.id, [permission.offerings[0].id])
            assert caught.value.code is ErrorCode.FORBIDDEN
    with pytest.raises(GpkeysError) as caught:
        connect("nadia").key(key_id)
    assert caught.value.code is ErrorCode.NOT_FOUND


def test_rate_limits_and_502_are_waited_out(camille: EntrepotClient, light_simulator: Simulator, clock: Clock) -> None:
    light_simulator.fail("GET", "/users/me/keys$", "status", status=429, headers={"Retry-After": "5"})
    light_simulator.fail("GET", "/users/me/keys$", "html", nth=2)
    light_simulator.fail("GET", "/users/me/keys$", "reset", nth=3)
    assert camille.keys() == ()
    assert clock.waited_s > 5


def test_no_secret_is_left_in_a_repr(camille: EntrepotClient) -> None:
    created = camille.create_key(HASH, existing_ids=())
    assert created.hash
    assert created.hash not in repr(created) + repr(vars(camille))
