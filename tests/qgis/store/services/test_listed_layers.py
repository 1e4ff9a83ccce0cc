"""The formats of pictures that QGIS shows."""

from __future__ import annotations

import pytest

from gpkeys_plugin.keys.services.connection_plans import ConnectionKind
from gpkeys_plugin.store.services.capabilities import ServiceLayer
from gpkeys_plugin.store.services.listed_layers import is_shown, shown_formats


@pytest.mark.parametrize(
    ("offered", "shown"),
    [
        (("image/jpeg", "image/png", "image/tiff", "image/x-bil;bits=32"), ("image/png", "image/jpeg", "image/tiff")),
        (("image/png; mode=8bit", "image/jpeg"), ("image/png; mode=8bit", "image/jpeg")),
        (("image/png; mode=8bit", "image/png"), ("image/png", "image/png; mode=8bit")),
        (("image/vnd.jpeg-png", "image/png8", "image/jpg"), ("image/vnd.jpeg-png", "image/png8", "image/jpg")),
        (("application/x-protobuf", "image/x-bil;bits=32", "application/pdf", "text/html", "image/geotiff"), ()),
    ],
)
def test_formats(offered: tuple[str, ...], shown: tuple[str, ...]) -> None:
    assert shown_formats(offered) == shown


def test_what_qgis_is_said_to_show_it_reads(qgis_app: object) -> None:
    from qgis.PyQt.QtGui import QImageReader

    known = {bytes(name).decode() for name in QImageReader.supportedMimeTypes()}
    assert {"image/png", "image/jpeg", "image/gif"} <= known


@pytest.mark.parametrize("kind", [ConnectionKind.WMS, ConnectionKind.WMTS])
def test_a_layer_without_a_format_for_qgis_is_not_shown(kind: ConnectionKind) -> None:
    assert not is_shown(kind, ServiceLayer("a", formats=("application/x-protobuf",)))
    assert is_shown(kind, ServiceLayer("a"))
    assert is_shown(ConnectionKind.WFS, ServiceLayer("a", formats=("text/xml",)))
