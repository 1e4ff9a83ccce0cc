"""Which of the offered reference systems is asked for."""

from __future__ import annotations

import pytest

from gpkeys_plugin.keys.services.reference_systems import best_system


@pytest.mark.parametrize(
    ("offered", "of_project", "expected"),
    [
        (["CRS:84", "EPSG:4326", "EPSG:3857", "EPSG:2154"], "", "EPSG:3857"),
        (["CRS:84", "IGNF:LAMB93", "EPSG:2154"], "", "EPSG:2154"),
        (["CRS:84", "EPSG:4326", "IGNF:LAMB93"], "", "IGNF:LAMB93"),
        (["EPSG:4326", "CRS:84"], "", "CRS:84"),
        (["EPSG:32740", "EPSG:4326"], "", "EPSG:32740"),
        ([], "", ""),
        ([], "EPSG:2154", ""),
        (["EPSG:3857", "EPSG:2154"], "EPSG:2154", "EPSG:2154"),
        (["EPSG:3857", "EPSG:4326"], "EPSG:4326", "EPSG:4326"),
        (["EPSG:3857", "IGNF:LAMB93"], "EPSG:2154", "IGNF:LAMB93"),
        (["EPSG:3857", "EPSG:2154"], "IGNF:LAMB93", "EPSG:2154"),
        (["EPSG:3857", "IGNF:RGR92UTM40S"], "EPSG:2975", "IGNF:RGR92UTM40S"),
        (["EPSG:2154", "EPSG:3857"], "EPSG:900913", "EPSG:3857"),
        (["CRS:84", "EPSG:3857"], "OGC:CRS84", "CRS:84"),
        (["EPSG:3857"], "USER:100001", "EPSG:3857"),
    ],
)
def test_the_project_s_then_the_known_ones(offered: list[str], of_project: str, expected: str) -> None:
    assert best_system(offered, of_project) == expected
