"""The plugin: what hangs in QGIS from its start. All else is behind the door."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, Callable

from qgis.core import QgsApplication
from qgis.PyQt.QtCore import QCoreApplication, QFileInfo, Qt, QTranslator
from qgis.PyQt.QtGui import QIcon
from qgis.PyQt.QtWidgets import QAction

from .door import Door
from .gui.project_signs import LayerSign, SaveSign
from .gui.qgis_places import (
    OptionsFactory,
    hang_into_browser,
    hang_into_help_menu,
    hang_into_plugin_menu,
    hang_into_search_bar,
    reload_connections,
)
from .jobs.running.translate import tr
from .network.authentication import token_folders
from .processing.provider import GpkeysProvider

if TYPE_CHECKING:
    from qgis.gui import QgsDockWidget

    from .gui.browser.key_acts import KeyActs
    from .gui.dock import KeysDock
    from .gui.opening_dock import OpeningDock
    from .wiring.window_parts import WindowParts

# Not a `Path`: its import is a third of the plugin's start (3.22).
_FOLDER = QFileInfo(__file__).absoluteDir()
_ICON = _FOLDER.filePath("resources/icons/gpkeys.svg")


class GpkeysPlugin:
    """Hangs the plugin into QGIS; `unload` is `initGui` read backwards, with what was hung in later before it."""

    def __init__(self, iface: Any) -> None:
        self._iface = iface
        self._undo: list[Callable[[], object]] = []
        self._door = Door(iface, self._on_script_changed, self._on_missing)
        self._dock: KeysDock | None = None
        self._opening: OpeningDock | None = None

    def initProcessing(self) -> None:  # noqa: N802 - the name QGIS calls
        """Hang the algorithms into QGIS: all that `qgis_process` asks for."""
        self._install_translator()
        self._undo.append(self._door.close)
        self._add_provider()

    def initGui(self) -> None:  # noqa: N802 - the name QGIS calls
        """Hang the plugin into QGIS."""
        # Before any layer makes QGIS refresh a session by itself.
        token_folders.prepare()
        self.initProcessing()
        self._undo.append(self._door.close_window)
        self._add_action()
        self._add_options_page()
        self._add_to_qgis_places()
        self._watch_project()
        self._open_again()

    def unload(self) -> None:
        """Take everything out of QGIS again."""
        while self._undo:
            self._undo.pop()()

    def _install_translator(self) -> None:
        translator = QTranslator(QCoreApplication.instance())
        # Qt takes `gpkeys_pt` where there is no `gpkeys_pt_BR`; what a translation lacks stays English.
        if translator.load(f"gpkeys_{QgsApplication.instance().locale()}", _FOLDER.filePath("i18n")):
            QCoreApplication.installTranslator(translator)
            self._undo.append(lambda: QCoreApplication.removeTranslator(translator))

    def _add_provider(self) -> None:
        provider, registry = GpkeysProvider(self._door.scripts), QgsApplication.processingRegistry()
        registry.addProvider(provider)
        self._undo.append(lambda: registry.removeProvider(provider))

    def _on_script_changed(self) -> None:
        if self._iface is None:
            return
        reload_connections(self._iface)
        if self._dock is not None:
            self._dock.read_again()

    def _on_missing(self, error: ImportError) -> None:
        # Imported here: QGIS starts without it.
        from .unavailable import say_missing

        self._action.setChecked(False)
        say_missing(self._iface, error)

    def _add_action(self) -> None:
        icon = QIcon(_ICON)
        name = tr("Géoplateforme access keys")
        action = QAction(icon, name, self._iface.mainWindow())
        action.setObjectName("GpkeysAction")
        action.setCheckable(True)
        action.toggled.connect(self._show_dock)
        # Only who asks for the dock gets the keyboard there: it also opens with QGIS.
        action.triggered.connect(self._on_asked)
        # Who points at it is about to click.
        action.hovered.connect(self._door.warm_up)
        self._iface.addPluginToWebMenu(name, action)
        self._iface.addWebToolBarIcon(action)
        self._action = action
        self._undo.append(action.deleteLater)
        self._undo.append(lambda: self._iface.removePluginWebMenu(name, action))
        self._undo.append(lambda: self._iface.removeWebToolBarIcon(action))
        self._undo.append(self._remove_dock)

    def _add_options_page(self) -> None:
        factory = OptionsFactory(self._door.preferences)
        self._iface.registerOptionsWidgetFactory(factory)
        self._undo.append(lambda: self._iface.unregisterOptionsWidgetFactory(factory))

    def _add_to_qgis_places(self) -> None:
        self._undo.append(hang_into_browser(self._iface, _ICON, self._act_on_keys, self._open_panel))
        self._undo.append(hang_into_search_bar(self._iface, self._act_on_keys))
        self._undo.append(hang_into_help_menu(self._iface, _ICON))
        self._undo.append(hang_into_plugin_menu(self._iface, _ICON, self._open_panel))

    def _open_panel(self) -> None:
        self._action.setChecked(True)
        self._on_asked(True)

    def _act_on_keys(self, act: Callable[[KeyActs], object]) -> None:
        self._door.open_window(lambda window: act(window.key_acts(self._show_key, self._show_key)))

    # The open project

    def _watch_project(self) -> None:
        layers = LayerSign(lambda: self._door.open_window(lambda window: self._watch_layers(window, layers)))
        saves = SaveSign(lambda: self._door.open_window(lambda window: self._watch_saving(window, saves)))
        self._undo += (layers.stop, saves.stop)

    def _watch_layers(self, window: WindowParts, sign: LayerSign) -> None:
        sign.stop()
        watch = window.watch_projects(self._door.preferences(), self._show_repair)
        self._undo.append(watch.stop)
        menu = window.offer_in_layer_menu(self._show_repair, self._show_key_in_window)
        self._undo.append(menu.stop)
        if sign.has_been_read:
            watch.look()

    def _watch_saving(self, window: WindowParts, sign: SaveSign) -> None:
        sign.stop()
        watch = window.watch_saving(
            self._door.preferences(), lambda: self._action.setChecked(True), partial(self._show_key, is_to_share=True)
        )
        self._undo.append(watch.stop)
        watch.look()

    def _show_key(self, key_id: str, download: str = "", *, is_to_share: bool = False) -> None:
        self._action.setChecked(True)
        if self._dock is not None:
            self._dock.show_key(key_id, download, is_to_share=is_to_share)

    def _show_repair(self, layer_ids: tuple[str, ...] = ()) -> None:
        self._action.setChecked(True)
        if self._dock is not None:
            self._dock.show_repair(layer_ids)

    # The dock

    def _open_again(self) -> None:
        """Open the window as it was when QGIS ended, as soon as QGIS itself is there to be worked with."""
        if self._iface.mainWindow().isVisible():
            self._open_if_it_was()
            return
        self._iface.initializationCompleted.connect(self._open_if_it_was)
        self._undo.append(lambda: self._iface.initializationCompleted.disconnect(self._open_if_it_was))

    def _open_if_it_was(self) -> None:
        # Imported here: not before QGIS is there.
        from .store import window_settings

        if window_settings.DOCK_VISIBLE.get():
            self._action.setChecked(True)
        elif window_settings.KEYS_END.get():
            # Imported bit by bit: all at once is 0.3 s in which QGIS would stand still.
            self._door.open_window(self._tell_of_ending_keys)

    def _tell_of_ending_keys(self, window: WindowParts) -> None:
        # Imported here: not before QGIS is there.
        from .gui.browser import ending_keys_notice

        take_away = ending_keys_notice.tell(self._iface.messageBar(), self._show_key_in_window)
        self._undo.append(take_away)
        window.when_account_changes(take_away)

    def _show_key_in_window(self, key_id: str) -> None:
        self._act_on_keys(lambda acts: acts.open_key(key_id))

    def _show_dock(self, is_wanted: bool) -> None:
        if self._dock is not None:
            self._dock.setUserVisible(is_wanted)
        elif is_wanted:
            self._show_opening()
            self._door.open_window(self._make_dock)
        else:
            self._remove_opening()

    def _show_opening(self) -> None:
        """Open at once, whatever is still to be imported."""
        if self._opening is None and not self._door.is_open():
            # Imported here: QGIS starts without it.
            from .gui.opening_dock import OpeningDock

            self._opening = OpeningDock(self._iface.mainWindow())
            self._place(self._opening)
            # It has the place that QGIS kept under that name; the name is the real one's.
            self._opening.setObjectName("GpkeysOpeningDock")
            self._opening.closed.connect(lambda: self._action.setChecked(False))

    def _remove_opening(self) -> None:
        opening, self._opening = self._opening, None
        if opening is not None:
            self._iface.removeDockWidget(opening)
            opening.deleteLater()

    def _place(self, dock: QgsDockWidget) -> None:
        # QGIS puts docks in their places at its start, before this one is there.
        if not self._iface.mainWindow().restoreDockWidget(dock):
            self._iface.addDockWidget(Qt.DockWidgetArea.RightDockWidgetArea, dock)
        # Until the window is laid out anew the tabs do not know a dock that came back, and it stays behind (Qt 5.15).
        self._iface.mainWindow().layout().activate()
        dock.setUserVisible(True)

    def _on_asked(self, is_wanted: bool) -> None:
        if is_wanted:
            self._door.open_window(lambda _window: self._give_keyboard())

    def _give_keyboard(self) -> None:
        if self._dock is not None:
            self._dock.take_focus()

    def _make_dock(self, window: WindowParts) -> None:
        # It may have been made, or unwanted again, while it was waited for.
        if self._dock is not None or not self._action.isChecked():
            return
        self._dock = window.make_dock()
        self._dock.visibilityChanged.connect(self._on_dock_visibility)
        opening, self._opening = self._opening, None
        if opening is not None:
            opening.give_place_to(self._dock, self._iface.mainWindow())
            self._dock.setUserVisible(True)
        else:
            self._place(self._dock)

    def _on_dock_visibility(self, _is_visible: bool) -> None:
        """Follow the dock when it is closed by its own cross, or behind another tab: a click brings it to the front."""
        if self._dock is not None:
            self._action.setChecked(self._dock.isUserVisible())

    def _remove_dock(self) -> None:
        self._remove_opening()
        if self._dock is not None:
            # Imported here: QGIS starts without it.
            from .gui.lifetime.delete_later import delete_later
            from .store import window_settings

            window_settings.DOCK_VISIBLE.set(self._dock.isUserVisible())
            self._dock.visibilityChanged.disconnect(self._on_dock_visibility)
            self._dock.shut_down()
            self._iface.removeDockWidget(self._dock)
            delete_later(self._dock)
            self._dock = None
