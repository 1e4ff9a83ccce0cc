"""WFS between clients and QGIS Server: its versions, and the names of the platform. No QGIS."""

from __future__ import annotations

from xml.etree import ElementTree

import pytest

from tests.simulator.ogc import wfs

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
