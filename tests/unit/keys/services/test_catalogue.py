"""What an account may choose from."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

import pytest

from gpkeys_plugin.entrepot.models import Offering, OfferingType, Permission
from gpkeys_plugin.keys.draft import Grant
from gpkeys_plugin.keys.services.catalogue import Choice, build, is_expired
from gpkeys_plugin.keys.services.catalogue_search import search
from gpkeys_plugin.keys.services.titles import ServiceTitle, TitleBook

NOW = datetime(2026, 9, 1, 12, tzinfo=timezone.utc)


def offering(offering_id: str, layer_name: str = "", **more: object) -> Offering:
    values = {"type": OfferingType.WFS, "status": "PUBLISHED", **more}
    return Offering(offering_id, layer_name=layer_name or offering_id, **values)  # type: ignore[arg-type]


def permission(name: str, *offerings: Offering, days: float | None = None, only_oauth: bool = False) -> Permission:
    end_date = None if days is None else NOW + timedelta(days=days)
    return Permission(name, f"Licence {name}", end_date, only_oauth, offerings)


def only_choice(*permissions: Permission) -> Choice:
    (choice,) = build(permissions, NOW).choices
    return choice


@pytest.mark.parametrize(
    ("better", "worse"),
    [
        ({"days": None}, {"days": 500}),
        ({"days": 30}, {"days": 20}),
        ({"days": None}, {"days": None, "only_oauth": True}),
        ({"days": 10}, {"days": 10, "only_oauth": True}),
        ({"days": 30, "only_oauth": True}, {"days": 20}),
    ],
)
def test_an_offering_stands_once_under_the_better_permission(
    better: dict[str, object], worse: dict[str, object]
) -> None:
    good = permission("good", offering("o"), **better)  # type: ignore[arg-type]
    bad = permission("bad", offering("o"), **worse)  # type: ignore[arg-type]
    for order in ((good, bad), (bad, good)):
        choice = only_choice(*order)
        assert choice.key == ("o", "good")
        assert [other.id for other in choice.alternatives] == ["bad"]


def test_the_other_permission_can_be_taken() -> None:
    choice = only_choice(permission("a", offering("o")), permission("b", offering("o"), days=3))
    other = choice.through("b")
    assert (other.grant, [known.id for known in other.alternatives]) == (Grant("o", "b"), ["a"])


def test_a_group_that_lost_all_its_choices_is_not_shown() -> None:
    catalogue = build([permission("a", offering("o")), permission("b", offering("o"), days=3), permission("c")], NOW)
    assert [group.permission.id for group in catalogue.groups] == ["a", "c"]


def test_expired_permissions_are_apart_and_not_selectable() -> None:
    catalogue = build([permission("old", offering("o"), days=-1), permission("new", offering("o"), days=1)], NOW)
    assert [group.permission.id for group in catalogue.groups] == ["new"]
    (choice,) = catalogue.expired[0].choices
    assert not choice.is_selectable
    assert "ended" in str(choice.reason)


def test_a_permission_ends_at_its_end_date() -> None:
    assert is_expired(permission("a", days=0), NOW)
    assert not is_expired(permission("a"), NOW)


@pytest.mark.parametrize(
    ("status", "is_selectable", "warns"),
    [
        ("PUBLISHED", True, False),
        ("", True, False),
        ("MODIFYING", True, True),
        ("PUBLISHING", True, True),
        ("UNSTABLE", True, True),
        ("UNPUBLISHING", False, False),
        ("UNPUBLISHED", False, False),
        ("A_LATER_ONE", True, False),
    ],
)
def test_statuses(status: str, is_selectable: bool, warns: bool) -> None:
    choice = only_choice(permission("a", offering("o", status=status)))
    assert (choice.is_selectable, choice.warning is not None) == (is_selectable, warns)


def test_kinds_without_connection_stay_selectable_and_unavailable_ones_warn() -> None:
    assert only_choice(permission("a", offering("o", type=OfferingType.VECTOR_TMS))).is_selectable
    choice = only_choice(permission("a", offering("o", is_available=False)))
    assert choice.is_selectable
    assert choice.warning is not None


def test_repeated_permissions_and_offerings_count_once() -> None:
    twice = permission("a", offering("o"), offering("o"))
    assert only_choice(twice, twice).alternatives == ()


def test_groups_and_choices_are_in_order_of_their_names() -> None:
    catalogue = build([permission("é", offering("z"), offering("B")), permission("f"), permission("E")], NOW)
    assert [group.permission.id for group in catalogue.groups] == ["E", "é", "f"]
    assert [choice.offering.id for choice in catalogue.choices] == ["B", "z"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("", ["eau", "scan"]),
        ("ÉAU", ["eau"]),
        ("reseaux", ["eau"]),
        ("oeuvre", ["scan"]),
        ("wmts", ["scan"]),
        ("wmts tms oeuvre", ["scan"]),
        ("wfs oeuvre", []),
        ("  ", ["eau", "scan"]),
        ("nothing", []),
    ],
)
def test_search(text: str, found: list[str]) -> None:
    water = Permission("p", "Réseaux d'eau", offerings=(offering("eau"),))
    scan = Permission("q", "Œuvre commune", offerings=(offering("scan", type=OfferingType.WMTS_TMS),))
    old = permission("old", offering("x"), days=-1)
    assert sorted(choice.offering.id for choice in search(build([water, scan, old], NOW), text).choices) == found


def test_search_also_looks_through_expired_permissions() -> None:
    catalogue = build([permission("old", offering("ortho"), days=-1)], NOW)
    assert len(search(catalogue, "ortho").expired) == 1
    assert search(catalogue, "scan").expired == ()


def test_find_also_knows_alternatives() -> None:
    catalogue = build([permission("a", offering("o")), permission("b", offering("o"), days=3)], NOW)
    found = [catalogue.find(Grant("o", name)) for name in ("a", "b", "c")]
    assert [choice and choice.permission.id for choice in found] == ["a", "b", None]


@pytest.mark.parametrize(
    ("text", "found"), [("téléch", ["f"]), ("téléch plu", ["f"]), ("téléch eau", []), ("eau", ["o"])]
)
def test_a_type_is_searched_by_what_people_call_it(text: str, found: list[str]) -> None:
    files = offering("f", "plu", type=OfferingType.DOWNLOAD)
    known = build([permission("a", files, offering("o", "eau"))], NOW)
    types = {OfferingType.DOWNLOAD: "telechargement"}
    assert [choice.offering.id for choice in search(known, text, types=types).choices] == found


@pytest.mark.parametrize("text", ["voirie", "COMMUNALE réseau", "reseau_v2"])
def test_a_title_is_searched_like_the_name(text: str) -> None:
    titles = TitleBook.of({"Reseau_V2": ServiceTitle("Réseau de voirie communale")})
    known = build([permission("a", offering("o", "reseau_v2"), offering("p", "autre"))], NOW)
    assert [choice.offering.id for choice in search(known, text, titles).choices] == ["o"]
    assert search(known, "voirie").choices == ()
