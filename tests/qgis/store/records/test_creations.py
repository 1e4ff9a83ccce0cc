"""The record of creations under way."""

from __future__ import annotations

import json
from pathlib import Path

from gpkeys_plugin.store.records.creations import CreationRecords

from .begun import API, begun


def test_entries_that_make_no_sense_are_skipped_and_kept(tmp_path: Path) -> None:
    path = tmp_path / "journal.json"
    creations, entry = CreationRecords(path), begun()
    creations.write(entry)
    odd = {"a": None, "b": {"api_url": API}, "c": {"grants": 3}}
    entries = json.loads(path.read_text(encoding="utf-8"))["entries"]
    path.write_text(json.dumps({"version": 1, "entries": {**entries, **odd}}), encoding="utf-8")

    assert creations.entries() == (entry,)
    creations.remove(entry.id)
    assert json.loads(path.read_text(encoding="utf-8"))["entries"] == odd


def test_they_are_kept_in_the_profile(tmp_path: Path) -> None:
    CreationRecords().write(begun())
    assert len(CreationRecords(tmp_path / "journal.json").entries()) == 1
