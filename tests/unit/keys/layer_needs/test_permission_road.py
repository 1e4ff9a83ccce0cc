"""The road to a permission."""

from __future__ import annotations

import pytest

from gpkeys_plugin.keys.layer_needs.permission_road import SCAN_25_100, SCAN_OACI, road_to, scan_communities


@pytest.mark.parametrize(
    ("names", "communities"),
    [
        (("GEOGRAPHICALGRIDSYSTEMS.MAPS",), (SCAN_25_100,)),
        (("GEOGRAPHICALGRIDSYSTEMS.MAPS.SCAN25TOUR",), (SCAN_25_100,)),
        (("GEOGRAPHICALGRIDSYSTEMS.MAPS.SCAN25TOUR.L93",), (SCAN_25_100,)),
        (("SCAN25TOUR_PYR-JPEG_WLD_WM",), (SCAN_25_100,)),
        (("SCAN100_PYR-JPEG_WLD_WM_WMTS_3D",), (SCAN_25_100,)),
        (("GEOGRAPHICALGRIDSYSTEMS.MAPS.SCAN-OACI",), (SCAN_OACI,)),
        (("SCANOACI_PYR-JPEG_WLD_WM",), (SCAN_OACI,)),
        (("SCAN100_PYR-JPEG_WLD_WM", "SCAN25TOUR_PYR-JPEG_WLD_WM"), (SCAN_25_100,)),
        (("SCANOACI_PYR-JPEG_WLD_WM", "SCAN25TOUR_PYR-JPEG_WLD_WM"), (SCAN_OACI, SCAN_25_100)),
        (("SCAN25TOUR_PYR-JPEG_WLD_WM", "plu"), ()),
        (("SCAN1000_PYR-JPEG_WLD_WM",), ()),
        (("SCANREG_PYR-JPEG_WLD_WM",), ()),
        (("GEOGRAPHICALGRIDSYSTEMS.MAPS.OVERVIEW",), ()),
        (("GEOGRAPHICALGRIDSYSTEMS.MAPS.BDUNI.J1",), ()),
        (("GEOGRAPHICALGRIDSYSTEMS.PLANIGNV2",), ()),
        ((), ()),
    ],
)
def test_the_scan_maps_are_told_from_others(names: tuple[str, ...], communities: tuple[str, ...]) -> None:
    assert scan_communities(names) == communities


def test_the_road_to_the_scan_maps_has_three_steps_with_links() -> None:
    road = road_to(("SCANOACI_PYR-JPEG_WLD_WM",), "compte-1")
    assert (road.communities, road.account_id) == ((SCAN_OACI,), "compte-1")
    assert [step.url.startswith("https://cartes.gouv.fr/") for step in road.steps] == [True] * 3
    account, join, wait = (str(step.text) for step in road.steps)
    assert "SIRET" in account
    assert SCAN_OACI in join
    assert "second" in wait


def test_both_communities_are_named_where_a_layer_needs_both() -> None:
    join = str(road_to(("SCANOACI_PYR-JPEG_WLD_WM", "GEOGRAPHICALGRIDSYSTEMS.MAPS")).steps[1].text)
    assert SCAN_OACI in join
    assert SCAN_25_100 in join


def test_for_other_layers_their_producer_is_to_be_asked() -> None:
    road = road_to(("plu",), "compte-1")
    assert (len(road.steps), road.steps[0].url, road.communities, road.account_id) == (1, "", (), "compte-1")
