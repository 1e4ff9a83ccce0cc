"""Entries of one type: read with tolerance, changed by several processes without losing any."""

from __future__ import annotations

import json
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from gpkeys_plugin.entrepot.errors import GpkeysError
from gpkeys_plugin.store.records.json_file import JsonFile
from gpkeys_plugin.store.records.record_file import Records

from .conftest import OtherQgis

# Work goes on off the main thread, as in the plugin's jobs.
_WRITE = """
import sys
from pathlib import Path
from threading import Thread
from gpkeys_plugin.keys.services.titles import ServiceTitle
from gpkeys_plugin.store.records import record_file, titles
from gpkeys_plugin.store.records.record_file import Records
folder, who = Path(sys.argv[1]), sys.argv[2]
record_file.profile_folder = lambda: folder
kept = Records("essai.json", lambda text: {"text": text}, lambda name, entry: entry["text"])

def work():
    for number in range(100):
        kept.write(f"{who} {number}", "x" * 200)
        titles.learn_from_services("https://api.example.fr", {f"{who}{number}": f"Titre {number}"})
        if number % 2:
            kept.remove(f"{who} {number}")
    print("done", flush=True)

print("ready", flush=True)
sys.stdin.readline()
worker = Thread(target=work)
worker.start()
worker.join()
"""


@dataclass(frozen=True)
class Note:
    """An entry."""

    text: str
    count: int = 0


def _to_json(note: Note) -> dict[str, Any]:
    return {"text": note.text, "count": note.count}


def _from_json(_name: str, entry: Any) -> Note:
    return Note(entry["text"], int(entry.get("count") or 0))


@pytest.fixture
def notes() -> Records[Note]:
    """Return records in the profile's folder."""
    return Records("notes.json", _to_json, _from_json)


def stored(notes: Records[Note]) -> dict[str, Any]:
    """Return what is in the file."""
    content: dict[str, Any] = json.loads(notes.path.read_text(encoding="utf-8"))
    return content


def test_entries_are_written_found_and_removed(notes: Records[Note]) -> None:
    assert notes.all() == {}
    notes.write("a", Note("une"))
    notes.write("b", Note("deux"))
    notes.write("a", Note("une", 2))
    assert notes.all() == {"a": Note("une", 2), "b": Note("deux")}
    assert (notes.find("b"), notes.find("c")) == (Note("deux"), None)
    notes.remove("a")
    notes.remove("a")
    assert notes.all() == {"b": Note("deux")}


def test_many_changes_are_one_write(notes: Records[Note], monkeypatch: pytest.MonkeyPatch) -> None:
    replace, written = JsonFile.replace, []

    def counted(file: Any, content: dict[str, Any]) -> None:
        written.append(len(content["entries"]))
        replace(file, content)

    monkeypatch.setattr(JsonFile, "replace", counted)
    with notes.changing() as entries:
        for number in range(200):
            entries[str(number)] = Note("n")
    with notes.changing() as entries:
        assert len(entries) == 200
        entries["7"] = Note("n")
        entries.pop("parti", None)
    assert written == [200]


def test_a_change_that_fails_in_between_changes_nothing(notes: Records[Note]) -> None:
    notes.write("a", Note("une"))
    with suppress(ZeroDivisionError), notes.changing() as entries:
        entries["b"] = Note("deux")
        raise ZeroDivisionError
    assert notes.all() == {"a": Note("une")}
    notes.write("c", Note("trois"))


def test_what_cannot_be_read_stays_as_it_is(notes: Records[Note]) -> None:
    odd = {"x": None, "y": {"count": 3}, "z": ["text"], "n": {"text": "n", "count": "beaucoup"}}
    notes.path.write_text(json.dumps({"version": 1, "plus": 2, "entries": {**odd, "a": {"text": "une"}}}))
    assert notes.all() == {"a": Note("une")}
    assert notes.find("y") is None
    notes.write("b", Note("deux"))
    notes.remove("x")
    notes.remove("a")
    assert stored(notes) == {"version": 1, "plus": 2, "entries": {**odd, "b": {"text": "deux", "count": 0}}}


def test_what_a_later_version_added_to_an_entry_stays(notes: Records[Note]) -> None:
    notes.path.write_text(json.dumps({"entries": {"a": {"text": "une", "couleur": "bleu"}}}))
    notes.write("a", Note("une", 2))
    assert stored(notes)["entries"] == {"a": {"text": "une", "count": 2, "couleur": "bleu"}}


def test_entries_from_elsewhere_are_taken_over_once(tmp_path: Path) -> None:
    earlier = {"a": Note("ancienne"), "b": Note("aussi")}
    notes = Records("notes.json", _to_json, _from_json, earlier=lambda: earlier)
    assert notes.all() == earlier
    assert not notes.path.exists()
    notes.remove("a")
    assert notes.all() == {"b": Note("aussi")}
    notes.remove("b")
    assert notes.all() == {}


def test_several_threads_may_write(notes: Records[Note]) -> None:
    with ThreadPoolExecutor(max_workers=8) as pool:
        list(pool.map(lambda number: notes.write(str(number), Note("n")), range(80)))
    assert len(notes.all()) == 80


def test_two_processes_lose_nothing_of_each_other_s(tmp_path: Path, other_qgis: Callable[..., OtherQgis]) -> None:
    both = [other_qgis(_WRITE, tmp_path, who) for who in ("une", "autre")]
    for one in both:
        one.wait_for("ready")
    for one in both:
        one.tell()
    for one in both:
        one.wait_for("done")
        one.join()
    kept = json.loads((tmp_path / "essai.json").read_text(encoding="utf-8"))["entries"]
    assert set(kept) == {f"{who} {number}" for who in ("une", "autre") for number in range(0, 100, 2)}
    titles = json.loads((tmp_path / "titles.json").read_text(encoding="utf-8"))["entries"]
    assert len(titles) == 200
    assert {found.name for found in tmp_path.iterdir() if found.is_file()} == {"essai.json", "titles.json"}


def test_what_cannot_be_written_is_said(notes: Records[Note]) -> None:
    notes.path.mkdir()
    assert notes.all() == {}
    with pytest.raises(GpkeysError):
        notes.write("a", Note("une"))


def test_the_files_are_in_the_profile(monkeypatch: pytest.MonkeyPatch) -> None:
    from qgis.core import QgsApplication

    monkeypatch.undo()
    assert Records("x.json", _to_json, _from_json).path == Path(
        QgsApplication.qgisSettingsDirPath(), "gpkeys", "x.json"
    )
