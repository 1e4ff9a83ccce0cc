"""Which XML may be read at all."""

from __future__ import annotations

import time

import pytest

from gpkeys_plugin.store.services import xml_limits, xml_reading

_DEEP = b"<a>" * 50_000 + b"</a>" * 50_000
_BOMB = (
    b'<!DOCTYPE a [<!ENTITY x0 "ha">'
    + b"".join(b'<!ENTITY x%d "%s">' % (n, b"&x%d;" % (n - 1) * 10) for n in range(1, 12))
    + b"]><a>&x11;</a>"
)
_QUADRATIC = b'<!DOCTYPE a [<!ENTITY x "' + b"y" * 100_000 + b'">]><a>' + b"&x;" * 100_000 + b"</a>"
_EXTERNAL = b'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/hostname">]><a>&x;</a>'
_LAYERS = b"<WMS_Capabilities><Capability>" + b"<Layer><Name>a</Name>" * 5_000 + b"</Layer>" * 5_000 + b"</Capability>"


@pytest.mark.parametrize("data", [_DEEP, _BOMB, _QUADRATIC, _EXTERNAL, _LAYERS + b"</WMS_Capabilities>"])
def test_what_would_do_harm_is_not_read(data: bytes) -> None:
    begin = time.process_time()
    assert xml_reading.root_of(data) is None
    assert time.process_time() - begin < 1


def test_a_document_type_without_entities_is_read() -> None:
    # WMS 1.1.1 announces one.
    root = xml_reading.root_of(b'<!DOCTYPE a SYSTEM "http://schemas.opengis.net/a.dtd"><a><b>c</b></a>')
    assert root is not None
    assert xml_reading.text(root, "b") == "c"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "iso-8859-1", "windows-1252"])
def test_every_usual_encoding_is_read(encoding: str) -> None:
    data = f'<?xml version="1.0" encoding="{encoding}"?><a>Forêt</a>'.encode(encoding)
    assert xml_limits.is_harmless(data)


@pytest.mark.parametrize("data", [b"", b"\0", b"<a>", b"<a></b>", b"<html><br></html>", b"{}", b"<a>\xff\xfe</a>"])
def test_what_is_no_xml_is_not_read(data: bytes) -> None:
    assert xml_reading.root_of(data) is None


def test_more_than_is_ever_read_is_refused_unread() -> None:
    assert not xml_limits.is_harmless(b"<a>" + b" " * xml_limits.MOST_BYTES + b"</a>")
