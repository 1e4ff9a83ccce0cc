"""Names of connections."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from gpkeys_plugin.keys.services.connection_names import MAX_LENGTH, clean, connection_name


def test_a_plain_name_stays_readable() -> None:
    assert connection_name("Clé de l'été", "WMS raster") == "Clé de l'été – WMS raster"


def test_separators_of_settings_keys_give_way() -> None:
    assert connection_name("plan/2026\\b", "TMS a/b") == "plan∕2026∖b – TMS a∕b"


def test_line_breaks_and_outer_spaces_go() -> None:
    assert clean("  a\n\tb \x00 ") == "a b"


def test_a_taken_name_gets_a_number() -> None:
    first = connection_name("Clé", "WFS")
    assert connection_name("Clé", "WFS", [first]) == "Clé – WFS (2)"
    assert connection_name("CLÉ", "WFS", [first, "clé – wfs (2)"]) == "CLÉ – WFS (3)"


def test_two_long_names_stay_apart() -> None:
    one, other = (connection_name("n" * 300 + end, "WMS raster") for end in "ab")
    assert one != other
    assert one.endswith(" – WMS raster")
    assert len(one) == len(other) == MAX_LENGTH


@given(st.text(max_size=400), st.text(max_size=300), st.lists(st.text(max_size=5), max_size=3))
def test_every_name_can_be_a_settings_key(key_name: str, label: str, others: list[str]) -> None:
    first = connection_name(key_name, label, others)
    second = connection_name(key_name, label, [*others, first])
    for name in (first, second):
        assert len(name) <= MAX_LENGTH
        assert not set("/\\\n\r\t\0") & set(name)
        assert name == name.strip()
        name.encode()
    assert first.casefold() != second.casefold()
