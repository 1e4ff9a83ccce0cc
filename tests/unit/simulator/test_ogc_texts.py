"""What stands between clients and QGIS Server: names and versions of WFS, tile arithmetic, the cache."""

from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree

import pytest

from tests.simulator import dataset
from tests.simulator.ogc import cache, tms, wfs

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


def test_tiles_cover_the_data_and_nothing_else() -> None:
    plan = dataset.layer("rochebrune.plan.vecteur")
    left, bottom, right, top = tms.extent_mercator()
    for zoom in (dataset.MIN_ZOOM, 12, plan.max_zoom):
        first_column, last_column, first_row, last_row = tms.tile_limits(zoom)
        assert tms.tile_box(zoom, first_column, first_row)[0] <= left
        assert tms.tile_box(zoom, first_column, first_row)[3] >= top
        assert tms.tile_box(zoom, last_column, last_row)[2] >= right
        assert tms.tile_box(zoom, last_column, last_row)[1] <= bottom
        assert tms.is_served(plan, zoom, first_column, last_row)
        assert not tms.is_served(plan, zoom, first_column - 1, last_row)
    assert not tms.is_served(plan, plan.max_zoom + 1, 0, 0)
    assert not tms.is_served(plan, dataset.MIN_ZOOM - 1, 0, 0)


def test_a_tile_map_is_described_as_the_platform_does() -> None:
    scan = dataset.layer("rochebrune.scan25.touristique")
    root = ElementTree.fromstring(tms.layer_description(scan, "http://localhost/tms/1.0.0").encode())
    assert root.findtext("SRS") == "EPSG:3857"
    form = root.find("TileFormat")
    assert form is not None
    assert (form.get("extension"), form.get("mime-type"), form.get("width")) == ("png", "image/png", "256")
    orders = [int(found.get("order", "")) for found in root.iter("TileSet")]
    assert orders == list(range(dataset.MIN_ZOOM, dataset.MAX_ZOOM + 1))


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
