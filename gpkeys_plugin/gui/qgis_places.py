"""What hangs in QGIS's own places from its start: options, Browser panel, search bar, menus of plugins and of help.

QGIS starts with these, which import all the rest when somebody first wants something of them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Callable, Sequence

from qgis.core import (
    QgsApplication,
    QgsDataCollectionItem,
    QgsDataItem,
    QgsDataItemProvider,
    QgsDataProvider,
    QgsFeedback,
    QgsLocatorContext,
    QgsLocatorFilter,
    QgsLocatorResult,
    QgsMimeDataUtils,
)
from qgis.gui import QgsCustomDropHandler, QgsDataItemGuiProvider, QgsGui, QgsOptionsPageWidget, QgsOptionsWidgetFactory
from qgis.PyQt.QtCore import QMimeData
from qgis.PyQt.QtGui import QDesktopServices, QIcon, QPalette
from qgis.PyQt.QtWidgets import QAction, QMenu, QWidget

from ..jobs.running.translate import tr

if TYPE_CHECKING:
    from ..jobs.window.preferences import PluginPreferences
    from .browser.item_menu import Act

_ROOT = "geoplateforme:"
# The page's object name, by which QGIS finds it.
_OPTIONS_PAGE = "GpkeysOptionsPage"


class OptionsFactory(QgsOptionsWidgetFactory):
    """Makes the page when the options are opened."""

    def __init__(self, preferences: Callable[[], PluginPreferences]) -> None:
        super().__init__(tr("Géoplateforme access keys"), QIcon())
        self._preferences = preferences

    def icon(self) -> QIcon:
        """Return the page's icon."""
        # Imported here: QGIS starts without it.
        from .drawing.icons import icon

        return icon("gpkeys", QPalette().color(QPalette.ColorRole.WindowText))

    def createWidget(self, parent: QWidget | None = None) -> QgsOptionsPageWidget:  # noqa: N802
        """Return a new page."""
        # Imported here: QGIS starts without it.
        from .options_page import OptionsPage

        return OptionsPage(self._preferences(), parent)


class _WayToActs:
    """Over which the items of the entry ask, each on a thread of its own.

    They hold this and not the plugin: a thread that came to its end last would let go of that, and with it destroy
    objects of Qt which belong to the main thread (3.22 ends soon after).
    """

    def __init__(self, act: Act) -> None:
        self._act: Act | None = act

    def find(self) -> Act | None:
        """Return what acts on keys, None once the entry is out of QGIS."""
        return self._act

    def end(self) -> None:
        """Lead nowhere any more."""
        self._act = None


class BrowserEntry(QgsDataItemProvider):
    """Gives QGIS's Browser its entry of the Géoplateforme."""

    def __init__(self, icon_path: str, way: _WayToActs) -> None:
        super().__init__()
        self._icon_path, self._way = icon_path, way

    def name(self) -> str:
        """Return what QGIS knows it by."""
        return "gpkeys"

    def dataProviderKey(self) -> str:  # noqa: N802 - the name QGIS calls
        """Return nothing: the layers are of QGIS's own providers."""
        return ""

    def capabilities(self) -> QgsDataProvider.DataCapability:
        """Return the kind of its sources: servers."""
        return QgsDataProvider.DataCapability.Net

    def createDataItem(self, path: str, parent: QgsDataItem | None) -> QgsDataItem | None:  # noqa: N802
        """Return the entry, for a path of none."""
        return _Root(self._icon_path, self._way) if not path else None


class _Root(QgsDataCollectionItem):
    """The entry: the keys that this QGIS holds are below it."""

    def __init__(self, icon_path: str, way: _WayToActs) -> None:
        super().__init__(None, tr("Géoplateforme (private)"), _ROOT, "gpkeys")
        self._way = way
        self.setIcon(QIcon(icon_path))

    def createChildren(self) -> list[QgsDataItem]:  # noqa: N802 - the name QGIS calls
        """Return an item a key; QGIS calls it on a thread of the item's own."""
        # Imported here: QGIS starts without it.
        from .browser import browser_items

        return browser_items.items_of_keys(self, self._way.find)


class BrowserMenu(QgsDataItemGuiProvider):
    """Gives the entry and the items below it their menus, these a double click; `act` hands over what acts on keys."""

    def __init__(self, act: Act, open_panel: Callable[[], object], refresh: Callable[[], object]) -> None:
        super().__init__()
        self._act, self._open_panel, self._refresh = act, open_panel, refresh

    def name(self) -> str:
        """Return what QGIS knows it by."""
        return "gpkeys"

    def populateContextMenu(  # noqa: N802 - the name QGIS calls
        self, item: QgsDataItem, menu: QMenu, selected: Sequence[QgsDataItem], _context: Any
    ) -> None:
        """Put in what can be done with an item of ours."""
        if not item.path().startswith(_ROOT):
            return
        # Imported here: QGIS starts without it.
        from .browser import item_menu

        if item.path() == _ROOT:
            item_menu.fill_root(menu, self._open_panel, self._refresh)
        else:
            item_menu.fill(menu, item, selected, self._act)

    def handleDoubleClick(self, item: QgsDataItem, _context: Any) -> bool:  # noqa: N802 - the name QGIS calls
        """Add a layer of ours to the map; return whether it was one."""
        if not item.path().startswith(f"{_ROOT}/"):
            return False
        # Imported here: QGIS starts without it.
        from .browser import item_menu

        return item_menu.double_click(item, self._act)


