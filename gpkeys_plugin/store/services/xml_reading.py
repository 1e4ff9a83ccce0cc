"""Reading XML through Qt: elements by local name, whatever their prefix."""

from __future__ import annotations

import re
from typing import Any, Iterator

from qgis.PyQt.QtCore import QByteArray
from qgis.PyQt.QtXml import QDomDocument, QDomElement

from .xml_limits import is_harmless

_EPSG = re.compile(r"EPSG(?::|::|/|\.xml#)(?:[\d.]*[:/])?(\d+)$", re.IGNORECASE)
_LONE_AMPERSAND = re.compile(rb"&(?!(?:[A-Za-z][A-Za-z0-9]*|#[0-9]+|#x[0-9A-Fa-f]+);)")
_AUTHORITY = re.compile(
    r"^(?:urn:ogc:def:crs:|https?://www\.opengis\.net/def/crs/)?([A-Za-z]+)(?::|:[\d.]*:|/[\d.]*/)([A-Za-z0-9._-]+)$",
    re.IGNORECASE,
)


def root_of(data: bytes) -> QDomElement | None:
    """Return the root element of a document, None when it isn't XML (an HTML page seldom is) or would do harm.

    What no service writes never reaches Qt: its QDom ends QGIS on elements nested some ten thousands deep, and expands
    entities for minutes. An `&` that stands for itself is read as one: ROK4 5.x leaves those of addresses as they are.
    """
    root = _parsed(data)
    return root if root is not None else _parsed(_LONE_AMPERSAND.sub(b"&amp;", data))


def _parsed(data: bytes) -> QDomElement | None:
    if not is_harmless(data):
        return None
    document = QDomDocument()
    answer: Any = document.setContent(QByteArray(data), True)
    is_read = answer[0] if isinstance(answer, tuple) else bool(answer)
    # Only a copy keeps the document alive behind its root.
    return document.documentElement() if is_read else None


def local_name(element: QDomElement) -> str:
    """Return an element's name without its prefix."""
    return str(element.localName() or element.tagName().rpartition(":")[2])


def children(element: QDomElement, name: str) -> Iterator[QDomElement]:
    """Yield the direct children of that local name."""
    child = element.firstChildElement()
    while not child.isNull():
        if local_name(child) == name:
            yield child
        child = child.nextSiblingElement()


def descendants(element: QDomElement, name: str) -> Iterator[QDomElement]:
    """Yield the elements of that local name at any depth, in the order of the document."""
    child = element.firstChildElement()
    while not child.isNull():
        if local_name(child) == name:
            yield child
        yield from descendants(child, name)
        child = child.nextSiblingElement()


def child(element: QDomElement, *names: str) -> QDomElement | None:
    """Return the first element down a path of local names, None where the path breaks."""
    found: QDomElement | None = element
    for name in names:
        found = next(children(found, name), None) if found is not None else None
    return found


def text(element: QDomElement, *names: str) -> str:
    """Return the text down a path of local names, empty where the path breaks."""
    found = child(element, *names)
    return str(found.text()).strip() if found is not None else ""


def texts(element: QDomElement, name: str) -> tuple[str, ...]:
    """Return the texts of the direct children of that local name, without the empty ones."""
    return tuple(filter(None, (str(found.text()).strip() for found in children(element, name))))


def crs_code(written: str) -> str:
    """Return `EPSG:3857` for any of the ways services write it; other authorities as they are; empty if unknown."""
    written = written.strip()
    match = _EPSG.search(written)
    if match:
        return f"EPSG:{match.group(1)}"
    if written.upper().endswith(("CRS84", "CRS:84")):
        # The name of WMS; servers of WMS know no other.
        return "CRS:84"
    match = _AUTHORITY.match(written)
    return f"{match.group(1)}:{match.group(2)}" if match else ""
