"""What a script asks of an existing key, and user names it is spared to invent."""

from __future__ import annotations

from gpkeys_plugin.keys.draft import Grant, PlainFilters
from gpkeys_plugin.keys.problem import Field
from gpkeys_plugin.keys.upkeep.key_edits import KeyEdit
from gpkeys_plugin.keys.upkeep.partial_edits import KeyWish, with_wish

_A, _B, _C = Grant("a", "p"), Grant("b", "p"), Grant("c", None)
_EDIT = KeyEdit("Poste", (_A, _B), PlainFilters(("192.0.2.1/32",), (), "QGIS", ""), frozenset({Field.REFERER}))


def test_no_wish_leaves_a_key_as_it_is() -> None:
    assert with_wish(_EDIT, KeyWish()) == _EDIT


def test_additions_and_removals() -> None:
    assert with_wish(_EDIT, KeyWish(additions=(_C, _A), removals=(_B,))).grants == (_A, _C)


def test_an_empty_text_clears_a_filter_and_none_keeps_it() -> None:
    changed = with_wish(_EDIT, KeyWish(whitelist=(), user_agent=""))
    assert changed.filters == PlainFilters()
    assert with_wish(_EDIT, KeyWish(name="Autre")).filters == _EDIT.filters


def test_a_pattern_that_plain_text_cannot_say_is_kept_until_it_is_spoken_of() -> None:
    assert with_wish(_EDIT, KeyWish(user_agent="x")).kept_patterns == {Field.REFERER}
    assert with_wish(_EDIT, KeyWish(referer="")).kept_patterns == frozenset()
