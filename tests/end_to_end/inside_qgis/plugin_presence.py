"""What of the plugin hangs in an open QGIS. Runs in QGIS's own Python."""

from __future__ import annotations

import gc
import threading
from contextlib import suppress
from pathlib import Path
from typing import Any

from qgis.core import QgsApplication
from qgis.PyQt.QtCore import QCoreApplication, QEvent, QTimer
from qgis.PyQt.QtWidgets import QAction, QApplication, QDialog, QDockWidget, QMenu, QToolBar, QWidget
from qgis.utils import iface

from tests.end_to_end.inside_qgis import clicking

_PACKAGE = "gpkeys_plugin"
_NAME = "Clés d’accès Géoplateforme"


def look_around() -> dict[str, Any]:
    """Return how often each thing of the plugin is there."""
    clear_away()
    window = iface.mainWindow()
    own = [widget for widget in QApplication.allWidgets() if _is_own(widget)]
    pages, in_front = _options_pages()
    return {
        "actions": len(window.findChildren(QAction, "GpkeysAction")),
        "docks": len(window.findChildren(QDockWidget, "GpkeysDock")),
        "menu entries": sum(_title(action) == _NAME for action in iface.webMenu().actions()),
        "menu actions": sum(action.objectName() == "GpkeysAction" for action in _actions_below(iface.webMenu())),
        "buttons": sum(
            action.objectName() == "GpkeysAction" for bar in window.findChildren(QToolBar) for action in bar.actions()
        ),
        "plugin menus": sum(_title(action) == _NAME for action in iface.pluginMenu().actions()),
        "options pages": pages,
        "options asked for": in_front,
        "widgets": len(own),
        "orphans": sorted({type(widget).__name__ for widget in own if widget.isWindow() and widget.parent() is None}),
        "tasks": QgsApplication.taskManager().countActiveTasks(),
        "providers": [
            provider.id() for provider in QgsApplication.processingRegistry().providers() if "gpkeys" in provider.id()
        ],
        "threads": own_threads(),
        "dialog": QApplication.activeModalWidget() is not None,
    }


def own_threads() -> list[str]:
    """Return the names of the plugin's threads: the system knows Qt's, and Python's from 3.14 on only."""
    names = [thread.name for thread in threading.enumerate()]
    for place in Path("/proc/self/task").iterdir():
        # One of QGIS's own may end meanwhile.
        with suppress(FileNotFoundError, ProcessLookupError):
            names.append((place / "comm").read_text(encoding="utf-8").strip())
    return sorted(name for name in names if "GPKeys" in name)


def clear_away() -> None:
    """Let everything go that is about to."""
    gc.collect()
    for _ in range(3):
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        QApplication.processEvents()


def _is_own(widget: QWidget) -> bool:
    return type(widget).__module__.partition(".")[0] == _PACKAGE


def _title(action: QAction) -> str:
    return str(action.text()).replace("&", "")


def _actions_below(menu: QMenu) -> list[QAction]:
    found = []
    for action in menu.actions():
        found += _actions_below(action.menu()) if action.menu() is not None else [action]
    return found


def _options_pages() -> tuple[int, int]:
    """Open QGIS's options, from the plugin's own menu where there is one; count the plugin's pages, and those seen."""
    counts: list[tuple[int, int]] = []
    own = [action for action in _actions_below(iface.pluginMenu()) if action.objectName() == "GpkeysMenuOptionsAction"]

    def count() -> None:
        dialog = QApplication.activeModalWidget()
        if not isinstance(dialog, QDialog):
            return
        # Newer ones put the page into a frame that scrolls, of the same name.
        pages = [page for page in dialog.findChildren(QWidget, "GpkeysOptionsPage") if _is_own(page)]
        counts.append((len(pages), sum(page.isVisible() for page in pages)))
        dialog.reject()

    timer = QTimer()
    timer.setInterval(50)
    timer.timeout.connect(count)
    timer.start()
    if own:
        own[0].trigger()
    else:
        iface.showOptionsDialog(iface.mainWindow())
    timer.stop()
    clicking.wait_until(lambda: counts, "QGIS's options dialog")
    clear_away()
    return counts[0]
