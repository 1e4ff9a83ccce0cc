"""What stands between clients and QGIS Server: names and versions of WFS, tile arithmetic, the cache."""

from __future__ import annotations

import json
from pathlib import Path
from xml.etree import ElementTree

import pytest

from tests.simulator import dataset
from tests.simulator.ogc import cache, wfs
from tests.simulator.rok4 import pyramids
from tests.simulator.rok4.lambert93 import to_degrees

FEATURES_1_1 = """<wfs:FeatureCollection xmlns:wfs="http://www.opengis.net/wfs" xmlns:gml="http://www.opengis.net/gml" \
xmlns:qgs="http://www.qgis.org/gml">
<gml:boundedBy>
 <gml:Envelope/>
</gml:boundedBy>
<gml:featureMember>
 <qgs:zonage gml:id="zonage.1"><qgs:libelle>U1</qgs:libelle></qgs:zonage>
</gml:featureMember>
</wfs:FeatureCollection>"""


@pytest.mark.parametrize(
    ("parameters", "version"),
    [
        ({}, "2.0.0"),
        ({"version": "1.1.0"}, "1.1.0"),
        ({"acceptversions": "1.0.0,1.1.0"}, "1.0.0"),
        ({"version": "3.0.0", "acceptversions": "9"}, "2.0.0"),
    ],
)
def test_the_version_is_negotiated(parameters: dict[str, str], version: str) -> None:
    assert wfs.negotiated_version(parameters) == version


def test_a_request_in_2_0_0_is_put_in_the_servers_words() -> None:
    request = wfs.read_request(
        {
            "version": "2.0.0",
            "request": "GetFeature",
            "typenames": "rochebrune.plu_2026:zonage",
            "count": "5",
            "startindex": "10",
            "namespaces": "xmlns(a,b)",
            "outputformat": "application/gml+xml; version=3.2",
            "filter": '<fes:Filter xmlns:fes="http://www.opengis.net/fes/2.0">'
            "<fes:ValueReference>rochebrune.plu_2026:typezone</fes:ValueReference></fes:Filter>",
        }
    )
    assert request.parameters == {
        "version": "1.1.0",
        "request": "GetFeature",
        "typename": "zonage",
        "maxfeatures": "5",
        "startindex": "10",
        "filter": '<ogc:Filter xmlns:ogc="http://www.opengis.net/ogc"><ogc:PropertyName>typezone</ogc:PropertyName>'
        "</ogc:Filter>",
    }
    assert request.is_paged
    assert request.counting()["resulttype"] == "hits"
    assert not {"maxfeatures", "startindex"} & request.counting().keys()


def test_features_come_back_in_2_0_0_with_long_names() -> None:
    request = wfs.WfsRequest("2.0.0", "getfeature", {})
    root = ElementTree.fromstring(wfs.write_answer(request, FEATURES_1_1, matched=70))
    assert root.tag == "{http://www.opengis.net/wfs/2.0}FeatureCollection"
    assert (root.get("numberMatched"), root.get("numberReturned")) == ("70", "1")
    feature = root[0][0]
    assert root[0].tag == "{http://www.opengis.net/wfs/2.0}member"
    assert feature.tag == f"{{{wfs.NAMESPACE}}}zonage"
    assert feature.get("{http://www.opengis.net/gml/3.2}id") == "zonage.1"
    assert "<rochebrune.plu_2026:zonage" in wfs.write_answer(request, FEATURES_1_1)


def test_older_versions_get_the_long_names_too() -> None:
    text = wfs.write_answer(wfs.WfsRequest("1.1.0", "getfeature", {}), FEATURES_1_1)
    assert "<rochebrune.plu_2026:zonage" in text
    assert "gml:featureMember" in text


@pytest.mark.parametrize("name", ["rochebrune.scan25.touristique", "rochebrune.ortho_vallee_2023"])
def test_tiles_cover_the_data_and_nothing_else(name: str) -> None:
    pyramid = dataset.layer(name).tiles
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
    folder = Path(dataset.__file__).parent / "contract/documents/rok4" / version
    box = ElementTree.fromstring((folder / "tilemap-jpeg-ignf.xml").read_bytes()).find("BoundingBox")
    assert box is not None
    west, south, _, _ = json.loads((folder / "metadata-jpeg-ignf.json").read_text())["bounds"]
    assert to_degrees(float(box.get("minx", "")), float(box.get("miny", ""))) == pytest.approx((west, south), abs=0.01)


def test_data_are_generated_once_and_again_when_something_is_gone(tmp_path: Path) -> None:
    made = []

    def generate(folder: Path) -> None:
        made.append(folder)
        (folder / "carte.tif").write_bytes(b"x")

    folder = cache.data_folder(tmp_path, "v1", generate)
    assert cache.data_folder(tmp_path, "v1", generate) == folder
    assert len(made) == 1
    (folder / "carte.tif").unlink()
    assert cache.data_folder(tmp_path, "v1", generate) == folder
    assert len(made) == 2
    assert (folder / "carte.tif").is_file()
    assert [path.name for path in tmp_path.iterdir()] == ["v1"]


def test_half_made_data_never_show(tmp_path: Path) -> None:
    def fail(folder: Path) -> None:
        (folder / "carte.tif").write_bytes(b"x")
        raise RuntimeError("disk full")

    with pytest.raises(RuntimeError, match="disk full"):
        cache.data_folder(tmp_path, "v1", fail)
    assert list(tmp_path.iterdir()) == []


def test_the_content_version_follows_the_engine() -> None:
    assert cache.content_version("3.22") == cache.content_version("3.22") != cache.content_version("3.40")
