"""The parts of recorded documents that do not depend on the layers."""

from __future__ import annotations

from functools import cache
from pathlib import Path

FOLDER = Path(__file__).parents[1] / "contract/documents/rok4/7.0.0"
_PLATFORM = "https://data.geopf.fr"


@cache
def _start(name: str, until: str) -> str:
    text = (FOLDER / name).read_text(encoding="utf-8")
    return text[: text.index(until)]


def start_of(name: str, until: str, host_url: str) -> str:
    """A document of 7.0.0 up to a mark, at another host."""
    return _start(name, until).replace(_PLATFORM, host_url)
