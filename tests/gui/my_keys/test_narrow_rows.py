"""The buttons of a service where there is little room: they give up their words, and the page stays as it is."""

from __future__ import annotations

from typing import Any

from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtWidgets import QWidget

from gpkeys_plugin.gui.key_services.icons_where_narrow import IconsWhereNarrow
from gpkeys_plugin.gui.parts.page import tool_button


def test_a_row_is_as_tall_without_its_words(qtbot: Any) -> None:
    window, row = QWidget(), IconsWhereNarrow()
    qtbot.addWidget(window)
    row.setParent(window)
    buttons = [tool_button("", "copy", words, with_text=True) for words in ("Add", "URL with the secret", "URL")]
    for button in buttons:
        row.add_button(button)
    window.show()
    heights: set[tuple[int, int]] = set()
    forms: set[Qt.ToolButtonStyle] = set()
    for width in range(60, 600, 3):
        row.resize(width, 40)
        heights.add((row.sizeHint().height(), row.minimumSizeHint().height()))
        forms.update(button.toolButtonStyle() for button in buttons)
    assert len(heights) == 1
    assert forms == {Qt.ToolButtonStyle.ToolButtonIconOnly, Qt.ToolButtonStyle.ToolButtonTextBesideIcon}
