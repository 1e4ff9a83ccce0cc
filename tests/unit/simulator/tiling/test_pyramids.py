"""Which tiles there are, and where Lambert 93 lies."""

from __future__ import annotations

import json
from xml.etree import ElementTree

import pytest

from tests.simulator.dataset import made_up_layers
from tests.simulator.tiling import pyramids
from tests.simulator.tiling.lambert93 import to_degrees
from tests.tooling.tree import TESTS


@pytest.mark.parametrize("name", ["rochebrune.scan25.touristique", "rochebrune.ortho_vallee_2023"])
def test_tiles_cover_the_data_and_nothing_else(name: str) -> None:
    pyramid = made_up_layers.layer(name).tiles
    left, bottom, right, top = pyramids.data_box(pyramids.matrix_set(pyramid).crs)
    for level in pyramids.levels(pyramid):
        zoom = int(level.name)
        first_row, last_row, first_column, last_column = pyramids.limits(pyramid, level)
        assert pyramids.tile_box(pyramid, zoom, first_column, first_row)[0] <= left
        assert pyramids.tile_box(pyramid, zoom, first_column, first_row)[3] >= top
        assert pyramids.tile_box(pyramid, zoom, last_column, last_row)[2] >= right
        assert pyramids.tile_box(pyramid, zoom, last_column, last_row)[1] <= bottom
        assert pyramids.is_served(pyramid, zoom, first_column, last_row)
        assert not pyramids.is_served(pyramid, zoom, first_column - 1, last_row)
    assert not pyramids.is_served(pyramid, pyramid.bottom + 1, 0, 0)
    assert not pyramids.is_served(pyramid, pyramid.top - 1, 0, 0)


@pytest.mark.parametrize("version", ["7.0.0"])
def test_lambert_93_becomes_degrees_as_recorded(version: str) -> None:
    folder = TESTS / "simulator/contract/documents/rok4" / version
    box = ElementTree.fromstring((folder / "tilemap-jpeg-ignf.xml").read_bytes()).find("BoundingBox")
    assert box is not None
    west, south, _, _ = json.loads((folder / "metadata-jpeg-ignf.json").read_text())["bounds"]
    assert to_degrees(float(box.get("minx", "")), float(box.get("miny", ""))) == pytest.approx((west, south), abs=0.01)
