"""How often a job on a key that is there waits for the network; see `rounds`.

What is changed is read back, since an answer is no proof of it: that is a round more for each change.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import pytest
from qgis.core import QgsProcessingFeedback

from gpkeys_plugin.entrepot.models import Key, KeyType
from gpkeys_plugin.jobs.add_services import extend_key
from gpkeys_plugin.jobs.check_key import check_key
from gpkeys_plugin.jobs.connect_existing import ExistingKeyConnector
from gpkeys_plugin.jobs.delete_key import delete_key, deletion_outlook
from gpkeys_plugin.jobs.edit_key import KeyEditor
from gpkeys_plugin.jobs.load_holdings import load_holdings
from gpkeys_plugin.jobs.load_overviews import load_overviews
from gpkeys_plugin.jobs.running.feedback_progress import FeedbackProgress
from gpkeys_plugin.jobs.scripts.listings import Listing, list_keys
from gpkeys_plugin.jobs.scripts.script_context import Script, ScriptSide
from gpkeys_plugin.jobs.values import ConnectRequest, DeletionOutlook, KeyPage
from gpkeys_plugin.keys.draft import Grant
from gpkeys_plugin.keys.upkeep.key_edits import KeyEdit, difference, grant_of
from gpkeys_plugin.network.http.network_threads import wait_until
from tests.qgis.jobs.conftest import Bench
from tests.qgis.jobs.key_pages import page_of
from tests.qgis.jobs.requests_sent.drafts import draft_for
from tests.qgis.jobs.requests_sent.rounds import rounds
from tests.qgis.jobs.test_create_key import create
from tests.simulator.memory import seeds

_READ = ("GET keys/…", "GET keys/…/accesses")
_SCAN_SERVICES = ("GET private/wmts GetCapabilities", f"GET private/tms/1.0.0/{seeds.SCAN}")
_TWO_PERMISSIONS = ("GET permissions/…", "GET permissions/…")


def _key(bench: Bench, type_: KeyType = KeyType.HASH, *, is_connected: bool = True) -> Key:
    """Return a key of an earlier session: nothing is known of its services."""
    key = create(bench, draft_for(bench, type_), is_connected=is_connected).key
    bench.signed_in.known.forget()
    return key


def test_a_key_is_deleted_in_two_after_a_look_at_its_use(bench: Bench) -> None:
    page = page_of(bench, _key(bench))
    with rounds(("GET keys/…/stats",)):
        outlook: DeletionOutlook = bench.run(
            lambda progress: deletion_outlook(page, bench.signed_in, bench.main_thread, progress)
        )
    with rounds(("DELETE keys/…",), ("GET keys",)):
        bench.run(lambda progress: delete_key(page, outlook, bench.signed_in, bench.main_thread, progress))
    assert bench.platform_keys() == ()


_KEPT = (seeds.SCAN, seeds.ORTHO, seeds.PLAN, seeds.ALTIMETRY, seeds.ROUTES, seeds.GAZETTEER)
# The services that stay are not asked. Whether a layer is a picture, or heights that a style must colour, only a map of
# it tells.
_SWAP = (
    ("DELETE keys/…/accesses/…", "GET private/wms-r GetCapabilities"),
    ("GET keys/…/accesses", "GET private/wms-r GetMap"),
)


def test_of_a_page_that_was_read_lately_one_service_takes_the_place_of_another_in_three(bench: Bench) -> None:
    page, wanted = _page_and_swap(bench)
    with rounds(("POST keys/…/accesses",), *_SWAP):
        _swap(bench, page, wanted, is_fresh=True)
    assert set(map(grant_of, bench.accesses(page.details.key.id))) == set(wanted)


def test_where_nothing_is_known_it_takes_one_more(bench: Bench) -> None:
    page, wanted = _page_and_swap(bench)
    bench.signed_in.known.forget()
    with rounds(_READ, ("POST keys/…/accesses", *("GET permissions/…",) * 3), *_SWAP):
        _swap(bench, page, wanted)
    assert set(map(grant_of, bench.accesses(page.details.key.id))) == set(wanted)


def _page_and_swap(bench: Bench) -> tuple[KeyPage, Sequence[Grant]]:
    """Return the page of a key that opens a download, and what it opens with a relief in its place."""
    page = page_of(bench, create(bench, draft_for(bench, KeyType.HASH, (*_KEPT, seeds.ARCHIVE))).key)
    return page, draft_for(bench, KeyType.HASH, (*_KEPT, seeds.SHADING)).grants


def _swap(bench: Bench, page: KeyPage, wanted: Sequence[Grant], *, is_fresh: bool = False) -> None:
    found = difference(page.details, page.accesses, KeyEdit(page.details.key.name, wanted))
    bench.run(
        lambda progress: KeyEditor(bench.signed_in, bench.main_thread, progress).edit(page, found, is_fresh=is_fresh)
    )


def test_a_key_made_elsewhere_is_connected_in_three(bench: Bench) -> None:
    page = page_of(bench, _key(bench, is_connected=False))
    bench.signed_in.known.forget()
    with rounds(_READ, _TWO_PERMISSIONS, _SCAN_SERVICES):
        bench.run(
            lambda progress: ExistingKeyConnector(bench.signed_in, bench.main_thread, progress).connect(
                page, ConnectRequest()
            )
        )


def test_a_key_gets_more_services_in_four(bench: Bench) -> None:
    key = _key(bench, KeyType.OAUTH2)
    more = draft_for(bench, KeyType.OAUTH2, (seeds.PLAN,)).grants
    with rounds(
        _READ,
        ("GET permissions/…",) * 3,
        ("POST keys/…/accesses",),
        ("GET keys/…/accesses", *_SCAN_SERVICES, f"GET private/tms/1.0.0/{seeds.PLAN}"),
    ):
        bench.run(lambda progress: extend_key(key, more, bench.signed_in, bench.main_thread, progress))


def test_the_services_of_a_key_are_tested_in_two(bench: Bench) -> None:
    page = page_of(bench, _key(bench))
    tiles = ("GET private/wmts GetTile", f"GET private/tms/1.0.0/{seeds.SCAN}/6/32/22.png")
    with rounds((*_SCAN_SERVICES, "GET private/telechargement/capabilities"), tiles):
        bench.run(lambda progress: check_key(page, bench.signed_in, "QGIS", progress))


def test_the_rows_of_the_list_are_filled_in_one(bench: Bench) -> None:
    for name in ("un", "deux", "trois"):
        create(bench, replace(draft_for(bench, KeyType.HASH), name=name))
    holdings = bench.run(lambda progress: load_holdings(bench.signed_in, progress))
    with rounds(("GET keys/…/accesses", "GET keys/…/stats") * 3):
        bench.run(lambda progress: load_overviews(holdings.keys, bench.signed_in, progress))


def test_a_script_lists_the_keys_in_two(bench: Bench) -> None:
    _key(bench)
    with rounds(("GET keys",), ("GET keys/…/accesses", "GET keys/…/stats")):
        listing: Listing = bench.run(lambda _: list_keys(_script(bench), expiring_within_days=None))
    assert len(listing.rows) == 1


@pytest.mark.parametrize(
    ("wanted", "asked"),
    [
        ({"with_accesses": False, "with_last_use": False}, ()),
        ({"with_last_use": False}, ("GET keys/…/accesses",)),
        ({"with_accesses": False}, ("GET keys/…/stats",)),
        ({"with_accesses": False, "with_last_use": False, "expiring_within_days": 4000}, ("GET keys/…/accesses",)),
    ],
)
def test_what_a_script_does_not_want_is_not_read(
    bench: Bench, wanted: Mapping[str, Any], asked: tuple[str, ...]
) -> None:
    for name in ("un", "deux"):
        create(bench, replace(draft_for(bench, KeyType.HASH), name=name))
    with rounds(("GET keys",), *((name,) * 2 for name in asked)):
        found = bench.run(lambda _: list_keys(_script(bench), **{"expiring_within_days": None, **wanted}))
    assert {row["name"] for row in found.rows} == {"un", "deux"}
    assert [row["accesses"] is not None for row in found.rows] == ["GET keys/…/accesses" in asked] * 2


def test_of_keys_that_are_not_listed_no_script_reads_the_last_use(bench: Bench) -> None:
    for name in ("un", "deux"):
        create(bench, replace(draft_for(bench, KeyType.HASH), name=name))
    with rounds(("GET keys",), ("GET keys/…/accesses",) * 2):
        assert bench.run(lambda _: list_keys(_script(bench), expiring_within_days=0)).rows == ()
    with rounds(("GET keys",), ("GET keys/…/accesses",) * 2, ("GET keys/…/stats",) * 2):
        listing: Listing = bench.run(lambda _: list_keys(_script(bench), expiring_within_days=4000))
    assert len(listing.rows) == 2


def _script(bench: Bench) -> Script:
    side = ScriptSide(str, lambda: True, lambda _: None, lambda: None, wait_until)
    feedback: Any = QgsProcessingFeedback(False)
    progress = FeedbackProgress(feedback)
    return Script(bench.signed_in, bench.main_thread, bench.creations, bench.rotations, side, progress)
