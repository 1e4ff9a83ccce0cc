"""Renders every state of the window to pictures: `python -m tests.gui.gallery OUTDIR`.

French, in QGIS's own themes, 100 % and 200 %, at three widths. `--texts` takes further translations, as JSON.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.tooling import translations

from .looks.themes import THEMES

_SCALES = (1, 2)
_WIDTHS = (300, 380, 500)
_HEIGHT = 760
# A search begins a moment after typing, and a layout takes several turns.
_SETTLED_MS = 300


def main() -> None:
    """Render everything, each scale in a process of its own."""
    options = _options()
    if options.is_within:
        _render(options)
        return
    for scale in options.scale:
        with tempfile.TemporaryDirectory() as profile:
            environment = {
                **os.environ,
                "QT_QPA_PLATFORM": "offscreen",
                "QT_SCALE_FACTOR": str(scale),
                "QGIS_CUSTOM_CONFIG_PATH": profile,
            }
            arguments = [*sys.argv[1:], "--within", "--scale", str(scale)]
            subprocess.run([sys.executable, "-m", "tests.gui.gallery", *arguments], env=environment, check=True)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("outdir", type=Path)
    parser.add_argument("--only", default="", help="part of a state's name")
    parser.add_argument("--texts", type=Path, nargs="*", default=[], help="JSON files with further translations")
    parser.add_argument("--width", type=int, nargs="*", default=list(_WIDTHS))
    parser.add_argument("--theme", nargs="*", default=list(THEMES), help="some of QGIS's themes, by their names")
    parser.add_argument("--font-scale", type=float, default=1.0)
    parser.add_argument("--scale", type=int, nargs="*", default=list(_SCALES), help="1 for 100 %%, 2 for 200 %%")
    parser.add_argument("--within", dest="is_within", action="store_true", help=argparse.SUPPRESS)
    return parser.parse_args()


def french(further: list[Path]) -> dict[str, tuple[str, ...]]:
    """Return the translations of the plugin in all their forms, and further ones."""
    texts = translations.forms()
    for path in further:
        texts.update({source: (text,) for source, text in json.loads(path.read_text(encoding="utf-8")).items()})
    return texts


def _render(options: argparse.Namespace) -> None:
    from qgis.core import QgsApplication
    from qgis.PyQt.QtCore import QLocale

    from tests.tooling.shown_language import Dictionary

    application = QgsApplication([], True)
    application.initQgis()
    application.setStyle("Fusion")
    translator = Dictionary(french(options.texts))
    application.installTranslator(translator)
    QLocale.setDefault(QLocale("fr_FR"))
    font = application.font()
    font.setPointSizeF(font.pointSizeF() * options.font_scale)
    application.setFont(font)
    options.outdir.mkdir(parents=True, exist_ok=True)
    for theme in options.theme:
        QgsApplication.setUITheme(theme)
        _render_scenes(options, theme.lower().replace(" ", "_"))
    # Without a tidy exit: QGIS's own clean-up takes longer than the pictures.
    sys.stdout.flush()
    os._exit(0)


def _render_scenes(options: argparse.Namespace, theme: str) -> None:
    from qgis.PyQt.QtTest import QTest

    from gpkeys_plugin.gui.lifetime.delete_later import delete_later

    from . import scenes
    from .looks.all_scenes import SCENES, forget_window

    for name, act in SCENES.items():
        if options.only not in name:
            continue
        for width in options.width:
            forget_window()
            stage = scenes.stage()
            stage.dock.resize(width, _HEIGHT)
            stage.dock.show()
            act(stage)
            QTest.qWait(_SETTLED_MS)
            picture = options.outdir / f"{name}-{theme}-{width}-{options.scale[0] * 100}.png"
            if stage.dock.width() != width:
                print(f"{picture.name}: wanted {width}, became {stage.dock.width()}")
            stage.dock.grab().save(str(picture))
            stage.dock.shut_down()
            stage.dock.close()
            delete_later(stage.dock)


if __name__ == "__main__":
    main()
