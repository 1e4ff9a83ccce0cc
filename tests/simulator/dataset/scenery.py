"""The made-up country around Rochebrune: hills, woods, roads and places, always the same, in EPSG:2154 metres."""

from __future__ import annotations

import math
import random
from collections.abc import Iterable
from dataclasses import dataclass

from .made_up_layers import EXTENT_LAMBERT

Point = tuple[float, float]
Ring = list[Point]

_XMIN, _YMIN, _XMAX, _YMAX = EXTENT_LAMBERT


@dataclass(frozen=True)
class Feature:
    """A geometry as text (WKT) and its attributes."""

    wkt: str
    attributes: dict[str, str | int | float]


@dataclass(frozen=True)
class Hill:
    """A round summit: where, how high above the plateau, how wide (metres)."""

    x: float
    y: float
    height: float
    width: float


HILLS = (
    Hill(693_200, 6_494_300, 520, 1_300),
    Hill(698_900, 6_493_600, 410, 1_500),
    Hill(692_300, 6_488_200, 350, 1_200),
    Hill(699_800, 6_487_700, 600, 1_700),
    Hill(695_600, 6_490_200, 180, 800),
)
PLATEAU_HEIGHT = 780.0

_PLACES = (
    ("Rochebrune", "63901", 696_100, 6_491_900, 2_480),
    ("Saint-Amand-le-Vieux", "63902", 692_000, 6_491_200, 640),
    ("Vernols-Bas", "63903", 693_400, 6_486_600, 310),
    ("La Chaussade", "63904", 697_400, 6_487_000, 455),
    ("Montredon-sur-Couze", "63905", 700_300, 6_490_600, 870),
    ("Puy-Chabrier", "63906", 699_700, 6_495_200, 195),
    ("Les Granges", "63907", 694_300, 6_495_400, 120),
)
_RIVER: Ring = [
    (690_000, 6_489_700),
    (691_400, 6_489_900),
    (692_800, 6_490_900),
    (694_300, 6_491_900),
    (695_600, 6_492_300),
    (697_000, 6_491_500),
    (698_500, 6_490_700),
    (700_000, 6_491_200),
    (702_000, 6_490_500),
]
_ZONES = ("U", "AU", "A", "N")
_ZONE_NAMES = {
    "U": "Zone urbaine",
    "AU": "Zone à urbaniser",
    "A": "Zone agricole",
    "N": "Zone naturelle",
}


def _wkt(points: Iterable[Point]) -> str:
    return ", ".join(f"{x:.2f} {y:.2f}" for x, y in points)


def _polygon(ring: Ring) -> str:
    return f"POLYGON (({_wkt([*ring, ring[0]])}))"


def _line(points: Iterable[Point]) -> str:
    return f"LINESTRING ({_wkt(points)})"


def _nearer(ring: Ring, seed: Point, other: Point) -> Ring:
    """The part of a convex ring that is nearer to `seed` than to `other`."""
    middle_x, middle_y = (seed[0] + other[0]) / 2, (seed[1] + other[1]) / 2
    normal_x, normal_y = other[0] - seed[0], other[1] - seed[1]

    def beyond(point: Point) -> float:
        return (point[0] - middle_x) * normal_x + (point[1] - middle_y) * normal_y

    kept: Ring = []
    for start, end in zip(ring, [*ring[1:], ring[0]]):
        side_start, side_end = beyond(start), beyond(end)
        if side_start <= 0:
            kept.append(start)
        if side_start * side_end < 0:
            share = side_start / (side_start - side_end)
            kept.append((start[0] + share * (end[0] - start[0]), start[1] + share * (end[1] - start[1])))
    return kept


def _cells(seeds: list[Point]) -> list[Ring]:
    """Cut the whole extent into the surroundings of each seed (a Voronoi diagram)."""
    whole: Ring = [(_XMIN, _YMIN), (_XMAX, _YMIN), (_XMAX, _YMAX), (_XMIN, _YMAX)]
    cells = []
    for seed in seeds:
        ring = whole
        for other in seeds:
            if other != seed:
                ring = _nearer(ring, seed, other)
        cells.append(ring)
    return cells


def communes() -> list[Feature]:
    """Seven communes that share the extent."""
    cells = _cells([(x, y) for _, _, x, y, _ in _PLACES])
    return [
        Feature(_polygon(ring), {"nom": name, "insee": code, "population": population})
        for ring, (name, code, _, _, population) in zip(cells, _PLACES)
    ]


def places() -> list[Feature]:
    """The seat of each commune."""
    return [
        Feature(f"POINT ({x} {y})", {"nom": name, "population": population}) for name, _, x, y, population in _PLACES
    ]


def river() -> list[Feature]:
    """The one river of the country."""
    return [Feature(_line(_RIVER), {"nom": "La Couze"})]


