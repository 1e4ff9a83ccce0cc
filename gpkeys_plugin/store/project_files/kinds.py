"""The kinds of files that hold sources, told by the ends of their names."""

from __future__ import annotations

from enum import Enum
from pathlib import Path


class FileKind(Enum):
    """What a file is; the value is what its name ends with, in lower case."""

    PROJECT = ".qgs"
    PROJECT_ARCHIVE = ".qgz"
    PROJECT_BACKUP = ".qgs~"
    ARCHIVE_BACKUP = ".qgz~"
    LAYER_DEFINITION = ".qlr"
    LAYOUT_TEMPLATE = ".qpt"
    CONNECTIONS = ".xml"
    GEOPACKAGE = ".gpkg"


ARCHIVES = frozenset({FileKind.PROJECT_ARCHIVE, FileKind.ARCHIVE_BACKUP})

# `Composer` is how layout templates began before QGIS 3.
_PROJECT_ROOTS = frozenset({"qgis"})
_ROOTS = {
    FileKind.LAYER_DEFINITION: frozenset({"qlr"}),
    FileKind.LAYOUT_TEMPLATE: frozenset({"Layout", "Composer"}),
}


def kind_of(path: Path) -> FileKind | None:
    """Return the kind of a file by its name; None for one that holds no sources."""
    try:
        return FileKind(path.suffix.lower())
    except ValueError:
        return None


def is_root_of(kind: FileKind, element: str) -> bool:
    """Whether a document of a kind begins with this element, as QGIS writes it."""
    if kind is FileKind.CONNECTIONS:
        return element.startswith("qgs") and element.endswith("Connections")
    return element in _ROOTS.get(kind, _PROJECT_ROOTS)
