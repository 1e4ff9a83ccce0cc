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


def counted(one: str, many: str, count: int, **values: object) -> str:
    """Return what is said of a number, in the user's language, with `count` and `values` filled in.

    `one` and `many` are literals, English for 1 and for any other number. A translation has `many` only, in as many
    forms as its language wants.
    """
    translated = QCoreApplication.translate(CONTEXT, many, None, count)
    if translated == many and count == 1:
        translated = one
    return translated.format(count=QLocale().toString(count), **values)


def show(text: Text) -> str:
    """Return a `Text` in the user's language, with its values filled in; texts among them are translated, too.

    Days and numbers are written as the user's language does; what is no amount, as a port, is handed over as a text.
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
    if isinstance(value, int):
        return QLocale().toString(value)
    return written_day(value) if isinstance(value, date) else value
