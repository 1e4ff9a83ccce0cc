"""The help's pictures, out of the states of the window: `python -m tests.gui.help.pictures FOLDER`.

`make screenshots` takes them in each language of the help: that of FOLDER/fr/key.html is FOLDER/fr/pictures/key.png.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from qgis.PyQt.QtGui import QImage

WIDTH = 380
_SURFACES, _STEP = 8, 16
_FONT_SCALE = 0.8
_SETTLED_MS = 300
LANGUAGES = {"fr": "fr_FR", "en": "en_GB"}
"""The languages of the help, and how numbers and days are written in their pictures."""


@dataclass(frozen=True)
class Picture:
    """What a page shows: how high, in pixels, and which state of the window, by its scene; the options without one."""

    height: int
    scene: str = ""
    width: int = WIDTH


PICTURES = {
    "sign_in": Picture(390, "help_sign_in"),
    "services": Picture(480, "help_services"),
    "security": Picture(450, "step_2_basic"),
    "result": Picture(440, "help_result"),
    "my_keys": Picture(440, "help_keys"),
    "key": Picture(400, "key_titles"),
    "edit": Picture(420, "edit_filters"),
    "connect": Picture(330, "connect_basic"),
    "change_secret": Picture(430, "rotated"),
    "delete": Picture(360, "delete"),
    "troubleshooting": Picture(330, "test_done"),
    "consumption": Picture(430, "help_consumption"),
    "downloads": Picture(470, "downloads_chosen"),
    "permissions": Picture(500, "permissions_titles"),
    "repair_project": Picture(420, "repair"),
    "repair_files": Picture(500, "files_found"),
    "share": Picture(400, "share"),
    "options": Picture(420, width=560),
}
"""By the name of the page."""


def main() -> None:
    """Take all of them, each language in a process of its own."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--language", choices=LANGUAGES, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.language:
        _take(options.folder / options.language / "pictures", options.language)
    for language in () if options.language else LANGUAGES:
        with tempfile.TemporaryDirectory() as profile:
            environment = {
                **os.environ,
                "QT_QPA_PLATFORM": "offscreen",
                "QT_SCALE_FACTOR": "1",
                "QGIS_CUSTOM_CONFIG_PATH": profile,
            }
            command = [sys.executable, "-m", "tests.gui.help.pictures", str(options.folder), "--language", language]
            subprocess.run(command, env=environment, check=True)


def _take(folder: Path, language: str) -> None:
    from qgis.core import QgsApplication
    from qgis.PyQt.QtCore import QLocale

    from tests.tooling.shown_language import shown_in

    application = QgsApplication([], True)
    application.initQgis()
    application.setStyle("Fusion")
    QgsApplication.setUITheme("default")
    font = application.font()
    font.setPointSizeF(font.pointSizeF() * _FONT_SCALE)
    application.setFont(font)
    QLocale.setDefault(QLocale(LANGUAGES[language]))
    folder.mkdir(parents=True, exist_ok=True)
    with shown_in(language):
        for page, picture in PICTURES.items():
            _grab(picture, folder / f"{page}.png")
    # Without a tidy exit: QGIS's own clean-up takes longer than the pictures.
    sys.stdout.flush()
    os._exit(0)


def _grab(picture: Picture, file: Path) -> None:
    from qgis.PyQt.QtCore import QPoint, QRect
    from qgis.PyQt.QtTest import QTest

    from tests.gui.looks.all_scenes import SCENES
    from tests.gui.scenes import stage

    from .picture_scenes import OWN_SCENES, options_page

    one = stage()
    widget = one.dock if picture.scene else options_page()
    widget.resize(picture.width, picture.height)
    widget.show()
    if picture.scene:
        {**SCENES, **OWN_SCENES}[picture.scene](one)
    QTest.qWait(_SETTLED_MS)
    # Who is signed in is the same in all of them.
    top = one.find("dockTabs").mapTo(widget, QPoint(0, 0)).y() if picture.scene else 0
    # 0 is the smallest file, not the worst picture: PNG loses nothing.
    _in_few_colours(widget.grab(QRect(0, top, widget.width(), widget.height() - top)).toImage()).save(
        str(file), "PNG", 0
    )
    widget.hide()
    one.dock.shut_down()


def _in_few_colours(image: QImage) -> QImage:
    """Return the picture in two thirds of the bytes: all of them are in the zip.

    The surfaces keep their colours; the many between them, at the edges of letters, are rounded. Qt's own choice of a
    table would draw grey as a pattern of dots.
    """
    from qgis.PyQt.QtCore import Qt
    from qgis.PyQt.QtGui import QImage

    plain = image.convertToFormat(QImage.Format.Format_RGB32)
    found = Counter(plain.pixel(x, y) for x in range(plain.width()) for y in range(plain.height()))
    surfaces = {colour for colour, _ in found.most_common(_SURFACES)}
    counts: Counter[int] = Counter()
    for colour, count in found.items():
        counts[colour if colour in surfaces else _rounded(colour)] += count
    table = [colour for colour, _ in counts.most_common(256)]
    return plain.convertToFormat(QImage.Format.Format_Indexed8, table, Qt.ImageConversionFlag.ThresholdDither)


def _rounded(colour: int) -> int:
    from qgis.PyQt.QtGui import qRgb

    red, green, blue = (min(255, round((colour >> bits & 255) / _STEP) * _STEP) for bits in (16, 8, 0))
    return int(qRgb(red, green, blue))


if __name__ == "__main__":
    main()
