"""What people call the services."""

from __future__ import annotations

import pytest

from gpkeys_plugin.keys.services.titles import NO_TITLES, ServiceTitle, TitleBook

BOOK = TitleBook.of(
    {
        "Commune.Voirie": ServiceTitle("Voirie communale"),
        "plu:zonage": ServiceTitle("PLU 2026 du bourg : zonage", "Zones", ("Commune",)),
        "plu:prescription": ServiceTitle("PLU 2026 du bourg : prescriptions"),
        "eau:canalisation": ServiceTitle("Canalisations"),
        "bdtopo:route": ServiceTitle("Routes"),
        "bdtopo:gare": ServiceTitle("Gares"),
        "sans_titre": ServiceTitle("SANS_TITRE"),
        "vide": ServiceTitle(""),
    }
)


@pytest.mark.parametrize(
    ("name", "title"),
    [
        ("commune.VOIRIE", "Voirie communale"),
        ("plu:zonage", "PLU 2026 du bourg : zonage"),
        ("plu", "PLU 2026 du bourg"),
        ("eau", "Canalisations"),
        ("bdtopo", "Routes, Gares"),
        ("sans_titre", ""),
        ("vide", ""),
        ("inconnu", ""),
    ],
)
def test_a_layer_is_found_by_its_name(name: str, title: str) -> None:
    assert BOOK.title(name) == title
    assert (BOOK.find(name) is not None) is bool(title)


def test_many_feature_types_are_not_all_named() -> None:
    book = TitleBook.of({f"x:{name}": ServiceTitle(name) for name in ("Un", "Deux", "Trois", "Quatre")})
    assert book.title("x") == "Un, Deux, Trois, …"


def test_a_title_of_the_service_itself_goes_before_those_of_its_types() -> None:
    book = TitleBook.of({"plu": ServiceTitle("Le plan"), "plu:zonage": ServiceTitle("Zonage")})
    assert book.title("plu") == "Le plan"


def test_title_and_name_are_shown_together() -> None:
    assert BOOK.known_as("commune.voirie") == "Voirie communale – commune.voirie"
    assert BOOK.known_as("inconnu") == "inconnu"
    assert NO_TITLES.known_as("plu") == "plu"


def test_a_book_can_grow() -> None:
    grown = BOOK.extended({"neuf": ServiceTitle("Tout neuf")})
    assert (grown.title("neuf"), grown.title("plu"), BOOK.title("neuf")) == ("Tout neuf", "PLU 2026 du bourg", "")
    assert TitleBook.of({}) == NO_TITLES
