"""Which editions are meant."""

from __future__ import annotations

import pytest

from gpkeys_plugin.entrepot.downloads.models import Edition, Term
from gpkeys_plugin.keys.downloads.edition_choice import EditionChoice, chosen, service_filters


def edition(zone: str, date: str, kind: str = "TIFF", version: str = "3-1", label: str = "") -> Edition:
    """Return an edition as the platform names them."""
    name = f"SCAN25_{version}_{kind}_LAMB93_{zone}_{date}"
    x = float(zone[1:]) / 100
    return Edition("SCAN", name, name, (Term(zone, label),), (Term(kind),), (), date, (x, 45.0, x + 0.005, 46.0))


OLD, NEW = edition("D063", "2024-01-01"), edition("D063", "2026-01-01", version="3-2", label="D063 Puy-de-Dôme")
CANTAL = edition("D015", "2025-01-01")
PNG = edition("D063", "2023-01-01", "PNG")
ALL = (OLD, CANTAL, PNG, NEW)


@pytest.mark.parametrize(
    ("choice", "found"),
    [
        (EditionChoice(), (CANTAL, PNG, NEW)),
        (EditionChoice(edition="*"), ALL),
        (EditionChoice(zone="63", format="tiff"), (NEW,)),
        (EditionChoice(zone="D063", edition="*"), (OLD, PNG, NEW)),
        (EditionChoice(zone="puy-de-dôme", edition="*"), (NEW,)),
        (EditionChoice(zone="15"), (CANTAL,)),
        (EditionChoice(edition="2024"), (OLD,)),
        (EditionChoice(edition=NEW.name), (NEW,)),
        (EditionChoice(format="JP2"), ()),
        (EditionChoice(extent=(0.14, 45.5, 0.16, 45.6)), (CANTAL,)),
        (EditionChoice(extent=(9.0, 45.5, 9.1, 45.6)), ()),
    ],
)
def test_choices(choice: EditionChoice, found: tuple[Edition, ...]) -> None:
    assert chosen(ALL, choice) == found


def test_an_edition_that_does_not_say_where_it_lies_may_lie_there() -> None:
    lost = Edition("SCAN", "a", "a")
    assert chosen([lost], EditionChoice(extent=(0.0, 0.0, 1.0, 1.0))) == (lost,)


def test_what_the_service_filters_itself() -> None:
    assert service_filters(EditionChoice(zone="2a")) == {"zone": "D02A"}
    assert service_filters(EditionChoice(zone="Corse")) == {}
    found = service_filters(EditionChoice(extent=(2.0, 45.0, 3.0, 46.0)))["polygon"]
    assert found.split(";")[0] == found.split(";")[-1] == "2.000000,45.000000"
