"""Files as 0.3.0 and 0.4.0 wrote them: read, nothing in them lost, and still in the form those versions read."""

from __future__ import annotations

import json
from pathlib import Path

from gpkeys_plugin.keys.services.connection_plans import ConnectionKind
from gpkeys_plugin.keys.services.layer_recipes import WrittenConnection
from gpkeys_plugin.store.records import installed_keys, titles
from gpkeys_plugin.store.records.creations import CreationRecords, UnfinishedCreation
from gpkeys_plugin.store.records.installed_keys import InstalledKey
from gpkeys_plugin.store.records.rotations import RotationRecords, UnfinishedRotation

from .begun import API, begun

CREATION = """{
 "version": 1,
 "entries": {
  "a1b2": {
   "api_url": "https://data.geopf.fr/api",
   "account_id": "camille",
   "key_name": "Réseau d'eau",
   "key_type": "HASH",
   "hash_storage": "URL",
   "known_ids": ["k0"],
   "grants": [["o1", "p1"], ["o2", null]],
   "key_id": "k1",
   "authcfg": ""
  }
 }
}"""
ROTATION = """{
 "version": 1,
 "entries": {
  "c3d4": {
   "id": "c3d4",
   "api_url": "https://data.geopf.fr/api",
   "account_id": "camille",
   "old_key_id": "k1",
   "old_key_name": "Clé",
   "key_type": "BASIC",
   "new_key_name": "Clé (bis)",
   "known_ids": ["k1", "k2"],
   "new_key_id": "k3",
   "authcfg": "abc1234",
   "spare_authcfg": "def5678",
   "is_swapped": true,
   "is_old_deleted": false
  }
 }
}"""
INSTALLED = """{
 "version": 1,
 "entries": {
  "https://data.geopf.fr/api k1": {
   "key_id": "k1",
   "key_name": "Réseau d'eau",
   "key_type": "BASIC",
   "api_url": "https://data.geopf.fr/api",
   "authcfg": "abc1234",
   "connections": [{"kind": "WFS", "name": "Réseau d'eau – WFS"}]
  }
 }
}"""
TITLES = """{
 "version": 1,
 "entries": {
  "https://data.geopf.fr/api plu": {"service": "Le plan"},
  "https://data.geopf.fr/api voirie": {
   "title": "Voirie communale",
   "description": "Chaussées.",
   "producers": ["Rochebrune"],
   "asked": "2026-11-26T12:00:00+00:00"
  }
 }
}"""


def grown(path: Path, before: str) -> bool:
    """Whether a file still has what was in it before, in the same form, and one entry more."""
    content, old = json.loads(path.read_text(encoding="utf-8")), json.loads(before)
    assert set(content) == set(old)
    return len(content["entries"]) == len(old["entries"]) + 1 and content["entries"].items() >= old["entries"].items()


def test_creations(tmp_path: Path) -> None:
    path = tmp_path / "journal.json"
    path.write_text(CREATION, encoding="utf-8")
    grants = (("o1", "p1"), ("o2", None))
    assert CreationRecords().entries() == (
        UnfinishedCreation("a1b2", API, "camille", "Réseau d'eau", "HASH", "URL", ("k0",), grants, "k1"),
    )
    CreationRecords().write(begun())
    assert grown(path, CREATION)


def test_rotations(tmp_path: Path) -> None:
    path = tmp_path / "rotations.json"
    path.write_text(ROTATION, encoding="utf-8")
    keys = ("k1", "Clé", "BASIC", "Clé (bis)", ("k1", "k2"), "k3")
    entry = UnfinishedRotation("c3d4", API, "camille", *keys, "abc1234", "def5678", is_swapped=True)
    assert RotationRecords().entries() == (entry,)
    RotationRecords().write(UnfinishedRotation("e5f6", API, "camille", "k7", "Autre", "HASH", "Autre (bis)"))
    assert grown(path, ROTATION)


def test_installed_keys(tmp_path: Path) -> None:
    path = tmp_path / "installed_keys.json"
    path.write_text(INSTALLED, encoding="utf-8")
    written = (WrittenConnection(ConnectionKind.WFS, "Réseau d'eau – WFS"),)
    assert installed_keys.find(API, "k1") == InstalledKey("k1", "Réseau d'eau", "BASIC", API, "abc1234", written)
    installed_keys.remember(InstalledKey("k2", "Autre", "HASH", API))
    assert grown(path, INSTALLED)


def test_titles(tmp_path: Path) -> None:
    path = tmp_path / "titles.json"
    path.write_text(TITLES, encoding="utf-8")
    assert [titles.book(API).title(name) for name in ("plu", "voirie")] == ["Le plan", "Voirie communale"]
    titles.learn_from_services(API, {"cadastre": "Le cadastre"})
    assert grown(path, TITLES)
