"""What mends and what takes a mending back, each from the state it begins in: layers, connections, files on disk.

Nothing of these keeps a record of what was begun: its way out is that the user looks again and mends again. So does who
has undone only half of it: what was undone is mended again.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

from qgis.core import QgsProject, QgsSettings

from gpkeys_plugin.entrepot.models import KeyType
from gpkeys_plugin.jobs.file_repair import profile_and_account
from gpkeys_plugin.jobs.file_repair.file_values import FilesMended, FilesOrder
from gpkeys_plugin.jobs.file_repair.repair_files import FileRepairer, undo_files
from gpkeys_plugin.jobs.file_repair.scan_files import FilesWanted, scan_files
from gpkeys_plugin.jobs.load_holdings import load_holdings
from gpkeys_plugin.jobs.load_overviews import load_overviews
from gpkeys_plugin.jobs.repair.find_connections import connection_repairs, find_connections
from gpkeys_plugin.jobs.repair.look_at_project import look_at_project
from gpkeys_plugin.jobs.repair.plan_repairs import plan_repairs
from gpkeys_plugin.jobs.repair.repair_connections import ConnectionRepairer, undo_connections
from gpkeys_plugin.jobs.repair.repair_layers import LayerRepairer
from gpkeys_plugin.jobs.repair.repair_values import WhereKept
from gpkeys_plugin.jobs.repair.undo_repair import RepairUndoer
from gpkeys_plugin.jobs.repair.undoable_connections import MendedConnections
from gpkeys_plugin.jobs.repair.undoable_layers import MendedLayers
from gpkeys_plugin.jobs.running.task import Progress
from gpkeys_plugin.jobs.values import CreatedKey
from gpkeys_plugin.keys.draft import Grant
from gpkeys_plugin.keys.layer_needs.credential_replacement import (
    Configuration,
    Credential,
    HashInUrl,
    with_credential,
)
from gpkeys_plugin.keys.layer_needs.platform_hosts import Platform
from gpkeys_plugin.keys.services.connection_plans import ConnectionKind
from gpkeys_plugin.keys.upkeep.holdings import Holdings
from gpkeys_plugin.keys.upkeep.overview import KeyOverview
from gpkeys_plugin.store import layers as store_layers
from tests.qgis.jobs.conftest import Bench
from tests.qgis.jobs.faults.true_results import DARK, DEAD_HASH, Parts
from tests.qgis.jobs.kills.world import projects_folder
from tests.qgis.jobs.test_create_key import create, draft_of

Work = Callable[[Progress], Any]

BORROWED = "abc1234"
_DEAD = HashInUrl(DEAD_HASH)
_SHADE, _SCAN = "rochebrune.scan25.estompage", "rochebrune.scan25.touristique"
_LAYERS = ((ConnectionKind.WMS, _SHADE), (ConnectionKind.WMTS, _SCAN), (ConnectionKind.XYZ, _SCAN))


# ---- The open project


def dark_project(
    type_: KeyType, credential: Credential, opens: Sequence[str] = (_SHADE, _SCAN)
) -> Callable[[Bench], Work]:
    """Return what makes a key and a project whose layers carry something else; a key of that type opens these."""

    def prepare(bench: Bench) -> Work:
        _fill_project(bench, _key(bench, type_), credential)
        _close(bench, [name for name in (_SHADE, _SCAN) if name not in opens])
        return mend_layers(bench)

    return prepare


def mend_layers(bench: Bench, mended: MendedLayers | None = None) -> Work:
    """Look at the open project, and return what mends it."""
    overviews, holdings = account_of(bench)
    signed_in, kept = bench.signed_in, MendedLayers() if mended is None else mended
    findings = look_at_project(signed_in, overviews, holdings)
    plans = plan_repairs(findings, signed_in, overviews, holdings)
    where = WhereKept.AS_THE_KEY
    return lambda progress: LayerRepairer(signed_in, bench.main_thread, progress, kept, where).repair(plans)


def mend_layers_anew(bench: Bench) -> Work:
    """Open the project as it is on the disk, look at it, and return what mends it."""
    _reopen()
    return mend_layers(bench)


def undoing(prepare: Callable[[Bench], Work]) -> Callable[[Bench], Work]:
    """Return what mends a project and returns the undo of that."""

    def prepared(bench: Bench) -> Work:
        prepare(bench)
        mended = MendedLayers()
        bench.run(mend_layers(bench, mended))
        return lambda progress: RepairUndoer(bench.main_thread, progress, mended, bench.signed_in.api_url).undo()

    return prepared


def dark_by_hash(type_: KeyType = KeyType.HASH, *, is_lacking: bool = False) -> Callable[[Bench], Work]:
    """Return what makes a project with a hash that opens nothing; a key that `is_lacking` does not open all of it."""
    return dark_project(type_, HashInUrl(DEAD_HASH), (_SHADE,) if is_lacking else (_SHADE, _SCAN))


def dark_by_configuration(type_: KeyType = KeyType.BASIC) -> Callable[[Bench], Work]:
    """Return what makes a project that names a configuration this profile does not have."""
    return dark_project(type_, Configuration(BORROWED))


def _fill_project(bench: Bench, created: CreatedKey, credential: Credential) -> None:
    project, platform = QgsProject.instance(), Platform.of(bench.signed_in.api_url)
    project.clear()
    for recipe in created.layers:
        if (recipe.connection.kind, recipe.name) in _LAYERS:
            layer = store_layers.make_layer(recipe)
            layer.setName(f"{recipe.connection.kind.value} {recipe.name}")
            dark = with_credential(layer.providerType(), layer.source(), credential, platform)
            layer.setCustomProperty(DARK, dark)
            assert project.addMapLayer(layer) is not None
    assert len(project.mapLayers()) == len(_LAYERS)
    _reopen()


def _reopen() -> None:
    for layer in QgsProject.instance().mapLayers().values():
        dark = layer.customProperty(DARK)
        if layer.source() != dark:
            layer.setDataSource(dark, layer.name(), layer.providerType(), False)


# ---- Connections


def dark_connections(bench: Bench) -> Work:
    """Make a key and connections with a hash that opens nothing; return what mends them."""
    _key(bench, KeyType.HASH)
    settings, root = QgsSettings(), f"{bench.simulator.api_url.removesuffix('/api')}/private"
    tiles = f"{root}/tms/1.0.0/{_SCAN}/{{z}}/{{x}}/{{y}}.png"
    for place, url in {
        "qgis/connections-wms/ancien": f"{root}/wms-r",
        "connections/ows/items/wms/connections/items/ancien": f"{root}/wms-r",
        "qgis/connections-xyz/tuiles": tiles,
        "connections/xyz/items/tuiles": tiles,
    }.items():
        settings.remove(place)
        settings.setValue(f"{place}/url", f"{url}?apikey={DEAD_HASH}")
    return mend_connections(bench)


def mend_connections(bench: Bench, mended: MendedConnections | None = None) -> Work:
    """Look at the connections, and return what mends them."""
    account, signed_in = account_of(bench), bench.signed_in
    repairs = connection_repairs(find_connections(signed_in, *account), signed_in, *account)
    kept, where = MendedConnections() if mended is None else mended, WhereKept.AS_THE_KEY
    return lambda progress: ConnectionRepairer(signed_in, bench.main_thread, progress, kept, where).repair(
        repairs, frozenset()
    )


def undo_of_connections(bench: Bench) -> Work:
    """Mend connections; return the undo of that."""
    dark_connections(bench)
    mended = MendedConnections()
    bench.run(mend_connections(bench, mended))
    return partial(undo_connections, mended, bench.main_thread)


# ---- Files on disk


def dark_files(credential: Credential = _DEAD, type_: KeyType = KeyType.HASH) -> Callable[[Bench], Work]:
    """Return what makes a key and two projects on the disk that carry something else, and what mends them."""

    def prepare(bench: Bench) -> Work:
        write_dark_files(bench, credential, type_)
        return mend_files(bench)

    return prepare


def write_dark_files(bench: Bench, credential: Credential = _DEAD, type_: KeyType = KeyType.HASH) -> Path:
    """Make a key and two projects on the disk that carry something else; return their folder."""
    created, platform, folder = _key(bench, type_), Platform.of(bench.signed_in.api_url), projects_folder()
    folder.mkdir(exist_ok=True)
    layers = [store_layers.make_layer(recipe) for recipe in created.layers]
    texts = [
        f"<maplayer><datasource>{escape(dark)}</datasource><provider>{layer.providerType()}</provider></maplayer>"
        for layer in layers
        for dark in (with_credential(layer.providerType(), layer.source(), credential, platform),)
    ]
    for name in ("plan.qgs", "vallée.qgs"):
        document = f"<qgis><projectlayers>{''.join(texts)}</projectlayers></qgis>"
        (folder / name).write_text(document, encoding="utf-8")
    return folder


def mend_files(bench: Bench) -> Work:
    """Return what scans the projects on the disk and mends them."""

    def work(progress: Progress) -> FilesMended:
        at = bench.main_thread, progress
        known = profile_and_account.of_account(bench.signed_in, *at)
        found = scan_files(FilesWanted(projects_folder()), known, *at)
        return FileRepairer(bench.signed_in, known, bench.main_thread, FilesOrder(), progress).repair(found)

    return work


def undo_of_files(bench: Bench) -> Work:
    """Mend the projects on the disk; return the undo of that."""
    mended: FilesMended = bench.run(dark_files()(bench))
    return partial(undo_files, mended.written)


# ---- The key and the account


def _key(bench: Bench, type_: KeyType) -> CreatedKey:
    permissions = bench.run(lambda _: bench.signed_in.client().permissions())
    grants: Mapping[str, Grant] = {
        offering.layer_name: Grant(offering.id, permission.id)
        for permission in permissions
        for offering in permission.offerings
        if offering.layer_name in (_SHADE, _SCAN) and not permission.only_oauth
    }
    return create(bench, replace(draft_of(bench, type_), grants=tuple(grants.values())))


def _close(bench: Bench, names: Sequence[str]) -> None:
    """Take the accesses to these layers away from all keys."""

    def close(_: Progress) -> None:
        client = bench.signed_in.client()
        every = client.keys()
        for key in every:
            for access in client.accesses(key.id):
                if access.offering.layer_name in names:
                    client.delete_access(key.id, access.id)

    if names:
        bench.run(close)


def account_of(bench: Bench) -> tuple[tuple[KeyOverview, ...], Holdings]:
    """Return the rows of the keys, and what the account has."""
    holdings: Holdings = bench.run(partial(load_holdings, bench.signed_in))
    parts = bench.run(Parts.of(lambda progress: load_overviews(holdings.keys, bench.signed_in, progress)))
    rows = {row.key.id: row for part in parts for row in part}
    return tuple(rows.values()), holdings
