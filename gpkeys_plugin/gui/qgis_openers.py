"""Opens in QGIS's own windows what the plugin made there."""

from __future__ import annotations

from typing import Any

from qgis.gui import QgsAuthConfigSelect
from qgis.PyQt.QtCore import QModelIndex, Qt
from qgis.PyQt.QtWidgets import QDialog, QDialogButtonBox, QDockWidget, QTreeView, QVBoxLayout

from ..jobs.running.translate import tr
from ..keys.services.connection_plans import ConnectionKind
from ..keys.services.layer_recipes import WrittenConnection

# The object name of `options_page.OptionsPage`.
_OPTIONS_PAGE = "GpkeysOptionsPage"
_BROWSER_ROOTS = {
    ConnectionKind.WMS: "wms:",
    ConnectionKind.WMTS: "wms:",
    ConnectionKind.WFS: "wfs:",
    ConnectionKind.XYZ: "xyz:",
    ConnectionKind.VECTOR_TILES: "vectortile:",
}


class Openers:
    """What the result page's links do."""

    def __init__(self, iface: Any) -> None:
        self._iface = iface

    def show_authcfg(self, authcfg: str) -> None:
        """Show an authentication configuration in QGIS's own widget, with its edit button."""
        dialog = QDialog(self._iface.mainWindow())
        dialog.setWindowTitle(tr("Authentication configuration"))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        selector = QgsAuthConfigSelect(dialog)
        selector.setConfigId(authcfg)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(dialog.close)
        column = QVBoxLayout(dialog)
        column.addWidget(selector)
        column.addWidget(buttons)
        dialog.open()

    def show_options(self) -> None:
        """Open the plugin's page in QGIS's options."""
        self._iface.showOptionsDialog(self._iface.mainWindow(), _OPTIONS_PAGE)

    def show_connection(self, connection: WrittenConnection) -> None:
        """Bring QGIS's Browser panel to the front, with the connection selected."""
        dock = self._iface.mainWindow().findChild(QDockWidget, "Browser")
        if dock is None:
            return
        dock.show()
        dock.raise_()
        view = dock.findChild(QTreeView)
        if view is not None:
            _select(view, f"{_BROWSER_ROOTS[connection.kind]}/{connection.name}", connection.name)


def _select(view: QTreeView, path: str, name: str) -> None:
    """Select the item of a browser path; its root is opened first, since connections are listed only then."""
    root = _item(view, path.split("/", 1)[0], None)
    if not root.isValid():
        return
    view.expand(root)
    item = _item(view, name, root)
    if item.isValid():
        view.setCurrentIndex(item)
        view.scrollTo(item)


def _item(view: QTreeView, text: str, parent: QModelIndex | None) -> QModelIndex:
    model = view.model()
    above = QModelIndex() if parent is None else parent
    role = _PATH_ROLE if parent is None else Qt.ItemDataRole.DisplayRole
    for row in range(model.rowCount(above)):
        index = model.index(row, 0, above)
        if index.data(role) == text:
            return index
    return QModelIndex()


# QgsBrowserModel's PathRole.
_PATH_ROLE = int(Qt.ItemDataRole.UserRole)
