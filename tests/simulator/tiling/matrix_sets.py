"""The tile matrix sets of the platform, as ROK4 7.0.0 wrote them in the recorded WMTS capabilities."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from xml.dom import minidom

_RECORDED = Path(__file__).parents[1] / "contract/documents/rok4/7.0.0/wmts-capabilities.xml"
TILE_PIXELS = 256
_PIXELS_PER_M = 1 / 0.00028
"""The pixels that scale denominators go by."""
_IN_DEGREES = "IGNF:WGS84G"
_OF_A_RANGE = re.compile(r".+_\d+_\d+")


@dataclass(frozen=True)
class Level:
    """One level. `scale` and `corner` are texts as recorded; `left`, `top` and `resolution` are in units of the CRS."""

    name: str
    scale: str
    corner: str
    width: int
    height: int
    resolution: float

    @property
    def left(self) -> float:
        """The west side of the first column."""
        return float(self.corner.split(" ")[0])

    @property
    def top(self) -> float:
        """The north side of the first row."""
        return float(self.corner.split(" ")[1])

    @property
    def tile_side(self) -> float:
        """The side of a tile in units of the CRS."""
        return TILE_PIXELS * self.resolution


@dataclass(frozen=True)
class MatrixSet:
    """A set and its levels by name, the coarsest first."""

    name: str
    crs: str
    levels: dict[str, Level]


@lru_cache(maxsize=1)
def matrix_sets() -> dict[str, MatrixSet]:
    """The sets in metres by name, those that ROK4 derives for a range of levels (`PM_6_12`) left out."""
    document = minidom.parse(str(_RECORDED))  # noqa: S318  # lies beside this file
    found = (_read_set(node) for node in document.getElementsByTagName("TileMatrixSet") if node.childNodes[1:])
    return {one.name: one for one in found if one.crs != _IN_DEGREES and not _OF_A_RANGE.fullmatch(one.name)}


def _read_set(node: minidom.Element) -> MatrixSet:
    crs = _text(node, "ows:SupportedCRS")
    levels = [_read_level(matrix) for matrix in node.getElementsByTagName("TileMatrix")]
    return MatrixSet(_text(node, "ows:Identifier"), crs, {level.name: level for level in levels})


def _read_level(node: minidom.Element) -> Level:
    scale = _text(node, "ScaleDenominator")
    return Level(
        _text(node, "ows:Identifier"),
        scale,
        _text(node, "TopLeftCorner"),
        int(_text(node, "MatrixWidth")),
        int(_text(node, "MatrixHeight")),
        float(scale) / _PIXELS_PER_M,
    )


def _text(node: minidom.Element, name: str) -> str:
    child = node.getElementsByTagName(name)[0].firstChild
    return child.data if isinstance(child, minidom.Text) else ""
