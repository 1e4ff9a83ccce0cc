"""The titles kept in the profile."""

from __future__ import annotations

import json
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest

from gpkeys_plugin.keys.services.titles import NO_TITLES, ServiceTitle
from gpkeys_plugin.store.records import titles

API = "https://api.example.fr/api"
NOW = datetime(2026, 11, 26, 12, tzinfo=timezone.utc)
VOIRIE = ServiceTitle("Voirie communale", "Chaussées et trottoirs.", ("Rochebrune",))


def test_what_the_catalogue_said_is_kept_for_a_day() -> None:
    titles.learn_from_catalogue(API, ["Voirie", "secret"], {"voirie": VOIRIE}, NOW)

    assert titles.book(API).find("VOIRIE") == VOIRIE
    assert titles.unknown(API, ["Voirie", "secret", "autre"], NOW + timedelta(hours=23)) == ("autre",)
    assert titles.unknown(API, ["Voirie", "secret"], NOW + timedelta(days=1)) == ("Voirie", "secret")
    assert titles.book(API).title("voirie") == "Voirie communale"


def test_what_is_no_longer_in_the_catalogue_loses_its_title() -> None:
    titles.learn_from_catalogue(API, ["voirie"], {"voirie": VOIRIE}, NOW)
    titles.learn_from_catalogue(API, ["voirie"], {}, NOW + timedelta(days=2))

    assert titles.book(API) == NO_TITLES


def test_a_title_of_the_service_itself_goes_first_and_is_not_asked_for() -> None:
    titles.learn_from_services(API, {"voirie": "Voirie (WMS)", "plu": ""})
    titles.learn_from_catalogue(API, ["voirie"], {"voirie": VOIRIE}, NOW)

    assert titles.book(API).find("voirie") == ServiceTitle("Voirie (WMS)", VOIRIE.description, VOIRIE.producers)
    assert titles.unknown(API, ["voirie", "plu"], NOW + timedelta(days=9)) == ("plu",)


def test_without_the_catalogue_the_services_own_titles_are_left() -> None:
    titles.learn_from_services(API, {"plu:zonage": "Zonage"})
    titles.learn_from_catalogue(API, ["voirie"], {"voirie": VOIRIE}, NOW)

    book = titles.book(API, with_catalogue=False)
    assert (book.title("voirie"), book.title("plu")) == ("", "Zonage")


def test_feature_types_answer_for_their_service() -> None:
    titles.learn_from_catalogue(API, ["plu"], {"plu:zonage": ServiceTitle("Zonage")}, NOW)

    assert titles.unknown(API, ["plu"], NOW) == ()
    assert titles.book(API).title("plu") == "Zonage"


def test_platforms_are_kept_apart() -> None:
    titles.learn_from_catalogue(API, ["voirie"], {"voirie": VOIRIE}, NOW)

    assert titles.book("https://api.example.fr/ap") == NO_TITLES
    assert titles.unknown("https://autre.example", ["voirie"], NOW) == ("voirie",)


def test_the_file_does_not_grow_without_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(titles, "MOST_ENTRIES", 3)
    for number in range(4):
        titles.learn_from_services(API, {f"couche{number}": f"Couche {number}", "couche0": "La première"})

    known = [name for name in ("couche0", "couche1", "couche2", "couche3") if titles.book(API).title(name)]
    assert known == ["couche0", "couche2", "couche3"]


def test_texts_are_cut() -> None:
    endless = ServiceTitle("t" * 5000, "d" * 5000, ("p" * 5000,) * 50)
    titles.learn_from_catalogue(API, ["x"], {"x": endless}, NOW)

    found = titles.book(API).find("x")
    assert found is not None
    assert (len(found.title), len(found.description), len(found.producers)) == (200, 500, 5)
    assert len(found.producers[0]) == 200


@pytest.mark.parametrize("asked", ["", "hier", "2026-11-26T12:00:00", "2999-01-01T00:00:00+00:00", None])
def test_an_entry_whose_day_makes_no_sense_is_asked_for_again(tmp_path: Path, asked: str | None) -> None:
    titles.learn_from_catalogue(API, ["voirie"], {}, NOW)
    path = tmp_path / "titles.json"
    entries = json.loads(path.read_text(encoding="utf-8"))["entries"]
    odd = {key: {**entry, "asked": asked} for key, entry in entries.items()}
    path.write_text(json.dumps({"entries": {**odd, f"{API} x": 3}}), encoding="utf-8")

    assert titles.unknown(API, ["voirie", "x"], NOW) == ("voirie", "x")
    assert titles.book(API) == NO_TITLES
