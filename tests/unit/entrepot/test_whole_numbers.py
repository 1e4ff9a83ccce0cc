"""Numbers that others wrote: what is none is no error."""

from __future__ import annotations

import pytest

from gpkeys_plugin.entrepot.paging import ContentRange, read_content_range
from gpkeys_plugin.entrepot.whole_numbers import whole_number


@pytest.mark.parametrize(("text", "number"), [("0", 0), ("012", 12), (" 7 ", 7), ("999999999999999999", 10**18 - 1)])
def test_digits_are_a_number(text: str, number: int) -> None:
    assert whole_number(text) == number


@pytest.mark.parametrize("text", [None, "", " ", "-1", "1.5", "1e3", "²", "٣", "1²", "1_000", "9" * 19, "9" * 5000])
def test_anything_else_is_none(text: str | None) -> None:
    assert whole_number(text) is None


def test_a_total_of_thousands_of_digits_is_not_told() -> None:
    assert read_content_range("1-10/" + "9" * 5000) == ContentRange(1, 10, None)
