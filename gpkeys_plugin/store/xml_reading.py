"""Reading XML through Qt: elements by local name, whatever their prefix."""

from __future__ import annotations

import re
from typing import Any, Iterator

from qgis.PyQt.QtCore import QByteArray
from qgis.PyQt.QtXml import QDomDocument, QDomElement

_EPSG = re.compile(r"EPSG(?::|::|/|\.xml#)(?:[\d.]*[:/])?(\d+)$", re.IGNORECASE)
_AUTHORITY = re.compile(r"^([A-Za-z]+):([A-Za-z0-9._-]+)$")


def root_of(data: bytes) -> QDomElement | None:
    """Return the root element of a document, None when it isn't XML (an HTML page seldom is)."""
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
        return "OGC:CRS84"
    return written if _AUTHORITY.match(written) else ""
