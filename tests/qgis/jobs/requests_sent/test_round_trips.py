"""How often a job waits for the network: what it can ask at once, it asks at once, and nothing that it need not ask.

Each job's requests are written down, those of a round at once; see `rounds`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial

import pytest

from gpkeys_plugin.entrepot.models import Access, Key, KeyType, Permission
from gpkeys_plugin.jobs.connect_existing import ExistingKeyConnector
from gpkeys_plugin.jobs.create_key import KeyCreator
from gpkeys_plugin.jobs.edit_key import KeyEditor
from gpkeys_plugin.jobs.finish_rotation import finish_rotation
from gpkeys_plugin.jobs.load_holdings import load_holdings
from gpkeys_plugin.jobs.load_key_page import load_known_page
from gpkeys_plugin.jobs.load_overviews import load_last_uses, load_overviews
from gpkeys_plugin.jobs.rotate_key import KeyRotator
from gpkeys_plugin.jobs.steps.account_sessions import KnownToAccount
from gpkeys_plugin.jobs.values import ConnectRequest, KeyPage, Rotation, RotationRequest
from gpkeys_plugin.keys.upkeep.key_edits import KeyEdit, difference
from gpkeys_plugin.store import connections
from gpkeys_plugin.store.records import connection_origins, installed_keys
from tests.qgis.jobs.conftest import Bench
from tests.qgis.jobs.key_pages import page_of
from tests.qgis.jobs.requests_sent.drafts import draft_for
from tests.qgis.jobs.requests_sent.rounds import rounds
from tests.qgis.jobs.test_create_key import create

_ME = ("GET me", "GET keys", "GET permissions", "GET permissions")
_CREATION = (
    ("GET keys", "GET permissions/…", "GET permissions/…"),
    ("POST keys",),
    ("POST keys/…/accesses", "POST keys/…/accesses"),
    (
        "GET keys/…/accesses",
        "GET private/wmts GetCapabilities",
        "GET private/tms/1.0.0/rochebrune.scan25.touristique",
    ),
)


def test_all_of_the_account_is_read_at_once(bench: Bench) -> None:
    with rounds(_ME):
        bench.run(lambda progress: load_holdings(bench.signed_in, progress))


def test_the_account_that_the_sign_in_has_read_is_not_read_again_at_once(bench: Bench) -> None:
    account = bench.run(lambda _: bench.signed_in.client().me())
    signed_in = replace(bench.signed_in, known=KnownToAccount(account=account))
    with rounds(_ME[1:]):
        holdings = bench.run(lambda progress: load_holdings(signed_in, progress))
    assert holdings.account == account
    with rounds(_ME):
        bench.run(lambda progress: load_holdings(signed_in, progress))


def test_as_many_pages_as_there_were_are_read_at_once_also_by_the_next_session(bench: Bench) -> None:
    bench.simulator.sow("camille", permissions=120, offerings=1, keys=1, accesses=1)
    more = ("GET permissions",)
    for expected, known in (((_ME, more), KnownToAccount()), (((*_ME, *more),), KnownToAccount())):
        signed_in = replace(bench.signed_in, known=known)
        with rounds(*expected):
            holdings = bench.run(partial(load_holdings, signed_in))
        assert len(holdings.permissions) > 120


def test_the_list_asks_once_a_key_and_for_the_last_use_of_those_looked_at(bench: Bench) -> None:
    draft = replace(draft_for(bench, KeyType.HASH), grants=())
    for name in ("Une", "Deux"):
        create(bench, replace(draft, name=name))
    holdings = bench.run(lambda progress: load_holdings(bench.signed_in, progress))
    bench.simulator.clear_requests()
    bench.run(lambda progress: load_overviews(holdings.keys, bench.signed_in, progress, with_last_use=False))
    asked = [request.path for request in bench.simulator.requests()]
    assert sorted(asked) == sorted(f"/api/users/me/keys/{key.id}/accesses" for key in holdings.keys)
    with rounds(("GET keys/…/stats", "GET keys/…/stats")):
        bench.run(lambda progress: load_last_uses(holdings.keys[-2:], bench.signed_in, progress))


@pytest.mark.parametrize("type_", [KeyType.BASIC, KeyType.HASH, KeyType.OAUTH2])
def test_a_key_is_made_in_four_rounds(bench: Bench, type_: KeyType) -> None:
    draft = draft_for(bench, type_)
    with rounds(*_CREATION):
        bench.run(
            lambda progress: KeyCreator(bench.signed_in, bench.creations, bench.main_thread, progress).create(draft)
        )


_PAGE = ("GET keys/…", "GET keys/…/accesses", "GET keys/…/stats")
_PERMISSIONS = ("GET permissions/…", "GET permissions/…")


def test_a_key_page_is_read_in_two(bench: Bench) -> None:
    key = create(bench, draft_for(bench, KeyType.HASH)).key
    bench.signed_in.known.forget()
    with rounds(_PAGE, _PERMISSIONS):
        _opened(bench, key)


def test_a_key_whose_accesses_the_list_knows_is_read_in_one(bench: Bench) -> None:
    key = create(bench, draft_for(bench, KeyType.HASH)).key
    opened, expected = bench.signed_in.client().accesses(key.id), page_of(bench, key)
    bench.signed_in.known.forget()
    with rounds((*_PAGE, *_PERMISSIONS)):
        assert _opened(bench, key, opened) == expected


def test_what_a_list_of_yesterday_knows_of_a_key_does_not_come_into_its_page(bench: Bench) -> None:
    key = create(bench, draft_for(bench, KeyType.HASH)).key
    opened, expected = bench.signed_in.client().accesses(key.id), page_of(bench, key)
    gone = replace(opened[1], permission=Permission("gone", "Licence échue"))
    bench.signed_in.known.forget()
    assert _opened(bench, key, (opened[0], gone)) == expected


def test_where_services_are_is_asked_once(bench: Bench) -> None:
    """The creation has asked, and the page of the key need not; a page is not read twice, either."""
    key = create(bench, draft_for(bench, KeyType.HASH)).key
    with rounds(_PAGE):
        page = _opened(bench, key)
    with rounds():
        assert _opened(bench, key) == page
    bench.signed_in.known.pages.forget()
    with rounds(_PAGE):
        assert _opened(bench, key) == page


def test_of_a_page_that_was_read_what_qgis_holds_is_looked_at_again(bench: Bench) -> None:
    created = create(bench, draft_for(bench, KeyType.HASH))
    assert _opened(bench, created.key).held.connections == created.connections
    connections.remove(created.connections)
    with rounds():
        assert _opened(bench, created.key).held.connections == ()


def test_a_refresh_has_everything_read_again(bench: Bench) -> None:
    key = create(bench, draft_for(bench, KeyType.HASH)).key
    _opened(bench, key)
    bench.run(lambda progress: load_holdings(bench.signed_in, progress))
    with rounds(_PAGE, _PERMISSIONS):
        _opened(bench, key)


def _opened(bench: Bench, key: Key, opened: Sequence[Access] = ()) -> KeyPage:
    """Return a key's page, as the window reads it."""
    page: KeyPage = bench.run(
        lambda progress: load_known_page(key, bench.signed_in, bench.main_thread, progress, opened)
    )
    return page


