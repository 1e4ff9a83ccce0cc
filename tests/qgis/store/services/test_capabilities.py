"""What services say of themselves, and what is no such document."""

from __future__ import annotations

import pytest

from gpkeys_plugin.store.services.capabilities import ServiceLayer, TileMatrixSet, read_layers
from gpkeys_plugin.store.services.xml_reading import crs_code, root_of

WMS_1_3 = """<?xml version="1.0"?><WMS_Capabilities version="1.3.0" xmlns="http://www.opengis.net/wms"
 xmlns:xlink="http://www.w3.org/1999/xlink"><Service><Title>x</Title></Service><Capability>
<Request><GetMap><Format>image/jpeg</Format><Format>image/png</Format></GetMap></Request>
<Layer><Title>racine</Title><CRS>EPSG:3857</CRS>
<EX_GeographicBoundingBox><westBoundLongitude>2</westBoundLongitude><eastBoundLongitude>3</eastBoundLongitude>
<southBoundLatitude>45</southBoundLatitude><northBoundLatitude>46</northBoundLatitude></EX_GeographicBoundingBox>
<Layer><Name>a</Name><Title>Été</Title><CRS>EPSG:2154</CRS><Style><Name>normal</Name></Style>
<Style><Name>nuit</Name></Style></Layer>
<Layer><Name>b</Name></Layer></Layer></Capability></WMS_Capabilities>"""

WMS_1_1 = """<!DOCTYPE WMT_MS_Capabilities SYSTEM "x.dtd"><WMT_MS_Capabilities version="1.1.1"><Capability>
<Request><GetMap><Format>image/png</Format></GetMap></Request>
<Layer><SRS>EPSG:4326 EPSG:3857</SRS><LatLonBoundingBox minx="2" miny="45" maxx="3" maxy="46"/>
<Layer><Name>a</Name><Title>A</Title></Layer></Layer></Capability></WMT_MS_Capabilities>"""

WMTS = """<Capabilities xmlns="http://www.opengis.net/wmts/1.0" xmlns:ows="http://www.opengis.net/ows/1.1"><Contents>
<Layer><ows:Identifier>scan</ows:Identifier><ows:Title>Scan</ows:Title>
<ows:WGS84BoundingBox><ows:LowerCorner>2 45</ows:LowerCorner>
<ows:UpperCorner>3 46</ows:UpperCorner></ows:WGS84BoundingBox>
<Style><ows:Identifier>gris</ows:Identifier></Style>
<Style isDefault="true"><ows:Identifier>normal</ows:Identifier></Style>
<Format>image/jpeg</Format>
<TileMatrixSetLink><TileMatrixSet>LAMB93</TileMatrixSet></TileMatrixSetLink>
<TileMatrixSetLink><TileMatrixSet>PM</TileMatrixSet></TileMatrixSetLink></Layer>
<TileMatrixSet><ows:Identifier>PM</ows:Identifier><ows:SupportedCRS>urn:ogc:def:crs:EPSG::3857</ows:SupportedCRS>
<TileMatrix><ows:Identifier>0</ows:Identifier></TileMatrix></TileMatrixSet>
<TileMatrixSet><ows:Identifier>LAMB93</ows:Identifier><ows:SupportedCRS>EPSG:2154</ows:SupportedCRS></TileMatrixSet>
</Contents></Capabilities>"""

WFS = """<wfs:WFS_Capabilities version="2.0.0" xmlns="http://www.opengis.net/wfs/2.0"
 xmlns:wfs="http://www.opengis.net/wfs/2.0"
 xmlns:ows="http://www.opengis.net/ows/1.1"><FeatureTypeList><FeatureType xmlns:eau="https://eau.example.fr">
<Name>eau:conduite</Name><Title>Conduites</Title><DefaultCRS>urn:ogc:def:crs:EPSG::2154</DefaultCRS>
<OtherCRS>urn:ogc:def:crs:EPSG::4326</OtherCRS></FeatureType></FeatureTypeList></wfs:WFS_Capabilities>"""

