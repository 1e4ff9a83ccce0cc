"""The record of rotations under way."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from gpkeys_plugin.store.records.rotations import RotationRecords, UnfinishedRotation, new_id

API = "https://data.geopf.fr/api"


def test_rotations_are_recorded_without_secrets_and_read_with_tolerance(tmp_path: Path) -> None:
    file = tmp_path / "rotations.json"
    rotations = RotationRecords(file)
    entry = UnfinishedRotation(new_id(), API, "camille", "k1", "Clé", "HASH", "Clé (bis)", ("k1",))
    rotations.write(entry)
    rotations.write(replace(entry, new_key_id="k2", is_swapped=True))
    assert RotationRecords(file).find(entry.id) == replace(entry, new_key_id="k2", is_swapped=True)
    assert rotations.entries(API, "olga") == ()
    file.write_text('{"version": 1, "entries": {"x": {"id": 1}, "y": []}}', encoding="utf-8")
    assert rotations.entries() == ()
    rotations.remove(entry.id)
