"""All that a job can leave behind, on the platform and in QGIS, in words that do not change from one run to another."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterable, Mapping
from functools import partial
from pathlib import Path
from typing import Any

from qgis.core import QgsProject, QgsSettings

from gpkeys_plugin.entrepot.client import EntrepotClient
from gpkeys_plugin.entrepot.models import KeyDetails
from gpkeys_plugin.jobs.running.task import Progress
from gpkeys_plugin.store import connections
from gpkeys_plugin.store.configurations import auth_config_snapshots, auth_configs
from gpkeys_plugin.store.connection_settings import Layout, layout_for
from gpkeys_plugin.store.key_uses import every_connection
from gpkeys_plugin.store.records import connection_origins, installed_keys, known_layers, record_file
from gpkeys_plugin.store.records.deletions import DELETIONS
from gpkeys_plugin.store.records.edits import EDITS
from gpkeys_plugin.store.records.unfinished_records import UnfinishedRecords
from tests.qgis.jobs.conftest import Bench
from tests.qgis.jobs.key_pages import layer_names

_HASH = re.compile(r"apikey(?:=|%3D)([A-Za-z0-9_-]+)")
_AUTHCFG = re.compile(r"authcfg='?([A-Za-z0-9]{7})")


def world(bench: Bench) -> dict[str, Any]:
    """Return everything, comparable: keys by their names, secrets by the key they open."""
    keys = _details(bench)
    names = {details.key.id: details.key.name for details in keys}
    opened, configurations = _opened(keys), opened_by_configurations(bench, keys)
    return {
        "keys": sorted(
            (details.key.name, str(details.filters), sorted(layer_names(bench.accesses(details.key.id))))
            for details in keys
        ),
        "configurations": sorted((config.name, configurations[config.id]) for config in auth_configs.all_configs()),
        "connections": sorted(
            (
                str(stored.connection),
                opened.get(stored.hash, "gone") if stored.hash else configurations.get(stored.authcfg, "gone"),
            )
            for stored in every_connection(layout_for())
            if stored.hash or stored.authcfg
        ),
        "held": sorted(
            (
                known.key_name,
                names.get(known.key_id, "gone"),
                configurations.get(known.authcfg, known.authcfg and "gone"),
                [configurations.get(id_, "gone") for id_ in known.borrowed_authcfgs],
                sorted(map(str, known.connections)),
            )
            for known in installed_keys.installed()
        ),
        "origins": sorted(
            (str(origin.connection), names.get(origin.owner, "gone")) for origin in connection_origins.recorded()
        ),
        "files": sorted((path.name, _secrets_in(path, opened, configurations)) for path in _files()),
        "layers": sorted(
            (layer.name(), _opened_by(layer.source(), opened, configurations))
            for layer in QgsProject.instance().mapLayers().values()
        ),
        "begun": begun(bench),
    }


def difference(found: Mapping[str, Any], wanted: Mapping[str, Any]) -> str:
    """Say of two worlds what is there instead of what should be."""
    return "; ".join(
        f"{part}: {found[part]} instead of {wanted[part]}" for part in found if found[part] != wanted[part]
    )


def begun(bench: Bench) -> list[str]:
    """Return what was begun and not ended."""
    return [str(entry) for records in _begun(bench) for entry in records.entries()]


def opened_by_configurations(bench: Bench, keys: Iterable[KeyDetails] | None = None) -> dict[str, str]:
    """Return the names of the keys that the configurations open, by id; that of the sign-in opens none."""
    opened = _opened(_details(bench) if keys is None else keys)
    found = {id_: _secret(id_, opened) for id_ in auth_configs.ids() if id_ != bench.signed_in.authcfg}
    return {**found, bench.signed_in.authcfg: "the sign-in"}


def projects_folder() -> Path:
    """Return where jobs have their projects."""
    return record_file.profile_folder() / "projets"


def clear(bench: Bench) -> None:
    """Have nothing left of any job."""
    QgsProject.instance().clear()
    shutil.rmtree(projects_folder(), ignore_errors=True)
    listed = bench.platform_keys()
    client = bench.signed_in.client()
    for key in listed:
        bench.run(partial(_delete, client, key.id))
    _clear_connections()
    for known in installed_keys.installed():
        installed_keys.forget(known.api_url, known.key_id)
    for id_ in auth_configs.ids():
        if id_ != bench.signed_in.authcfg:
            auth_configs.remove(id_)
    for records in _begun(bench):
        for entry in records.entries():
            records.remove(entry.id)
    # What services have told of their layers is written down once only, and so are those of a connection.
    (record_file.profile_folder() / "titles.json").unlink(missing_ok=True)
    known_layers.drop_forgotten()


def _clear_connections() -> None:
    noted = [origin.connection for origin in connection_origins.recorded()]
    connections.remove(noted)
    # What is nobody's and was mended has the hash of a key.
    for layout in Layout:
        for stored in every_connection(layout):
            connections.clear(stored.connection, QgsSettings())
    connection_origins.forget_all(noted)


def _details(bench: Bench) -> list[KeyDetails]:
    client, listed = bench.signed_in.client, bench.platform_keys()
    keys: list[KeyDetails] = bench.run(lambda _: [client().key(key.id) for key in listed])
    return keys


def _opened(keys: Iterable[KeyDetails]) -> dict[str, str]:
    return {secret: details.key.name for details in keys for secret in (details.hash, details.login) if secret}


def _files() -> list[Path]:
    return [path for path in projects_folder().rglob("*") if path.is_file()]


def _secrets_in(path: Path, opened: Mapping[str, str], configurations: Mapping[str, str]) -> list[str]:
    """Return which keys something carries, each by its name, and `gone` for what opens nothing."""
    return _opened_by(path.read_text(encoding="utf-8"), opened, configurations)


def _opened_by(text: str, opened: Mapping[str, str], configurations: Mapping[str, str]) -> list[str]:
    hashes = {opened.get(found, "gone") for found in _HASH.findall(text)}
    return sorted(hashes | {configurations.get(found, "gone") for found in _AUTHCFG.findall(text)})


def _begun(bench: Bench) -> tuple[UnfinishedRecords[Any], ...]:
    return bench.creations, bench.rotations, EDITS, DELETIONS


def _delete(client: EntrepotClient, key_id: str, _: Progress) -> None:
    client.delete_key(key_id)


def _secret(authcfg: str, opened: dict[str, str]) -> str:
    entries = auth_config_snapshots.take(authcfg).entries
    return opened.get(entries.get("username") or entries.get("apikey") or "", "gone")
