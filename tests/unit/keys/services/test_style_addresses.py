"""Where the parts of a producer's style may be asked for, and where the key goes along."""

from __future__ import annotations

import pytest

from gpkeys_plugin.keys.services.style_addresses import (
    SpriteAddresses,
    is_private,
    may_be_asked,
    private_root,
    sprite_addresses,
)

TILES = "https://data.example.org/private/tms/1.0.0/PLAN/{z}/{x}/{y}.pbf"
PUBLIC_TILES = "https://data.example.org/tms/1.0.0/PLAN/{z}/{x}/{y}.pbf"
LOCAL_TILES = "http://127.0.0.1:8080/private/tms/1.0.0/PLAN/{z}/{x}/{y}.pbf"
ROOT = "https://data.example.org/private"


def test_the_key_of_private_tiles_opens_what_is_private_on_their_host() -> None:
    assert private_root(TILES) == ROOT
    assert private_root(LOCAL_TILES) == "http://127.0.0.1:8080/private"
    assert private_root(PUBLIC_TILES) == ""
    assert private_root("https://data.example.org/privateer/tms") == ""


@pytest.mark.parametrize(
    "address",
    [
        f"{ROOT}/annexes/style.json",
        f"{ROOT}/tms/1.0.0/PLAN/style.json?v=2",
        "https://DATA.example.org:443/private/x.json",
    ],
)
def test_the_key_goes_below_the_private_root(address: str) -> None:
    assert is_private(address, ROOT)


@pytest.mark.parametrize(
    "address",
    [
        "https://data.example.org/annexes/style.json",
        "https://data.example.org/privateer/style.json",
        "https://data.example.org/private/../annexes/style.json",
        "https://data.example.org/private/%2e%2e/annexes/style.json",
        "https://data.example.org/annexes?/private/x.json",
        "https://data.example.org/annexes#/private/x.json",
        "https://data.example.org:8443/private/x.json",
        "http://data.example.org/private/x.json",
        "https://other.example.org/private/x.json",
        "https://data.example.org.evil.example/private/x.json",
        "https://data.example.org@evil.example/private/x.json",
        "https://evil.example\\@data.example.org/private/x.json",
        "https://data.example.org\t/private/x.json",
        "//data.example.org/private/x.json",
        "/private/x.json",
        "",
    ],
)
def test_the_key_goes_nowhere_else(address: str) -> None:
    assert not is_private(address, ROOT)


def test_public_tiles_have_no_key_to_give() -> None:
    assert not is_private(f"{ROOT}/x.json", "")


@pytest.mark.parametrize(
    ("address", "tiles", "may_be"),
    [
        ("https://data.example.org/annexes/s.json", TILES, True),
        ("https://other.example.org/sprite.png", TILES, True),
        ("https://other.example.org/sprite.png", LOCAL_TILES, True),
        ("http://data.example.org/annexes/s.json", TILES, False),
        ("http://other.example.org/annexes/s.json", LOCAL_TILES, False),
        ("file:///etc/hostname", TILES, False),
        ("ftp://data.example.org/s.json", TILES, False),
        ("data:application/json,{}", TILES, False),
        ("mapbox://sprites/x", TILES, False),
        ("https:///s.json", TILES, False),
        ("https://other.example.org:port/s.json", TILES, False),
        ("https://[::1", TILES, False),
        # What listens on this machine only is asked where the tiles come from it too.
        ("http://127.0.0.1:9/s.json", TILES, False),
        ("https://localhost/s.json", TILES, False),
        ("https://a.localhost/s.json", TILES, False),
        ("https://[::1]/s.json", TILES, False),
        ("http://127.0.0.1:9/s.json", LOCAL_TILES, True),
    ],
)
def test_what_a_style_names_is_asked_over_https_only(address: str, tiles: str, may_be: bool) -> None:
    assert may_be_asked(address, tiles) is may_be


@pytest.mark.parametrize(
    ("style", "sprite", "base", "query"),
    [
        ("https://h.example/a/s.json", "https://i.example/b/sprite", "https://i.example/b/sprite", ""),
        ("https://h.example/a/s.json?v=2", "sprite", "https://h.example/a/sprite", ""),
        ("https://h.example/a/s.json", "../sprites/plan", "https://h.example/sprites/plan", ""),
        ("https://h.example/a/s.json", "/sprite?v=3", "https://h.example/sprite", "?v=3"),
        ("https://h.example/a/s.json", "//i.example/sprite", "https://i.example/sprite", ""),
    ],
)
def test_icons_are_asked_for_in_the_finer_resolution_first(style: str, sprite: str, base: str, query: str) -> None:
    assert sprite_addresses(style, sprite) == (
        SpriteAddresses(f"{base}@2x.json{query}", f"{base}@2x.png{query}"),
        SpriteAddresses(f"{base}.json{query}", f"{base}.png{query}"),
    )


@pytest.mark.parametrize("sprite", ["mapbox:", "https://[::1", "https://user@h.example/sprite"])
def test_icons_at_no_readable_address_are_not_asked_for(sprite: str) -> None:
    assert sprite_addresses("https://h.example/s.json", sprite) == ()
