"""A folder of files as people have them: every kind that QGIS writes, all with the shared key that was switched off."""

from __future__ import annotations

import zipfile
from dataclasses import dataclass
from pathlib import Path
from xml.sax.saxutils import quoteattr

from osgeo import ogr
from qgis.core import (
    QgsLayerDefinition,
    QgsMapLayer,
    QgsNetworkAccessManager,
    QgsProject,
    QgsRasterLayer,
    QgsReadWriteContext,
    QgsVectorLayer,
    QgsVectorTileLayer,
)

from gpkeys_plugin.entrepot.models import Key, KeyType
from gpkeys_plugin.jobs.create_key import KeyCreator
from gpkeys_plugin.jobs.values import CreatedKey
from gpkeys_plugin.keys.draft import Grant, KeyDraft
from gpkeys_plugin.store import layers as store_layers
from gpkeys_plugin.store.project_files.file_replacement import copy_of
from gpkeys_plugin.store.project_files.rewrite import FileChange, rewrite_file
from gpkeys_plugin.store.project_files.scan import scan_file
from gpkeys_plugin.store.project_files.telltale_words import Marks
from tests.qgis.jobs.conftest import Bench
from tests.qgis.store.project_files.layouts import print_layout
from tests.simulator.memory import seeds

DEAD = "ign_scan_ws"
NAMES = (seeds.ORTHO, seeds.BOUNDARIES, seeds.SCAN, seeds.PLU, seeds.PLAN)
_PASSWORD = "Mot-de-passe-26"  # pragma: allowlist secret - made up


@dataclass(frozen=True)
class Source:
    """A layer as it was, and the source that it has now."""

    name: str
    provider: str
    live: str
    dark: str


def created_key(bench: Bench, type_: KeyType, name: str) -> CreatedKey:
    """Make a key that opens a layer of each kind of service, and connect it."""
    permissions = bench.run(lambda _: bench.signed_in.client().permissions())
    found = {
        offering.id: Grant(offering.id, permission.id)
        for permission in permissions
        for offering in permission.offerings
        if offering.layer_name in NAMES and not permission.only_oauth
    }
    draft = KeyDraft(name=name, grants=tuple(found.values()), type=type_, login=f"essai-{name}", password=_PASSWORD)
    created: CreatedKey = bench.run(
        lambda progress: KeyCreator(bench.signed_in, bench.creations, bench.main_thread, progress).create(draft)
    )
    return created


def sources_with(bench: Bench, created: CreatedKey, carried: str = DEAD) -> list[Source]:
    """Return a layer of each connection of a HASH key, whose hash another one has replaced since."""
    found = []
    for recipe in created.layers:
        layer = store_layers.make_layer(recipe)
        assert layer.isValid(), recipe
        live = layer.source()
        found.append(Source(recipe.title, layer.providerType(), live, live.replace(str(created.hash), carried)))
    return found


def opened(source: Source) -> QgsMapLayer:
    """Return a layer that is valid; with its source of now it keeps its style."""
    if source.provider == "WFS":
        return QgsVectorLayer(source.live, source.name, source.provider)
    if source.provider == "wms":
        return QgsRasterLayer(source.live, source.name, source.provider)
    return QgsVectorTileLayer(source.live, source.name)


def darkened(folder: Path, sources: list[Source]) -> None:
    """Give the layers in all files of a folder their sources of now.

    Not by QGIS: a WFS layer that names a configuration that is not there hangs it (3.40 and 3.44).
    """
    dark = {source.live: source.dark for source in sources}
    marks = Marks.of(["url="])
    for path in sorted(folder.rglob("*")):
        findings = scan_file(path, marks)
        if findings.stamp is not None:
            change = FileChange(path, findings.stamp, marks, lambda found: dark.get(found.source))
            assert rewrite_file(change).left is None
            copy_of(path).unlink(missing_ok=True)


def forget_answers() -> None:
    """Empty QGIS's cache on disk: a layer is called valid there without its key."""
    QgsNetworkAccessManager.instance().cache().clear()


@dataclass(frozen=True)
class DarkFolder:
    """The folder, the sources of its projects' layers, and what each file holds."""

    folder: Path
    sources: list[Source]
    url: str

    def contents(self) -> dict[str, bytes]:
        """Return every file below the folder, but what QGIS 3.40 and later lay beside a project."""
        paths = sorted(path for path in self.folder.rglob("*") if path.is_file() and path.suffix != ".zip")
        return {str(path.relative_to(self.folder)): path.read_bytes() for path in paths}

    def holding(self, words: str) -> set[str]:
        """Return the files in which words stand, unpacked."""
        return {path.name for path in self.folder.rglob("*") if path.is_file() and words in _text_of(path)}


def dark_folder(folder: Path, sources: list[Source], url: str) -> DarkFolder:
    """Write every kind of file with those layers; `url` is an address that stands in labels, pictures, variables."""
    (folder / "sous dossier").mkdir(parents=True)
    project = QgsProject.instance()
    project.clear()
    layers = [opened(source) for source in sources]
    assert len(project.addMapLayers(layers)) == len(layers)
    project.setCustomVariables({"adresse": url})
    layout = print_layout(project, layers, url)
    project.layoutManager().addLayout(layout)
    ogr.GetDriverByName("GPKG").CreateDataSource(str(folder / "données.gpkg")).CreateLayer("autre")
    for place in ("été.qgs", "sous dossier/b.qgz"):
        assert project.write(str(folder / place))
    assert project.write(f"geopackage:{folder / 'données.gpkg'}?projectName=Été")
    (folder / "été.qgs~").write_bytes((folder / "été.qgs").read_bytes())
    assert QgsLayerDefinition.exportLayerDefinition(str(folder / "c.qlr"), project.layerTreeRoot().children())[0]
    assert layout.saveAsTemplate(str(folder / "d.qpt"), QgsReadWriteContext())
    (folder / "connexions.xml").write_text(_connections(url), encoding="utf-8")
    project.clear()
    darkened(folder, sources)
    return DarkFolder(folder, sources, url)


def _connections(url: str) -> str:
    """Return an export of connections: one names a layer; the other only asks what there is, as most do."""
    root, service, _ = url.partition("/wms-r?")
    urls = [url, f"{root}/wmts?SERVICE=WMTS&REQUEST=GetCapabilities&apikey={DEAD}"] if service else [url]
    entries = "".join(f'    <wms name="Scan" url={quoteattr(one)} username="" password=""/>\n' for one in urls)
    return f'<!DOCTYPE connections>\n<qgsWMSConnections version="1.0">\n{entries}</qgsWMSConnections>\n'


def _text_of(path: Path) -> str:
    if path.suffix == ".qgz":
        with zipfile.ZipFile(path) as archive:
            return "".join(archive.read(name).decode("utf-8", "replace") for name in archive.namelist())
    return path.read_bytes().decode("utf-8", "replace")


def key_named(bench: Bench, name: str) -> Key:
    """Return the account's key of that name."""
    return next(key for key in bench.platform_keys() if key.name == name)
