"""Step 1 of the wizard: the name of the key and the services it opens."""

from __future__ import annotations

from datetime import datetime
from typing import Iterable

from qgis.PyQt.QtCore import pyqtSignal
from qgis.PyQt.QtWidgets import QHBoxLayout, QLineEdit, QProgressBar, QWidget

from ...jobs.running.translate import tr
from ...keys.draft import Grant, Grants
from ...keys.rules.draft_rules import Field, Problem
from ...keys.services.catalogue import Catalogue
from ...keys.services.titles import TitleBook
from ..notices.notice import Notice
from ..parts import theme, value_words
from ..parts.labels import FieldMessage, TonedLabel, field_label
from ..parts.page import Page, tool_button
from ..parts.stepper import Stepper
from .field_problems import FieldProblems
from .services_tree import ServicesTree


class ServicesPage(Page):
    """Name, tree of services, Next."""

    help_page = "services"
    changed = pyqtSignal()
    next_wanted = pyqtSignal()
    refresh_wanted = pyqtSignal()
    cancel_wanted = pyqtSignal()

    def __init__(self, parent: QWidget | None = None, *, title: str = "") -> None:
        super().__init__(parent)
        self._title = title
        self._proposed_name = ""
        self._name = QLineEdit()
        self._name_message = FieldMessage()
        self._services_message = FieldMessage()
        self._tree = ServicesTree()
        self._quota = Notice(theme.Level.WARNING, "")
        self._busy = QProgressBar()
        self._count = TonedLabel()
        self._tick_shown = tool_button("tickShownButton", "done", tr("Tick all that is shown"))
        self._untick_shown = tool_button("untickShownButton", "close", tr("Untick all that is shown"))
        self._refresh = tool_button("refreshButton", "refresh", tr("Refresh the list of services"))
        self._cancel = tool_button("cancelRefreshButton", "close", tr("Stop refreshing"))
        self._next = self.add_button("nextButton", tr("&Next"), is_main=True, is_default=True)
        self._problems = FieldProblems(
            {
                Field.NAME: (self._name_message, self._name),
                Field.SERVICES: (self._services_message, self._tree.view),
            }
        )
        self._name_widgets()
        self._build()
        self._connect()
        self.set_busy(False)

    def name(self) -> str:
        """Return the name typed, without the spaces around it."""
        return self._name.text().strip()

    def grants(self) -> Grants:
        """Return the services ticked."""
        return self._tree.grants()

    def fill(self, name: str, grants: Iterable[Grant]) -> None:
        """Show what a key is called and opens."""
        self._proposed_name = ""
        self._name.setText(name)
        self._tree.tick(grants)
        self._problems.forget()

    def propose_name(self, name: str) -> None:
        """Write a name that typing replaces, unless one was given."""
        is_given = self._name.text() != self._proposed_name
        if not is_given and name != self._proposed_name:
            self._proposed_name = name
            self._name.setText(name)
            self._select_name()

    def take_focus(self) -> None:
        """Give the keyboard to the name, ready to be replaced."""
        self.reveal(self._name)
        self._select_name()

    def hide_refresh(self) -> None:
        """Leave the reading of the services to somebody else."""
        self._refresh.hide()

    def show_catalogue(self, catalogue: Catalogue, now: datetime) -> int:
        """Show the services there are; return how many ticked ones are gone."""
        return self._tree.show_catalogue(catalogue, now)

    def show_titles(self, titles: TitleBook) -> None:
        """Show what people call the services."""
        self._tree.show_titles(titles)

    def show_problems(self, problems: Iterable[Problem]) -> None:
        """Show the problems next to their fields."""
        self._problems.show(problems)

    def show_quota(self, text: str, *, is_stopped: bool) -> None:
        """Say that no further key can be made, and whether there is no way on at all; nothing for an empty text."""
        self._quota.set_text(text)
        self._quota.setVisible(bool(text))
        self._next.setEnabled(not is_stopped)

    def set_online(self, is_online: bool) -> None:
        """Offer to read the list again, or not while nobody is signed in."""
        self._refresh.setEnabled(is_online)

    def can_go_on(self) -> bool:
        """Say whether Next is offered."""
        return self._next.isEnabled()

    def has_place(self, field: Field) -> bool:
        """Say whether a field stands on this page."""
        return self._problems.has_place(field)

    def show_all_problems(self) -> None:
        """Show the problems of untouched fields too, and go to the first one."""
        self._problems.touch_all()
        blocked = self._problems.first_blocked()
        if blocked is not None:
            self.reveal(blocked)

    def pin(self, field: Field, text: str) -> None:
        """Show what the server said about a field of this page, and go there."""
        self.reveal(self._problems.pin(field, text))

    def set_busy(self, is_busy: bool) -> None:
        """Show that the list is being read again; what is ticked and typed stays as it is."""
        self._busy.setVisible(is_busy)
        self._cancel.setVisible(is_busy)
        self._refresh.setVisible(not is_busy)

    def clear(self) -> None:
        """Forget everything typed and ticked."""
        self._proposed_name = ""
        self._name.clear()
        self._tree.clear()
        self._problems.forget()

    def _select_name(self) -> None:
        """Have the name replaced by what is typed; its beginning stays in sight."""
        length = len(self._name.text())
        self._name.setSelection(length, -length)

    def _name_widgets(self) -> None:
        self._name.setObjectName("keyNameEdit")
        self._name.setMaxLength(255)
        self._name.setPlaceholderText(tr("For example: QGIS, roads department"))
        self._name_message.setObjectName("keyNameMessage")
        self._services_message.setObjectName("servicesMessage")
        self._quota.setObjectName("quotaNotice")
        self._quota.hide()
        self._busy.setObjectName("refreshBar")
        self._busy.setRange(0, 0)
        self._busy.setTextVisible(False)
        self._busy.setMaximumHeight(theme.gap(self))
        self._count.setObjectName("servicesCount")

    def _build(self) -> None:
        space = theme.gap(self)
        self.column.addWidget(Stepper(1, self._title or tr("Define the accessible services")))
        self.column.addWidget(self._quota)
        self.column.addSpacing(space)
        self.column.addWidget(field_label(tr("&Key name"), self._name))
        self.column.addWidget(self._name)
        self.column.addWidget(self._name_message)
        self.column.addSpacing(space)
        row = QHBoxLayout()
        row.addWidget(field_label(tr("Pr&ivate services to open"), self._tree.view), 1)
        row.addWidget(self._refresh)
        row.addWidget(self._cancel)
        self.column.addLayout(row)
        self.column.addWidget(self._busy)
        self.column.addWidget(self._tree, 1)
        self.column.addWidget(self._services_message)
        last = QHBoxLayout()
        last.addWidget(self._count, 1)
        last.addWidget(self._tick_shown)
        last.addWidget(self._untick_shown)
        self.column.addLayout(last)

    def _connect(self) -> None:
        self._name.textEdited.connect(lambda: self._problems.touch(Field.NAME))
        self._name.textChanged.connect(self.changed)
        self._tree.ticks_changed.connect(self._on_ticks_changed)
        self._tick_shown.clicked.connect(lambda: self._tree.tick_shown(is_ticked=True))
        self._untick_shown.clicked.connect(lambda: self._tree.tick_shown(is_ticked=False))
        self._refresh.clicked.connect(self.refresh_wanted)
        self._cancel.clicked.connect(self.cancel_wanted)
        self._next.clicked.connect(self.next_wanted)
        self._on_ticks_changed()

    def _on_ticks_changed(self) -> None:
        if self.grants():
            self._problems.touch(Field.SERVICES)
        text = value_words.services_ticked(len(self.grants()))
        hidden = self._tree.hidden_ticks()
        if hidden:
            text = tr("{ticked} ({hidden} hidden by the search)").format(ticked=text, hidden=value_words.number(hidden))
        self._count.setText(text)
        self.changed.emit()
