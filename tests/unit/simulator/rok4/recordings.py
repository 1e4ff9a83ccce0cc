"""The recorded answers of ROK4, and the analogous questions to the simulator."""

from __future__ import annotations

import csv
import json
import re
from dataclasses import dataclass
from typing import Any
from xml.etree import ElementTree

from tests.simulator.dataset import made_up_layers
from tests.simulator.tiling import pyramids
from tests.tooling.tree import TESTS

FOLDER = TESTS / "simulator" / "contract" / "documents" / "rok4"

LAYERS = {
    "ROCHEBRUNE.GEOGRAPHICALGRIDSYSTEMS.MAPS.SCAN25TOUR": "rochebrune.scan25.touristique",
    "ROCHEBRUNE.ZONAGE.VECTEUR": "rochebrune.plan.vecteur",
    "ROCHEBRUNE.ORTHO.PM": "rochebrune.ortho.tuiles",
    "ROCHEBRUNE.ORTHO.LAMB93": "rochebrune.cadastre.lamb93",
    "ROCHEBRUNE.ORTHO.2154": "rochebrune.cadastre.lamb93",
    "ROCHEBRUNE.CARTE.WGS84G": "rochebrune.cadastre.lamb93",
    "rochebrune_mnt_zbil": "rochebrune.mnt.tuiles",
    "rochebrune_mnt_bil_l93": "rochebrune.mnt.lamb93",
}
"""Recorded layer → the one of ours that is served in the same form."""
_TILES = re.compile(r"/(?P<zoom>10)/(?P<column>525|16)/(?P<row>364|104)\.(?P<extension>\w+)$")


@dataclass(frozen=True)
class Recorded:
    """One line of `answers.tsv`: what was asked, and what came back."""

    name: str
    path: str
    status: int
    content_type: str
    encoding: str
    body: bytes | None


def recorded(version: str = "7.0.0") -> list[Recorded]:
    """All lines of a version."""
    with (FOLDER / version / "answers.tsv").open(encoding="utf-8", newline="") as file:
        return [_line(version, *row) for row in csv.reader(file, delimiter="\t")]


def _line(version: str, name: str, path: str, status: str, kind: str, encoding: str, _length: str) -> Recorded:
    file = FOLDER / version / name
    return Recorded(name, path, int(status), kind, encoding, file.read_bytes() if file.is_file() else None)


def analogous(path: str) -> str:
    """The same question about a layer of ours; a tile that exists there becomes one that exists here."""
    theirs = next((name for name in sorted(LAYERS, key=len, reverse=True) if name in path), None)
    if theirs is None:
        return path
    layer = made_up_layers.layer(LAYERS[theirs])
    ours = path.replace(theirs, layer.layer_name)
    level = pyramids.matrix_set(layer.tiles).levels["10"]
    found = pyramids.limits(layer.tiles, level)
    return _TILES.sub(rf"/\g<zoom>/{found.first_column}/{found.first_row}.\g<extension>", ours)


def is_analogous(path: str) -> bool:
    """Whether we have a layer in the form of the one asked for (or none is asked for)."""
    pieces = [piece for piece in path.split("?", maxsplit=1)[0].split("/")[4:5] if piece != "RIEN"]
    return not pieces or pieces[0] in LAYERS


def shape(body: bytes) -> Any:
    """What two documents must have in common: elements in their order with the names of their attributes, or keys.

    Repeated elements count once; texts, and how many levels or layers there are, do not matter.
    """
    if body.lstrip().startswith(b"{"):
        return _keys(json.loads(body))
    return _elements(ElementTree.fromstring(body))


def _keys(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _keys(part) for name, part in value.items() if name != "fields"}
    if isinstance(value, list):
        return [_keys(value[0])] if value else []
    return type(value).__name__


def _elements(node: ElementTree.Element) -> Any:
    children: list[Any] = []
    for child in node:
        described = _elements(child)
        if described not in children:
            children.append(described)
    return (node.tag, list(node.attrib), children)
