"""Letters with Alt, and the menus of QGIS that have some of them."""

from __future__ import annotations

import re

from qgis.PyQt.QtWidgets import QAbstractButton, QLabel, QPushButton, QTabBar, QWidget

# The titles of the menus as QGIS's sources have them (src/ui/qgisapp.ui, src/app/qgisapp.cpp, the plugin Processing).
MENUS = (
    *(
        ("MainWindow", title)
        for title in ("Pro&ject", "&Edit", "&View", "&Layer", "&Settings", "&Plugins", "Vect&or", "&Raster", "&Mesh")
    ),
    ("MainWindow", "&Help"),
    ("MainWindow", "&Database"),
    ("QgisApp", "&Database"),
    ("QgisApp", "&Web"),
    ("ProcessingPlugin", "Pro&cessing"),
)
_LETTER = re.compile(r"(?<!&)&(\w)")


def letter(text: str) -> str:
    """Return the letter of a text, nothing where it has none."""
    found = _LETTER.search(text)
    return found.group(1).upper() if found else ""


def letters(window: QWidget) -> list[tuple[str, str]]:
    """Return the letters that do something in a window now, and the words that have them."""
    found = [
        button.text() for button in window.findChildren(QAbstractButton) if button.isVisible() and button.isEnabled()
    ]
    found += [label.text() for label in window.findChildren(QLabel) if label.isVisible() and label.buddy() is not None]
    for bar in window.findChildren(QTabBar):
        found += [bar.tabText(place) for place in range(bar.count()) if bar.isVisible()]
    return [(letter(text), text) for text in found if letter(text)]


def taken(window: QWidget, menus: set[str]) -> list[str]:
    """Return the words of a window whose letter opens one of these menus, or stands twice in the window."""
    here = letters(window)
    once = [one for one, _ in here]
    return [words for one, words in here if one in menus or once.count(one) > 1]


def main_buttons_without(window: QWidget) -> list[str]:
    """Return the words of the main buttons that have no letter."""
    main = [button for button in window.findChildren(QPushButton) if button.font().bold() and button.isVisible()]
    return [button.text() for button in main if button.isEnabled() and not letter(button.text())]
