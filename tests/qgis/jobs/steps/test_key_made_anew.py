"""A key that was deleted and made again elsewhere: what QGIS has of the first is used for the second only once true."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import replace
from functools import partial

import pytest

from gpkeys_plugin.entrepot.errors import ErrorCode, GpkeysError
from gpkeys_plugin.entrepot.models import Key, KeyCreation, KeyType
from gpkeys_plugin.jobs.finish_creation import undo_creation
from gpkeys_plugin.jobs.repair.key_credentials import KeyCredentials
from gpkeys_plugin.jobs.repair.repair_values import WhereKept
from gpkeys_plugin.jobs.running.task import Progress
from gpkeys_plugin.jobs.steps.key_steps import KeySteps
from gpkeys_plugin.jobs.values import ConfigurationRequest, ConnectRequest, Failed, KeyPage
from gpkeys_plugin.keys.draft import HashStorage
from gpkeys_plugin.keys.layer_needs.credential_replacement import Configuration, Credential
from gpkeys_plugin.keys.services.layer_recipes import WrittenConnection
from gpkeys_plugin.keys.upkeep.key_edits import grant_of
from gpkeys_plugin.store import connections
from gpkeys_plugin.store.configurations import auth_config_snapshots, auth_configs
from gpkeys_plugin.store.records import connection_origins, installed_keys
from tests.qgis.jobs.conftest import Bench
from tests.qgis.jobs.key_pages import page_named, page_of
from tests.qgis.jobs.test_connect_existing import connect
from tests.qgis.jobs.test_create_key import create, draft_of
from tests.qgis.jobs.test_make_missing_configuration import make
from tests.qgis.jobs.test_rotate_key import finish, rotate, undo

_NAME = "Essai été"
_BORROWED, _OTHER = "abc1234", "zzz9999"
_LOGIN = "essai-urbanisme-9"
_PASSWORD = "Mot-de-passe-29"  # pragma: allowlist secret - made up


@pytest.fixture(params=[(KeyType.BASIC, False), (KeyType.HASH, True), (KeyType.HASH, False), (KeyType.OAUTH2, False)])
def former(request: pytest.FixtureRequest, bench: Bench) -> KeyPage:
    """Return the page of a key of each type that is gone; a hash is in the connections, or in a header."""
    type_, is_in_header = request.param
    if is_in_header and not auth_configs.has_header_method():
        pytest.skip("this QGIS cannot send a hash as a header")
    storage = HashStorage.HEADER if is_in_header else HashStorage.URL
    page = page_of(bench, create(bench, replace(draft_of(bench, type_, _NAME), hash_storage=storage)).key)
    if type_ is not KeyType.HASH or auth_configs.has_header_method():
        make(bench, page, ConfigurationRequest(_BORROWED))
    bench.run(lambda _: bench.signed_in.client().delete_key(page.details.key.id))
    return page


def made_again(bench: Bench, former: KeyPage) -> KeyPage:
    """Make a key of that type and name on the web site, with the same services; return its page."""
    key, grants = former.details.key, list(map(grant_of, former.accesses))
    is_basic = key.type is KeyType.BASIC
    creation = KeyCreation(key.name, key.type, login=_LOGIN, password=_PASSWORD)
    creation = creation if is_basic else KeyCreation(key.name, key.type)

    def work(_: Progress) -> Key:
        client = bench.signed_in.client()
        made = client.create_key(creation, existing_ids=())
        for grant in grants:
            client.create_accesses(made.key.id, grant.permission_id, [grant.offering_id])
        return made.key

    return page_of(bench, bench.run(work))


def require_true(bench: Bench) -> None:
    """See that all that is said to be held for a key that lives holds its secret."""
    pages = {key.id: page_of(bench, key) for key in bench.platform_keys()}
    sign_in = bench.signed_in.authcfg
    for known in installed_keys.installed():
        page = pages.get(known.key_id)
        if page is not None and page.details.key.type is not KeyType.OAUTH2:
            secret = page.details.hash or page.details.login
            assert {secret_of(authcfg) for authcfg in known.authcfgs} <= {secret}
            require_opening(known.connections, {secret}, known.authcfgs)
        elif page is not None:
            require_opening(known.connections, set(), (sign_in,))
    for origin in connection_origins.recorded():
        page = pages.get(origin.owner)
        if page is not None and page.details.hash:
            known_ = installed_keys.find(bench.signed_in.api_url, origin.owner)
            require_opening([origin.connection], {page.details.hash}, known_.authcfgs if known_ is not None else ())


def require_opening(
    made: Collection[WrittenConnection], hashes: Collection[str | None], authcfgs: Collection[str]
) -> None:
    """See that each connection has one of the hashes or configurations."""
    for one in made:
        stored = connections.read(one.kind, one.name)
        assert stored is not None
        assert stored.hash in hashes or stored.authcfg in authcfgs


def secret_of(authcfg: str) -> str | None:
    """Return the login or the hash in a configuration."""
    snapshot = auth_config_snapshots.take(authcfg)
    return snapshot.entries.get("username") or auth_config_snapshots.header_hash(snapshot) or None


def held_of(bench: Bench, page: KeyPage) -> tuple[str, ...]:
    """Return the configurations that are said to hold the key."""
    known = installed_keys.find(bench.signed_in.api_url, page.details.key.id)
    return known.authcfgs if known is not None else ()


def test_connected_all_that_is_left_opens_it(bench: Bench, former: KeyPage) -> None:
    page = made_again(bench, former)
    storage = former.held.hash_storage or HashStorage.URL
    connect(bench, page, ConnectRequest(storage, _PASSWORD))
    require_true(bench)
    if former.held.authcfg and page.details.key.type is not KeyType.OAUTH2:
        assert held_of(bench, page) == (former.held.authcfg, _BORROWED)


@pytest.mark.parametrize("authcfg", [_OTHER, _BORROWED])
def test_held_under_another_id(bench: Bench, former: KeyPage, authcfg: str) -> None:
    page = made_again(bench, former)
    work = partial(make, bench, page, ConfigurationRequest(authcfg, _PASSWORD))
    # Only its own configuration tells whose place a key has taken.
    has_own = former.held.authcfg and page.details.key.type is not KeyType.OAUTH2
    is_left_alone = authcfg == _BORROWED and not has_own
    if is_left_alone or (page.details.key.type is KeyType.HASH and not auth_configs.has_header_method()):
        with pytest.raises(GpkeysError):
            work()
    else:
        work()
        assert authcfg in held_of(bench, page)
    require_true(bench)


@pytest.mark.parametrize("end", [finish, undo])
def test_given_a_new_secret(bench: Bench, former: KeyPage, end: Callable[[Bench, str], object]) -> None:
    if former.details.key.type is KeyType.OAUTH2:
        pytest.skip("it has no secret")
    page = made_again(bench, former)
    rotation = rotate(bench, page)
    require_true(bench)
    end(bench, rotation.id)
    require_true(bench)
    if former.held.authcfg:
        holder = page_named(bench, _NAME) if end is finish else former
        assert held_of(bench, holder) == (former.held.authcfg, _BORROWED)
    assert auth_configs.ids().count(former.held.authcfg) == bool(former.held.authcfg)


@pytest.mark.parametrize("is_refused_later", [False, True])
def test_a_new_password_is_not_compared_with_one_that_is_dead(
    bench: Bench, former: KeyPage, *, is_refused_later: bool
) -> None:
    if former.details.key.type is not KeyType.BASIC:
        pytest.skip("a hash is compared with that of the key")
    page = made_again(bench, former)
    refuse = partial(bench.simulator.fail, "GET", r"/private/", "status", status=401, times=500)
    if is_refused_later:
        rotation = rotate(bench, page)
        refuse()
        with pytest.raises(Failed, match="refused"):
            finish(bench, rotation.id)
    else:
        refuse()
        with pytest.raises(Failed, match="refused"):
            rotate(bench, page)
    bench.simulator.reset_faults()
    assert page.details.key.id in {key.id for key in bench.platform_keys()}


def test_made_again_here_all_that_is_left_opens_it(bench: Bench, former: KeyPage) -> None:
    storage = former.held.hash_storage or HashStorage.URL
    draft = draft_of(bench, former.details.key.type, _NAME)
    create(bench, replace(draft, login=_LOGIN, password=_PASSWORD, hash_storage=storage))
    require_true(bench)


def test_made_again_here_and_not_connected(bench: Bench, former: KeyPage) -> None:
    draft = replace(draft_of(bench, former.details.key.type, _NAME), login=_LOGIN, password=_PASSWORD)
    created = create(bench, draft, is_connected=False)
    require_true(bench)
    known = installed_keys.find(bench.signed_in.api_url, created.key.id)
    if former.details.key.type is KeyType.BASIC:
        assert known is not None
        assert known.connections == former.held.connections


def test_undone_once_it_had_taken_over_it_leaves_nothing(
    bench: Bench, former: KeyPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    draft = draft_of(bench, former.details.key.type, _NAME)
    storage = former.held.hash_storage or HashStorage.URL
    # As if QGIS were killed just before.
    with monkeypatch.context() as patched:
        patched.setattr(bench.creations, "remove", lambda _: None)
        created = create(bench, replace(draft, login=_LOGIN, password=_PASSWORD, hash_storage=storage))
    (entry,) = bench.creations.entries()
    bench.run(lambda progress: undo_creation(entry, bench.signed_in, bench.creations, bench.main_thread, progress))
    assert installed_keys.find(bench.signed_in.api_url, created.key.id) is None
    noted = {authcfg for known in installed_keys.installed() for authcfg in known.authcfgs}
    assert set(auth_configs.ids()) <= {*noted, bench.signed_in.authcfg}


def test_layers_are_not_mended_with_what_holds_another_secret(bench: Bench, former: KeyPage) -> None:
    key = made_again(bench, former).details

    def work(progress: Progress) -> Credential:
        steps = KeySteps(bench.signed_in, bench.main_thread, progress)
        return KeyCredentials(bench.signed_in, bench.main_thread, steps, WhereKept.AS_THE_KEY).of(key.key)

    if key.key.type is KeyType.BASIC:
        with pytest.raises(GpkeysError) as caught:
            bench.run(work)
        assert caught.value.code is ErrorCode.INVALID
    elif key.key.type is KeyType.HASH:
        found = bench.run(work)
        carried = secret_of(found.authcfg) if isinstance(found, Configuration) else found.hash
        assert carried == key.hash
    require_true(bench)