class LayersDropped(QgsCustomDropHandler):
    """Adds layers of keys that are dropped on QGIS's window as the panel does; what else is dropped is QGIS's."""

    def __init__(self, act: Act) -> None:
        super().__init__()
        self._act = act

    def customUriProviderKey(self) -> str:  # noqa: N802 - the name QGIS calls
        """Return a name of no provider: what is dropped has those of QGIS, and vector tiles have an empty one."""
        return "gpkeys"

    def handleMimeDataV2(self, data: QMimeData) -> bool:  # noqa: N802 - the name QGIS calls
        """Take what is dropped if all of it are layers of keys; return whether it was taken."""
        if not QgsMimeDataUtils.isUriList(data):
            return False
        # Imported here: QGIS starts without it.
        from .browser import item_menu

        return item_menu.drop(QgsMimeDataUtils.decodeUriList(data), self._act)


def hang_into_browser(iface: Any, icon_path: str, act: Act, open_panel: Callable[[], object]) -> Callable[[], object]:
    """Hang the entry into QGIS's Browser, and what is dragged from there into its window; return what undoes it."""
    way = _WayToActs(act)
    menu = BrowserMenu(act, open_panel, lambda: iface.browserModel().refresh(_ROOT))
    entry, dropped = BrowserEntry(icon_path, way), LayersDropped(act)
    entries, menus = QgsApplication.dataItemProviderRegistry(), QgsGui.dataItemGuiProviderRegistry()
    entries.addProvider(entry)
    menus.addProvider(menu)
    iface.registerCustomDropHandler(dropped)

    def take_out() -> None:
        way.end()
        iface.unregisterCustomDropHandler(dropped)
        menus.removeProvider(menu)
        entries.removeProvider(entry)

    return take_out


class KeysFilter(QgsLocatorFilter):
    """Finds layers and keys that this QGIS holds, in QGIS's search bar; choosing one adds it to the map.

    QGIS searches with a clone, on a worker, and tells this one what was chosen: `act` stays out of the clones.
    """

    def __init__(self, act: Act | None = None) -> None:
        super().__init__()
        self._act = act

    def clone(self) -> KeysFilter:
        """Return one to search with."""
        return type(self)()

    def name(self) -> str:
        """Return what QGIS knows it by."""
        return "gpkeys"

    def displayName(self) -> str:  # noqa: N802 - the name QGIS calls
        """Return the heading of what it finds."""
        return tr("Géoplateforme (private)")

    def prefix(self) -> str:
        """Return what makes QGIS ask nobody else; fewer than three letters of a plugin are ignored."""
        return "geo"

    def fetchResults(self, text: str, context: QgsLocatorContext, feedback: QgsFeedback) -> None:  # noqa: N802
        """Tell QGIS what holds each word."""
        # Imported here: QGIS starts without it.
        from .browser import key_search

        for hit in key_search.search(text, has_prefix=context.usingPrefix, is_cancelled=feedback.isCanceled):
            found = QgsLocatorResult()
            found.filter, found.displayString, found.description = self, hit.title, hit.description
            # A text: anything else is gone by the time one is chosen (3.22).
            found.userData, found.score = hit.mark, hit.score
            found.icon = QgsApplication.getThemeIcon(hit.icon)
            self.resultFetched.emit(found)

    def triggerResult(self, result: QgsLocatorResult) -> None:  # noqa: N802 - the name QGIS calls
        """Add what was chosen to the map."""
        mark = str(result.userData)
        if self._act is not None:
            self._act(lambda acts: acts.add_found(mark))


def hang_into_search_bar(iface: Any, act: Act) -> Callable[[], object]:
    """Hang the filter into QGIS's search bar; return what takes it out again."""
    found = KeysFilter(act)
    iface.registerLocatorFilter(found)
    return lambda: iface.deregisterLocatorFilter(found)


def hang_into_plugin_menu(iface: Any, icon_path: str, open_panel: Callable[[], object]) -> Callable[[], object]:
    """Hang a menu into QGIS's menu of plugins, where its users look for one first; return what takes it out again."""
    menu, window = tr("Géoplateforme access keys"), iface.mainWindow()
    acts = (
        (QAction(QIcon(icon_path), tr("&Open the panel"), window), open_panel),
        (QAction(tr("O&ptions…"), window), lambda: iface.showOptionsDialog(window, _OPTIONS_PAGE)),
        (QAction(tr("&Help"), window), _open_help),
    )
    for name, (action, act) in zip(("Open", "Options", "Help"), acts):
        action.setObjectName(f"GpkeysMenu{name}Action")
        action.triggered.connect(lambda _is_checked=False, act=act: act())
        iface.addPluginToMenu(menu, action)

    def take_out() -> None:
        for action, _ in acts:
            iface.removePluginMenu(menu, action)
            action.deleteLater()

    return take_out


def hang_into_help_menu(iface: Any, icon_path: str) -> Callable[[], object]:
    """Hang an entry into QGIS's menu Help, Plugins; return what takes it out again."""
    action = QAction(QIcon(icon_path), tr("Géoplateforme access keys"), iface.mainWindow())
    action.setObjectName("GpkeysHelpAction")
    action.triggered.connect(_open_help)
    iface.pluginHelpMenu().addAction(action)

    def take_out() -> None:
        iface.pluginHelpMenu().removeAction(action)
        action.deleteLater()

    return take_out


def _open_help(_is_checked: bool = False) -> None:
    # Imported here: QGIS starts without it.
    from ..jobs.running.help_page import help_url

    QDesktopServices.openUrl(help_url())


def reload_connections(iface: Any) -> None:
    """Have QGIS read the connections again, wherever it shows them, and the entry what it holds for keys."""
    iface.reloadConnections()
    iface.browserModel().refresh(_ROOT)
