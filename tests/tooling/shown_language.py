"""The plugin's sentences in one language or the other, whatever QGIS's own is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager

from qgis.PyQt.QtCore import QCoreApplication, QTranslator

from tests.tooling import translations


class Dictionary(QTranslator):
    """Translates by a table of forms, not by a compiled file; which form is chosen as in French."""

    def __init__(self, forms: Mapping[str, Sequence[str]]) -> None:
        super().__init__()
        self._forms = forms

    def translate(self, context: str, source: str, _note: str | None = "", count: int = -1) -> str | None:
        """Return the translation, None where there is none."""
        found = self._forms.get(source) if context == translations.CONTEXT else None
        if not found:
            return None
        return found[-1] if count > 1 else found[0]

    def isEmpty(self) -> bool:  # noqa: N802 - the name Qt calls
        """Say that there is something to be asked for."""
        return False


@contextmanager
def shown_in(language: str) -> Iterator[None]:
    """Have `tr` and `show` return French (`fr`), or else the English sources."""
    translator = Dictionary(translations.forms() if language == "fr" else {})
    QCoreApplication.installTranslator(translator)
    try:
        yield
    finally:
        QCoreApplication.removeTranslator(translator)
