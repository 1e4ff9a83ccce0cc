"""Files as 0.1.0 to 0.5.0 wrote them: read, nothing in them lost, and still in the form those versions read.

0.1.0 and 0.2.0 wrote as 0.3.0 does.
"""

from __future__ import annotations

import json
from pathlib import Path

from qgis.core import QgsSettings

from gpkeys_plugin.entrepot.models import Filters
from gpkeys_plugin.keys.draft import Grant, HashStorage
from gpkeys_plugin.keys.services.connection_plans import ConnectionKind
from gpkeys_plugin.keys.services.layer_recipes import WrittenConnection
from gpkeys_plugin.keys.upkeep.key_states import KeyState
from gpkeys_plugin.store import settings
from gpkeys_plugin.store.records import connection_origins, installed_keys, titles
from gpkeys_plugin.store.records.connection_origins import Origin
from gpkeys_plugin.store.records.creations import CreationRecords, UnfinishedCreation
from gpkeys_plugin.store.records.deletions import DELETIONS, UnfinishedDeletion
from gpkeys_plugin.store.records.edits import EDITS, UnfinishedEdit
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

EDIT = """{
 "entries": {
  "e1": {
   "api_url": "https://data.geopf.fr/api",
   "account_id": "camille",
   "key_id": "k1",
   "before": {
    "name": "Clé",
    "whitelist": ["192.0.2.0/24"],
    "blacklist": [],
    "user_agent": ".*QGIS.*",
    "referer": null,
    "grants": [["o1", "p1"], ["o2", null]]
   },
   "wanted": {
    "name": "Clé bis",
    "whitelist": [],
    "blacklist": [],
    "user_agent": null,
    "referer": null,
    "grants": [["o1", "p1"]]
   },
   "was_connected": true,
   "is_extension": false,
   "configurations": []
  }
 }
}"""
DELETION = """{
 "entries": {
  "d1": {
   "api_url": "https://data.geopf.fr/api",
   "account_id": "camille",
   "key_id": "k1",
   "key_name": "Clé",
   "key_type": "BASIC",
   "connections": [{"kind": "WFS", "name": "Clé – WFS"}],
   "authcfgs": ["abc1234"]
  }
 }
}"""
ORIGIN = """{
 "entries": {
  "wfs/Clé – WFS": {
   "kind": "WFS",
   "name": "Clé – WFS",
   "owner": "k1",
   "url": "https://data.geopf.fr/private/wfs",
   "authcfg": "abc1234"
  }
 }
}"""
# What 0.1.0 to 0.3.0 (the first three) and 0.5.0 cannot do without in an entry: without it, they take it for none.
NEEDED = {
    "journal.json": {"api_url", "account_id", "key_name", "key_type", "hash_storage"},
    "rotations.json": {"id", "api_url", "account_id", "old_key_id", "old_key_name", "key_type", "new_key_name"},
    "installed_keys.json": {"key_id", "key_name", "key_type", "api_url"},
    "edits.json": {"api_url", "account_id", "key_id", "before", "wanted"},
    "deletions.json": {"api_url", "account_id", "key_id", "key_name", "key_type"},
    "origins.json": {"kind", "name", "owner", "url"},
}


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


def test_edits(tmp_path: Path) -> None:
    path = tmp_path / "edits.json"
    path.write_text(EDIT, encoding="utf-8")
    before = KeyState("Clé", Filters(("192.0.2.0/24",), (), ".*QGIS.*"), (Grant("o1", "p1"), Grant("o2", None)))
    wanted = KeyState("Clé bis", Filters(), (Grant("o1", "p1"),))
    assert EDITS.entries() == (UnfinishedEdit("e1", API, "camille", "k1", before, wanted, was_connected=True),)
    EDITS.write(UnfinishedEdit("e2", API, "camille", "k2", before, wanted))
    assert grown(path, EDIT)


def test_deletions(tmp_path: Path) -> None:
    path = tmp_path / "deletions.json"
    path.write_text(DELETION, encoding="utf-8")
    written = (WrittenConnection(ConnectionKind.WFS, "Clé – WFS"),)
    entry = UnfinishedDeletion("d1", API, "camille", "k1", "Clé", "BASIC", written, ("abc1234",))
    assert DELETIONS.entries() == (entry,)
    DELETIONS.write(UnfinishedDeletion("d2", API, "camille", "k2", "Autre", "HASH"))
    assert grown(path, DELETION)


def test_connections(tmp_path: Path) -> None:
    path = tmp_path / "origins.json"
    path.write_text(ORIGIN, encoding="utf-8")
    written = WrittenConnection(ConnectionKind.WFS, "Clé – WFS")
    known = Origin(written, "k1", "https://data.geopf.fr/private/wfs", "abc1234")
    assert connection_origins.recorded() == (known,)
    connection_origins.record_all([Origin(WrittenConnection(ConnectionKind.WMS, "à moi"), "k2", "https://exemple.fr")])
    assert grown(path, ORIGIN)


def test_who_goes_back_to_an_earlier_version_loses_nothing(tmp_path: Path) -> None:
    """Whatever stands in our files has what earlier versions need of it, in the same place."""
    state = KeyState("Clé", Filters())
    CreationRecords().write(begun())
    RotationRecords().write(UnfinishedRotation("r", API, "camille", "k1", "Clé", "HASH", "Clé (bis)"))
    installed_keys.remember(InstalledKey("k1", "Clé", "HASH", API, borrowed_authcfgs=("abc1234",)))
    EDITS.write(UnfinishedEdit("e", API, "camille", "k1", state, state))
    DELETIONS.write(UnfinishedDeletion("d", API, "camille", "k1", "Clé", "HASH", is_kept=True))
    connection_origins.record_all([Origin(WrittenConnection(ConnectionKind.WMS, "Clé"), "k1", "https://exemple.fr")])
    for name, needed in NEEDED.items():
        (entry,) = json.loads((tmp_path / name).read_text(encoding="utf-8"))["entries"].values()
        assert needed <= entry.keys(), name


def test_settings() -> None:
    """As 0.1.0 wrote them, read from a file, where all of them are text."""
    kept = {
        "environment": "custom",
        "custom/api_url": "https://exemple.fr/api",
        "sign_in/custom/authcfg": "abc1234",
        "sign_in/keep": "false",
        "sign_in/reply_ports": "8080",
        "wizard/hash_storage": "HEADER",
    }
    for name, value in kept.items():
        QgsSettings().setValue(f"gpkeys/{name}", value)
    assert (settings.ENVIRONMENT.get(), settings.CUSTOM_API_URL.get()) == ("custom", "https://exemple.fr/api")
    assert settings.sign_in_authcfg("custom").get() == "abc1234"
    assert (settings.KEEP_SIGNED_IN.get(), settings.REPLY_PORTS.get()) == (False, (8080,))
    assert settings.HASH_STORAGE.get() is HashStorage.HEADER
