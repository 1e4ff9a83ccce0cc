"""The kinds of text the pages are made of. None of them reads HTML: much of what they show comes from a server."""

from __future__ import annotations

import re

from qgis.PyQt.QtCore import QSize, Qt
from qgis.PyQt.QtGui import QColor, QPainter, QPaintEvent, QPalette
from qgis.PyQt.QtWidgets import QApplication, QLabel, QSizePolicy, QWidget

from . import theme
from .row_content import tooltip

_LONG_WORD = re.compile(r"\S{17,}")
_MARK = re.compile(r"[./\\_@:%-]+")
_NO_INDENT = 0
"""Qt's own is half a letter where a style sheet frames a label: in QGIS's dark themes, some lines of a page only."""


def _breakable(word: re.Match[str]) -> str:
    return _MARK.sub(lambda mark: f"{mark.group()}\u200b", word.group())


class WrappedLabel(QLabel):
    """Text that wraps, at whatever width."""

    def __init__(self, text: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._whole = ""
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setIndent(_NO_INDENT)
        self.setWordWrap(True)
        self.setText(text)
        self.setMinimumWidth(1)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def setText(self, text: str) -> None:  # noqa: N802
        """Show another text; layer names and URLs may be broken at their marks."""
        self._whole = text
        super().setText(_LONG_WORD.sub(_breakable, text))

    def text(self) -> str:
        """Return the text as it was given."""
        return self._whole

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        """Return one short line: the text wraps instead of widening the dock, its height follows from the width."""
        return QSize(theme.em(self) * 4, self.fontMetrics().height())


class TonedLabel(WrappedLabel):
    """Wrapped text in a colour worked out from the palette, and worked out again when that changes."""

    def __init__(self, text: str = "", level: theme.Level | None = None, parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self._level = level
        self._tone()

    def set_level(self, level: theme.Level | None) -> None:
        """Show the text in the colour of a level, or muted without one."""
        if level is not self._level:
            self._level = level
            self._tone()

    def follow_theme(self) -> None:
        """Work the colour out again."""
        self._tone()

    def _tone(self) -> None:
        drawn = theme.seen(QApplication.palette())
        words, ground = drawn.color(QPalette.ColorRole.WindowText), drawn.color(QPalette.ColorRole.Window)
        colour = theme.quieter(words, ground) if self._level is None else theme.ink(drawn, self._level, ground)
        palette = QPalette()
        if not theme.colour_words(self, "QLabel", colour):
            palette.setColor(self.foregroundRole(), colour)
        self.setPalette(palette)


class FieldMessage(TonedLabel):
    """The line under a field: hidden while there is nothing to say."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", None, parent)
        self.setFont(theme.larger(self.font(), 0.95))
        self.hide()

    def say(self, text: str, level: theme.Level | None = theme.Level.ERROR) -> None:
        """Show a text, or nothing for an empty one."""
        self.set_level(level)
        self.setText(text)
        self.setAccessibleName(text)
        self.setVisible(bool(text))


class ElidedLabel(QLabel):
    """One line of text, shortened in the middle where there is no room; the tooltip has it all."""

    def __init__(self, text: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setIndent(_NO_INDENT)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setText(text)

    def setText(self, text: str) -> None:  # noqa: N802
        """Show another text."""
        super().setText(text)
        self.setToolTip(tooltip(text))
        self.setAccessibleName(text)

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        """Return room for a few letters."""
        return QSize(theme.em(self) * 3, super().minimumSizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        """Draw the shortened text where Qt would draw it: QGIS's themes move labels in."""
        room = self.contentsRect()
        painter = QPainter(self)
        painter.setPen(self._ink())
        text = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideMiddle, room.width())
        painter.drawText(room, int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft), text)
        painter.end()

    def _ink(self) -> QColor:
        return theme.seen(self.palette()).color(QPalette.ColorRole.WindowText)


class MutedLine(ElidedLabel):
    """One line of secondary text."""

    def _ink(self) -> QColor:
        return theme.muted(self.palette())


def heading(text: str, factor: float = 1.15) -> WrappedLabel:
    """Return a heading."""
    label = WrappedLabel(text)
    label.setFont(theme.larger(label.font(), factor, bold=True))
    return label


def field_label(text: str, buddy: QWidget) -> WrappedLabel:
    """Return the label above a field; its mnemonic goes to the field."""
    label = WrappedLabel(text)
    label.setBuddy(buddy)
    if not buddy.accessibleName():
        buddy.setAccessibleName(text.replace("&", ""))
    return label
