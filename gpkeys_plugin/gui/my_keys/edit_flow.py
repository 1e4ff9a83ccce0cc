"""Changing a key: its name and services, then its filters, then a look at what will be sent."""

from __future__ import annotations

from qgis.PyQt.QtCore import pyqtSignal
from qgis.PyQt.QtWidgets import QWidget

from ...entrepot.models import KeyDetails
from ...jobs.running.translate import tr
from ...jobs.values import Edited, Failed, Holdings, KeyPage
from ...jobs.window.my_keys_jobs import MyKeysJobs
from ...keys.draft import Grant
from ...keys.problem import DraftContext, Field, Problem
from ...keys.rules import draft_rules
from ...keys.services import edit_catalogue
from ...keys.services.titles import TitleBook
from ...keys.upkeep.edit_rules import edit_problems
from ...keys.upkeep.key_edits import KeyChanges, KeyEdit, as_edit, grant_of, key_changes, with_twins
from ...keys.upkeep.synchronise import Synchronisation
from ..key_form.services_page import ServicesPage
from ..parts import value_words
from ..parts.message_area import Messages
from .act_page import ActPage, BackRow
from .edit_filters_page import EditFiltersPage


class EditFlow(ActPage):
    """The wizard's own pages, filled with an existing key; only the difference is sent.

    `left_half_done` comes instead of `left` when an edit failed and the key is no longer as it was shown.
    """

    left_half_done = pyqtSignal()

    def __init__(self, my_keys_jobs: MyKeysJobs, messages: Messages, parent: QWidget | None = None) -> None:
        super().__init__(messages, parent)
        self._jobs = my_keys_jobs
        self._page: KeyPage | None = None
        self._context: DraftContext | None = None
        self._filled: list[Grant] = []
        self._is_half_done = False
        self._services = ServicesPage(title=tr("Name and services"))
        self._services.hide_refresh()
        self._back = BackRow()
        self._services.column.insertWidget(0, self._back)
        self._filters = EditFiltersPage()
        for page in (self._services, self._filters):
            self.addWidget(page)
        self._connect()

    def show_key(self, page: KeyPage, holdings: Holdings, proposal: Synchronisation | None = None) -> None:
        """Show a key to be changed; what is proposed is ticked or unticked beforehand."""
        self._page, self._is_half_done = page, False
        self._context = self._jobs.edit_context(page.details.key, holdings)
        self._back.set_title(tr("Edit the key “{name}”").format(name=page.details.key.name))
        now = as_edit(page.details, page.accesses)
        kind = page.details.key.type
        self._services.show_titles(holdings.titles)
        self._services.show_catalogue(
            edit_catalogue.build(holdings.permissions, page.accesses, kind, self._context.now), self._context.now
        )
        self._filled = _proposed(now, proposal)
        self._services.fill(now.name, self._filled)
        self._filters.show_filters(now.filters, _strange_patterns(page.details, now))
        self.setCurrentWidget(self._services)
        self._check()

    def show_titles(self, titles: TitleBook) -> None:
        """Show what people call the services; what is typed and ticked stays as it is."""
        self._services.show_titles(titles)

    def _connect(self) -> None:
        self._back.wanted.connect(self._on_back)
        self._services.changed.connect(self._check)
        self._services.next_wanted.connect(self._on_next)
        self._filters.changed.connect(self._check)
        self._filters.back_wanted.connect(lambda: self.setCurrentWidget(self._services))
        self._filters.save_wanted.connect(self._on_save)

    def _on_back(self) -> None:
        (self.left_half_done if self._is_half_done else self.left).emit()

    def _edit(self) -> KeyEdit:
        grants = with_twins(self._services.grants(), self._filled)
        return KeyEdit(self._services.name(), grants, self._filters.filters(), self._filters.kept_patterns())

    def _check(self) -> None:
        if self._page is None or self._context is None:
            return
        edit = self._edit()
        found = _problems(edit, self._page, self._context)
        self._services.show_problems(found)
        self._filters.show_problems(found)
        changes = key_changes(self._page.details, self._page.accesses, edit)
        self._filters.show_changes(changes_in_words(changes), can_save=not changes.is_empty)

    def _on_next(self) -> None:
        if self._page is None or self._context is None:
            return
        found = _problems(self._edit(), self._page, self._context)
        if draft_rules.is_blocked(problem for problem in found if self._services.has_place(problem.field)):
            self._services.show_all_problems()
        else:
            self.setCurrentWidget(self._filters)

    def _on_save(self) -> None:
        page, context, edit = self._page, self._context, self._edit()
        if page is None or context is None:
            return
        if draft_rules.is_blocked(_problems(edit, page, context)):
            self._filters.show_all_problems()
            return
        title = tr("Changing the key “{name}”").format(name=page.details.key.name)
        self.run(
            title,
            lambda: self._jobs.edit(
                page, edit, self.act.progress(), self.act.end(self._on_edited), self.act.end(self._on_failed)
            ),
        )

    def _on_edited(self, edited: Edited) -> None:
        self.done.emit(edited)

    def _on_failed(self, failure: Failed) -> None:
        self.tell(failure.error, self._on_save, stayed=failure.stayed)
        self._is_half_done = self._is_half_done or failure.stayed is not None


def _problems(edit: KeyEdit, page: KeyPage, context: DraftContext) -> tuple[Problem, ...]:
    return edit_problems(edit, as_edit(page.details, page.accesses), page.details.key.type, context)


def changes_in_words(changes: KeyChanges) -> tuple[str, ...]:
    """Return what will be sent, a line a change."""
    lines = []
    added = sum(len(step.offering_ids) for step in changes.additions)
    update = changes.update
    if update.name is not None:
        lines.append(tr("New name: {name}").format(name=update.name))
    if added:
        lines.append(tr("To be opened: {services}").format(services=value_words.services(added)))
    if changes.removals:
        lines.append(tr("To be closed: {services}").format(services=value_words.services(len(changes.removals))))
    filters = (update.whitelist, update.blacklist, update.user_agent, update.referer)
    if any(value is not None for value in filters):
        lines.append(tr("The filters change."))
    return tuple(lines)


def _proposed(now: KeyEdit, proposal: Synchronisation | None) -> list[Grant]:
    if proposal is None:
        return list(now.grants)
    ended = {grant_of(access) for access in proposal.expired}
    return [*(grant for grant in now.grants if grant not in ended), *proposal.new]


def _strange_patterns(details: KeyDetails, now: KeyEdit) -> dict[Field, str]:
    stored = {Field.USER_AGENT: details.filters.user_agent, Field.REFERER: details.filters.referer}
    return {field: pattern for field, pattern in stored.items() if pattern and field in now.kept_patterns}
