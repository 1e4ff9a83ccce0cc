"""What mends a layer."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta, timezone

import pytest

from gpkeys_plugin.entrepot.models import Access, EndpointUrl, Key, KeyType, Offering, OfferingType, Permission
from gpkeys_plugin.keys.draft import Grant
from gpkeys_plugin.keys.layer_needs.needs import Cause, Known, LayerNeed, need_of
from gpkeys_plugin.keys.layer_needs.permission_road import SCAN_25_100, road_to
from gpkeys_plugin.keys.layer_needs.remedies import (
    CouldBeOpenedBy,
    MayBeOpened,
    NoPermission,
    NoSuccessor,
    NothingToDo,
    OpenedBy,
    Remedy,
    SignedOut,
    remedies,
)
from gpkeys_plugin.keys.layer_needs.rights import AccountRights
from gpkeys_plugin.keys.layer_needs.sources import read_source
from gpkeys_plugin.keys.services import catalogue
from gpkeys_plugin.keys.upkeep.overview import KeyOverview

from .forms import HOST, NEW, PLATFORM, SHARED

NOW = datetime(2026, 11, 26, 12, tzinfo=timezone.utc)
KNOWN = Known(hashes={NEW: "k1"}, shared_hashes=frozenset({SHARED}))
SCAN = "SCAN25TOUR_PYR-JPEG_WLD_WM"


def offering(
    name: str, kind: OfferingType = OfferingType.WMS_RASTER, *urls: tuple[str, str], status: str = ""
) -> Offering:
    endpoints = tuple(EndpointUrl(*url) for url in urls)
    return Offering(f"o-{name}-{kind.value}", kind, name, status or "PUBLISHED", urls=endpoints)


def permission(name: str, *offerings: Offering, days: float | None = None, only_oauth: bool = False) -> Permission:
    end = None if days is None else NOW + timedelta(days=days)
    return Permission(f"p-{name}", f"Licence {name}", end, only_oauth, offerings)


def key(name: str, *opened: tuple[Offering, Permission | None], kind: KeyType = KeyType.HASH) -> KeyOverview:
    accesses = tuple(Access(f"a{index}", *access) for index, access in enumerate(opened))
    return KeyOverview(Key(f"k-{name}", name, kind), accesses)


def account(*keys: KeyOverview, permissions: Sequence[Permission] = ()) -> AccountRights:
    return AccountRights(keys, catalogue.build(permissions, NOW), "compte-1")


def need(url: str, *names: str, provider: str = "wms", cause: Cause | None = None) -> LayerNeed:
    quoted = f" url='{url}'" + "".join(f" typename='{name}'" for name in names)
    joined = "&".join((*(f"layers={name}" for name in names), f"url={url}"))
    read = read_source(provider, quoted if provider == "WFS" else joined, PLATFORM)
    assert read is not None
    return need_of(read, KNOWN) if cause is None else LayerNeed(read, cause)


def wms(*names: str) -> LayerNeed:
    return need(f"{HOST}/private/wms-r?apikey%3D{SHARED}", *names)


def one(layer: LayerNeed, rights: AccountRights | None) -> Remedy:
    (found,) = remedies([layer], rights, NOW)
    return found


A, B = offering("a"), offering("b")


def test_a_layer_that_has_our_key_needs_nothing_signed_in_or_not() -> None:
    fine = need(f"{HOST}/private/wms-r?apikey%3D{NEW}", "a")
    assert remedies([fine, fine], None, NOW) == (NothingToDo(), NothingToDo())
    assert one(fine, account()) == NothingToDo()


def test_the_key_that_opens_it_is_told() -> None:
    mine = key("mienne", (A, permission("p", A)))
    assert one(wms("a"), account(key("autre", (B, None)), mine)) == OpenedBy(mine.key)


def test_an_open_offering_has_no_end() -> None:
    assert one(wms("a"), account(key("k", (A, None)))) == OpenedBy(key("k").key)


@pytest.mark.parametrize("kind", [KeyType.HEADER, KeyType.UNKNOWN])
def test_a_key_that_qgis_can_not_use_is_none(kind: KeyType) -> None:
    assert isinstance(one(wms("a"), account(key("k", (A, None), kind=kind))), NoPermission)


def test_a_key_whose_permission_has_ended_opens_nothing() -> None:
    ended = permission("p", A, days=-1)
    found = one(wms("a"), account(key("k", (A, ended)), permissions=[ended]))
    assert isinstance(found, NoPermission)
    assert str(found.reason) == "The permission ended on 2026-11-25. Ask its producer to extend it."
    assert found.road == road_to(("a",), "compte-1")


def test_a_key_whose_accesses_were_not_read_opens_nothing() -> None:
    unread = KeyOverview(Key("k", "k", KeyType.HASH))
    assert isinstance(one(wms("a"), account(unread)), NoPermission)


def test_of_several_keys_the_one_that_opens_most_of_the_project_comes_first() -> None:
    long_lived, broad = key("longue", (A, None)), key("large", (A, permission("p", days=3)), (B, None))
    rights = account(long_lived, broad)
    assert remedies([wms("a"), wms("b")], rights, NOW) == (OpenedBy(broad.key), OpenedBy(broad.key))
    assert one(wms("a"), rights) == OpenedBy(long_lived.key)


def test_layers_that_need_nothing_count_for_the_choice_too() -> None:
    one_more = need(f"{HOST}/private/wms-r?apikey%3D{NEW}", "b")
    narrow, broad = key("étroite", (A, None)), key("large", (A, permission("p", days=3)), (B, None))
    assert remedies([wms("a"), one_more], account(narrow, broad), NOW)[0] == OpenedBy(broad.key)


def test_a_wms_layer_with_several_names_needs_all_and_until_the_first_of_them_ends() -> None:
    half, whole = key("moitié", (A, None)), key("tout", (A, None), (B, permission("p", days=2)))
    longer = key("plus", (A, permission("q", days=5)), (B, permission("q", days=5)))
    assert one(wms("b", "a"), account(half, whole, longer)) == OpenedBy(longer.key)
    assert isinstance(one(wms("b", "a"), account(half)), NoPermission)


def test_a_key_with_the_permission_could_open_it_once_it_is_added() -> None:
    shared = permission("p", A, B)
    mine, other = key("mienne", (A, shared)), key("autre", (offering("c"), None))
    rights = account(other, mine, permissions=[shared])
    assert one(wms("b"), rights) == CouldBeOpenedBy(mine.key, (Grant(B.id, "p-p"),))
    assert one(wms("a", "b"), rights) == CouldBeOpenedBy(mine.key, (Grant(B.id, "p-p"),))


def test_of_several_keys_with_the_permission_the_one_that_opens_most_comes_first() -> None:
    c = offering("c")
    shared = permission("p", A, B, c)
    narrow, broad = key("étroite", (A, shared)), key("large", (A, shared), (B, shared))
    rights = account(narrow, broad, permissions=[shared])
    assert remedies([wms("c"), wms("b")], rights, NOW)[0] == CouldBeOpenedBy(broad.key, (Grant(c.id, "p-p"),))


def test_an_alternative_permission_that_the_key_has_is_enough() -> None:
    best, held = permission("mieux", B), permission("tenue", A, B, days=9)
    mine = key("mienne", (A, held))
    assert one(wms("b"), account(mine, permissions=[best, held])) == CouldBeOpenedBy(
        mine.key, (Grant(B.id, "p-tenue"),)
    )


def test_of_two_accesses_to_one_service_the_longer_counts() -> None:
    short, twice = key("courte", (A, permission("p", days=8))), key("double", (A, None), (A, permission("q", days=2)))
    assert one(wms("a"), account(short, twice)) == OpenedBy(twice.key)


def test_what_only_oauth2_opens_no_other_key_could() -> None:
    only = permission("p", A, B, only_oauth=True)
    hashed, oauth = key("h", (A, only)), key("o", (A, only), kind=KeyType.OAUTH2)
    assert one(wms("b"), account(hashed, oauth, permissions=[only])) == CouldBeOpenedBy(
        oauth.key, (Grant(B.id, "p-p"),)
    )
    assert isinstance(one(wms("b"), account(hashed, permissions=[only])), MayBeOpened)


def test_a_new_key_may_open_it_and_has_a_free_name() -> None:
    granted = permission("p", A, B)
    rights = account(key("licence P"), permissions=[granted])
    assert one(wms("b", "a"), rights) == MayBeOpened((Grant(B.id, "p-p"), Grant(A.id, "p-p")), "Licence p (2)")


def test_a_service_taken_offline_can_not_be_opened_and_its_reason_is_told() -> None:
    gone = offering("a", status="UNPUBLISHED")
    found = one(wms("a"), account(permissions=[permission("p", gone)]))
    assert isinstance(found, NoPermission)
    assert str(found.reason) == "Its producer has taken this service offline."


def test_without_a_permission_the_road_is_told_also_to_who_is_signed_out() -> None:
    assert one(wms(SCAN), account()) == NoPermission(road_to((SCAN,), "compte-1"))
    assert one(wms("a"), account()) == NoPermission(road_to(("a",), "compte-1"))
    signed_out = one(wms(SCAN), None)
    assert isinstance(signed_out, SignedOut)
    assert signed_out.road is not None
    assert signed_out.road.communities == (SCAN_25_100,)
    assert one(wms("a"), None) == SignedOut()


@pytest.mark.parametrize(
    ("kind", "provider", "url", "names", "layer_name", "is_opened"),
    [
        (OfferingType.WMS_RASTER, "wms", "wms-r", ("a",), "a", True),
        (OfferingType.WMS_VECTOR, "wms", "wms-v", ("a",), "a", True),
        (OfferingType.WMS_VECTOR, "wms", "wms-r", ("a",), "a", False),
        (OfferingType.WMS_RASTER, "wms", "wms-r", ("A",), "a", False),
        (OfferingType.WMS_RASTER, "wms", "wms-r", (), "a", False),
        (OfferingType.WMTS_TMS, "wms", "wmts", ("a",), "a", True),
        (OfferingType.WMTS_TMS, "vectortile", "tms/1.0.0/a/{z}/{x}/{y}.pbf", (), "a", True),
        (OfferingType.VECTOR_TMS, "vectortile", "vector-tms/a/{z}/{x}/{y}.pbf", (), "a", True),
        (OfferingType.VECTOR_TMS, "vectortile", "tms/1.0.0/a/{z}/{x}/{y}.pbf", (), "a", False),
        (OfferingType.WFS, "WFS", "wfs", ("plu:zone",), "plu", True),
        (OfferingType.WFS, "WFS", "wfs", ("plu",), "plu", True),
        (OfferingType.WFS, "WFS", "wfs", ("plus:zone",), "plu", False),
        (OfferingType.DOWNLOAD, "wms", "wms-r", ("a",), "a", False),
    ],
)
def test_a_layer_is_offered_by_type_and_name(
    kind: OfferingType, provider: str, url: str, names: tuple[str, ...], layer_name: str, is_opened: bool
) -> None:
    layer = need(f"{HOST}/private/{url}", *names, provider=provider)
    found = one(layer, account(key("k", (offering(layer_name, kind), None))))
    assert isinstance(found, OpenedBy) is is_opened


def test_names_in_url_templates_count_where_they_are_known() -> None:
    url = ("WMTS", f"{HOST}/private/wmts?service=WMTS&request=GetTile&layer=autre.nom&style={{style}}")
    opened = offering("a", OfferingType.UNKNOWN, url)
    layer = need(f"{HOST}/private/wmts", "autre.nom")
    assert isinstance(one(layer, account(key("k", (opened, None)))), OpenedBy)


def test_a_layer_of_the_old_geoportail_is_opened_under_its_name_or_has_no_successor() -> None:
    old = "https://wxs.ign.fr/cle/geoportail/r/wms"
    mine = key("k", (offering(SCAN), None))
    assert one(need(old, SCAN), account(mine)) == OpenedBy(mine.key)
    assert one(need(old, "ORTHOIMAGERY.ORTHOPHOTOS"), account(mine)) == NoSuccessor()
    assert one(need(old, SCAN), account()) == NoPermission(road_to((SCAN,), "compte-1"))


def test_two_layers_of_one_name_may_have_two_remedies() -> None:
    new, old = need(f"{HOST}/private/wms-r", "a"), need("https://wxs.ign.fr/cle/geoportail/r/wms", "a")
    assert [type(found) for found in remedies([new, old, new], account(), NOW)] == [
        NoPermission,
        NoSuccessor,
        NoPermission,
    ]
