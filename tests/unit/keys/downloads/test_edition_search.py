"""Which of many editions a list shows."""

from __future__ import annotations

import pytest

from gpkeys_plugin.entrepot.downloads.models import Edition, Term
from gpkeys_plugin.keys.downloads.edition_search import EditionSearch, found, searchable, terms_of

from .test_edition_choice import ALL, CANTAL, NEW, OLD, PNG

_EVERY = tuple(map(searchable, ALL))


@pytest.mark.parametrize(
    ("wanted", "shown"),
    [
        (EditionSearch(), (CANTAL, PNG, NEW)),
        (EditionSearch(is_newest_only=False), ALL),
        (EditionSearch(zone="D063", is_newest_only=False), (OLD, PNG, NEW)),
        (EditionSearch(format="PNG"), (PNG,)),
        (EditionSearch("PUY de dome"), (NEW,)),
        # Of what is searched for, the newest: not the newest of all, where that is another one.
        (EditionSearch("2024"), (OLD,)),
        (EditionSearch(extent=(0.14, 45.5, 0.16, 45.6)), (CANTAL,)),
        (EditionSearch("introuvable"), ()),
    ],
)
def test_searches(wanted: EditionSearch, shown: tuple[Edition, ...]) -> None:
    assert found(_EVERY, wanted) == shown


def test_the_reference_system_is_searched_too() -> None:
    other = Edition("SCAN", "a", "a", crs=("EPSG:2975",))
    assert found([searchable(other), *_EVERY], EditionSearch("2975")) == (other,)


def test_each_zone_and_format_is_offered_once() -> None:
    assert [term.code for term in terms_of(ALL, "zones")] == ["D015", "D063"]
    assert terms_of([NEW, OLD], "zones") == (Term("D063", "D063 Puy-de-Dôme"),)
    assert [term.code for term in terms_of(ALL, "formats")] == ["PNG", "TIFF"]
