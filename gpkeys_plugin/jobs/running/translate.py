"""Sentences in the language of QGIS's user interface."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qgis.PyQt.QtCore import QCoreApplication, QDate, QLocale

if TYPE_CHECKING:
    from datetime import date

    from ...entrepot.translatable_text import Text

CONTEXT = "GPKeys"


def tr(source: str) -> str:
    """Return `source` in the user's language. Call it with a literal, when the sentence is shown."""
    return QCoreApplication.translate(CONTEXT, source)


def show(text: Text) -> str:
    """Return a `Text` in the user's language, with its values filled in; texts among them are translated, too.

    Days and numbers with decimals are written as the user's language does.
    """
    translated = tr(text.source)
    if not text.values:
        return translated
    return translated.format(**{name: _shown(value) for name, value in text.values.items()})


def written_day(day: date) -> str:
    """Return a day in the user's way of writing dates."""
    return QLocale().toString(QDate(day.year, day.month, day.day), QLocale.FormatType.ShortFormat)


def _shown(value: object) -> object:
    # Imported here: QGIS starts without it, but not without `tr`.
    from datetime import date

    from ...entrepot.translatable_text import Text

    if isinstance(value, Text):
        return show(value)
    if isinstance(value, float):
        return QLocale().toString(value, "f", 1)
    return written_day(value) if isinstance(value, date) else value
