"""The hashes that everybody used."""

from __future__ import annotations

from datetime import date

import pytest

from gpkeys_plugin.keys.layer_needs.shared_hashes import SharedHash, read_shared_hashes
from tests.tooling.tree import PLUGIN

LISTED = (PLUGIN / "resources" / "shared_hashes.json").read_text(encoding="utf-8")


def test_the_one_for_the_scan_maps_has_ended() -> None:
    expected = SharedHash("ign_scan_ws", date(2026, 10, 26), "SCAN 25, SCAN 100, SCAN OACI")
    assert read_shared_hashes(LISTED, date(2026, 10, 26)) == {"ign_scan_ws": expected}


def test_one_that_opens_still_is_left_out() -> None:
    assert read_shared_hashes(LISTED, date(2026, 10, 25)) == {}


@pytest.mark.parametrize("text", ["", "[{}]", '[{"hash": "a", "ended": "bientôt"}]'])
def test_a_list_that_is_none_is_told(text: str) -> None:
    with pytest.raises((ValueError, KeyError)):
        read_shared_hashes(text, date(2026, 11, 1))
