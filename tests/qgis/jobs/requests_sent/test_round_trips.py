"""How often a job waits for the network: what it can ask at once, it asks at once, and nothing that it need not ask.

Each job's requests are written down, those of a round at once; see `rounds`.
"""

from __future__ import annotations

from dataclasses import replace

import pytest

from gpkeys_plugin.entrepot.models import KeyType
from gpkeys_plugin.jobs.create_key import KeyCreator
from gpkeys_plugin.jobs.edit_key import KeyEditor
from gpkeys_plugin.jobs.finish_rotation import finish_rotation
from gpkeys_plugin.jobs.load_holdings import load_holdings
from gpkeys_plugin.jobs.load_key_page import load_key_page
from gpkeys_plugin.jobs.rotate_key import KeyRotator
from gpkeys_plugin.jobs.values import KeyPage, Rotation, RotationRequest
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
    ("GET keys/…/accesses",),
    ("GET private/wmts GetCapabilities", "GET private/tms/1.0.0/rochebrune.scan25.touristique"),
)


def test_all_of_the_account_is_read_at_once(bench: Bench) -> None:
    with rounds(_ME):
        bench.run(lambda progress: load_holdings(bench.signed_in, progress))


@pytest.mark.parametrize("type_", [KeyType.BASIC, KeyType.HASH, KeyType.OAUTH2])
def test_a_key_is_made_in_five_rounds(bench: Bench, type_: KeyType) -> None:
    draft = draft_for(bench, type_)
    with rounds(*_CREATION):
        bench.run(
            lambda progress: KeyCreator(bench.signed_in, bench.creations, bench.main_thread, progress).create(draft)
        )


def test_a_key_page_is_read_in_two(bench: Bench) -> None:
    key = create(bench, draft_for(bench, KeyType.HASH)).key
    first = ("GET keys/…", "GET keys/…/accesses", "GET keys/…/stats")
    with rounds(first, ("GET permissions/…", "GET permissions/…")):
        bench.run(lambda progress: load_key_page(key, bench.signed_in, bench.main_thread, progress))


def test_a_secret_is_changed_in_five_and_the_old_key_deleted_in_seven(bench: Bench) -> None:
    page = page_of(bench, create(bench, draft_for(bench, KeyType.HASH)).key)
    services = ("GET private/wmts GetCapabilities", "GET private/tms/1.0.0/rochebrune.scan25.touristique")
    tested = (*services, "GET private/telechargement/capabilities")
    permissions = ("GET permissions/…", "GET permissions/…")
    with rounds(
        ("GET keys", "GET keys/…", "GET keys/…/accesses", "GET keys/…/stats"),
        ("POST keys", *permissions),
        ("POST keys/…/accesses", "POST keys/…/accesses"),
        ("GET keys/…/accesses",),
        tested,
    ):
        rotation: Rotation = bench.run(
            lambda progress: KeyRotator(bench.signed_in, bench.rotations, bench.main_thread, progress).rotate(
                page, RotationRequest("", "")
            )
        )
    with rounds(
        ("GET keys", "GET keys/…", "GET keys/…", "GET keys/…/accesses", "GET keys/…/accesses"),
        permissions,
        tested,
        ("DELETE keys/…",),
        ("GET keys",),
        ("PATCH keys/…",),
        ("GET keys/…",),
    ):
        bench.run(
            lambda progress: finish_rotation(rotation.id, bench.signed_in, bench.rotations, bench.main_thread, progress)
        )


def _edited(bench: Bench, page: KeyPage, edit: KeyEdit) -> None:
    wanted = difference(page.details, page.accesses, edit)
    bench.run(lambda progress: KeyEditor(bench.signed_in, bench.main_thread, progress).edit(page, wanted))


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


def test_services_are_opened_at_once_and_then_read_back(bench: Bench) -> None:
    draft = draft_for(bench, KeyType.HASH)
    page = page_of(bench, create(bench, replace(draft, grants=())).key)
    with rounds(
        _READ,
        ("POST keys/…/accesses", "POST keys/…/accesses"),
        ("GET keys/…/accesses",),
        ("GET permissions/…", "GET permissions/…"),
        ("GET private/wmts GetCapabilities", "GET private/tms/1.0.0/rochebrune.scan25.touristique"),
    ):
        _edited(bench, page, KeyEdit(page.details.key.name, draft.grants))
