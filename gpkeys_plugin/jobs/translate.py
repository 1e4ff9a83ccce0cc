"""Sentences in the language of QGIS's user interface."""

from __future__ import annotations

from qgis.PyQt.QtCore import QCoreApplication

from ..entrepot.texts import Text

CONTEXT = "GPKeys"


def tr(source: str) -> str:
    """Return `source` in the user's language. Call it with a literal, when the sentence is shown."""
    return QCoreApplication.translate(CONTEXT, source)


def show(text: Text) -> str:
    """Return a `Text` in the user's language, with its values filled in; values that are texts are translated too."""
    translated = tr(text.source)
    if not text.values:
        return translated
    values = {name: show(value) if isinstance(value, Text) else value for name, value in text.values.items()}
    return translated.format(**values)
