"""What is an answer of a service, and what only says that it is."""

from __future__ import annotations

import gzip
import json
import zlib
from dataclasses import replace
from pathlib import Path

import pytest

from gpkeys_plugin.keys.services.connection_plans import ConnectionKind, ServedLayer
from gpkeys_plugin.store.services.answer_forms import AnswerForm, form_of_tiles, is_description, is_of_form
from gpkeys_plugin.store.services.service_exceptions import read_refusal

ROK4 = Path(__file__).parents[3] / "simulator" / "contract" / "documents" / "rok4"
VERSIONS = ("5.3.0", "6.1.4", "7.0.0")
LAYER = ServedLayer("o", "couche", ConnectionKind.WMS, "wms-r", "https://data.example/private/wms-r", "WMS")
KINDS = {
    "wms-capabilities.xml": ConnectionKind.WMS,
    "wmts-capabilities.xml": ConnectionKind.WMTS,
    "tilemap-png-pm.xml": ConnectionKind.XYZ,
    "tilemap-pbf.xml": ConnectionKind.VECTOR_TILES,
    "metadata-pbf.json": ConnectionKind.VECTOR_TILES,
}
PG_TILESERV = {"id": "public.zonage", "name": "zonage", "minzoom": 0, "maxzoom": 22, "tileurl": "x/{z}/{x}/{y}.pbf"}
# A layer (field 3) with a name (field 1), a version (field 15), and a feature (field 2).
TILE = b"\x1a\x0e\x0a\x06zonage\x12\x02\x18\x03\x78\x02"
PNG, JPEG = b"\x89PNG\r\n\x1a\n" + bytes(32), b"\xff\xd8\xff\xe0" + bytes(32)
WEBP = b"RIFF\x10\x00\x00\x00WEBPVP8 " + bytes(16)
NO_PICTURES = [b"", b"<html/>", b"OK", b"{}", PNG[:6], b"\xff\xd8", b"RIFF\x10\x00\x00\x00WAVE"]
GML = b'<wfs:FeatureCollection xmlns:wfs="http://www.opengis.net/wfs/2.0" numberMatched="1"/>'


def recorded(version: str, name: str) -> bytes:
    """Return an answer of ROK4."""
    return (ROK4 / version / name).read_bytes()


@pytest.mark.parametrize("version", VERSIONS)
@pytest.mark.parametrize("name", KINDS)
def test_each_recorded_description_is_that_of_its_service_only(version: str, name: str) -> None:
    data = recorded(version, name)
    is_tiles = KINDS[name] in (ConnectionKind.XYZ, ConnectionKind.VECTOR_TILES)
    for kind in ConnectionKind:
        expected = kind in (ConnectionKind.XYZ, ConnectionKind.VECTOR_TILES) if is_tiles else kind is KINDS[name]
        assert is_description(replace(LAYER, kind=kind), data) is expected, kind


@pytest.mark.parametrize("version", VERSIONS)
def test_no_recorded_refusal_is_a_description(version: str) -> None:
    refusals = [path for path in (ROK4 / version).glob("*.xml") if read_refusal(path.read_bytes()) is not None]
    assert len(refusals) > 20
    for path in refusals:
        for kind in (*ConnectionKind, None):
            assert not is_description(replace(LAYER, kind=kind), path.read_bytes()), (path.name, kind)


@pytest.mark.parametrize(("written", "is_good"), [("2.0.0", True), ("1.1.0", True), ("1.0.0", False), ("", False)])
def test_a_wfs_answers_in_a_version_that_is_read(written: str, is_good: bool) -> None:
    data = f'<WFS_Capabilities version="{written}" xmlns="http://www.opengis.net/wfs/2.0"/>'.encode()
    assert is_description(replace(LAYER, kind=ConnectionKind.WFS), data) is is_good


def test_pg_tileserv_describes_a_layer() -> None:
    assert is_description(replace(LAYER, kind=ConnectionKind.VECTOR_TILES), json.dumps(PG_TILESERV).encode())