def test_a_key_is_connected_in_three_and_in_two_when_its_services_are_known(bench: Bench) -> None:
    page = page_of(bench, create(bench, draft_for(bench, KeyType.HASH), is_connected=False).key)
    asked = ("GET private/wmts GetCapabilities", "GET private/tms/1.0.0/rochebrune.scan25.touristique")
    for permissions in ((), (_PERMISSIONS,)):
        with rounds(_READ, *permissions, asked):
            bench.run(
                lambda progress: ExistingKeyConnector(bench.signed_in, bench.main_thread, progress).connect(
                    page, ConnectRequest()
                )
            )
        bench.signed_in.known.forget()


def test_a_secret_is_changed_in_four_and_the_old_key_deleted_in_four(bench: Bench) -> None:
    page = page_of(bench, create(bench, draft_for(bench, KeyType.HASH)).key)
    services = ("GET private/wmts GetCapabilities", "GET private/tms/1.0.0/rochebrune.scan25.touristique")
    tested = (*services, "GET private/telechargement/capabilities")
    with rounds(
        ("GET keys", "GET keys/…", "GET keys/…/accesses", "GET keys/…/stats"),
        ("POST keys",),
        ("POST keys/…/accesses", "POST keys/…/accesses"),
        ("GET keys/…/accesses", *tested),
    ):
        rotation: Rotation = bench.run(
            lambda progress: KeyRotator(bench.signed_in, bench.rotations, bench.main_thread, progress).rotate(
                page, RotationRequest("", "")
            )
        )
    with rounds((*_BOTH_READ, *tested), ("DELETE keys/…",), ("PATCH keys/…",), ("GET keys",)):
        bench.run(
            lambda progress: finish_rotation(rotation.id, bench.signed_in, bench.rotations, bench.main_thread, progress)
        )


