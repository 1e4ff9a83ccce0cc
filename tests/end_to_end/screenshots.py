"""`make screenshots`: the README's pictures of today's window, out of the demo."""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

from qgis.PyQt.QtGui import QImage, QPainter

from tests.end_to_end.demo import demo

_STEPS = ("3-services.png", "4-security.png", "5-result.png")
_MAP = "6-map.png"
_GAP = 8


def side_by_side(pictures: list[QImage]) -> QImage:
    """Put pictures of one height beside one another."""
    width = sum(picture.width() + _GAP for picture in pictures) - _GAP
    whole = QImage(width, max(picture.height() for picture in pictures), QImage.Format.Format_ARGB32)
    whole.fill(0)
    painter, left = QPainter(whole), 0
    for picture in pictures:
        painter.drawImage(left, 0, picture)
        left += picture.width() + _GAP
    painter.end()
    return whole


def take(folder: Path) -> int:
    """Walk the demo and keep its pictures; return the exit code."""
    with tempfile.TemporaryDirectory(prefix="gpkeys-screenshots-") as name:
        walked = Path(name) / "demo"
        if code := demo(walked):
            return code
        folder.mkdir(parents=True, exist_ok=True)
        steps = side_by_side([QImage(str(walked / step)) for step in _STEPS])
        kept = {"steps.png": steps, "map.png": QImage(str(walked / _MAP))}
        return 0 if all(picture.save(str(folder / file)) for file, picture in kept.items()) else 1


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    sys.exit(take(parser.parse_args().folder))
