"""A hash in an address, a source or any other text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gpkeys_plugin.keys.layer_needs.hash_in_text import (
    carries,
    hash_of_url,
    redacted,
    url_without_hash,
    with_hash_replaced,
)
from gpkeys_plugin.keys.services.connection_plans import url_with_hash

from .forms import NEW, OLD, any_hashes

LONGER = f"{OLD}bis"


@pytest.mark.parametrize("joint", ["apikey=", "apikey%3D", "apikey%253D", "APIKEY="])
def test_a_source_is_changed_in_its_own_spelling(joint: str) -> None:
    source = f"crs=EPSG:3857&url=http://h/x?a%3D1%26{joint}{OLD}&zmax=3"
    assert with_hash_replaced(source, OLD, NEW) == source.replace(OLD, NEW)
    longer = source.replace(OLD, LONGER)
    assert with_hash_replaced(longer, OLD, NEW) == longer
    assert (carries(source, hash_value=OLD), carries(longer, hash_value=OLD)) == (True, False)


def test_the_case_of_a_hash_counts() -> None:
    assert not carries(f"http://h?apikey={OLD.upper()}", hash_value=OLD)


def test_a_hash_with_signs_is_encoded_as_deep_as_the_old_one_was() -> None:
    assert with_hash_replaced(f"url=http://h?apikey%3D{OLD}", OLD, "a+b") == "url=http://h?apikey%3Da%252Bb"
    assert with_hash_replaced(f"http://h?apikey={OLD}", OLD, "a+b") == "http://h?apikey=a%2Bb"


def test_configurations_are_told_apart_by_the_whole_id() -> None:
    for source in ("a=1&authcfg=abcdef1&b=2", " url='u' authcfg='abcdef1'"):
        assert carries(source, authcfgs=["abcdef1"])
        assert not carries(source, authcfgs=["abcdef"])
    assert not carries("authcfg=abcdef1")


@pytest.mark.parametrize(
    ("url", "hash_value", "without"),
    [
        ("https://h/wms", None, "https://h/wms"),
        (f"https://h/wms?apikey={OLD}", OLD, "https://h/wms"),
        (f"https://h/wms?APIKEY={OLD}&a=1&b", OLD, "https://h/wms?a=1&b"),
        (f"https://h/wms?a=1&apikey={OLD}&b=%26#c", OLD, "https://h/wms?a=1&b=%26#c"),
        (f"https://h/t/{{z}}.png?a=1&apikey={OLD}", OLD, "https://h/t/{z}.png?a=1"),
        ("https://h/wms?apikey=", None, "https://h/wms"),
        (f"https://h/wms?xapikey={OLD}", None, f"https://h/wms?xapikey={OLD}"),
    ],
)
def test_a_hash_is_taken_out_of_a_url(url: str, hash_value: str | None, without: str) -> None:
    assert (hash_of_url(url), url_without_hash(url)) == (hash_value, without)


@given(
    st.sampled_from(("https://h/wms", "https://h/wms?a=1&b=%26", "https://h/{z}/{x}.png?c", "http://h?d=e#f")),
    any_hashes,
)
def test_what_was_put_in_comes_out(url: str, hash_value: str) -> None:
    changed = url_with_hash(url, hash_value)
    assert (hash_of_url(changed), url_without_hash(changed)) == (hash_value, url)


def test_no_hash_is_shown() -> None:
    for sentence in (
        f"failed (http://h?apikey={OLD})",
        f"uri url=http://h?a%3D1%26apikey%3D{OLD}&b",
        f"APIKEY%253D{OLD}",
    ):
        assert OLD not in redacted(sentence)
    assert redacted(f"a apikey={OLD}, b") == "a apikey=…, b"
