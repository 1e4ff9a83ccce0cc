"""Ids of authentication configurations: the same on every computer, another one for every other thing."""

from __future__ import annotations

import itertools
import unicodedata

import pytest

from gpkeys_plugin.keys import configuration_ids

API = "https://data.geopf.fr/api"
PINNED = ("s3w25y2", "jz3tohj")
ACCOUNT = "0b6f2f0e-7a39-4a3b-8a0e-0e5f5a2f6c11"


def first(api_url: str = API, account_id: str = ACCOUNT, key_name: str = "Été 2026") -> str:
    """Return the first choice."""
    return configuration_ids.ids_for_key(api_url, account_id, key_name)[0]


def test_they_are_those_that_other_computers_have_written_into_projects() -> None:
    """Written down: another derivation would part every project from its configuration."""
    assert configuration_ids.ids_for_key(API, ACCOUNT, "Été 2026") == PINNED


def test_they_are_ids_everywhere_in_qgis() -> None:
    seen = [configuration_ids.ids_for_key(API, ACCOUNT, f"clé {number}") for number in range(500)]
    flat = list(itertools.chain(*seen))
    assert all(configuration_ids.is_id(id_) for id_ in flat)
    assert len(set(flat)) == len(flat) == 1000


@pytest.mark.parametrize("name", ["été 2026", "Été  2026", "Été 2026 bis", "Ete 2026", ""])
def test_another_name_is_another_key(name: str) -> None:
    assert first(key_name=name) != first()


def test_the_form_of_accents_and_outer_spaces_do_not_count() -> None:
    assert first(key_name=f" {unicodedata.normalize('NFD', 'Été 2026')}\n") == first()


def test_another_account_or_platform_is_another_key() -> None:
    assert first(account_id="autre") != first()
    assert first(api_url="https://data-qua.priv.geopf.fr/api") != first()
    assert first(api_url="https://Data.geopf.fr/api/") == first()


def test_what_stands_where_matters() -> None:
    assert first(account_id="ab", key_name="c") != first(account_id="a", key_name="bc")


def test_without_an_account_there_is_none() -> None:
    assert configuration_ids.ids_for_key(API, "", "Été 2026") == ()


def test_any_text_can_be_a_name() -> None:
    assert configuration_ids.is_id(first(key_name="\ud800 🗺 '\"\\ \0"))


@pytest.mark.parametrize("text", ["abcdef", "abcdefgh", "abc_def", "abcdéfg", "abcdef ", "abcdef\n", "", "'); --a"])
def test_what_qgis_would_not_find_again_is_no_id(text: str) -> None:
    assert not configuration_ids.is_id(text)
    assert configuration_ids.is_id("aB3dEf9")
