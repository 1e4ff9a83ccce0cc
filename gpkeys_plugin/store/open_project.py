"""What the user has settled on in the open project. Works on the main thread only."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Collection, Mapping
from urllib.parse import unquote, urlsplit

from qgis.core import QgsProject

from . import key_uses
from .main_thread_guard import require_main_thread
from .project_files.places import FoundSource, Place, Where

_GEOPACKAGE = "geopackage:"
_SCOPE, _IS_HASH_MEANT = "gpkeys", "/hash_in_clear_is_meant"


def project_crs() -> str:
    """Return the code of the project's reference system, empty for a project without layers.

    An empty project has EPSG:4326 or what the options say: its first layer settles it.
    """
    require_main_thread("reading the project's reference system")
    project = QgsProject.instance()
    return str(project.crs().authid()) if project.mapLayers() else ""


def group_titles(group_name: str) -> frozenset[str]:
    """Return the names of the layers in a group of the project."""
    require_main_thread("reading a group of the project")
    group = QgsProject.instance().layerTreeRoot().findGroup(group_name)
    return frozenset(str(node.name()) for node in group.findLayers()) if group is not None else frozenset()


def project_file() -> Path | None:
    """Return the file that the open project was read from, also where it is in a GeoPackage; None for no file."""
    require_main_thread("asking for the project's file")
    name = QgsProject.instance().fileName()
    if name.startswith(_GEOPACKAGE):
        name = unquote(urlsplit(name).path)
    return Path(name) if name else None


def is_temporary() -> bool:
    """Return whether the open project has no file, or one in the system's folder for temporary files."""
    file = project_file()
    folder = Path(tempfile.gettempdir())
    # macOS reaches it through a link, Windows may name it in short.
    return file is None or not {folder, folder.resolve()}.isdisjoint(file.parents)


def layer_sources() -> tuple[FoundSource, ...]:
    """Return the sources of the project's layers as they are now, saved or not."""
    require_main_thread("reading the project's layers")
    return tuple(
        FoundSource(
            Place("", Where.LAYER, "datasource", layer.id(), layer.name()), layer.providerType(), layer.source()
        )
        for layer in QgsProject.instance().mapLayers().values()
    )


def remove_layers_with(
    layer_ids: Collection[str], *, hash_value: str | None, authcfgs: Collection[str]
) -> tuple[str, ...]:
    """Take those of some layers out of the project that carry a hash or a configuration; return their names.

    QGIS cannot undo it, but the project's file is as it was until it is saved.
    """
    require_main_thread("removing layers from the project")
    project = QgsProject.instance()
    using = key_uses.project_layers_with(project, hash_value=hash_value, authcfgs=authcfgs)
    gone = [layer for layer in using if layer.layer_id in layer_ids]
    project.removeMapLayers([layer.layer_id for layer in gone])
    return tuple(layer.name for layer in gone)


def is_changed() -> bool:
    """Return whether the project is not what was saved."""
    require_main_thread("reading whether the project is changed")
    return bool(QgsProject.instance().isDirty())


def variables() -> Mapping[str, str]:
    """Return the variables that the project brings along; they may hold secrets."""
    require_main_thread("reading the project's variables")
    return {str(name): str(value) for name, value in QgsProject.instance().customVariables().items()}


def is_hash_meant() -> bool:
    """Return whether the project says that a hash in clear is meant so."""
    require_main_thread("reading the project's entries")
    return bool(QgsProject.instance().readBoolEntry(_SCOPE, _IS_HASH_MEANT, False)[0])


def mean_hash() -> None:
    """Have the project say so; it counts as changed from then on."""
    require_main_thread("writing the project's entries")
    QgsProject.instance().writeEntryBool(_SCOPE, _IS_HASH_MEANT, True)