HTML = b"<html><head><title>401 Authorization Required</title></head><body><h1>401</h1></body></html>"
CUT = WMS_1_3.encode()[:200]
NOT_DOCUMENTS = [None, b"", HTML, b"<html><br>unclosed", CUT, b"{}", b"<ServiceExceptionReport/>", b"\xff\xfe\x00"]
names = pytest.mark.parametrize("data", NOT_DOCUMENTS, ids=range(len(NOT_DOCUMENTS)))


def test_wms_1_3_layers_inherit() -> None:
    first, second = read_layers(WMS_1_3.encode()) or ()

    extent = (2.0, 45.0, 3.0, 46.0)
    formats = ("image/jpeg", "image/png")
    assert first == ServiceLayer("a", "Été", ("EPSG:3857", "EPSG:2154"), formats, ("normal", "nuit"), extent=extent)
    assert second == ServiceLayer("b", "", ("EPSG:3857",), formats, (), extent=extent)


def test_wms_1_1_is_read_too() -> None:
    (layer,) = read_layers(WMS_1_1.encode()) or ()

    assert layer.crs == ("EPSG:4326", "EPSG:3857")
    assert layer.extent == (2.0, 45.0, 3.0, 46.0)


def test_wmts_puts_the_default_style_first() -> None:
    (layer,) = read_layers(WMTS.encode()) or ()

    assert (layer.name, layer.title, layer.formats) == ("scan", "Scan", ("image/jpeg",))
    assert layer.styles == ("normal", "gris")
    assert layer.tile_matrix_sets == (TileMatrixSet("LAMB93", "EPSG:2154"), TileMatrixSet("PM", "EPSG:3857", 1))


def test_wfs_types_have_their_own_reference_system() -> None:
    (layer,) = read_layers(WFS.encode()) or ()

    assert (layer.name, layer.title, layer.crs) == ("eau:conduite", "Conduites", ("EPSG:2154", "EPSG:4326"))


def test_prefixes_do_not_matter() -> None:
    prefixed = WMTS.replace("<", "<w:").replace("<w:/", "</w:").replace("w:ows:", "ows:")
    prefixed = prefixed.replace('xmlns="http://www.opengis.net/wmts', 'xmlns:w="http://www.opengis.net/wmts')

    assert read_layers(prefixed.encode()) == read_layers(WMTS.encode())


def test_capabilities_without_layers_are_capabilities() -> None:
    assert read_layers(b'<WMS_Capabilities version="1.3.0"/>') == ()
    assert read_layers(b"<Capabilities/>") == ()
    assert read_layers(b"<WFS_Capabilities/>") == ()


@names
def test_other_answers_are_no_capabilities(data: bytes | None) -> None:
    assert read_layers(data) is None


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("EPSG:3857", "EPSG:3857"),
        ("urn:ogc:def:crs:EPSG::2154", "EPSG:2154"),
        ("urn:ogc:def:crs:EPSG:6.9:4326", "EPSG:4326"),
        ("http://www.opengis.net/def/crs/EPSG/0/3857", "EPSG:3857"),
        ("http://www.opengis.net/gml/srs/epsg.xml#4326", "EPSG:4326"),
        ("urn:ogc:def:crs:OGC:1.3:CRS84", "CRS:84"),
        ("OGC:CRS84", "CRS:84"),
        ("CRS:84", "CRS:84"),
        ("IGNF:LAMB93", "IGNF:LAMB93"),
        ("urn:ogc:def:crs:IGNF::LAMB93", "IGNF:LAMB93"),
        ("http://www.opengis.net/def/crs/IGNF/0/RGR92UTM40S", "IGNF:RGR92UTM40S"),
        ("none", ""),
        ("", ""),
    ],
)
def test_reference_systems_are_read_however_they_are_written(written: str, code: str) -> None:
    assert crs_code(written) == code


def test_an_ampersand_that_stands_for_itself_is_read_as_one() -> None:
    root = root_of(b'<a href="x?b=1&c=2&amp;d=&#233;&#xE9;"/>')

    assert root is not None
    assert root.attribute("href") == "x?b=1&c=2&d=\xe9\xe9"
