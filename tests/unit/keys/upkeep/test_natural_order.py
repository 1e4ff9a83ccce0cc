"""The order of names as people read it."""

from __future__ import annotations

from gpkeys_plugin.keys.upkeep.natural_order import rank


def test_numbers_count_as_numbers_and_accents_do_not() -> None:
    names = ["Clé 10", "clé 2", "Clé", "Cle 2b", "10 clés", "9 clés", "Ève 1", "Eve 02", ""]
    assert sorted(names, key=rank) == ["", "9 clés", "10 clés", "Clé", "clé 2", "Cle 2b", "Clé 10", "Ève 1", "Eve 02"]


def test_any_two_names_can_be_compared() -> None:
    odd = ["1", "a1", "²", "٣", "1a", "a", "-1", "1.5"]
    assert len(sorted(odd, key=rank)) == len(odd)
