"""Where the help is that comes with the plugin: a page a language."""

from __future__ import annotations

from qgis.core import QgsApplication
from qgis.PyQt.QtCore import QFileInfo, QUrl

_FOLDER = QFileInfo(__file__).absoluteDir()


def help_url(part: str = "") -> QUrl:
    """Return the address of the help in the user's language; `part` is the id of what it is to begin with.

    It is a file: a network that lets nothing through has its help, too. An algorithm's part has its name.
    """
    language = "fr" if QgsApplication.instance().locale().startswith("fr") else "en"
    found = QUrl.fromLocalFile(_FOLDER.absoluteFilePath(f"../../resources/help/help.{language}.html"))
    found = found.adjusted(QUrl.UrlFormattingOption.NormalizePathSegments)
    if part:
        found.setFragment(part)
    return found
