"""The plugin's sentences in one language or the other, whatever QGIS's own is."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from qgis.PyQt.QtCore import QCoreApplication, QTranslator

from tests.tooling import translations


class Dictionary(QTranslator):
    """Translates by a table, not by a compiled file."""

    def __init__(self, texts: dict[str, str]) -> None:
        super().__init__()
        self._texts = texts

    def translate(self, context: str, source: str, _note: str | None = "", _count: int = -1) -> str | None:
        """Return the translation, None where there is none."""
        return self._texts.get(source) if context == translations.CONTEXT else None

    def isEmpty(self) -> bool:  # noqa: N802 - the name Qt calls
        """Say that there is something to be asked for."""
        return False


@contextmanager
def shown_in(language: str) -> Iterator[None]:
    """Have `tr` and `show` return French (`fr`), or else the English sources."""
    translator = Dictionary(translations.translations() if language == "fr" else {})
    QCoreApplication.installTranslator(translator)
    try:
        yield
    finally:
        QCoreApplication.removeTranslator(translator)
