"""Which XML may be read at all: well formed, not nested without end, no entities of its own."""

from __future__ import annotations

from qgis.PyQt.QtCore import QXmlStreamReader

MOST_BYTES = 64 * 1024 * 1024
_DEEPEST = 200
_MOST_ELEMENTS = 1_000_000


def is_harmless(data: bytes) -> bool:
    """Return whether a document can be read without harm; False for what is no XML, too."""
    if len(data) > MOST_BYTES:
        return False
    reader = QXmlStreamReader(data)
    depth = count = 0
    while not reader.atEnd():
        reader.readNext()
        if reader.isStartElement():
            depth, count = depth + 1, count + 1
        elif reader.isEndElement():
            depth -= 1
        elif reader.isDTD() and reader.entityDeclarations():
            # Before the first one is expanded: a short text can stand for gigabytes.
            return False
        if depth > _DEEPEST or count > _MOST_ELEMENTS:
            return False
    return not reader.hasError()
