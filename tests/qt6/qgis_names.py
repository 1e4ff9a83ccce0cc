"""As much of QGIS as the widgets touch, on PyQt6: what is here behaves as QGIS's does, what is not says so when used.

Written from QGIS's documentation of the classes. It proves nothing of QGIS: the other suites run in a real one.
"""

# ruff: noqa: N802, N815 - the names are QGIS's

from __future__ import annotations

import enum
import os
from pathlib import Path
from typing import Any

from qgis.PyQt.QtCore import QObject, QSettings, pyqtSignal
from qgis.PyQt.QtGui import QIcon
from qgis.PyQt.QtWidgets import QApplication, QDockWidget, QHBoxLayout, QLabel, QVBoxLayout, QWidget


class NeedsQgisError(RuntimeError):
    """What a test needs of QGIS that is not here."""


class Absent(type):
    """A class of QGIS's that is not here: it can be named, inherited from and asked for, but not made or called."""

    def __getattr__(cls, name: str) -> Absent:
        if name.startswith("__"):
            raise AttributeError(name)
        return absent(f"{cls.__name__}.{name}")

    def __call__(cls, *_given: object, **_named: object) -> Any:
        raise NeedsQgisError(cls.__name__)

    def __or__(cls, _other: object) -> Absent:
        return cls

    def __ror__(cls, _other: object) -> Absent:
        return cls


def absent(name: str) -> Absent:
    """Return a class that is not here, under its name."""
    return Absent(name, (), {})


class Qgis:
    """Versions and enumerations."""

    QGIS_VERSION = "4.0.0-stub"
    QGIS_VERSION_INT = 40000

    class MessageLevel(enum.IntEnum):
        """How grave a message is."""

        Info = 0
        Warning = 1
        Critical = 2
        Success = 3
        NoLevel = 4


class QgsSettings(QSettings):
    """QGIS's settings: those of this process's own profile, in an INI file."""

    def __init__(self) -> None:
        super().__init__(str(Path(os.environ["TMPDIR"], "QGIS4.ini")), QSettings.Format.IniFormat)


class QgsMessageLog:
    """What is logged goes nowhere."""

    @staticmethod
    def logMessage(*_given: object, **_named: object) -> None:
        """Log a message."""


class _Log(QObject):
    messageReceived = pyqtSignal(str, str, int)


class QgsApplication(QApplication):
    """QGIS as a whole: here, its icons (none), themes (none) and log."""

    _log: _Log | None = None

    @staticmethod
    def getThemeIcon(_name: str) -> QIcon:
        """Return an icon of the theme."""
        return QIcon()

    @staticmethod
    def uiThemes() -> dict[str, str]:
        """Return the themes by name."""
        return {"default": ""}

    @staticmethod
    def qgisSettingsDirPath() -> str:
        """Return the folder of the profile."""
        return os.environ["TMPDIR"]

    @classmethod
    def messageLog(cls) -> _Log:
        """Return the log."""
        cls._log = cls._log or _Log()
        return cls._log

    def __getattr__(self, name: str) -> Any:
        raise NeedsQgisError(f"QgsApplication.{name}")


class QgsProject(QObject):
    """The open project: an empty one, to which nothing can be added."""

    readProject = pyqtSignal(object)
    projectSaved = pyqtSignal()
    cleared = pyqtSignal()
    layersAdded = pyqtSignal(list)
    layersRemoved = pyqtSignal(list)
    layersWillBeRemoved = pyqtSignal(list)
    fileNameChanged = pyqtSignal()
    crsChanged = pyqtSignal()

    _open: QgsProject | None = None

    @classmethod
    def instance(cls) -> QgsProject:
        """Return it."""
        cls._open = cls._open or QgsProject()
        return cls._open

    def clear(self) -> None:
        """Empty it."""
        self.cleared.emit()

    def mapLayers(self) -> dict[str, object]:
        """Return the layers by id."""
        return {}

    def fileName(self) -> str:
        """Return the file it was read from."""
        return ""

    def __getattr__(self, name: str) -> Any:
        raise NeedsQgisError(f"QgsProject.{name}")


