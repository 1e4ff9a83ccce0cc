"""Places are reckoned on threads that end soon: QGIS must know its reference systems afterwards as before."""

from __future__ import annotations

import subprocess
import sys

import pytest
from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransform,
    QgsCoordinateTransformContext,
    QgsRectangle,
)

from gpkeys_plugin.keys.services.connection_plans import Extent
from gpkeys_plugin.store.services import extent_conversion
from tests.tooling.tree import PLUGIN

EXTENT = (4.7, 45.6, 5.1, 45.88)
# QGIS keeps the systems it has met: only a process of its own has met none.
_SCRIPT = """
import threading
from pathlib import Path
from qgis.core import *
application = QgsApplication([], False)
application.initQgis()
from gpkeys_plugin.keys.services.connection_plans import ConnectionKind, ServedLayer
from gpkeys_plugin.store.services import capabilities, small_requests, tile_descriptions
folder = Path("tests/simulator/contract/documents/rok4/7.0.0")
root = "https://data.example/private"

def read():
    for path in sorted(folder.glob("tilemap-*.xml")):
        tile_descriptions.describe_tiles(path.read_bytes())
    for kind, name in ((ConnectionKind.WMS, "wms"), (ConnectionKind.WMTS, "wmts")):
        data = (folder / f"{name}-capabilities.xml").read_bytes()
        for layer in capabilities.read_layers(data):
            small_requests.small_requests(ServedLayer("o", layer.name, kind, name, root), layer, data)

for _ in range(6):
    thread = threading.Thread(target=read)
    thread.start()
    thread.join()
systems = [QgsCoordinateReferenceSystem(code) for code in ("EPSG:4326", "IGNF:LAMB93", "EPSG:3857")]
for system in systems[1:]:
    transform = QgsCoordinateTransform(systems[0], system, QgsCoordinateTransformContext())
    print(round(transform.transformBoundingBox(QgsRectangle(2.8, 45.4, 3.0, 45.5)).xMinimum() / 1000))
"""


def test_systems_are_not_void_after_the_threads_have_ended() -> None:
    run = subprocess.run([sys.executable, "-c", _SCRIPT], cwd=PLUGIN.parent, capture_output=True, text=True, check=True)
    assert run.stdout.split()[-2:] == ["684", "312"]


def by_qgis(extent: Extent, crs: str) -> list[float]:
    """Return the extent in a system as QGIS reckons it."""
    degrees, system = QgsCoordinateReferenceSystem("EPSG:4326"), QgsCoordinateReferenceSystem(crs)
    box = QgsCoordinateTransform(degrees, system, QgsCoordinateTransformContext()).transformBoundingBox(
        QgsRectangle(*extent)
    )
    return [box.xMinimum(), box.yMinimum(), box.xMaximum(), box.yMaximum()]


@pytest.mark.parametrize(
    "extent", [EXTENT, (-61.9, 14.3, -60.7, 15.0), (55.2, -21.4, 55.9, -20.8), (-180, -85, 180, 85)]
)
def test_web_mercator_is_that_of_qgis(extent: Extent) -> None:
    found = extent_conversion.in_mercator(extent)
    assert list(found) == pytest.approx(by_qgis(extent, "EPSG:3857"), abs=0.01)
    assert extent_conversion.in_degrees(found, "EPSG:3857") == pytest.approx(extent, abs=1e-9)


@pytest.mark.parametrize("crs", ["EPSG:4326", "CRS:84"])
def test_degrees_stay_degrees(crs: str) -> None:
    assert extent_conversion.in_degrees(EXTENT, crs) == EXTENT


@pytest.mark.parametrize(
    ("box", "crs"),
    [
        (EXTENT, "EPSG:2154"),
        (EXTENT, ""),
        ((5.1, 45.6, 4.7, 45.88), "EPSG:4326"),
        ((float("nan"), 0.0, 1.0, 1.0), "EPSG:3857"),
        ((float("-inf"), 0.0, 1.0, 1.0), "EPSG:3857"),
    ],
)
def test_what_is_no_extent_is_none(box: Extent, crs: str) -> None:
    assert extent_conversion.in_degrees(box, crs) is None
