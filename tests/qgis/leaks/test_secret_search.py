"""The search for secrets finds what is planted, in each form."""

from __future__ import annotations

import base64
import gzip
import sqlite3
import zipfile
import zlib
from io import BytesIO
from pathlib import Path

import pytest

from tests.qgis.leaks.secret_search import found, found_in_files

_SECRET = "Été/26 +mot&marqué"  # pragma: allowlist secret - made up


def _archive(content: bytes) -> bytes:
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.qgs", content)
    return packed.getvalue()


_RAW = _SECRET.encode()
_PLANTED = {
    "plain": b"x" + _RAW + b"y",
    "in a URL": b"?apikey=%C3%89t%C3%A9%2F26%20%2Bmot%26marqu%C3%A9&a=b",
    "twice in a URL": b"%25C3%2589t%25C3%25A9%252F26%2520%252Bmot%2526marqu%25C3%25A9",
    "in XML": "Été/26 +mot&amp;marqué".encode(),
    "UTF-16": _SECRET.encode("utf-16"),
    "JSON": rb'{"a": "\u00c9t\u00e9/26 +mot&marqu\u00e9"}',
    "hexadecimal": b"00" + _RAW.hex().encode(),
    "zlib": b"\0\0\1\2" + zlib.compress(b"a" * 100 + _RAW + b"b" * 100),
    "gzip": gzip.compress(b"a" * 100 + _RAW),
    "archive": _archive(b"<qgis>" + _RAW),
    "archive in digits": b"row" + _archive(b"<qgis>" + _RAW).hex().encode() + b"\0end",
    **{f"base64 after {n}": base64.b64encode(b"login"[:n] + _RAW + b":") for n in range(6)},
    "base64 of URLs": base64.urlsafe_b64encode(b"user:" + _RAW),
}


@pytest.mark.parametrize("form", list(_PLANTED))
def test_it_is_found(form: str) -> None:
    assert found({_SECRET, "autre"}, _PLANTED[form]) == {_SECRET}


def test_it_is_found_in_a_database(tmp_path: Path) -> None:
    with sqlite3.connect(tmp_path / "a.sqlite") as database:
        database.execute("CREATE TABLE a (b TEXT)")
        database.execute("INSERT INTO a VALUES (?)", (_SECRET,))
    assert found_in_files({_SECRET}, [tmp_path]) == {"a.sqlite": {_SECRET}}


def test_what_is_not_there_is_not_found() -> None:
    assert found({_SECRET}, b"".join(_PLANTED.values()).replace(b"mot", b"")[:40]) == set()


@pytest.mark.parametrize("place", ["a", "b"])
def test_it_is_found_though_another_file_of_that_name_has_none(tmp_path: Path, place: str) -> None:
    for folder in ("a", "b"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "QGIS3.ini").write_text(_SECRET if folder == place else "", "utf-8")
    assert found_in_files({_SECRET}, [tmp_path]) == {"QGIS3.ini": {_SECRET}}
