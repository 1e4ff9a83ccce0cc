"""What ROK4 says when it refuses, in all its versions."""

from __future__ import annotations

import pytest

from gpkeys_plugin.store.services.service_exceptions import ServiceRefusal, read_refusal
from tests.qgis.store.services.test_answer_forms import VERSIONS, recorded

UNKNOWN_LAYER = (
    "tms-unknown-layer.xml",
    "tms-tile-unknown-layer.xml",
    "wms-map-unknown-layer.xml",
    "wms-map-pbf-layer.xml",
    "wmts-unknown-layer.xml",
)
OTHERWISE = (
    "tms-tile-outside.xml",
    "tms-tile-wrong-extension.xml",
    "wms-map-wrong-format.xml",
    "wms-map-no-styles.xml",
    "wmts-unknown-style.xml",
    "wmts-unknown-set.xml",
    "wmts-wrong-format.xml",
    "wmts-missing-layer.xml",
)


@pytest.mark.parametrize("version", VERSIONS)
@pytest.mark.parametrize("name", UNKNOWN_LAYER)
def test_a_layer_that_is_not_served_is_recognised(version: str, name: str) -> None:
    refusal = read_refusal(recorded(version, name))
    assert refusal is not None
    assert refusal.is_unknown_layer, refusal


@pytest.mark.parametrize("version", VERSIONS)
@pytest.mark.parametrize("name", OTHERWISE)
def test_another_refusal_is_not_taken_for_that(version: str, name: str) -> None:
    refusal = read_refusal(recorded(version, name))
    assert refusal is not None
    assert refusal.sentence
    assert not refusal.is_unknown_layer, refusal


@pytest.mark.parametrize(
    ("sentence", "is_unknown"),
    [
        ("Could not find layer rochebrune:zonage", False),
        ("Layer rochebrune:zonage not found", True),
        ("La couche rochebrune est inconnue", True),
        ("Style of the layer is not allowed", False),
    ],
)
def test_other_sentences(sentence: str, is_unknown: bool) -> None:
    body = f"<ExceptionReport><Exception><ExceptionText>{sentence}</ExceptionText></Exception></ExceptionReport>"
    assert read_refusal(body.encode()) == ServiceRefusal("", sentence)
    assert ServiceRefusal("", sentence).is_unknown_layer is is_unknown


@pytest.mark.parametrize("data", [None, b"", b"OK", b"<html/>", b"<WMS_Capabilities/>", b"{}"])
def test_what_is_no_refusal(data: bytes | None) -> None:
    assert read_refusal(data) is None


def test_an_empty_report_is_one() -> None:
    assert read_refusal(b"<ServiceExceptionReport/>") == ServiceRefusal("", "")