@pytest.mark.parametrize(
    ("service", "data", "is_good"),
    [
        ("DOWNLOAD", b'<feed xmlns="http://www.w3.org/2005/Atom"/>', True),
        ("DOWNLOAD", b'{"entry": []}', True),
        ("DOWNLOAD", b"<html/>", False),
        ("ALTIMETRY", b'{"elevations": []}', True),
        ("ALTIMETRY", b"<feed/>", False),
        ("ALTIMETRY", b'"text"', False),
        ("ALTIMETRY", b"", False),
    ],
)
def test_services_without_a_map_speak_atom_or_json(service: str, data: bytes, is_good: bool) -> None:
    assert is_description(replace(LAYER, kind=None, service=service), data) is is_good


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (PNG, "image/png"),
        (PNG, "image/png; mode=8bit"),
        (JPEG, "image/jpeg"),
        (JPEG, "IMAGE/JPG"),
        (b"GIF89a....", "image/gif"),
        (b"II*\x00....", "image/tiff"),
        (b"MM\x00*....", "image/geotiff"),
        (WEBP, "image/webp"),
        (PNG, "image/vnd.jpeg-png"),
        (JPEG, ""),
        (WEBP, "application/octet-stream"),
    ],
)
def test_a_picture_begins_as_its_kind_does(data: bytes, kind: str) -> None:
    assert is_of_form(AnswerForm.PICTURE, data, kind)


@pytest.mark.parametrize("data", NO_PICTURES)
@pytest.mark.parametrize("kind", ["image/png", "image/webp", "image/x", "", "text/html"])
def test_what_does_not_begin_so_is_no_picture(data: bytes, kind: str) -> None:
    assert not is_of_form(AnswerForm.PICTURE, data, kind)


@pytest.mark.parametrize(
    ("data", "kind"), [(PNG, "image/jpeg"), (JPEG, "image/png"), (PNG, "text/html"), (PNG, "image/webp")]
)
def test_a_picture_that_is_called_something_else_is_none(data: bytes, kind: str) -> None:
    assert not is_of_form(AnswerForm.PICTURE, data, kind)


@pytest.mark.parametrize("data", [TILE, TILE + TILE, gzip.compress(TILE, mtime=0), b"\x82\x01\x01x" + TILE])
def test_a_vector_tile_is_one_gzipped_or_not(data: bytes) -> None:
    assert is_of_form(AnswerForm.VECTOR_TILE, data, "application/x-protobuf")


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"<html><body>Connectez-vous</body></html>",
        b'{"error": "x"}',
        PNG,
        TILE[:-1],
        TILE + b"\x1a",
        b"\x0a\x02hi",
        b"\x80" * 20,
        gzip.compress(TILE, mtime=0)[:-9],
        gzip.compress(b"<html/>", mtime=0),
        b"\x1f\x8bnothing",
        zlib.compress(TILE),
        b"\x82\x01\x01x",
    ],
)
def test_anything_else_is_no_vector_tile(data: bytes) -> None:
    assert not is_of_form(AnswerForm.VECTOR_TILE, data, "application/x-protobuf")


@pytest.mark.parametrize("data", [GML, b'{"type": "FeatureCollection", "features": []}'])
def test_features_come_as_gml_or_json(data: bytes) -> None:
    assert is_of_form(AnswerForm.FEATURES, data, "")


@pytest.mark.parametrize("data", [b"", b"<html/>", b"[]", b'{"type": "Feature"}', b"<ExceptionReport/>", GML[:-3]])
def test_anything_else_is_no_features(data: bytes) -> None:
    assert not is_of_form(AnswerForm.FEATURES, data, "text/xml")


@pytest.mark.parametrize(
    ("written", "form"),
    [
        ("png", AnswerForm.PICTURE),
        ("image/jpeg", AnswerForm.PICTURE),
        ("tif", AnswerForm.PICTURE),
        ("pbf", AnswerForm.VECTOR_TILE),
        ("application/x-protobuf", AnswerForm.VECTOR_TILE),
        ("zbil", AnswerForm.ELEVATION),
        ("image/x-bil;bits=32", AnswerForm.ELEVATION),
    ],
)
def test_a_form_is_told_by_ending_or_type(written: str, form: AnswerForm) -> None:
    assert form_of_tiles(written) is form


def test_elevations_are_not_told_from_their_bytes_but_from_their_type() -> None:
    assert is_of_form(AnswerForm.ELEVATION, bytes(16), "image/x-bil;bits=32")
    assert not is_of_form(AnswerForm.ELEVATION, b"", "image/x-bil;bits=32")
    assert not is_of_form(AnswerForm.ELEVATION, b"<html/>", "text/html")
