"""What can be seen of a dock, by object names."""

from __future__ import annotations

from typing import Any

from qgis.PyQt.QtWidgets import QWidget

from gpkeys_plugin.gui.new_key.wizard import KeyWizard


def in_sight(top: QWidget, name: str) -> QWidget | None:
    """Return the first widget of a name that can be seen; what is hidden is most of a dock, and is not gone through."""
    for child in top.children():
        if isinstance(child, QWidget) and child.isVisible():
            found = child if child.objectName() == name else in_sight(child, name)
            if found is not None:
                return found
    return None


def find(dock: QWidget, name: str) -> Any:
    """Return a widget by its object name: where pages share it, the one that can be seen, else the wizard's."""
    seen = in_sight(dock, name)
    if seen is not None:
        return seen
    found = dock.findChildren(QWidget, name)
    assert found, name
    visible = next((widget for widget in found if widget.isVisible()), None)
    wizard = dock.findChild(KeyWizard)
    return visible or (wizard and wizard.findChild(QWidget, name)) or found[0]
