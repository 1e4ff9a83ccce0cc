"""A project as it is saved, in a form in which two can be compared."""

from __future__ import annotations

import re
from difflib import unified_diff
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
        # Newer ones draw the names of their attachments.
        if element.tag == "ProjectStyleSettings":
            element.attrib.clear()
    root.attrib.pop("saveDateTime", None)
    text = ElementTree.canonicalize(ElementTree.tostring(root, encoding="unicode"), strip_text=True)
    return _MEMORY_NUMBER.sub("uid={}", text)


def differences(before: str, after: str) -> list[str]:
    """Return the elements of two saved projects that differ, `-` those of the first and `+` those of the second."""
    first, second = (text.replace("><", ">\n<").splitlines() for text in (before, after))
    return [line for line in unified_diff(first, second, n=0, lineterm="") if not line.startswith(("---", "+++", "@@"))]


def _id(element: Any) -> str:
    return str(element.get("id"))
