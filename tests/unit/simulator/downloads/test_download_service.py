"""The download service: lists, pages, filters, sums, ranges, and what of it can be turned."""

from __future__ import annotations

import hashlib
import io
import xml.etree.ElementTree as ET
import zipfile
from typing import Any

import py7zr
import pytest
import requests
from osgeo import gdal

from tests.simulator.downloads.product import CANTAL, PUY_DE_DOME, SCAN_FILES
from tests.simulator.memory.seeds import ARCHIVE, example_hash, initial_password
from tests.simulator.remote.steering import Simulator

ATOM = "{http://www.w3.org/2005/Atom}"
GPF = "{https://data.geopf.fr/annexes/ressources/xsd/gpf_dl.xsd}"
NORTH = f"SCAN25_3-1_TIFF_LAMB93_{PUY_DE_DOME}_2026-01-01"
SOUTH = f"SCAN25_3-1_TIFF_LAMB93_{CANTAL}_2025-01-01"
_HEADERS = {"apikey": example_hash("fichiers")}


class Client:
    """Somebody with the key, who asks within the limit of the service or not at all."""

    def __init__(self, simulator: Simulator) -> None:
        self.root = f"{simulator.gateway_url}/telechargement"

    def get(self, path: str, **more: Any) -> requests.Response:
        headers = {**_HEADERS, **more.pop("headers", {})}
        return requests.get(f"{self.root}/{path}", headers=headers, timeout=30, **more)

    def feed(self, path: str, **parameters: object) -> ET.Element:
        answer = self.get(path, params=parameters)
        assert answer.status_code == 200
        assert answer.headers["Content-Type"].startswith("application/atom+xml")
        return ET.fromstring(answer.content)

    def titles(self, path: str, **parameters: object) -> list[str]:
        return [found.findtext(f"{ATOM}title") or "" for found in self.feed(path, **parameters).iter(f"{ATOM}entry")]

    def file(self, edition: str, name: str, **more: Any) -> requests.Response:
        return self.get(f"download/{SCAN_FILES}/{edition}/{name}", **more)


@pytest.fixture
def client(light_simulator: Simulator) -> Client:
    light_simulator.switch(download_limit_per_s=0)
    return Client(light_simulator)


def test_a_key_lists_what_it_opens(client: Client) -> None:
    assert client.titles("capabilities") == [SCAN_FILES, ARCHIVE]
    feed = client.feed(f"resource/{SCAN_FILES}")
    assert feed.get(f"{GPF}totalentries") == "3"
    last = list(feed.iter(f"{ATOM}entry"))[-1]
    assert last.findtext(f"{ATOM}title") == NORTH
    assert last.findtext(f"{GPF}editionDate") == "2026-01-01"
    assert [(found.get("term"), found.get("label")) for found in last.iter(f"{GPF}zone")] == [
        (PUY_DE_DOME, "D063 Puy-de-Dôme")
    ]
    link = last.find(f"{ATOM}link")
    assert link is not None
    assert link.get("href") == f"{client.root}/resource/{SCAN_FILES}/{NORTH}"
    assert client.get("resource/autre").status_code == 403
    assert client.get(f"resource/{SCAN_FILES}/autre").status_code == 404


@pytest.mark.parametrize(
    ("filters", "count"),
    [
        ({"zone": CANTAL}, 1),
        ({"zone": PUY_DE_DOME, "editionDateFrom": "2025-06-01"}, 1),
        ({"editionDateTo": "2024-12-31"}, 1),
        ({"format": "TIFF", "crs": "EPSG:2154"}, 3),
        ({"format": "PNG"}, 0),
        ({"polygon": "2.96,45.47;3.02,45.48"}, 1),
        ({"polygon": "-1.0,48.0;-0.5,48.5"}, 0),
    ],
)
def test_filters(client: Client, light_simulator: Simulator, filters: dict[str, str], count: int) -> None:
    assert len(client.titles(f"resource/{SCAN_FILES}", **filters)) == count
    light_simulator.switch(download_filters=False)
    assert len(client.titles(f"resource/{SCAN_FILES}", **filters)) == 3


def test_pages_count_from_one_and_hold_fifty(client: Client, light_simulator: Simulator) -> None:
    light_simulator.switch(download_more_editions=120)
    path = f"resource/{SCAN_FILES}"
    assert len(client.titles(path)) == 10
    assert len(client.titles(path, limit=100)) == 50
    pages = [client.titles(path, limit=50, page=page) for page in (1, 2, 3, 4)]
    assert [len(page) for page in pages] == [50, 50, 23, 0]
    assert len({title for page in pages for title in page}) == 123
    assert client.get(path, params={"page": 0}).status_code == 400
    light_simulator.switch(download_limit_excess="400")
    assert client.get(path, params={"limit": 51}).status_code == 400


def test_the_counts_may_lack_or_be_words(client: Client, light_simulator: Simulator) -> None:
    light_simulator.switch(download_counts="missing")
    assert client.feed("capabilities").get(f"{GPF}totalentries") is None
    light_simulator.switch(download_counts="words")
    assert client.feed("capabilities").get(f"{GPF}totalentries") == "inconnu"


def test_json_says_the_same(client: Client) -> None:
    body = client.get(f"resource/{SCAN_FILES}", headers={"Accept": "application/json"}).json()
    assert (body["page"], body["totalentries"]) == (1, 3)
    assert body["entry"][0]["zone"] == [{"term": PUY_DE_DOME, "label": "D063 Puy-de-Dôme"}]
    assert body["entry"][0]["link"][0]["href"].startswith(client.root)