_BOTH_READ = ("GET keys", "GET keys/…", "GET keys/…", "GET keys/…/accesses", "GET keys/…/accesses")


def test_of_a_rotation_of_an_earlier_session_the_new_key_is_tried_once_it_is_read(bench: Bench) -> None:
    page = page_of(bench, create(bench, draft_for(bench, KeyType.HASH)).key)
    rotation: Rotation = bench.run(
        lambda progress: KeyRotator(bench.signed_in, bench.rotations, bench.main_thread, progress).rotate(
            page, RotationRequest("", "")
        )
    )
    bench.signed_in.known.forget()
    services = ("GET private/wmts GetCapabilities", "GET private/tms/1.0.0/rochebrune.scan25.touristique")
    tested = (*services, "GET private/telechargement/capabilities")
    with rounds(_BOTH_READ, _PERMISSIONS, tested, ("DELETE keys/…",), ("PATCH keys/…",), ("GET keys",)):
        bench.run(
            lambda progress: finish_rotation(rotation.id, bench.signed_in, bench.rotations, bench.main_thread, progress)
        )


def _edited(bench: Bench, page: KeyPage, edit: KeyEdit, *, is_fresh: bool = False) -> None:
    wanted = difference(page.details, page.accesses, edit)
    bench.run(
        lambda progress: KeyEditor(bench.signed_in, bench.main_thread, progress).edit(page, wanted, is_fresh=is_fresh)
    )


_READ = ("GET keys/…", "GET keys/…/accesses")


def test_a_new_name_asks_no_service(bench: Bench) -> None:
    draft = draft_for(bench, KeyType.HASH)
    made = create(bench, draft)
    page = page_of(bench, made.key)
    with rounds(_READ, ("PATCH keys/…",), ("GET keys/…",)):
        _edited(bench, page, KeyEdit("Autre nom", draft.grants))
    (held,) = installed_keys.installed()
    assert [old.name.replace("Essai été", "Autre nom") for old in made.connections] == [
        new.name for new in held.connections
    ]
    for old, new in zip(made.connections, held.connections):
        assert connections.read(old.kind, old.name) is None
        stored = connections.read(new.kind, new.name)
        assert stored is not None
        assert stored.hash == page.details.hash
    assert {origin.connection for origin in connection_origins.recorded()} == set(held.connections)


def test_of_a_page_that_was_read_lately_a_new_name_is_two_requests(bench: Bench) -> None:
    draft = draft_for(bench, KeyType.HASH)
    page = page_of(bench, create(bench, draft).key)
    with rounds(("PATCH keys/…",), ("GET keys/…",)):
        _edited(bench, page, KeyEdit("Autre nom", draft.grants), is_fresh=True)


def test_services_are_opened_at_once_and_then_read_back(bench: Bench) -> None:
    draft = draft_for(bench, KeyType.HASH)
    page = page_of(bench, create(bench, replace(draft, grants=())).key)
    with rounds(
        _READ,
        ("POST keys/…/accesses", "POST keys/…/accesses", *_PERMISSIONS),
        (
            "GET keys/…/accesses",
            "GET private/wmts GetCapabilities",
            "GET private/tms/1.0.0/rochebrune.scan25.touristique",
        ),
    ):
        _edited(bench, page, KeyEdit(page.details.key.name, draft.grants))
