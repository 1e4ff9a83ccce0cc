"""The plugin: wiring only."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Callable

from qgis.core import QgsApplication
from qgis.PyQt.QtCore import QCoreApplication, Qt, QTranslator
from qgis.PyQt.QtGui import QIcon
from qgis.PyQt.QtWidgets import QAction

from .gui.dock import KeysDock
from .gui.options_page import OptionsFactory
from .gui.qgis_map import MapView
from .gui.qgis_openers import Openers
from .gui.repair.layer_tree_menu import LayerMenu
from .gui.repair.project_opening_notice import ProjectWatch
from .gui.share.save_watch import SaveWatch
from .jobs.running.main_thread import MainThread
from .jobs.running.task import TaskRunner
from .jobs.running.translate import show, tr
from .jobs.scripts.runner import Scripts
from .jobs.scripts.script_context import ScriptSide
from .jobs.steps.account_sessions import SignedIn
from .jobs.window.my_keys_jobs import MyKeysJobs
from .jobs.window.new_key_jobs import NewKeyJobs, QgisSide
from .jobs.window.preferences import PluginPreferences
from .jobs.window.repair_files_jobs import RepairFilesJobs
from .jobs.window.repair_jobs import RepairJobs
from .jobs.window.repair_tab_jobs import MendingJobs
from .jobs.window.share_jobs import ShareJobs
from .jobs.window.sign_in_set_up import SetUp
from .jobs.window.sign_in_side import SignInSide
from .network.http import user_agent
from .network.http.network_threads import stop_threads, wait_until
from .network.open_session import open_session
from .network.sign_in import LastAccount, SignIn
from .network.sign_out import drop_session
from .processing.provider import GpkeysProvider
from .store import environments, settings
from .store.configurations import master_password
from .store.records.creations import CreationRecords
from .store.records.rotations import RotationRecords
from .store.settings import Setting

_FOLDER = Path(__file__).resolve().parent


def _nothing() -> None:
    """Tell nobody: there is no window."""


def _last_account() -> Setting[str]:
    return settings.last_account(environments.current().name)


class GpkeysPlugin:
    """Makes the parts, hands them to each other, and hangs them into QGIS; `unload` is `initGui` read backwards."""

    def __init__(self, iface: Any) -> None:
        self._iface = iface
        self._undo: list[Callable[[], object]] = []
        self._dock: KeysDock | None = None

    def initProcessing(self) -> None:  # noqa: N802 - the name QGIS calls
        """Hang the algorithms into QGIS: all that `qgis_process` asks for."""
        self._install_translator()
        self._make_common_parts()
        self._add_provider()

    def initGui(self) -> None:  # noqa: N802 - the name QGIS calls
        """Hang the plugin into QGIS."""
        self.initProcessing()
        self._make_parts()
        self._add_action()
        self._add_options_page()
        self._add_repair()
        self._add_save_watch()

    def unload(self) -> None:
        """Take everything out of QGIS again."""
        while self._undo:
            self._undo.pop()()

    def _install_translator(self) -> None:
        translator = QTranslator(QCoreApplication.instance())
        locale = QgsApplication.instance().locale()
        if translator.load(f"gpkeys_{locale[:2]}", str(_FOLDER / "i18n")):
            QCoreApplication.installTranslator(translator)
            self._undo.append(lambda: QCoreApplication.removeTranslator(translator))

    def _make_common_parts(self) -> None:
        self._main_thread = MainThread()
        self._undo.append(stop_threads)
        self._undo.append(self._main_thread.deleteLater)
        self._creations, self._rotations = CreationRecords(), RotationRecords()

    def _add_provider(self) -> None:
        has_window = self._iface is not None
        side = ScriptSide(
            user_agent=user_agent.current,
            unlock=master_password.unlock if has_window else master_password.is_unlocked,
            drop_tokens=drop_session,
            on_changed=self._on_script_changed if has_window else _nothing,
            wait=wait_until,
        )
        scripts = Scripts(open_session, self._main_thread, self._creations, self._rotations, side)
        provider, registry = GpkeysProvider(scripts), QgsApplication.processingRegistry()
        registry.addProvider(provider)
        self._undo.append(self._main_thread.shut_down)
        self._undo.append(lambda: registry.removeProvider(provider))

    def _on_script_changed(self) -> None:
        self._iface.reloadConnections()
        if self._dock is not None:
            self._dock.read_again()

    def _make_parts(self) -> None:
        self._sign_in = SignIn(
            lambda: environments.current().api_url,
            settings.reply_ports,
            LastAccount(lambda: _last_account().get(), lambda account_id: _last_account().set(account_id)),
            say=show,
        )
        self._undo.append(self._sign_in.close)
        self._runner = TaskRunner()
        self._undo.append(self._runner.shut_down)
        self._undo.append(self._main_thread.shut_down)
        self._undo.append(self._runner.cancel_all)
        self._set_up = SetUp()
        openers, map_view = Openers(self._iface), MapView(self._iface)
        qgis_side = QgisSide(
            user_agent.current,
            self._iface.reloadConnections,
            openers.show_connection,
            openers.show_authcfg,
            map_view.show,
            map_view.shows,
        )
        self._new_key_jobs = NewKeyJobs(self._signed_in, self._runner, self._main_thread, self._creations, qgis_side)
        self._my_keys_jobs = MyKeysJobs(self._signed_in, self._runner, self._main_thread, self._rotations, qgis_side)
        self._repair_jobs = RepairJobs(self._signed_in, self._runner, self._main_thread, qgis_side)
        self._files_jobs = RepairFilesJobs(
            self._signed_in, self._runner, self._main_thread, self._iface.reloadConnections
        )
        # Of its own: what sharing undoes is what sharing has changed.
        changes = RepairJobs(self._signed_in, self._runner, self._main_thread, qgis_side)
        self._share_jobs = ShareJobs(self._signed_in, self._runner, self._main_thread, self._creations, changes)
        self._preferences = PluginPreferences(self._sign_in.sign_out)

    def _sign_in_side(self) -> SignInSide:
        sign_in = self._sign_in
        return SignInSide(
            lambda: sign_in.status,
            sign_in.add_listener,
            sign_in.sign_in,
            sign_in.resume,
            sign_in.cancel,
            sign_in.sign_out,
            sign_in.token_refused,
            sign_in.use_account,
        )

    def _signed_in(self) -> SignedIn:
        status = self._sign_in.status
        account_id = status.account.id if status.account else ""
        return SignedIn(open_session, environments.current().api_url, status.authcfg, account_id)

    def _add_action(self) -> None:
        icon = QIcon(str(_FOLDER / "resources" / "icons" / "gpkeys.svg"))
        name = tr("Géoplateforme access keys")
        action = QAction(icon, name, self._iface.mainWindow())
        action.setObjectName("GpkeysAction")
        action.setCheckable(True)
        action.toggled.connect(self._show_dock)
        self._iface.addPluginToWebMenu(name, action)
        self._iface.addWebToolBarIcon(action)
        self._action = action
        self._undo.append(action.deleteLater)
        self._undo.append(lambda: self._iface.removePluginWebMenu(name, action))
        self._undo.append(lambda: self._iface.removeWebToolBarIcon(action))
        self._undo.append(self._remove_dock)
        if settings.DOCK_VISIBLE.get():
            action.setChecked(True)

    def _add_options_page(self) -> None:
        factory = OptionsFactory(self._preferences)
        self._iface.registerOptionsWidgetFactory(factory)
        self._undo.append(lambda: self._iface.unregisterOptionsWidgetFactory(factory))

    def _add_repair(self) -> None:
        watch = ProjectWatch(self._iface.messageBar(), self._repair_jobs, self._preferences, self._show_repair)
        self._undo.append(watch.stop)
        menu = LayerMenu(self._iface, self._repair_jobs, self._show_repair)
        self._undo.append(menu.stop)

    def _add_save_watch(self) -> None:
        message_bar, show_dock = self._iface.messageBar(), lambda: self._action.setChecked(True)
        watch = SaveWatch(message_bar, self._share_jobs, self._preferences, show_dock)
        self._undo.append(watch.stop)

    def _show_repair(self, layer_ids: tuple[str, ...] = ()) -> None:
        self._action.setChecked(True)
        if self._dock is not None:
            self._dock.show_repair(layer_ids)

    def _show_dock(self, is_wanted: bool) -> None:
        if self._dock is None and is_wanted:
            self._dock = KeysDock(
                self._sign_in_side(),
                self._new_key_jobs,
                self._my_keys_jobs,
                MendingJobs(self._repair_jobs, self._files_jobs),
                self._share_jobs,
                self._set_up,
                self._iface.mainWindow(),
            )
            self._dock.visibilityChanged.connect(self._on_dock_visibility)
            self._iface.addDockWidget(Qt.DockWidgetArea.RightDockWidgetArea, self._dock)
        if self._dock is not None:
            self._dock.setUserVisible(is_wanted)

    def _on_dock_visibility(self, _is_visible: bool) -> None:
        """Follow the dock when it is closed by its own cross; a dock that is only behind another tab stays checked."""
        if self._dock is not None:
            self._action.setChecked(self._dock.isUserVisible())

    def _remove_dock(self) -> None:
        if self._dock is not None:
            settings.DOCK_VISIBLE.set(self._dock.isUserVisible())
            self._dock.visibilityChanged.disconnect(self._on_dock_visibility)
            self._dock.shut_down()
            self._iface.removeDockWidget(self._dock)
            self._dock.deleteLater()
            self._dock = None
