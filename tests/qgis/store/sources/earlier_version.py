"""A version up to 0.4.0 at work in a profile, as far as its traces go.

What it leaves was read off the code of 0.3.0 (commit ea94488: `store/origins.py:record`, `store/connections.py:write`,
`store/connection_keys.py:values`, `store/installed_keys.py:remember`), run with QGIS 3.22. 0.1.0 and 0.4.0 (commits
77f10b9 and 86c3ced) write the same.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from qgis.core import QgsSettings

from gpkeys_plugin.keys.services.connection_plans import ConnectionKind
from gpkeys_plugin.keys.services.layer_recipes import WrittenConnection
from gpkeys_plugin.store.connection_settings import Layout, layout_for
from gpkeys_plugin.store.records import record_file

API = "https://data.geopf.fr/api"
_LISTS = {ConnectionKind.WMS: "wms", ConnectionKind.WMTS: "wms", ConnectionKind.WFS: "wfs"}


@dataclass(frozen=True)
class EarlierConnection:
    """A WMS, WMTS or WFS connection: `url` is what stands in the note, `apikey` what is put behind it."""

    kind: ConnectionKind
    name: str
    owner: str
    url: str
    authcfg: str = ""
    apikey: str = ""

    @property
    def written(self) -> WrittenConnection:
        """The connection, as we call it."""
        return WrittenConnection(self.kind, self.name)


def connect(*written: EarlierConnection, api_url: str = API) -> None:
    """Write connections, each with its note, and then what is installed of their keys."""
    for one in written:
        write_connection(one)
        note(one)
    for key_id in {one.owner for one in written}:
        install(key_id, *(one for one in written if one.owner == key_id), api_url=api_url)


def write_connection(one: EarlierConnection) -> None:
    """Write a connection alone, in the tree that this QGIS reads."""
    settings, service = QgsSettings(), _LISTS[one.kind]
    here = f"qgis/connections-{service}/{one.name}"
    secret = f"qgis/{service.upper()}/{one.name}/authcfg"
    if layout_for() is Layout.NEW:
        here = f"connections/ows/items/{service}/connections/items/{one.name}"
        secret = f"{here}/authcfg"
    sign = "&" if "?" in one.url else "?"
    settings.setValue(f"{here}/url", f"{one.url}{sign}apikey={one.apikey}" if one.apikey else one.url)
    settings.remove(secret)
    if one.authcfg:
        settings.setValue(secret, one.authcfg)


def note(one: EarlierConnection) -> None:
    """Note a connection alone."""
    content = {"kind": one.kind.value, "owner": one.owner, "url": one.url, "authcfg": one.authcfg}
    QgsSettings().setValue(f"gpkeys/connections/{_LISTS[one.kind]}/{one.name}", json.dumps(content))


def install(key_id: str, *held: EarlierConnection, api_url: str = API) -> None:
    """Note what is installed of a key: its file is the same in every version."""
    path = record_file.profile_folder() / "installed_keys.json"
    entries: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))["entries"] if path.exists() else {}
    entries[f"{api_url} {key_id}"] = {
        "key_id": key_id,
        "key_name": "Eau",
        "key_type": "BASIC" if any(one.authcfg for one in held) else "HASH",
        "api_url": api_url,
        "authcfg": next((one.authcfg for one in held if one.authcfg), ""),
        "connections": [{"kind": one.kind.value, "name": one.name} for one in held],
    }
    path.write_text(json.dumps({"version": 1, "entries": entries}, ensure_ascii=False, indent=1), encoding="utf-8")


def rotate(old_key_id: str, new_key_id: str) -> None:
    """Say that what was written for a key is another's: in the notes, and in what is installed."""
    settings = QgsSettings()
    for key in [key for key in settings.allKeys() if key.startswith("gpkeys/connections/")]:
        content = json.loads(settings.value(key))
        if content["owner"] == old_key_id:
            settings.setValue(key, json.dumps({**content, "owner": new_key_id}))
    path = record_file.profile_folder() / "installed_keys.json"
    content = json.loads(path.read_text(encoding="utf-8"))
    held = content["entries"].pop(f"{API} {old_key_id}")
    content["entries"][f"{API} {new_key_id}"] = {**held, "key_id": new_key_id}
    path.write_text(json.dumps(content, ensure_ascii=False, indent=1), encoding="utf-8")
