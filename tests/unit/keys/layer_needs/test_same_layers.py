"""Which data sources are the same layer, and which are not."""

from __future__ import annotations

import pytest

from gpkeys_plugin.keys.layer_needs.same_layers import carried, drawn_layer

_HOST = "https://data.geopf.fr/private"
_HASH = "FauxHashAncien0001"  # pragma: allowlist secret - made up
_TILES = f"{_HOST}/tms/1.0.0/carte/%7Bz%7D/%7Bx%7D/%7By%7D.png?apikey%3D{_HASH}"
_VECTORS = f"{_HOST}/tms/1.0.0/plan/%7Bz%7D/%7Bx%7D/%7By%7D.pbf?apikey%3D{_HASH}"
_WMTS = f"url={_HOST}/wmts?SERVICE%3DWMTS%26VERSION%3D1.0.0%26REQUEST%3DGetCapabilities%26apikey%3D{_HASH}"

SAME = {
    "tiles, as QGIS writes them anew": (
        "wms",
        f"type=xyz&url={_TILES}&zmin=6&zmax=16",
        f"crs=EPSG:3857&format&type=xyz&url={_TILES}&zmax=16&zmin=6",
    ),
    "a WMTS whose fields and parameters stand in another order": (
        "wms",
        f"{_WMTS}&layers=carte&styles=normal&format=image/png&crs=EPSG:3857&tileMatrixSet=PM",
        (
            "tileMatrixSet=PM&crs=EPSG:3857&format=image/jpeg&layers=carte&styles=normal&dpiMode=7"
            f"&url={_HOST}/wmts?apikey%3D{_HASH}%26request%3DGetCapabilities%26service%3DWMTS"
        ),
    ),
    "a WMS in another reference system": (
        "wms",
        f"url={_HOST}/wms-r?apikey%3D{_HASH}&layers=carte&styles=&crs=EPSG:2154&featureCount=10",
        f"dpiMode=7&crs=EPSG:3857&layers=carte&styles&url=https://data.geopf.fr:443/private/wms-r/?apikey%3D{_HASH}",
    ),
    "a WFS without its quotes": (
        "WFS",
        f"url='{_HOST}/wfs?apikey={_HASH}' typename='plu:zonage' srsname='EPSG:2154' restrictToRequestBBOX='1'",
        f"pagingEnabled='true' typename='plu:zonage' version='2.0.0' url='{_HOST}/wfs?VERSION=2.0.0&apikey={_HASH}'",
    ),
    "a WFS that is an address and nothing else": (
        "WFS",
        f"url='{_HOST}/wfs?apikey={_HASH}' typename='plu:zonage'",
        f"{_HOST}/wfs?SERVICE=WFS&REQUEST=GetFeature&TYPENAME=plu:zonage&SRSNAME=EPSG:2154&apikey={_HASH}",
    ),
    "vector tiles with a style": (
        "vectortile",
        f"type=xyz&url={_VECTORS}",
        f"styleUrl={_HOST}/style.json&type=xyz&url={_VECTORS}&zmax=14",
    ),
}


@pytest.mark.parametrize("what", SAME)
def test_the_same_layer_however_it_is_written(what: str) -> None:
    provider, one, other = SAME[what]
    assert drawn_layer(provider, one) == drawn_layer(provider, other) is not None
    assert carried(provider, one) == carried(provider, other)
    assert carried(provider, one).hashes == {_HASH}


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("layers=carte", "layers=autre"),
        ("styles=normal", "styles=ombre"),
        ("styles=normal", "styles="),
        ("tileMatrixSet=PM", "tileMatrixSet=LAMB93"),
        ("/private/wmts", "/private/wmts2"),
        ("data.geopf.fr", "example.org"),
        ("VERSION", "MAP"),
    ],
)
def test_what_makes_another_layer(old: str, new: str) -> None:
    source = f"{_WMTS}&layers=carte&styles=normal&format=image/png&crs=EPSG:3857&tileMatrixSet=PM"
    assert old in source
    assert drawn_layer("wms", source) != drawn_layer("wms", source.replace(old, new))


def test_the_same_address_as_picture_and_as_vector_tiles_is_two_layers() -> None:
    source = f"type=xyz&url={_HOST}/tms/1.0.0/plan/%7Bz%7D/%7Bx%7D/%7By%7D.pbf"
    assert drawn_layer("wms", source) != drawn_layer("vectortile", source)
    assert drawn_layer("xyzvectortiles", source) == drawn_layer("vectortile", source)


def test_a_wfs_of_some_objects_is_not_the_one_of_all() -> None:
    source = f"url='{_HOST}/wfs' typename='plu:zonage'"
    chosen = f"{source} sql=SELECT * FROM zonage"  # noqa: S608 - no query of a database
    assert drawn_layer("WFS", source) != drawn_layer("WFS", chosen)


@pytest.mark.parametrize(("provider", "source"), [("ogr", "/donnees/a.gpkg"), ("wms", ""), ("WFS", "url='nothing'")])
def test_what_is_no_service_is_not_told(provider: str, source: str) -> None:
    assert drawn_layer(provider, source) is None


def test_what_is_carried() -> None:
    told = carried("wms", f"authcfg=abc1234&http-header:apikey={_HASH}&username=ana&url=https://eva@data.geopf.fr/a")
    assert sorted(told.hashes | told.configurations | told.logins) == sorted((_HASH, "abc1234", "ana", "eva"))
    assert _HASH not in repr(told)
    assert not any((carried("ogr", "authcfg=abc1234").configurations, carried("wms", f"url={_HOST}/a").hashes))
