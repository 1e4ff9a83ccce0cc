"""From entries to editions and files, whatever the entries say."""

from __future__ import annotations

import pytest

from gpkeys_plugin.entrepot.downloads import entries
from gpkeys_plugin.entrepot.downloads.models import FeedEntry

ROOT = "https://data.geopf.fr/private/telechargement"
_SUM = "5a" * 16


def test_an_edition_is_named_as_its_address_names_it() -> None:
    entry = FeedEntry("Titre libre", f"{ROOT}/resource/SCAN/SCAN25%20D063/?x=1", edition_date="2026-01-01T00:00:00Z")
    (found,) = entries.editions("SCAN", [entry])
    assert (found.name, found.title, found.date) == ("SCAN25 D063", "Titre libre", "2026-01-01")


@pytest.mark.parametrize("written", ["", "hier", "2026-13-45", "20260101"])
def test_a_day_that_is_none_is_not_told(written: str) -> None:
    (found,) = entries.editions("SCAN", [FeedEntry("S", "", edition_date=written)])
    assert found.date == ""


def test_entries_without_a_name_are_left_out() -> None:
    assert entries.editions("SCAN", [FeedEntry("", "")]) == ()
    assert entries.files("SCAN", "S", [FeedEntry("", "http://[")]) == ()


def test_the_sum_is_in_the_content_or_beside() -> None:
    found = entries.files(
        "SCAN",
        "S",
        [
            FeedEntry("a", f"{ROOT}/download/SCAN/S/a.7z", length=12, content=f"MD5: {_SUM.upper()}"),
            FeedEntry("b", f"{ROOT}/download/SCAN/S/b.7z", length=-1),
            FeedEntry("b", f"{ROOT}/download/SCAN/S/b.7z.md5", length=40),
            FeedEntry("c", f"{ROOT}/download/SCAN/S/alone.md5", content="pas une somme"),
        ],
    )
    assert [(file.name, file.length, file.md5, file.md5_name) for file in found] == [
        ("a.7z", 12, _SUM, ""),
        ("b.7z", None, None, "b.7z.md5"),
        ("alone.md5", None, None, ""),
    ]