def test_the_files_are_a_dozen_tiles_in_their_place(client: Client) -> None:
    places = set()
    for edition in (NORTH, SOUTH):
        for title in client.titles(f"resource/{SCAN_FILES}/{edition}", limit=50):
            if title.endswith(".tif"):
                gdal.FileFromMemBuffer("/vsimem/tile.tif", client.file(edition, title).content)
                places.add(gdal.Open("/vsimem/tile.tif").GetGeoTransform())
    assert len(places) == 8


def test_archives_hold_a_tile_each(client: Client) -> None:
    titles = client.titles(f"resource/{SCAN_FILES}/{NORTH}", limit=50)
    one = next(title for title in titles if title.endswith(".7z"))
    with py7zr.SevenZipFile(io.BytesIO(client.file(NORTH, one).content)) as archive:
        assert [name for name in archive.getnames() if name.endswith(".tif")]
    volumes = [client.file(NORTH, title).content for title in titles if ".7z.0" in title]
    assert len(volumes) == 3
    with py7zr.SevenZipFile(io.BytesIO(b"".join(volumes))) as archive:
        assert archive.testzip() is None
    zipped = next(title for title in titles if title.endswith(".zip"))
    with zipfile.ZipFile(io.BytesIO(client.file(NORTH, zipped).content)) as plain:
        assert plain.testzip() is None


def test_sums_and_lengths_are_true_but_one(client: Client) -> None:
    entries = list(client.feed(f"resource/{SCAN_FILES}/{SOUTH}").iter(f"{ATOM}entry"))
    found = []
    for entry in entries:
        content = client.file(SOUTH, entry.findtext(f"{ATOM}title") or "").content
        link = entry.find(f"{ATOM}link")
        assert link is not None
        assert link.get(f"{GPF}length") == str(len(content))
        found.append(entry.findtext(f"{ATOM}content") == hashlib.md5(content, usedforsecurity=False).hexdigest())
    assert found == [True, True, True, False]


def test_sums_may_be_beside(client: Client, light_simulator: Simulator) -> None:
    light_simulator.switch(download_md5="beside")
    titles = client.titles(f"resource/{SCAN_FILES}/{SOUTH}")
    assert sum(title.endswith(".md5") for title in titles) == 4
    told, name = client.file(SOUTH, titles[1]).text.split()
    assert name == titles[0]
    assert told == hashlib.md5(client.file(SOUTH, titles[0]).content, usedforsecurity=False).hexdigest()
    light_simulator.switch(download_md5="missing")
    assert not any(title.endswith(".md5") for title in client.titles(f"resource/{SCAN_FILES}/{SOUTH}"))


@pytest.mark.parametrize(("form", "told"), [("plain", "length"), ("missing", None), ("lying", f"{GPF}length")])
def test_lengths_may_be_told_otherwise(client: Client, light_simulator: Simulator, form: str, told: str | None) -> None:
    light_simulator.switch(download_length=form, download_rel="section")
    entry = next(client.feed(f"resource/{SCAN_FILES}/{SOUTH}").iter(f"{ATOM}entry"))
    link = entry.find(f"{ATOM}link")
    assert link is not None
    assert link.get("rel") == "section"
    assert {name for name in link.attrib if name.endswith("length")} == ({told} if told else set())
    if form == "lying":
        length = len(client.file(SOUTH, entry.findtext(f"{ATOM}title") or "").content)
        assert int(link.get(told or "", "0")) != length


def test_parts_of_a_file(client: Client, light_simulator: Simulator) -> None:
    name = client.titles(f"resource/{SCAN_FILES}/{SOUTH}")[0]
    whole = client.file(SOUTH, name)
    etag = whole.headers["ETag"]
    part = client.file(SOUTH, name, headers={"Range": "bytes=100-", "If-Range": etag})
    assert (part.status_code, part.content) == (206, whole.content[100:])
    assert part.headers["Content-Range"] == f"bytes 100-{len(whole.content) - 1}/{len(whole.content)}"
    changed = client.file(SOUTH, name, headers={"Range": "bytes=100-", "If-Range": '"autre"'})
    assert (changed.status_code, changed.content) == (200, whole.content)
    beyond = client.file(SOUTH, name, headers={"Range": f"bytes={len(whole.content)}-"})
    assert beyond.status_code == 416
    light_simulator.switch(download_ranges=False)
    assert client.file(SOUTH, name, headers={"Range": "bytes=100-"}).status_code == 200


def test_a_large_file_is_where_it_was_ordered(client: Client, light_simulator: Simulator) -> None:
    light_simulator.switch(download_large_bytes=3_000_000)
    path = f"resource/{SCAN_FILES}/ESSAI_DEBIT_2026-01-01"
    entry = next(client.feed(path).iter(f"{ATOM}entry"))
    content = client.file("ESSAI_DEBIT_2026-01-01", "essai_debit.dat").content
    assert len(content) == 3_000_000
    assert entry.findtext(f"{ATOM}content") == hashlib.md5(content, usedforsecurity=False).hexdigest()


def test_more_than_ten_a_second_are_too_many(light_simulator: Simulator) -> None:
    client = Client(light_simulator)
    statuses = [client.get("capabilities").status_code for _ in range(25)]
    assert statuses[0] == 200
    assert statuses[-1] == 429


def test_each_way_to_show_a_key(client: Client, light_simulator: Simulator) -> None:
    url = f"{client.root}/capabilities"
    assert requests.get(url, timeout=30).status_code == 401
    basic = ("fichiers-rochebrune", initial_password("fichiers"))
    assert requests.get(url, auth=basic, timeout=30).status_code == 200
    assert light_simulator.session_for("denise").get(url, timeout=30).status_code == 200
    assert requests.get(url, params=_HEADERS, timeout=30).status_code == 200
