"""Reading the lists of the download service, in the forms seen."""

from __future__ import annotations

import pytest

from gpkeys_plugin.entrepot.downloads.models import Term
from gpkeys_plugin.entrepot.json_reading import UnreadableError
from gpkeys_plugin.store.services.download_feed import read_feed
from tests.simulator.downloads.feeds import Feed, FeedEntry, FeedForm, atom

_ENTRY = FeedEntry(
    "SCAN25_D063",
    "https://data.example/resource/SCAN/SCAN25_D063?a=1&b=2",
    zones=(("D063", "D063 Puy-de-Dôme"), ("D015", "")),
    formats=(("TIFF", "TIFF (GeoTIFF)"),),
    crs=(("EPSG:2154", "Lambert 93"),),
    date="2026-01-01",
    bbox=(2.9, 45.4, 3.1, 45.6),
    length=1234,
    content="ab" * 16,
)


@pytest.mark.parametrize("form", [FeedForm(), FeedForm("section", "length")])
def test_all_of_an_entry_is_read(form: FeedForm) -> None:
    feed = read_feed(atom(Feed("Liste", 1, 50, 7, [_ENTRY]), form))
    assert feed.total == 7
    (entry,) = feed.entries
    assert (entry.title, entry.href) == (_ENTRY.title, _ENTRY.href)
    assert entry.zones == (Term("D063", "D063 Puy-de-Dôme"), Term("D015"))
    assert entry.formats == (Term("TIFF", "TIFF (GeoTIFF)"),)
    assert entry.crs == ("EPSG:2154",)
    assert (entry.edition_date, entry.length, entry.content) == ("2026-01-01", 1234, "ab" * 16)
    assert entry.extent == (2.9, 45.4, 3.1, 45.6)


@pytest.mark.parametrize("counts", ["missing", "words"])
def test_counts_that_are_none_are_not_told(counts: str) -> None:
    assert read_feed(atom(Feed("Liste", 1, 50, 0), FeedForm(counts=counts))).total is None


def test_the_total_may_be_an_element() -> None:
    assert read_feed(b'<feed xmlns="x" xmlns:g="y"><g:totalentries>2</g:totalentries></feed>').total == 2


@pytest.mark.parametrize("bbox", ["a,b,c,d", "1,2,3", "3,45,2,46", "nan,45,3,46", "2,45,3,460"])
def test_an_extent_that_cannot_be_is_not_told(bbox: str) -> None:
    body = f'<feed xmlns="x" xmlns:g="y"><entry><link href="h" g:bbox="{bbox}" length="-5"/></entry></feed>'
    (entry,) = read_feed(body.encode()).entries
    assert (entry.extent, entry.length) == (None, None)


@pytest.mark.parametrize(
    "body", [b"", b"<html><body>Portail</body></html>", b"{}", b"<feed><entry></feed>", b"<a>" * 50_000]
)
def test_what_is_no_list_is_said_to_be_none(body: bytes) -> None:
    with pytest.raises(UnreadableError):
        read_feed(body)
