"""Sources of the old Géoportail taken to the address of today."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gpkeys_plugin.keys.layer_needs.credential_replacement import Configuration, HashInUrl, with_credential
from gpkeys_plugin.keys.layer_needs.geoportail_moves import move_caution, moved_to
from gpkeys_plugin.keys.layer_needs.sources import read_source

from .forms import HOST, NEW, OLD, PLATFORM
from .test_sources import PROVIDERS, noise


@pytest.mark.parametrize(
    ("provider", "before", "after"),
    [
        (
            "wms",
            "layers=b&layers=a&styles&url=https://wxs.ign.fr/cle/geoportail/r/wms?VERSION%3D1.3.0&crs=EPSG:2154",
            f"layers=b&layers=a&styles&url={HOST}/private/wms-r?VERSION%3D1.3.0&crs=EPSG:2154",
        ),
        (
            "wms",
            "layers=a&url=https://wxs.ign.fr:443/cle/inspire/v/wms",
            f"layers=a&url={HOST}/private/wms-v",
        ),
        (
            "wms",
            "layers=a&tileMatrixSet=PM&url=https%3A%2F%2Fwxs.ign.fr%2Fcle%2Fwmts%3FSERVICE%3DWMTS",
            "layers=a&tileMatrixSet=PM&url=https%3A%2F%2Fdata.geopf.fr%2Fprivate%2Fwmts%3FSERVICE%3DWMTS",
        ),
        (
            "wms",
            "layers=a&url=https://wxs.ign.fr/geoportail/wmts?SERVICE%3DWMTS",
            f"layers=a&url={HOST}/private/wmts?SERVICE%3DWMTS",
        ),
        (
            "vectortile",
            "type=xyz&url=https://wxs.ign.fr/cle/geoportail/tms/1.0.0/PCI/%7Bz%7D/%7Bx%7D/%7By%7D.pbf&zmax=19",
            f"type=xyz&url={HOST}/private/tms/1.0.0/PCI/%7Bz%7D/%7Bx%7D/%7By%7D.pbf&zmax=19",
        ),
        (
            "WFS",
            " url='https://wxs.ign.fr/cle/geoportail/wfs' typename='b:c'",
            f" url='{HOST}/private/wfs' typename='b:c'",
        ),
        (
            "WFS",
            "https://wxs.ign.fr/cle/geoportail/wfs?SERVICE=WFS&TYPENAME=b:c",
            f"{HOST}/private/wfs?SERVICE=WFS&TYPENAME=b:c",
        ),
    ],
)
def test_the_root_is_replaced_and_nothing_else(provider: str, before: str, after: str) -> None:
    old = read_source(provider, before, PLATFORM)
    assert old is not None
    moved = moved_to(provider, before, PLATFORM.private_root(old.endpoint))
    assert moved == after
    new = read_source(provider, moved, PLATFORM)
    assert new is not None
    assert (new.is_geoportail, new.is_private) == (False, True)
    assert (new.kind, new.endpoint, new.layer_names) == (old.kind, old.endpoint, old.layer_names)
    assert with_credential(provider, moved, Configuration("abcdef1"), PLATFORM) != moved
    assert NEW in with_credential(provider, moved, HashInUrl(NEW), PLATFORM)


def test_other_sources_stay() -> None:
    for source in (
        f"layers=a&url={HOST}/private/wms-r?apikey%3D{OLD}",
        "layers=a&url=https://wxs.ign.fr.other.example/cle/geoportail/r/wms",
        "layers=a&url=https://other.example/wxs.ign.fr/cle/geoportail/r/wms",
    ):
        assert moved_to("wms", source, f"{HOST}/private/wms-r") == source
    assert moved_to("ogr", "https://wxs.ign.fr/cle/geoportail/wfs", f"{HOST}/private/wfs").startswith("https://wxs")


def test_nothing_is_promised_of_tiles() -> None:
    cautions = {}
    for name, source in {
        "WMTS": "layers=a&tileMatrixSet=PM&url=https://wxs.ign.fr/cle/wmts",
        "XYZ": "type=xyz&url=https://wxs.ign.fr/cle/geoportail/tms/1.0.0/a/%7Bz%7D/%7Bx%7D/%7By%7D.jpg",
        "WMS": "layers=a&url=https://wxs.ign.fr/cle/geoportail/r/wms",
    }.items():
        read = read_source("wms", source, PLATFORM)
        assert read is not None
        cautions[name] = move_caution(read)
    assert cautions["WMS"] is None
    assert "“PM”" in str(cautions["WMTS"])
    assert "ending of the tiles" in str(cautions["XYZ"])


@given(st.sampled_from(PROVIDERS), noise)
def test_no_text_raises(provider: str, source: str) -> None:
    moved_to(provider, f"{source}url=https://wxs.ign.fr/{source}/geoportail/r/wms{source}", f"{HOST}/private/wms-r")
