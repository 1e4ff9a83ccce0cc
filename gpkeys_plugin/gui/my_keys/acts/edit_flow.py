"""Changing a key: its name and services, then its filters, then a look at what will be sent."""

from __future__ import annotations

from qgis.PyQt.QtWidgets import QWidget

from ....entrepot.models import KeyDetails
from ....jobs.running.translate import tr
from ....jobs.values import Edited, Failed, KeyPage
from ....jobs.window.my_keys_jobs import MyKeysJobs
from ....keys.draft import Grant
from ....keys.problem import DraftContext, Field, Problem
from ....keys.rules import draft_rules
from ....keys.services import edit_catalogue
from ....keys.services.catalogue import Catalogue
from ....keys.services.titles import NO_TITLES, TitleBook
from ....keys.upkeep.edit_rules import edit_problems
from ....keys.upkeep.holdings import Holdings
from ....keys.upkeep.key_edits import (
    KeyDifference,
    KeyEdit,
    difference,
    grant_of,
    grants_of,
    plain_filters,
    strange_patterns,
    with_twins,
)
from ....keys.upkeep.permission_drift import Synchronisation
from ...key_form.services_page import ServicesPage
from ...notices.message_area import Messages
from .change_words import difference_in_words
from .edit_filters_page import EditFiltersPage
from .key_act_page import ActPage, BackRow


class EditFlow(ActPage):
    """The wizard's own pages, filled with an existing key; only the difference is sent."""

    help_page = "edit"

    def __init__(self, my_keys_jobs: MyKeysJobs, messages: Messages, parent: QWidget | None = None) -> None:
        super().__init__(messages, parent)
        self._jobs = my_keys_jobs
        self._page: KeyPage | None = None
        self._context: DraftContext | None = None
        self._filled: list[Grant] = []
        self._choices, self._titles = Catalogue(), NO_TITLES
        self._problems: tuple[Problem, ...] = ()
        self._wanted = KeyDifference()
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
        self._page = page
        self._context = self._jobs.edit_context(page.details.key, holdings)
        self._back.set_title(tr("Edit the key “{name}”").format(name=page.details.key.name))
        kind, filters = page.details.key.type, page.details.filters
        self._titles = holdings.titles
        self._services.show_titles(holdings.titles)
        self._choices = edit_catalogue.of_key(holdings.catalogue, page.accesses, kind, self._context.now)
        self._services.show_catalogue(self._choices, self._context.now)
        self._filled = _proposed(grants_of(page.accesses), proposal)
        self._services.fill(page.details.key.name, self._filled)
        self._filters.show_filters(plain_filters(filters), strange_patterns(filters))
        self.setCurrentWidget(self._services)
        self._check()

    def show_titles(self, titles: TitleBook) -> None:
        """Show what people call the services; what is typed and ticked stays as it is."""
        self._titles = titles
        self._services.show_titles(titles)
        if self._page is not None:
            self._show_changes(self._page.details)

    def added_offerings(self) -> frozenset[str]:
        """Return the ids of the offerings that the edit just saved has opened."""
        return frozenset(offering_id for step in self._wanted.additions for offering_id in step.offering_ids)

    def _connect(self) -> None:
        self._back.wanted.connect(self.leave)
        self._services.escape_with(self._back.button)
        self._services.changed.connect(self._check)
        self._services.next_wanted.connect(self._on_next)
        self._filters.changed.connect(self._check)
        self._filters.back_wanted.connect(lambda: self.setCurrentWidget(self._services))
        self._filters.save_wanted.connect(self._on_save)

    def _edit(self) -> KeyEdit:
        filters, kept = self._filters.filters(), self._filters.kept_patterns()
        return KeyEdit(
            name=self._services.name(),
            grants=with_twins(self._services.grants(), self._filled),
            whitelist=filters.whitelist,
            blacklist=filters.blacklist,
            user_agent=None if Field.USER_AGENT in kept else filters.user_agent,
            referer=None if Field.REFERER in kept else filters.referer,
        )

    def _check(self) -> None:
        if self._page is None or self._context is None:
            return
        edit = self._edit()
        self._problems = edit_problems(edit, self._page.details, self._page.accesses, self._context)
        self._services.show_problems(self._problems)
        self._filters.show_problems(self._problems)
        self._wanted = difference(self._page.details, self._page.accesses, edit)
        self._show_changes(self._page.details)

    def _show_changes(self, details: KeyDetails) -> None:
        lines = difference_in_words(self._wanted, details, self._choices, self._titles)
        self._filters.show_changes(lines, can_save=not self._wanted.is_empty)

    def _on_next(self) -> None:
        if draft_rules.is_blocked(problem for problem in self._problems if self._services.has_place(problem.field)):
            self._services.show_all_problems()
        else:
            self.setCurrentWidget(self._filters)

    def _on_save(self) -> None:
        page, wanted = self._page, self._wanted
        if page is None:
            return
        if draft_rules.is_blocked(self._problems):
            self._filters.show_all_problems()
            return
        title = tr("Changing the key “{name}”").format(name=page.details.key.name)
        self.run(
            title,
            lambda: self._jobs.edit(
                page, wanted, self.act.progress(), self.act.end(self._on_edited), self.act.end(self._on_failed)
            ),
        )

    def _on_edited(self, edited: Edited) -> None:
        self.done.emit(edited)

    def _on_failed(self, failure: Failed) -> None:
        self.tell(failure, self._on_save)


def _proposed(now: tuple[Grant, ...], proposal: Synchronisation | None) -> list[Grant]:
    if proposal is None:
        return list(now)
    ended = {grant_of(access) for access in proposal.expired}
    return [*(grant for grant in now if grant not in ended), *proposal.new]
