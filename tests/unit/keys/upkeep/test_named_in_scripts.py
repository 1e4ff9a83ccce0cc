"""What a script names: keys and offerings."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

import pytest

from gpkeys_plugin.entrepot.models import Access, Key, KeyType, Offering, OfferingType, Permission
from gpkeys_plugin.keys.draft import Grant
from gpkeys_plugin.keys.services import edit_catalogue
from gpkeys_plugin.keys.services.catalogue import Catalogue
from gpkeys_plugin.keys.upkeep import named_in_scripts

_NOW = datetime(2026, 11, 25, tzinfo=timezone.utc)
_MAP = Offering("o-map", OfferingType.WMS_RASTER, "scan25")
_TILES = Offering("o-tiles", OfferingType.WMTS_TMS, "scan25")
_PLU = Offering("o-plu", OfferingType.WFS, "plu_2026")
_WATER = Offering("o-water", OfferingType.WFS, "eau")
_GONE = Offering("o-gone", OfferingType.WFS, "ancien", status="UNPUBLISHED")
_OLD = Offering("o-old", OfferingType.WFS, "essai")
_PERMISSIONS = (
    Permission("p-scan", "SCAN 25", offerings=(_MAP, _TILES)),
    Permission("p-plu", "PLU", offerings=(_PLU, _GONE)),
    Permission("p-water", "Eau", only_oauth=True, offerings=(_WATER,)),
    Permission("p-old", "Essai", end_date=_NOW - timedelta(days=1), offerings=(_OLD,)),
)
_KEYS = (
    Key("id-1", "Poste 12", KeyType.HASH),
    Key("id-2", "Poste 13", KeyType.HASH),
    Key("id-3", "id-1", KeyType.BASIC),
)


def catalogue(kind: KeyType = KeyType.HASH) -> Catalogue:
    """Return what a key of a type may open."""
    return edit_catalogue.build(_PERMISSIONS, (), kind, _NOW)


def ids(found: named_in_scripts.Selection) -> set[str]:
    """Return the offerings of a selection."""
    return {grant.offering_id for grant in found.grants}


def test_a_list_is_split_and_each_entry_counts_once() -> None:
    assert named_in_scripts.entries(" a, b,,a , c d ") == ("a", "b", "c d")
    assert named_in_scripts.entries(" , ") == ()


def test_a_key_is_found_by_its_id_before_its_name() -> None:
    assert named_in_scripts.find_key("id-1", _KEYS) == _KEYS[0]
    assert named_in_scripts.find_key("Poste 13", _KEYS) == _KEYS[1]
    assert named_in_scripts.find_key("poste 13", _KEYS) is None


def test_a_key_that_is_not_there_is_answered_with_names_that_are_alike() -> None:
    assert "“Poste 12”" in str(named_in_scripts.no_such_key("Poste12", _KEYS))
    assert "Did you mean" not in str(named_in_scripts.no_such_key("tout autre", _KEYS))


def test_a_layer_name_means_every_offering_of_that_name_and_an_id_one() -> None:
    assert ids(named_in_scripts.select("scan25", catalogue())) == {"o-map", "o-tiles"}
    assert ids(named_in_scripts.select("o-tiles", catalogue())) == {"o-tiles"}
    assert named_in_scripts.select("plu_2026", catalogue()).grants == (Grant("o-plu", "p-plu"),)


@pytest.mark.parametrize(
    ("kind", "wanted"),
    [
        (KeyType.HASH, {"o-map", "o-tiles", "o-plu"}),
        (KeyType.OAUTH2, {"o-map", "o-tiles", "o-plu", "o-water"}),
    ],
)
def test_a_star_is_all_that_the_type_may_open(kind: KeyType, wanted: set[str]) -> None:
    found = named_in_scripts.select("*", catalogue(kind))
    assert (ids(found), found.problems) == (wanted, ())


@pytest.mark.parametrize(
    ("wanted", "said"),
    [
        ("eau", "Only an OAuth2 key"),
        ("ancien", "offline"),
        ("essai", "ended on 2026-11-23"),
        ("plu_206", "Did you mean “plu_2026”"),
        ("zzz", "No permission of yours covers “zzz”."),
    ],
)
def test_what_cannot_be_chosen_is_a_problem_where_it_is_named(wanted: str, said: str) -> None:
    found = named_in_scripts.select(f"{wanted}, scan25", catalogue())
    assert ids(found) == {"o-map", "o-tiles"}
    (problem,) = found.problems
    assert said in str(problem)


def test_accesses_are_named_like_offerings() -> None:
    accesses = (Access("a-1", _MAP, _PERMISSIONS[0]), Access("a-2", _PLU, None))
    assert named_in_scripts.select_accesses("plu_2026, nix", accesses) == named_in_scripts.AccessSelection(
        (accesses[1],), ("nix",)
    )
    assert named_in_scripts.select_accesses("*", accesses).accesses == accesses


def test_what_a_key_opens_already_is_not_asked_for_again() -> None:
    accesses = (Access("a-1", _MAP, None), Access("a-2", _OLD, _PERMISSIONS[3]))
    grants = (Grant("o-map", "p-scan"), Grant("o-tiles", "p-scan"), Grant("o-old", "p-scan"))
    assert named_in_scripts.not_open_yet(grants, accesses, _NOW) == grants[1:]