def roads() -> list[Feature]:
    """Roads from Rochebrune to the other places, and a ring of lanes between those."""
    centre, *others = [(float(x), float(y)) for _, _, x, y, _ in _PLACES]
    lines = [(f"D{10 + rank}", "départementale", centre, place) for rank, place in enumerate(others)]
    neighbours = zip(others, [*others[1:], others[0]])
    lines += [(f"C{rank + 1}", "communale", start, end) for rank, (start, end) in enumerate(neighbours)]
    return [
        Feature(_line(_bent(start, end, rank)), {"numero": number, "nature": nature})
        for rank, (number, nature, start, end) in enumerate(lines)
    ]


def _bent(start: Point, end: Point, rank: int) -> Ring:
    """A road is never straight here: two bends, to the left or to the right."""
    side = 0.12 if rank % 2 else -0.12
    across = ((start[1] - end[1]) * side, (end[0] - start[0]) * side)
    shares = ((0.0, 0.0), (0.33, 1.0), (0.66, -0.6), (1.0, 0.0))
    return [
        (
            start[0] + share * (end[0] - start[0]) + offset * across[0],
            start[1] + share * (end[1] - start[1]) + offset * across[1],
        )
        for share, offset in shares
    ]


def woods() -> list[Feature]:
    """Patches of forest, on the hills first."""
    chance = random.Random(25)
    centres = [(hill.x, hill.y, hill.width * 0.8) for hill in HILLS]
    centres += [
        (chance.uniform(_XMIN + 900, _XMAX - 900), chance.uniform(_YMIN + 900, _YMAX - 900), chance.uniform(220, 620))
        for _ in range(16)
    ]
    return [
        Feature(_polygon(_blob(chance, x, y, radius)), {"essence": ("hêtre", "sapin", "chêne")[rank % 3]})
        for rank, (x, y, radius) in enumerate(centres)
    ]


def _blob(chance: random.Random, x: float, y: float, radius: float) -> Ring:
    corners = 18
    ring = []
    for corner in range(corners):
        angle = 2 * math.pi * corner / corners
        reach = radius * chance.uniform(0.7, 1.15)
        ring.append(
            (
                min(max(x + reach * math.cos(angle), _XMIN), _XMAX),
                min(max(y + reach * math.sin(angle), _YMIN), _YMAX),
            )
        )
    return ring


def zoning() -> list[Feature]:
    """The zones of the land-use plan: the nearer to a place, the more built-up."""
    chance = random.Random(2026)
    seeds = [(chance.uniform(_XMIN, _XMAX), chance.uniform(_YMIN, _YMAX)) for _ in range(70)]
    features = []
    for rank, (seed, ring) in enumerate(zip(seeds, _cells(seeds)), start=1):
        zone = _zone_of(seed)
        features.append(
            Feature(
                _polygon(ring),
                {"libelle": f"{zone}{rank}", "typezone": zone, "libelong": _ZONE_NAMES[zone], "datappro": "2026-02-12"},
            )
        )
    return features


def _zone_of(point: Point) -> str:
    distance = min(math.dist(point, (x, y)) for _, _, x, y, _ in _PLACES)
    return _ZONES[0 if distance < 750 else 1 if distance < 1_200 else 2 if distance < 2_100 else 3]


def prescriptions() -> list[Feature]:
    """Point prescriptions of the land-use plan: remarkable trees and buildings."""
    chance = random.Random(31)
    kinds = (("31", "Arbre remarquable"), ("07", "Patrimoine bâti à protéger"))
    features = []
    for rank in range(1, 41):
        code, label = kinds[rank % 2]
        x, y = chance.uniform(_XMIN + 200, _XMAX - 200), chance.uniform(_YMIN + 200, _YMAX - 200)
        features.append(Feature(f"POINT ({x:.2f} {y:.2f})", {"libelle": f"{label} n° {rank}", "typepsc": code}))
    return features


def water_pipes() -> list[Feature]:
    """The drinking-water network: a main from the reservoir to each place, and streets around each."""
    chance = random.Random(12)
    reservoir = (HILLS[4].x, HILLS[4].y)
    features: list[Feature] = []
    for _, _, x, y, population in _PLACES:
        features.append(_pipe(_bent(reservoir, (x, y), len(features)), 200 if population > 600 else 125, "fonte", 1974))
        for spoke in range(6):
            angle, reach = math.pi * spoke / 3, chance.uniform(300, 900)
            end = (x + reach * math.cos(angle), y + reach * math.sin(angle))
            features.append(_pipe([(x, y), end], 63, "PEHD", 1990 + 5 * spoke))
    return features


def _pipe(points: Ring, diameter_mm: int, material: str, year: int) -> Feature:
    return Feature(_line(points), {"diametre_mm": diameter_mm, "materiau": material, "annee_pose": year})


TABLES = {
    "commune": communes,
    "localite": places,
    "cours_eau": river,
    "route": roads,
    "foret": woods,
    "zonage": zoning,
    "prescription": prescriptions,
    "canalisation": water_pipes,
}
"""Table of the GeoPackage → what it holds."""
