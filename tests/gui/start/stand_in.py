"""As much of QGIS's window as the plugin needs to start in it and to open its own."""

# ruff: noqa: N802, N815 - the stand-in has the names of QGIS

from __future__ import annotations

from typing import Any

from qgis.core import QgsLocator, QgsLocatorFilter, QgsMapLayer
from qgis.gui import QgsBrowserGuiModel, QgsCustomDropHandler, QgsMapCanvas, QgsMessageBar, QgsOptionsWidgetFactory
from qgis.PyQt.QtCore import QObject, Qt, pyqtSignal
from qgis.PyQt.QtWidgets import QAction, QDockWidget, QMainWindow, QMenu, QWidget


class StandIn(QObject):
    """QGIS's interface; the window is not shown until somebody does."""

    initializationCompleted = pyqtSignal()
    currentLayerChanged = pyqtSignal(object)

    def __init__(self) -> None:
        super().__init__()
        self.window = QMainWindow()
        self.bar = QgsMessageBar(self.window)
        self.canvas = QgsMapCanvas()
        self.browser = QgsBrowserGuiModel()
        self.browser.initialize()
        self.locator = QgsLocator()
        self.help_menu = QMenu(self.window)
        self.plugin_menu: list[tuple[str, QAction]] = []
        self.options_asked: list[str] = []
        self.factories: list[QgsOptionsWidgetFactory] = []
        self.layer_actions: list[QAction] = []
        self.drop_handlers: list[QgsCustomDropHandler] = []

    def mainWindow(self) -> QMainWindow:
        return self.window

    def messageBar(self) -> QgsMessageBar:
        return self.bar

    def registerLocatorFilter(self, found: QgsLocatorFilter) -> None:
        self.locator.registerFilter(found)

    def deregisterLocatorFilter(self, found: QgsLocatorFilter) -> None:
        self.locator.deregisterFilter(found)

    def registerCustomDropHandler(self, handler: QgsCustomDropHandler) -> None:
        self.drop_handlers.append(handler)

    def unregisterCustomDropHandler(self, handler: QgsCustomDropHandler) -> None:
        self.drop_handlers.remove(handler)

    def pluginHelpMenu(self) -> QMenu:
        return self.help_menu

    def browserModel(self) -> QgsBrowserGuiModel:
        return self.browser

    def mapCanvas(self) -> QgsMapCanvas:
        return self.canvas

    def addPluginToMenu(self, name: str, action: QAction) -> None:
        self.plugin_menu.append((name, action))

    def removePluginMenu(self, name: str, action: QAction) -> None:
        self.plugin_menu.remove((name, action))

    def showOptionsDialog(self, _parent: QWidget, page: str) -> None:
        self.options_asked.append(page)

    def addPluginToWebMenu(self, _name: str, _action: QAction) -> None:
        """The menu is QGIS's."""

    def removePluginWebMenu(self, _name: str, _action: QAction) -> None:
        """The menu is QGIS's."""

    def addWebToolBarIcon(self, _action: QAction) -> int:
        return 1

    def removeWebToolBarIcon(self, _action: QAction) -> None:
        """The toolbar is QGIS's."""

    def registerOptionsWidgetFactory(self, factory: QgsOptionsWidgetFactory) -> None:
        self.factories.append(factory)

    def unregisterOptionsWidgetFactory(self, factory: QgsOptionsWidgetFactory) -> None:
        self.factories.remove(factory)

    def addDockWidget(self, area: Qt.DockWidgetArea, dock: QDockWidget) -> None:
        self.window.addDockWidget(area, dock)

    def removeDockWidget(self, dock: QDockWidget) -> None:
        self.window.removeDockWidget(dock)

    def reloadConnections(self) -> None:
        """The Browser is QGIS's."""

    def addCustomActionForLayerType(self, action: QAction, _menu: str, _kind: Any, _all_layers: bool) -> None:
        self.layer_actions.append(action)

    def addCustomActionForLayer(self, _action: QAction, _layer: QgsMapLayer) -> None:
        """The menus of layers are QGIS's."""

    def activeLayer(self) -> QgsMapLayer | None:
        return None

    def removeCustomActionForLayerType(self, action: QAction) -> bool:
        is_there = action in self.layer_actions
        if is_there:
            self.layer_actions.remove(action)
        return is_there
