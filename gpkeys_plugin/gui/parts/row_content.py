"""What a row of a list or a tree says, whoever draws it."""

from __future__ import annotations

import html
from dataclasses import dataclass
from typing import Iterable

from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtGui import QTextDocumentFragment

from .theme import Level

ROW_ROLE = int(Qt.ItemDataRole.UserRole) + 1
"""The role under which a model hands out its `Row`."""


@dataclass(frozen=True)
class Row:
    """The words of a row: a title, below it badges, a warning and secondary text, and perhaps one or two lines more.

    `more` are pieces of the first of them, each with the level whose colour it has; None for secondary text. `foot` is
    the second one. `name` is the technical name where the title is not that: it comes last in the line of the badges.
    """

    title: str
    badges: tuple[str, ...] = ()
    warning: str = ""
    details: str = ""
    is_heading: bool = False
    is_muted: bool = False
    more: tuple[tuple[str, Level | None], ...] = ()
    foot: str = ""
    name: str = ""

    @property
    def sentence(self) -> str:
        """All of it in one line, for tooltips and screen readers."""
        more = (text for text, _ in self.more)
        return ", ".join(
            part for part in (self.title, *self.badges, self.warning, self.details, self.name, *more, self.foot) if part
        )


def hint(lines: Iterable[str]) -> str:
    """Return a tooltip that wraps; what looks like markup in the lines, which come from a server, stays plain text."""
    return "".join(f"<p>{html.escape(line)}</p>" for line in lines if line)


def spoken(hint_text: str) -> str:
    """Return what a hint says, for those who hear it."""
    return str(QTextDocumentFragment.fromHtml(hint_text).toPlainText())


def tooltip(text: str) -> str:
    """Return a text as a tooltip that shows it as it is written: Qt reads as markup what looks like that."""
    return hint((text,)) if Qt.mightBeRichText(text) else text