class QgsDockWidget(QDockWidget):
    """A dock that tells when it is opened and closed."""

    closed = pyqtSignal()
    opened = pyqtSignal()

    def setUserVisible(self, visible: bool) -> None:
        """Show it in front of others, or hide it."""
        self.setVisible(visible)
        if visible:
            self.raise_()

    def isUserVisible(self) -> bool:
        """Whether it can be seen."""
        return self.isVisible()


class QgsOptionsPageWidget(QWidget):
    """A page of the options."""

    def isValid(self) -> bool:
        """Whether it can be applied."""
        return True

    def apply(self) -> None:
        """Keep what was chosen."""


class QgsOptionsWidgetFactory(QObject):
    """Makes a page of the options."""

    def __init__(self, title: str = "", icon: QIcon | None = None) -> None:
        super().__init__()
        self._title, self._icon = title, icon or QIcon()

    def title(self) -> str:
        """Return its title."""
        return self._title

    def icon(self) -> QIcon:
        """Return its icon."""
        return self._icon


class QgsMessageBarItem(QWidget):
    """A line of the message bar: title, text, what is added to its layout."""

    def __init__(self, title: str, text: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._title, self._text, self._level = title, text, Qgis.MessageLevel.Info
        row = QHBoxLayout(self)
        row.addWidget(QLabel(f"{title} {text}".strip()))

    def title(self) -> str:
        """Return its title."""
        return self._title

    def text(self) -> str:
        """Return its text."""
        return self._text

    def level(self) -> Qgis.MessageLevel:
        """Return how grave it is."""
        return self._level

    def setLevel(self, level: Qgis.MessageLevel) -> QgsMessageBarItem:
        """Say how grave it is."""
        self._level = level
        return self


class QgsMessageBar(QWidget):
    """Lines one behind the other; the newest in front."""

    widgetAdded = pyqtSignal(object)
    widgetRemoved = pyqtSignal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._items: list[QgsMessageBarItem] = []
        self._column = QVBoxLayout(self)

    def createMessage(self, first: str, second: str | None = None) -> QgsMessageBarItem:
        """Return a line with a text, or with a title and a text."""
        return QgsMessageBarItem("", first) if second is None else QgsMessageBarItem(first, second)

    def pushItem(self, item: QgsMessageBarItem) -> None:
        """Put a line in front."""
        self._items.append(item)
        self._column.addWidget(item)
        self.widgetAdded.emit(item)

    pushWidget = pushItem

    def pushMessage(self, title: str, text: str = "", level: Any = Qgis.MessageLevel.Info, duration: int = -1) -> None:
        """Put a line in front; after `duration` seconds it goes, which no test waits for."""
        self.pushItem(self.createMessage(title, text).setLevel(level))

    def popWidget(self, item: QgsMessageBarItem | None = None) -> bool:
        """Take a line away, the one in front without any."""
        gone = item or self.currentItem()
        if gone not in self._items:
            return False
        self._items.remove(gone)
        self._column.removeWidget(gone)
        self.widgetRemoved.emit(gone)
        gone.deleteLater()
        return True

    def clearWidgets(self) -> bool:
        """Take all lines away."""
        while self._items:
            self.popWidget()
        return True

    def currentItem(self) -> QgsMessageBarItem | None:
        """Return the line in front."""
        return self._items[-1] if self._items else None

    def items(self) -> list[QgsMessageBarItem]:
        """Return all lines."""
        return list(self._items)


CORE = (Qgis, QgsApplication, QgsMessageLog, QgsProject, QgsSettings)
GUI = (
    QgsDockWidget,
    QgsMessageBar,
    QgsMessageBarItem,
    QgsOptionsPageWidget,
    QgsOptionsWidgetFactory,
)
