"""A project whose layers have all that a user gives them, and a credential that opens nothing any more."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

from qgis.core import (
    Qgis,
    QgsLayoutItemLegend,
    QgsLayoutItemMap,
    QgsMapLayer,
    QgsMapThemeCollection,
    QgsPrintLayout,
    QgsProject,
    QgsVectorLayer,
    QgsVectorLayerJoinInfo,
)

from gpkeys_plugin.entrepot.models import KeyType, Permission
from gpkeys_plugin.jobs.values import CreatedKey
from gpkeys_plugin.keys.draft import Grant, KeyDraft
from gpkeys_plugin.keys.layer_needs.credential_replacement import Configuration, Credential, with_credential
from gpkeys_plugin.keys.layer_needs.platform_hosts import Platform
from gpkeys_plugin.keys.services.connection_plans import ConnectionKind
from gpkeys_plugin.keys.services.layer_recipes import LayerRecipe
from gpkeys_plugin.store import layers as store_layers
from tests.qgis.jobs.computers import forget_answers
from tests.qgis.jobs.conftest import Bench
from tests.qgis.jobs.test_create_key import create

DEAD = "ign_scan_ws"
LAYERS = {
    "WMS": (ConnectionKind.WMS, "rochebrune.ortho_vallee_2023"),
    "WMTS PM": (ConnectionKind.WMTS, "rochebrune.scan25.touristique"),
    "WMTS LAMB93": (ConnectionKind.WMTS, "rochebrune.cadastre.lamb93"),
    "XYZ": (ConnectionKind.XYZ, "rochebrune.scan25.touristique"),
    "tuiles vectorielles": (ConnectionKind.VECTOR_TILES, "rochebrune.plan.vecteur"),
    "WFS": (ConnectionKind.WFS, "rochebrune.plu_2026:zonage"),
}
# Since then QGIS waits for ever in `read` for a WFS whose configuration is not there.
_WAITS_SINCE = 34000
_LOGIN, _PASSWORD = "essai-atelier", "Mot-de-passe-26"  # pragma: allowlist secret - made up


def make_key(
    bench: Bench, type_: KeyType = KeyType.HASH, name: str = "Atelier", names: Sequence[str] = (), **more: Any
) -> CreatedKey:
    """Create and connect a key that opens these layers, all without any."""
    permissions: tuple[Permission, ...] = bench.run(lambda _: bench.signed_in.client().permissions())
    grants = {
        offering.id: Grant(offering.id, permission.id)
        for permission in permissions
        for offering in permission.offerings
        if not permission.only_oauth and (not names or offering.layer_name in names)
    }
    draft = KeyDraft(name=name, grants=tuple(grants.values()), type=type_, login=_LOGIN, password=_PASSWORD)
    return create(bench, replace(draft, **more))


def sources(created: CreatedKey) -> dict[str, QgsMapLayer]:
    """Return a layer of each kind, made with a key, by what it is."""
    return {name: store_layers.make_layer(_recipe(created, *which)) for name, which in LAYERS.items()}


def _recipe(created: CreatedKey, kind: ConnectionKind, name: str) -> LayerRecipe:
    return next(recipe for recipe in created.layers if (recipe.connection.kind, recipe.name) == (kind, name))


def delete_keys(bench: Bench) -> None:
    """Delete every key of the account."""

    def delete(_: Any) -> None:
        client = bench.signed_in.client()
        keys = client.keys()
        for key in keys:
            client.delete_key(key.id)

    bench.run(delete)


def withdraw(bench: Bench, created: CreatedKey, names: Sequence[str]) -> None:
    """Take a key's accesses to layers away."""

    def remove(_: Any) -> None:
        client = bench.signed_in.client()
        for access in client.accesses(created.key.id):
            if access.offering.layer_name in names:
                client.delete_access(created.key.id, access.id)

    bench.run(remove)


@dataclass(frozen=True)
class ProjectFiles:
    """The same project twice: as it drew once, and as it is found today."""

    bright: Path
    dark: Path


def write_projects(created: CreatedKey, folder: Path, dead: str = DEAD) -> ProjectFiles:
    """Write the project with a key's hash, and once more with a dead one in its place."""
    project = QgsProject.instance()
    project.clear()
    _compose(project, sources(created))
    bright, dark = folder / "clair.qgs", folder / "sombre.qgs"
    assert project.write(str(bright))
    dark.write_bytes(bright.read_bytes().replace(str(created.hash).encode(), dead.encode()))
    project.clear()
    return ProjectFiles(bright, dark)


