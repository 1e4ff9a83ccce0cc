"""Which of a producer's styles is drawn first, and what each is called."""

from __future__ import annotations

import pytest

from gpkeys_plugin.keys.services.layer_recipes import StyleLink
from gpkeys_plugin.keys.services.style_choice import by_preference, public_style

ROOT = "https://data.example.org/annexes/ressources/vectorTiles/styles"


def named(*names: str) -> tuple[StyleLink, ...]:
    return tuple(StyleLink(name, f"{ROOT}/PLAN.IGN/{name}.json") for name in names)


@pytest.mark.parametrize(
    ("names", "layer", "first"),
    [
        (("gris", "accentué", "standard", "sans_toponymes"), "PLAN.IGN", "standard"),
        (("gris", "Standard"), "PLAN.IGN", "Standard"),
        (("epure", "défaut"), "PLAN.IGN", "défaut"),
        (("noir_et_blanc", "classique"), "PLAN.IGN", "classique"),
        (("classique", "standard"), "PLAN.IGN", "standard"),
        (("gris", "plan.ign"), "PLAN.IGN", "plan.ign"),
        (("gris", "adminexpress"), "ADMINEXPRESS-COG.LATEST", "adminexpress"),
        (("gris", "pci"), "CADASTRE:PCI", "pci"),
        (("gris", "plan_ign_standard"), "BDTOPO", "plan_ign_standard"),
        (("essai", "autre"), "BDTOPO", "essai"),
        (("standardise", "autre"), "BDTOPO", "standardise"),
        (("—", "autre"), "BDTOPO", "—"),
        ((), "BDTOPO", None),
    ],
)
def test_the_usual_style_comes_first(names: tuple[str, ...], layer: str, first: str | None) -> None:
    found = by_preference(named(*names), layer)
    assert (found[0].name if found else None) == first
    others = [name for name in names if name != first]
    assert [link.name for link in found[1:]] == others


def test_one_style_listed_twice_is_one() -> None:
    assert len(by_preference(named("gris", "gris"), "PLAN.IGN")) == 1


def test_styles_of_one_name_are_told_apart_by_their_folder() -> None:
    links = [StyleLink("style", f"{ROOT}/{folder}/style.json") for folder in ("gris", "standard", "noir%20et%20blanc")]
    assert [link.name for link in by_preference(links, "PLAN")] == [
        "standard style",
        "gris style",
        "noir et blanc style",
    ]


def test_styles_that_are_alike_to_the_folder_get_numbers() -> None:
    links = [StyleLink("style", f"{ROOT}/{folder}/1/style.json") for folder in ("a", "b")]
    names = [link.name for link in by_preference(links, "PLAN")]
    assert names == ["1 style (1)", "1 style (2)"]


TILES = "https://data.example.org/private/tms/1.0.0/PLAN/{z}/{x}/{y}.pbf"


@pytest.mark.parametrize(
    ("address", "is_left_to_qgis"),
    [
        (f"{ROOT}/standard.json", True),
        ("https://other.example.org/standard.json", True),
        ("https://data.example.org/private/annexes/standard.json", False),
        (f"{ROOT}/standard.json?apikey=x", False),
        (f"{ROOT}/standard.json?key=x", False),
        ("http://data.example.org/annexes/standard.json", False),
        ("https://user@data.example.org/annexes/standard.json", False),
        ("file:///standard.json", False),
    ],
)
def test_qgis_is_left_to_read_public_styles_only(address: str, is_left_to_qgis: bool) -> None:
    links = [StyleLink("gris", f"{ROOT}/gris.json"), StyleLink("standard", address)]
    assert public_style(links, "PLAN", TILES) == (address if is_left_to_qgis else "")


def test_tiles_without_a_style_leave_qgis_none() -> None:
    assert public_style((), "PLAN", TILES) == ""
