"""The record of rotations under way."""

from __future__ import annotations

import json
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
    odd = {"x": {"id": 1}, "y": []}
    file.write_text(json.dumps({"version": 1, "entries": odd}), encoding="utf-8")
    assert rotations.entries() == ()
    rotations.remove(entry.id)
    assert json.loads(file.read_text(encoding="utf-8"))["entries"] == odd
