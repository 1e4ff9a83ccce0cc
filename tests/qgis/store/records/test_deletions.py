"""The record of deletions under way."""

from __future__ import annotations

import json
from pathlib import Path

from gpkeys_plugin.keys.services.connection_plans import ConnectionKind
from gpkeys_plugin.keys.services.layer_recipes import WrittenConnection
from gpkeys_plugin.store.records.deletions import DeletionRecords, UnfinishedDeletion, new_id

from .begun import API


def test_a_deletion_is_read_back_as_it_was_written_and_what_cannot_be_read_is_none(tmp_path: Path) -> None:
    file = tmp_path / "deletions.json"
    written = (WrittenConnection(ConnectionKind.WFS, "Clé – WFS"),)
    entry = UnfinishedDeletion(new_id(), API, "camille", "k1", "Clé", "BASIC", written, ("abc1234",))
    DeletionRecords(file).write(entry)
    assert DeletionRecords(file).entries() == (entry,)
    stored = json.loads(file.read_text(encoding="utf-8"))
    stored["entries"]["x"] = {"key_id": "k", "connections": [{"kind": "?"}]}
    file.write_text(json.dumps(stored), encoding="utf-8")
    assert DeletionRecords(file).entries(API, "camille") == (entry,)
