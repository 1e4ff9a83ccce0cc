"""What was begun and not ended survives the process, and each account sees its own."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest

from gpkeys_plugin.store.records.creations import CreationRecords

from .begun import API, begun


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "gpkeys" / "journal.json"


def test_the_record_survives_the_process(path: Path) -> None:
    entry = begun()
    CreationRecords(path).write(entry)
    CreationRecords(path).write(replace(entry, key_id="k1", authcfg="abc1234"))

    assert CreationRecords(path).entries() == (replace(entry, key_id="k1", authcfg="abc1234"),)
    assert CreationRecords(path).find(entry.id) == replace(entry, key_id="k1", authcfg="abc1234")
    CreationRecords(path).remove(entry.id)
    CreationRecords(path).remove(entry.id)
    assert CreationRecords(path).entries() == ()
    assert CreationRecords(path).find(entry.id) is None


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
