"""A project as it is saved, in a form in which two can be compared."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

from qgis.core import QgsProject

# QGIS draws the number of a memory layer anew at each opening.
_MEMORY_NUMBER = re.compile(r"uid=\{[0-9a-f-]+\}")


def saved(folder: Path) -> str:
    """Save the open project; return its text without what QGIS writes by chance."""
    file = folder / "comparaison.qgs"
    assert QgsProject.instance().write(str(file))
    root = ElementTree.parse(file).getroot()
    for element in root.iter():
        # Their order is that of a hash table.
        if element.tag == "individual-layer-settings":
            element[:] = sorted(element, key=_id)
    root.attrib.pop("saveDateTime", None)
    text = ElementTree.canonicalize(ElementTree.tostring(root, encoding="unicode"))
    return _MEMORY_NUMBER.sub("uid={}", text)


def _id(element: Any) -> str:
    return str(element.get("id"))
