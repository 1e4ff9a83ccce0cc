"""Where several layers lie together."""

from __future__ import annotations

import pytest

from gpkeys_plugin.keys.services.connection_plans import Extent
from gpkeys_plugin.keys.services.extents import WORLD, united

PARIS: Extent = (2.2, 48.8, 2.5, 48.9)
REUNION: Extent = (55.2, -21.4, 55.9, -20.8)


@pytest.mark.parametrize(
    ("extents", "expected"),
    [
        ([], None),
        ([None, None], None),
        ([PARIS], PARIS),
        ([PARIS, None], PARIS),
        ([PARIS, REUNION], (2.2, -21.4, 55.9, 48.9)),
        ([WORLD, PARIS], PARIS),
        ([(-178.5, -85.0, 179.0, 85.0), PARIS], PARIS),
        ([WORLD, None], WORLD),
        ([(float("nan"), 0.0, 1.0, 1.0), PARIS], PARIS),
        ([(0.0, 0.0, float("inf"), 1.0)], None),
        ([(3.0, 45.0, 2.0, 46.0)], None),
        ([(2.0, 46.0, 3.0, 45.0)], None),
    ],
)
def test_what_all_extents_make_together(extents: list[Extent | None], expected: Extent | None) -> None:
    assert united(extents) == expected


def test_a_point_lies_somewhere_too() -> None:
    assert united([(2.0, 45.0, 2.0, 45.0)]) == pytest.approx((1.995, 44.995, 2.005, 45.005))
    assert united([(2.0, 45.0, 3.0, 45.0)]) == pytest.approx((2.0, 44.995, 3.0, 45.005))
