"""The places of a file where a source or a key can stand, in the words people know from QGIS."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import Enum, auto


class Where(Enum):
    """What a place belongs to."""

    LAYER = auto()
    TREE = auto()
    LAYOUT = auto()
    LEGEND = auto()
    RELATION = auto()
    VALUE_RELATION = auto()
    SYMBOL = auto()
    ACTION = auto()
    MAP_TIP = auto()
    METADATA = auto()
    PROPERTY = auto()
    VARIABLE = auto()
    CONNECTION = auto()
    OTHER = auto()


@dataclass(frozen=True)
class Place:
    """Where something stands: in which member of an archive or project of a GeoPackage, in what, of which layer.

    `member` is empty in a plain file. `element` is for the detail of a report: `datasource`, `LayoutItem/@file`.
    `layer_name` is a connection's name in an export of connections.
    """

    member: str
    where: Where
    element: str
    layer_id: str = ""
    layer_name: str = ""


@dataclass(frozen=True)
class FoundSource:
    """A value in which a mark stands, whole and unescaped: a layer's source, a URL, an HTML text, a script.

    `provider` is empty where the value is no source of a layer. `source` may hold a secret, hence it is not in `repr`;
    bytes that are no text in the file's encoding are surrogates in it.
    """

    place: Place
    provider: str
    source: str = field(repr=False)


CONTAINERS = {
    "maplayer": None,
    "main-annotation-layer": None,
    "Layouts": Where.LAYOUT,
    "Layout": Where.LAYOUT,
    "Composer": Where.LAYOUT,
    "LayerSet": Where.LAYOUT,
    "editWidget": None,
    "renderer-v2": Where.SYMBOL,
    "renderer-3d": Where.SYMBOL,
    "symbols": Where.SYMBOL,
    "labeling": Where.SYMBOL,
    "customproperties": Where.PROPERTY,
    "properties": Where.PROPERTY,
    "Variables": Where.VARIABLE,
    "resourceMetadata": Where.METADATA,
    "projectMetadata": Where.METADATA,
    "metadataUrls": Where.METADATA,
}
"""The elements a place is told by, when it stands in them; None: those that need a look at the place itself."""

LAYERS = frozenset({"maplayer", "main-annotation-layer"})
_LAYOUTS = frozenset({"Layouts", "Layout", "Composer"})
_ELEMENTS = {
    "relation": Where.RELATION,
    "actionsetting": Where.ACTION,
    "mapTip": Where.MAP_TIP,
    "mapTipTemplate": Where.MAP_TIP,
    "dataUrl": Where.METADATA,
    "legendUrl": Where.METADATA,
    "metadataUrl": Where.METADATA,
    "LayoutItem": Where.LAYOUT,
}
_SOURCE_WIDGETS = frozenset({"ValueRelation", "RelationReference"})


def where_of(element: str, containers: Sequence[str], widget: str) -> Where:
    """Return what a place belongs to: its element, the known elements around it, the type of the widget around it."""
    if element == "datasource" and LAYERS.intersection(containers):
        return Where.LAYER
    if element == "layer-tree-layer":
        return Where.LEGEND if _LAYOUTS.intersection(containers) else Where.TREE
    if element in _ELEMENTS:
        return _ELEMENTS[element]
    innermost = element if element in CONTAINERS else containers[-1] if containers else ""
    if innermost == "editWidget":
        return Where.VALUE_RELATION if widget in _SOURCE_WIDGETS else Where.OTHER
    return CONTAINERS.get(innermost) or Where.OTHER
