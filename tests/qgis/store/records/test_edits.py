"""The record of edits under way."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

from gpkeys_plugin.entrepot.models import Filters
from gpkeys_plugin.keys.draft import Grant
from gpkeys_plugin.keys.upkeep.key_states import KeyState
from gpkeys_plugin.store.records.edits import EditRecords, UnfinishedEdit, new_id

from .begun import API

BEFORE = KeyState("Clé", Filters(("192.0.2.0/24",), (), ".*QGIS.*"), (Grant("o1", "p1"), Grant("o2", None)))
WANTED = KeyState("Autre", Filters(), (Grant("o1", "p1"), Grant("o3", "p2")))


def edit(key_id: str = "k1", account_id: str = "camille") -> UnfinishedEdit:
    """Return an edit that has begun."""
    return UnfinishedEdit(
        new_id(), API, account_id, key_id, BEFORE, WANTED, was_connected=True, configurations=(("abc1234", "À moi"),)
    )


def test_an_edit_is_read_back_as_it_was_written(tmp_path: Path) -> None:
    file, entry = tmp_path / "edits.json", edit()
    EditRecords(file).write(entry)
    assert EditRecords(file).entries() == (entry,)
    EditRecords(file).write(replace(entry, is_extension=True))
    assert EditRecords(file).find(entry.id) == replace(entry, is_extension=True)


def test_what_cannot_be_read_is_no_edit_and_stays(tmp_path: Path) -> None:
    file, entry = tmp_path / "edits.json", edit()
    edits = EditRecords(file)
    edits.write(entry)
    odd = {"x": {"key_id": "k"}, "y": [], "z": {"api_url": "a", "account_id": "b", "key_id": "k", "before": {}}}
    stored = json.loads(file.read_text(encoding="utf-8"))
    file.write_text(json.dumps({**stored, "entries": {**stored["entries"], **odd}}), encoding="utf-8")
    assert edits.entries() == (entry,)
    edits.remove(entry.id)
    assert json.loads(file.read_text(encoding="utf-8"))["entries"] == odd


def test_the_edit_of_a_key_is_that_of_its_account(tmp_path: Path) -> None:
    edits, entry = EditRecords(tmp_path / "edits.json"), edit()
    edits.write(entry)
    edits.write(edit("k1", "olga"))
    assert edits.of_key(API, "camille", "k1") == entry
    assert edits.of_key(API, "camille", "k2") is None
    assert edits.of_key("https://autre.example.fr/api", "camille", "k1") is None


def test_who_looks_in_one_place_does_not_take_another_look_for_work(tmp_path: Path) -> None:
    one, other, entry = EditRecords(tmp_path / "a.json"), EditRecords(tmp_path / "b.json"), edit()
    with one.at_work(entry.id):
        assert other.is_under_way(entry.id)
    assert not one.is_under_way(entry.id)


def test_qgis_is_concerned_by_names_and_services_only() -> None:
    whole = edit()
    assert whole.concerns_qgis
    filters_only = replace(whole, wanted=replace(BEFORE, filters=Filters()))
    assert not filters_only.concerns_qgis
    assert replace(filters_only, is_extension=True).concerns_qgis
