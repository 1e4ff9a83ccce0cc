"""Where the help is that comes with the plugin: a folder a language, a page a screen and an algorithm."""

from __future__ import annotations

from qgis.core import QgsApplication
from qgis.PyQt.QtCore import QDir, QFileInfo, QUrl

_FOLDER = QDir(QFileInfo(__file__).absoluteDir().filePath("../../resources/help"))
_ALWAYS_THERE = "en"


def help_url(page: str = "index") -> QUrl:
    """Return the address of a page in the user's language, in English where there is none in that.

    It is a file: a network that lets nothing through has its help, too. An algorithm's page is `algorithms/<name>`.
    """
    locale = QgsApplication.instance().locale()
    # Languages have folders as translations have names: `pt_BR`, else `pt`.
    paths = [_FOLDER.filePath(f"{language}/{page}.html") for language in (locale, locale.partition("_")[0])]
    found = next((path for path in paths if QFileInfo.exists(path)), _FOLDER.filePath(f"{_ALWAYS_THERE}/{page}.html"))
    return QUrl.fromLocalFile(QDir.cleanPath(found))
