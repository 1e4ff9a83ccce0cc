"""Ranges of addresses."""

from __future__ import annotations

import ipaddress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gpkeys_plugin.keys.rules import ip_ranges


@pytest.mark.parametrize(
    ("entry", "meant"),
    [
        ("192.0.2.1", "192.0.2.1/32"),
        (" 192.0.2.0/24 ", "192.0.2.0/24"),
        ("192.0.2.0/255.255.255.0", "192.0.2.0/24"),
        ("2001:DB8::1", "2001:db8::1/128"),
        ("2001:db8:0:0::/32", "2001:db8::/32"),
    ],
)
def test_good_entries(entry: str, meant: str) -> None:
    assert ip_ranges.problem(entry) is None
    assert ip_ranges.normalized(entry) == meant


@pytest.mark.parametrize(
    "entry", ["", "x", "192.0.2", "192.0.2.0/33", "192.0.2.1-5", "fe80::1%eth0", "١.2.3.4", "::/129"]
)
def test_bad_entries(entry: str) -> None:
    text = ip_ranges.problem(entry)
    assert text is not None
    assert "neither" in str(text)
    assert ip_ranges.normalized(entry) == entry


def test_host_bits_are_explained_with_what_to_write() -> None:
    text = str(ip_ranges.problem("192.168.1.7/24"))
    assert "192.168.1.0/24" in text
    assert "192.168.1.7/32" in text
    assert "2001:db8::/64" in str(ip_ranges.problem("2001:db8::1/64"))


def test_private_and_total_ranges() -> None:
    assert ip_ranges.is_private("10.1.0.0/16")
    assert ip_ranges.is_private("fd00::/8")
    assert not ip_ranges.is_private("192.0.0.0/8")
    assert not ip_ranges.is_private("x")
    assert ip_ranges.is_everything("0.0.0.0/0")
    assert ip_ranges.is_everything("::/0")
    assert not ip_ranges.is_everything("x")


@given(st.ip_addresses(), st.integers(0, 128))
def test_a_range_holds_the_address_it_was_made_from(
    address: ipaddress.IPv4Address | ipaddress.IPv6Address, prefix: int
) -> None:
    network = ipaddress.ip_network(f"{address}/{min(prefix, address.max_prefixlen)}", strict=False)
    entry = ip_ranges.normalized(str(network))
    assert ip_ranges.contains(entry, str(address))
    assert ip_ranges.normalized(entry) == entry


@given(st.text(max_size=30))
def test_any_text_is_judged_without_an_exception(entry: str) -> None:
    text = ip_ranges.problem(entry)
    if text is not None:
        str(text)
