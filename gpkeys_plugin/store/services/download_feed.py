"""Reading the lists of the download service: Atom with attributes of the platform's own."""

from __future__ import annotations

from math import isfinite

from qgis.PyQt.QtXml import QDomElement

from ...entrepot.downloads.models import Extent, Feed, FeedEntry, Term
from ...entrepot.json_reading import UnreadableError
from ...entrepot.whole_numbers import whole_number
from . import xml_reading


def read_feed(data: bytes) -> Feed:
    """Read a page of a list; raise UnreadableError for what is none, as the page of a portal."""
    root = xml_reading.root_of(data)
    if root is None or xml_reading.local_name(root) != "feed":
        raise UnreadableError("no Atom feed")
    entries = tuple(_entry(found) for found in xml_reading.children(root, "entry"))
    told = _attribute(root, "totalentries") or xml_reading.text(root, "totalentries")
    return Feed(entries, whole_number(told))


def _entry(element: QDomElement) -> FeedEntry:
    link = _link(element)
    return FeedEntry(
        title=xml_reading.text(element, "title"),
        href=str(link.attribute("href")) if link is not None else xml_reading.text(element, "id"),
        zones=_terms(element, "zone"),
        formats=_terms(element, "format"),
        crs=tuple(filter(None, (xml_reading.crs_code(term.code) for term in _terms(element, "category")))),
        edition_date=xml_reading.text(element, "editionDate"),
        extent=_extent(_attribute(link, "bbox")) if link is not None else None,
        length=whole_number(_attribute(link, "length")) if link is not None else None,
        content=xml_reading.text(element, "content"),
    )


def _link(element: QDomElement) -> QDomElement | None:
    """Return the link to what the entry is about; entries may have others, to the list they are in."""
    links = [found for found in xml_reading.children(element, "link") if found.attribute("href")]
    return next((found for found in links if found.attribute("rel") != "self"), None)


def _terms(element: QDomElement, name: str) -> tuple[Term, ...]:
    found = (
        Term(_attribute(term, "term"), " ".join(_attribute(term, "label").split()))
        for term in xml_reading.children(element, name)
    )
    return tuple(term for term in found if term.code)


def _attribute(element: QDomElement, name: str) -> str:
    """Return an attribute, whether it is written with the platform's prefix or without."""
    attributes = element.attributes()
    for index in range(attributes.count()):
        written = attributes.item(index)
        if str(written.nodeName()).rpartition(":")[2] == name:
            return str(written.nodeValue()).strip()
    return ""


def _extent(text: str) -> Extent | None:
    try:
        edges = [float(part) for part in text.replace(",", " ").split()]
    except ValueError:
        return None
    if len(edges) != 4 or not all(map(isfinite, edges)):
        return None
    west, south, east, north = edges
    is_real = -180 <= west <= east <= 180 and -90 <= south <= north <= 90
    return (west, south, east, north) if is_real else None
