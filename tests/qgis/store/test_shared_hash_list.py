"""The list of shared hashes that comes with the plugin."""

from __future__ import annotations

from datetime import date

from gpkeys_plugin.store.shared_hash_list import ended_shared_hashes


def test_the_hash_of_the_scan_maps_is_in_it_since_it_was_switched_off() -> None:
    assert set(ended_shared_hashes(date(2026, 10, 26))) == {"ign_scan_ws"}
    assert ended_shared_hashes(date(2026, 10, 25)) == {}
