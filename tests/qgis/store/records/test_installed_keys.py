"""What QGIS holds for each key."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

from gpkeys_plugin.keys.services.connection_plans import ConnectionKind
from gpkeys_plugin.keys.services.layer_recipes import WrittenConnection
from gpkeys_plugin.store.records import installed_keys
from gpkeys_plugin.store.records.installed_keys import InstalledKey

API = "https://data.geopf.fr/api"
KEY = InstalledKey(
    "k1", "Réseau d'eau", "BASIC", API, "abc1234", (WrittenConnection(ConnectionKind.WFS, "Réseau d'eau – WFS"),)
)


def test_keys_are_remembered_per_platform() -> None:
    # A connection is one key's only.
    other = replace(KEY, api_url="https://autre.example.fr/api", connections=())
    installed_keys.remember(KEY)
    installed_keys.remember(other)

    assert installed_keys.find(API, "k1") == KEY
    assert installed_keys.installed() == (KEY, other)
    assert installed_keys.installed(API) == (KEY,)


def test_borrowed_configurations_are_remembered_and_older_files_have_none(tmp_path: Path) -> None:
    key = replace(KEY, borrowed_authcfgs=("def5678", "ghi9012"))
    installed_keys.remember(key)
    assert installed_keys.find(API, "k1") == key
    assert key.authcfgs == ("abc1234", "def5678", "ghi9012")
    path = tmp_path / "installed_keys.json"
    content = json.loads(path.read_text("utf-8"))
    for entry in content["entries"].values():
        del entry["borrowed_authcfgs"]
    path.write_text(json.dumps(content), "utf-8")
    assert installed_keys.find(API, "k1") == KEY


def test_a_key_is_remembered_once_and_forgotten() -> None:
    installed_keys.remember(KEY)
    installed_keys.remember(replace(KEY, authcfg=""))
    assert [known.authcfg for known in installed_keys.installed()] == [""]

    installed_keys.forget(API, "k1")
    installed_keys.forget(API, "k1")
    assert installed_keys.installed() == ()


def test_what_qgis_holds_goes_over_to_another_key() -> None:
    installed_keys.remember(KEY)
    installed_keys.move(API, "k1", key_id="k2", key_name="Autre")
    installed_keys.move(API, "parti", key_id="k3", key_name="Rien")

    assert installed_keys.installed() == (replace(KEY, key_id="k2", key_name="Autre"),)


def test_keys_that_make_no_sense_are_skipped_and_kept(tmp_path: Path) -> None:
    installed_keys.remember(KEY)
    path = tmp_path / "installed_keys.json"
    entries = json.loads(path.read_text(encoding="utf-8"))["entries"]
    odd = {**next(iter(entries.values())), "connections": [{"kind": "POSTGIS", "name": "x"}]}
    path.write_text(json.dumps({"entries": {**entries, "a": None, "b": {"api_url": API}, "c": odd}}))

    assert installed_keys.installed() == (KEY,)
    installed_keys.forget(API, "k1")
    assert json.loads(path.read_text(encoding="utf-8"))["entries"] == {"a": None, "b": {"api_url": API}, "c": odd}