def write_with_configuration(created: CreatedKey, folder: Path, authcfg: str, api_url: str) -> Path:
    """Write the project with sources that name a configuration; return its file."""
    files = write_projects(created, folder)
    _replace_credentials(files.bright, files.dark, Configuration(authcfg), api_url)
    return files.dark


def open_without_configuration(file: Path) -> dict[str, QgsMapLayer]:
    """Open a project whose sources name a configuration that is not there; return its layers of ours by name."""
    found = _open(file, is_asking=Qgis.QGIS_VERSION_INT < _WAITS_SINCE)
    return {name: layer for name, layer in found.items() if name in LAYERS}


def open_project(file: Path) -> dict[str, QgsMapLayer]:
    """Open a project; return its layers by name."""
    return _open(file, is_asking=True)


def _open(file: Path, *, is_asking: bool) -> dict[str, QgsMapLayer]:
    """Open a project, without what QGIS would ask services for unless it `is_asking`."""
    forget_answers()
    project = QgsProject.instance()
    project.clear()
    flag = QgsProject.ReadFlag.FlagDontResolveLayers
    assert project.read(str(file)) if is_asking else project.read(str(file), QgsProject.ReadFlags(flag))
    project.setDirty(False)
    return {layer.name(): layer for layer in project.mapLayers().values()}


def _replace_credentials(file: Path, to: Path, credential: Credential, api_url: str) -> None:
    """Write a project with another credential in every source. QGIS itself would not save a source that is dead."""
    layers, platform = open_project(file).values(), Platform.of(api_url)
    # Once read, sources of tiles are written in another order.
    assert QgsProject.instance().write(str(to))
    text = to.read_text(encoding="utf-8")
    for layer in layers:
        changed = with_credential(layer.providerType(), layer.source(), credential, platform)
        text = text.replace(escape(layer.source()), escape(changed))
    to.write_text(text, encoding="utf-8")


def _compose(project: QgsProject, found: dict[str, QgsMapLayer]) -> None:
    root = project.layerTreeRoot()
    group = root.addGroup("Fonds")
    inner = group.addGroup("Tuiles")
    notes = QgsVectorLayer("Point?crs=EPSG:2154&field=code:string&field=note:string", "notes", "memory")
    assert project.addMapLayer(notes) is not None
    for number, (name, layer) in enumerate(found.items()):
        layer.setName(name)
        layer.setCustomProperty("essai", number)
        layer.setMinimumScale(100_000 + number)
        layer.setMaximumScale(500)
        layer.setScaleBasedVisibility(True)
        layer.setOpacity(0.4 + number / 20)
        assert project.addMapLayer(layer, False) is not None
        (inner if "iles" in name or name == "XYZ" else group).addLayer(layer)
    root.findLayer(found["XYZ"].id()).setItemVisibilityChecked(False)
    _furnish(found["WFS"], notes)
    project.mapThemeCollection().insert("fonds", QgsMapThemeCollection.createThemeFromCurrentState(root, _model(root)))
    _lay_out(project, list(found.values()))


def _model(root: Any) -> Any:
    from qgis.core import QgsLayerTreeModel

    return QgsLayerTreeModel(root)


def _furnish(wfs: QgsVectorLayer, notes: QgsVectorLayer) -> None:
    from qgis.core import QgsPalLayerSettings, QgsVectorLayerSimpleLabeling
    from qgis.PyQt.QtGui import QColor

    wfs.renderer().symbol().setColor(QColor("#123456"))
    settings = QgsPalLayerSettings()
    settings.fieldName = wfs.fields().at(0).name()
    wfs.setLabeling(QgsVectorLayerSimpleLabeling(settings))
    wfs.setLabelsEnabled(True)
    join = QgsVectorLayerJoinInfo()
    join.setJoinLayer(notes)
    join.setJoinFieldName("code")
    join.setTargetFieldName(wfs.fields().at(0).name())
    assert wfs.addJoin(join)


def _lay_out(project: QgsProject, layers: list[QgsMapLayer]) -> None:
    layout = QgsPrintLayout(project)
    layout.initializeDefaults()
    layout.setName("Plan")
    picture = QgsLayoutItemMap(layout)
    picture.setLayers(layers)
    picture.setKeepLayerSet(True)
    layout.addLayoutItem(picture)
    legend = QgsLayoutItemLegend(layout)
    legend.setAutoUpdateModel(False)
    layout.addLayoutItem(legend)
    assert project.layoutManager().addLayout(layout)


def read_ten_times() -> None:
    """Read what a look at the project goes by, ten times, and do nothing with it."""
    for _ in range(10):
        for layer in QgsProject.instance().mapLayers().values():
            _ = layer.id(), layer.name(), layer.source(), layer.providerType()
