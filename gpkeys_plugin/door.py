"""The door to all that QGIS starts without: it is imported when somebody first asks for it, through here.

Each import costs QGIS's start (0.4 s with all of them, 3.22), and most who start QGIS want nothing of the plugin.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Callable, Iterator

from qgis.PyQt.QtCore import QMutex, QMutexLocker, QTimer

if TYPE_CHECKING:
    from .jobs.scripts.runner import Scripts
    from .jobs.window.preferences import PluginPreferences
    from .wiring.shared_parts import SharedParts
    from .wiring.window_parts import WindowParts


class Door:
    """Makes the parts when they are first asked for, once.

    `on_scripts_changed` is called on the main thread once an algorithm has changed keys; `on_missing` where a part of
    Python or QGIS turns out to be missing.
    """

    def __init__(
        self, iface: Any, on_scripts_changed: Callable[[], None], on_missing: Callable[[ImportError], object]
    ) -> None:
        self._iface = iface
        self._on_scripts_changed, self._on_missing = on_scripts_changed, on_missing
        self._shared: SharedParts | None = None
        self._scripts: Scripts | None = None
        self._preferences: PluginPreferences | None = None
        self._window: WindowParts | None = None
        # The steps of a model prepare on its worker in QGIS 3.22, so that two threads may ask for the use cases.
        self._lock = QMutex()
        self._waiting: list[Callable[[WindowParts], object]] = []
        self._bits: Iterator[str] | None = None
        self._timer = QTimer()
        self._timer.setInterval(0)
        self._timer.timeout.connect(self._import_bit)

    def scripts(self) -> Scripts:
        """Return the use cases for algorithms; raises ImportError."""
        from .wiring import script_parts

        with QMutexLocker(self._lock):
            if self._scripts is None:
                has_window = self._iface is not None
                shared = self._shared_parts()
                self._scripts = script_parts.scripts(shared, self._on_scripts_changed, has_window=has_window)
            return self._scripts

    def preferences(self) -> PluginPreferences:
        """Return what the options page edits."""
        from .jobs.window.preferences import PluginPreferences

        if self._preferences is None:
            self._preferences = PluginPreferences(self._on_environment_changed)
        return self._preferences

    def open_window(self, then: Callable[[WindowParts], object]) -> None:
        """Hand over what the window works with: at once where it is there, else when all of it is imported.

        That is done bit by bit, so that QGIS's window stays alive meanwhile.
        """
        if self._window is not None:
            then(self._window)
            return
        self._waiting.append(then)
        self.warm_up()

    def is_open(self) -> bool:
        """Say whether what the window works with is there."""
        return self._window is not None

    def warm_up(self) -> None:
        """Begin to import what the window is made of, as somebody seems to be about to open it."""
        if self._window is None and not self._timer.isActive():
            self._timer.start()

    def close_window(self) -> None:
        """Take down what the window works with, where there is any."""
        self._timer.stop()
        self._waiting.clear()
        window, self._window = self._window, None
        if window is not None:
            window.take_down()

    def close(self) -> None:
        """Take down the rest."""
        shared, self._shared, self._scripts = self._shared, None, None
        if shared is not None:
            shared.take_down()

    def _import_bit(self) -> None:
        try:
            is_more = self._has_imported_more()
        except ImportError as error:
            self._timer.stop()
            self._waiting.clear()
            self._bits = None
            self._on_missing(error)
            return
        if not is_more:
            self._timer.stop()
            self._hand_over()

    def _has_imported_more(self) -> bool:
        if self._bits is None:
            from .wiring.window_imports import bits

            self._bits = bits()
        return next(self._bits, "") != ""

    def _hand_over(self) -> None:
        waiting, self._waiting = self._waiting, []
        if waiting and self._window is None:
            from .wiring.window_parts import WindowParts

            with QMutexLocker(self._lock):
                self._window = WindowParts(self._iface, self._shared_parts())
        for then in waiting:
            if self._window is not None:
                then(self._window)

    def _shared_parts(self) -> SharedParts:
        from .wiring.shared_parts import SharedParts

        if self._shared is None:
            self._shared = SharedParts()
        return self._shared

    def _on_environment_changed(self) -> None:
        if self._window is not None:
            self._window.follow_environment()
