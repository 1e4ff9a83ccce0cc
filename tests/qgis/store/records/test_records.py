"""The plugin's own files in the profile: what QGIS holds for each key, and creations under way."""

from __future__ import annotations

import json
import stat
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest

from gpkeys_plugin.entrepot.errors import GpkeysError
from gpkeys_plugin.keys.services.endpoints import ConnectionKind
from gpkeys_plugin.keys.services.recipes import WrittenConnection
from gpkeys_plugin.store.records import installed_keys, profile_file
from gpkeys_plugin.store.records.creations import CreationRecords, UnfinishedCreation
from gpkeys_plugin.store.records.installed_keys import InstalledKey

API = "https://data.geopf.fr/api"
KEY = InstalledKey(
    "k1", "Réseau d'eau", "BASIC", API, "abc1234", (WrittenConnection(ConnectionKind.WFS, "Réseau d'eau – WFS"),)
)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "gpkeys" / "records.json"


def begun(name: str = "Réseau d'eau", account_id: str = "camille", api_url: str = API) -> UnfinishedCreation:
    return UnfinishedCreation.of(
        api_url=api_url,
        account_id=account_id,
        key_name=name,
        key_type="HASH",
        hash_storage="URL",
        known_ids=("k0",),
        grants=(("o1", "p1"), ("o2", None)),
    )


def test_keys_are_remembered_per_platform(path: Path) -> None:
    other = replace(KEY, api_url="https://autre.example.fr/api")
    installed_keys.remember(KEY, path=path)
    installed_keys.remember(other, path=path)

    assert installed_keys.find(API, "k1", path=path) == KEY
    assert installed_keys.installed(path=path) == (KEY, other)
    assert installed_keys.installed(API, path=path) == (KEY,)


def test_borrowed_configurations_are_remembered_and_older_files_have_none(path: Path) -> None:
    key = replace(KEY, borrowed_authcfgs=("def5678", "ghi9012"))
    installed_keys.remember(key, path=path)
    assert installed_keys.find(API, "k1", path=path) == key
    assert key.authcfgs == ("abc1234", "def5678", "ghi9012")
    content = json.loads(path.read_text("utf-8"))
    for entry in content["entries"].values():
        del entry["borrowed_authcfgs"]
    path.write_text(json.dumps(content), "utf-8")
    assert installed_keys.find(API, "k1", path=path) == KEY


def test_a_key_is_remembered_once_and_forgotten(path: Path) -> None:
    installed_keys.remember(KEY, path=path)
    installed_keys.remember(replace(KEY, authcfg=""), path=path)
    assert [known.authcfg for known in installed_keys.installed(path=path)] == [""]

    installed_keys.forget(API, "k1", path=path)
    installed_keys.forget(API, "k1", path=path)
    assert installed_keys.installed(path=path) == ()


def test_the_file_is_the_owner_s_alone(path: Path) -> None:
    installed_keys.remember(KEY, path=path)

    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_the_journal_survives_the_process(path: Path) -> None:
    entry = begun()
    CreationRecords(path).write(entry)
    CreationRecords(path).write(replace(entry, key_id="k1", authcfg="abc1234"))

    assert CreationRecords(path).entries() == (replace(entry, key_id="k1", authcfg="abc1234"),)
    CreationRecords(path).remove(entry.id)
    CreationRecords(path).remove(entry.id)
    assert CreationRecords(path).entries() == ()


def test_each_account_sees_its_own(path: Path) -> None:
    creations = CreationRecords(path)
    mine, hers, elsewhere = begun(), begun(account_id="nadia"), begun(api_url="https://autre.example.fr/api")
    for entry in (mine, hers, elsewhere):
        creations.write(entry)

    assert creations.entries(API, "camille") == (mine,)
    assert set(creations.entries(API)) == {mine, hers}
    assert len(creations.entries()) == 3


def test_several_threads_may_write_down(path: Path) -> None:
    creations = CreationRecords(path)
    with ThreadPoolExecutor(max_workers=8) as pool:
        list(pool.map(creations.write, [begun(f"clé {number}") for number in range(40)]))

    assert len(creations.entries()) == 40


@pytest.mark.parametrize("content", [b'{"version": 1, "entr', b"\xff\xfe", b"[]", b'{"entries": 3}', b""])
def test_an_unreadable_file_reads_as_empty_and_is_kept(path: Path, content: bytes) -> None:
    path.parent.mkdir()
    path.write_bytes(content)

    assert CreationRecords(path).entries() == ()
    CreationRecords(path).write(begun())
    assert len(CreationRecords(path).entries()) == 1


def test_cut_json_is_set_aside(path: Path) -> None:
    path.parent.mkdir()
    path.write_bytes(b'{"version": 1, "entr')
    CreationRecords(path).write(begun())

    assert path.with_suffix(".unreadable").read_bytes() == b'{"version": 1, "entr'


def test_entries_that_make_no_sense_are_skipped(path: Path) -> None:
    creations = CreationRecords(path)
    creations.write(begun())
    entries = json.loads(path.read_text(encoding="utf-8"))["entries"]
    profile_file.write_entries(path, {**entries, "a": None, "b": {"api_url": API}, "c": {"grants": 3}})

    assert len(creations.entries()) == 1


def test_keys_that_make_no_sense_are_skipped(path: Path) -> None:
    installed_keys.remember(KEY, path=path)
    entries = json.loads(path.read_text(encoding="utf-8"))["entries"]
    odd = {**next(iter(entries.values())), "connections": [{"kind": "POSTGIS", "name": "x"}]}
    profile_file.write_entries(path, {**entries, "a": None, "b": {"api_url": API}, "c": odd})

    assert installed_keys.installed(path=path) == (KEY,)


def test_a_crash_while_writing_leaves_what_was_there(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    creations = CreationRecords(path)
    kept = begun()
    creations.write(kept)

    def fail(_self: Path, _target: Path) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", fail)
    with pytest.raises(GpkeysError) as caught:
        creations.write(begun("autre"))

    assert caught.value.advice is not None
    assert creations.entries() == (kept,)
    assert [found.name for found in path.parent.iterdir()] == [path.name]


def test_the_files_are_in_the_profile() -> None:
    from qgis.core import QgsApplication

    assert profile_file.profile_folder().parent == Path(QgsApplication.qgisSettingsDirPath())
