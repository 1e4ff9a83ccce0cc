"""Code that documents give to copy: what tests run is what stands there."""

from __future__ import annotations

import re
from pathlib import Path


def script(name: str, document: Path) -> str:
    """Return the Python code of that name."""
    found = re.search(rf"```python\n(# {re.escape(name)}\n.*?)```", document.read_text(encoding="utf-8"), re.DOTALL)
    assert found, name
    return found[1]


def file(name: str, document: Path) -> str:
    """Return the content of a file that is named before it."""
    text = document.read_text(encoding="utf-8")
    found = re.search(rf"^`{re.escape(name)}`[^\n]*:\n\n```\w*\n(.*?)```", text, re.DOTALL | re.MULTILINE)
    assert found, name
    return found[1]
