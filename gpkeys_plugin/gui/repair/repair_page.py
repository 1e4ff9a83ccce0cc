"""The page that mends: layers of the open project and connections of the profile, and the way to files."""

from __future__ import annotations

from typing import Collection, Sequence

from qgis.PyQt.QtCore import Qt, pyqtSignal
from qgis.PyQt.QtGui import QShowEvent
from qgis.PyQt.QtWidgets import QVBoxLayout, QWidget

from ...jobs.repair.repair_values import LayerPlan, ProjectFindings
from ...jobs.running.translate import tr
from ...jobs.window.my_keys_jobs import MyKeysJobs
from ...jobs.window.repair_jobs import RepairJobs
from ...keys.layer_needs.remedies import MayBeOpened
from ...keys.upkeep.holdings import Holdings
from ...keys.upkeep.overview import KeyOverview
from ..lifetime.delete_later import delete_later
from ..parts import theme
from ..parts.labels import TonedLabel, WrappedLabel, heading
from ..parts.page import Page, push_button
from . import repair_words
from .connections_section import ConnectionsSection
from .former_needs import FormerNeeds
from .group_section import GroupSection
from .key_storage_box import WhereBox
from .layer_groups import GroupId, RepairGroup, grouped, is_dark
from .outcome_slot import OutcomeSlot
from .project_layers_watch import ProjectChanges
from .repair_acts import RepairActs


class RepairPage(Page):
    """What is found stays true: it is looked for again when the project changes, as soon as the page shows."""

    help_page = "repair_project"
    sign_in_wanted = pyqtSignal()
    new_key_wanted = pyqtSignal(str, object)
    reload_wanted = pyqtSignal()
    token_refused = pyqtSignal()
    files_wanted = pyqtSignal()

    def __init__(self, jobs: RepairJobs, my_keys_jobs: MyKeysJobs, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._jobs = jobs
        self._rows: tuple[KeyOverview, ...] = ()
        self._holdings: Holdings | None = None
        self._findings = ProjectFindings("")
        self._groups: tuple[RepairGroup, ...] = ()
        self._former_needs = FormerNeeds()
        self._choices: dict[str, bool] = {}
        self._is_signed_in, self._is_reading, self._is_stale = False, False, True
        self._sections: dict[GroupId, GroupSection] = {}
        self._title, self._words = heading(""), WrappedLabel()
        self._account = TonedLabel()
        self._list = QWidget()
        self._where = WhereBox(jobs.fixed_storage())
        self._connections = ConnectionsSection()
        self._files = push_button("filesButton", tr("Loo&k into the files of a folder…"))
        self._slot = OutcomeSlot()
        self._acts = RepairActs(jobs, my_keys_jobs, self._slot)
        self._changes = ProjectChanges(self)
        self._build()
        self._sign_in = self.add_button("repairSignInButton", tr("S&ign in"), is_main=True)
        self._mend = self.add_button("mendButton", "", is_main=True)
        self._connect()

    # What the dock tells

    def show_signed_out(self) -> None:
        """Say what can be said while nobody is signed in."""
        self._show_session(is_signed_in=False, is_reading=False)

    def show_reading(self) -> None:
        """Say that the account's keys are being read; what was known of them still shows."""
        self._show_session(is_signed_in=True, is_reading=True)

    def show_account(self, rows: Sequence[KeyOverview], holdings: Holdings) -> None:
        """Show what the keys of an account mend."""
        self._rows, self._holdings = tuple(rows), holdings
        self._show_session(is_signed_in=True, is_reading=False)

    def show_unread(self) -> None:
        """Say that the account's keys could not be read."""
        if self._is_signed_in:
            self._show_session(is_signed_in=True, is_reading=False)

    def show_layers(self, layer_ids: Collection[str]) -> None:
        """Tick these layers and no others, and bring the first of them into sight."""
        self.refresh()
        self._choices = {plan.found.layer_id: plan.found.layer_id in layer_ids for plan in self._plans()}
        self._show_groups()
        for section in self._sections.values():
            if any(plan.found.layer_id in layer_ids for plan in section.group.plans):
                section.unfold()
                self.scroll.ensureWidgetVisible(section)
                return
        self._slot.messages.post("works", theme.Level.INFO, _works(len(layer_ids)), can_close=True)

    def forget(self) -> None:
        """Forget the account; what is under way is not heard of any more."""
        self._slot.act.drop()
        self._former_needs.forget()
        self._rows, self._holdings, self._choices = (), None, {}
        self.show_signed_out()

    def shut_down(self) -> None:
        """Stop what is under way and don't listen any more."""
        self._slot.act.drop()
        self._changes.stop()

    def refresh(self) -> None:
        """Look at the project and the connections again, or as soon as the page shows."""
        if not self.isVisible() or self._slot.act.is_busy():
            self._is_stale = True
            return
        self._is_stale = False
        self._look()
        rows, holdings = self._known()
        found = self._jobs.connections(rows, holdings)
        self._connections.show_repairs(self._jobs.connection_repairs(found, rows, holdings))

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802
        """Catch up with what has changed while the page was out of sight."""
        super().showEvent(event)
        if self._is_stale:
            self.refresh()

    # Inside

    def _build(self) -> None:
        self._title.setObjectName("repairTitle")
        self._words.setObjectName("repairWords")
        self._account.setObjectName("repairAccount")
        theme.dress(self._files, "folder")
        groups = QVBoxLayout(self._list)
        groups.setContentsMargins(0, 0, 0, 0)
        groups.setSpacing(theme.gap(self) * 2)
        for widget in (self._title, self._words, self._account):
            self.column.addWidget(widget)
        self.column.addSpacing(theme.gap(self))
        for box in (self._list, self._where, self._connections):
            self.column.addWidget(box)
        self.column.addWidget(self._files, 0, Qt.AlignmentFlag.AlignLeft)
        self.column.addStretch(1)
        self.insert_above_buttons(self._slot)

    def _connect(self) -> None:
        self._changes.changed.connect(self._on_project)
        self._changes.saved.connect(self._acts.note_saved)
        self._mend.clicked.connect(lambda: self._acts.mend(self._chosen(), self._where.where()))
        self._sign_in.clicked.connect(self.sign_in_wanted)
        self._files.clicked.connect(self.files_wanted)
        self._connections.mend_wanted.connect(
            lambda: self._acts.mend_connections(self._connections.chosen(), self._where.where())
        )
        self._slot.busy_changed.connect(self._offer)
        self._slot.messages.sign_in_wanted.connect(self.sign_in_wanted)
        # What the page itself has mended, it says itself.
        self._acts.mended.connect(self._former_needs.forget)
        self._acts.done.connect(self.refresh)
        self._acts.reload_wanted.connect(self.reload_wanted)
        self._acts.token_refused.connect(self.token_refused)

    def _on_project(self) -> None:
        self._acts.forget_undo()
        if self.isVisible() and not self._slot.act.is_busy():
            self._look()
        else:
            self._is_stale = True

    def _show_session(self, *, is_signed_in: bool, is_reading: bool) -> None:
        self._is_signed_in, self._is_reading = is_signed_in, is_reading
        self.refresh()
        self._offer()

    def _known(self) -> tuple[tuple[KeyOverview, ...], Holdings | None]:
        """Return what is known of the account, nothing while nobody is signed in."""
        return (self._rows, self._holdings) if self._is_signed_in else ((), None)

    def _look(self) -> None:
        rows, holdings = self._known()
        self._findings = self._jobs.look(rows, holdings)
        self._groups = grouped(self._jobs.plans(self._findings, rows, holdings))
        self._show_groups()
        if holdings is not None:
            read = {row.key.id for row in rows if row.accesses is not None}
            self._tell_of_come_good(self._former_needs.come_good(self._findings.layers, read))

    def _tell_of_come_good(self, count: int) -> None:
        if count:
            self._slot.messages.post("drawn", theme.Level.GOOD, repair_words.draw_again(count), can_close=True)

    def _plans(self) -> list[LayerPlan]:
        return [plan for group in self._groups for plan in group.plans]

    def _chosen(self) -> tuple[LayerPlan, ...]:
        ticked = {id_ for section in self._sections.values() for id_ in section.ticked()}
        return tuple(plan for plan in self._plans() if plan.found.layer_id in ticked)

    def _show_groups(self) -> None:
        for id_ in self._sections.keys() - {group.id for group in self._groups}:
            self._drop(self._sections.pop(id_))
        shared = self._jobs.ended_shared_hashes()
        column = self._list.layout()
        for place, group in enumerate(self._groups):
            section = self._sections.get(group.id) or self._section(group)
            ticked = {plan.found.layer_id for plan in group.plans if self._is_ticked(plan)}
            section.show_group(group, shared, ticked, is_signed_in=self._is_signed_in)
            column.insertWidget(place, section)
            section.show()
        self._offer()

    def _section(self, group: RepairGroup) -> GroupSection:
        section = self._sections[group.id] = GroupSection(group)
        section.ticks_changed.connect(self._on_ticks)
        section.key_wanted.connect(self._on_key_wanted)
        section.password_given.connect(self._on_password)
        return section

    def _drop(self, section: GroupSection) -> None:
        section.hide()
        self._list.layout().removeWidget(section)
        # It may be one of its own buttons that has led here.
        section.setParent(None)
        delete_later(section)

    def _is_ticked(self, plan: LayerPlan) -> bool:
        return self._choices.get(plan.found.layer_id, is_dark(plan.found))

    def _on_ticks(self) -> None:
        for section in self._sections.values():
            ticked = section.ticked()
            for plan in section.group.plans:
                self._choices[plan.found.layer_id] = plan.found.layer_id in ticked
        self._offer()

    def _on_key_wanted(self, group: RepairGroup) -> None:
        remedy = group.remedy
        if isinstance(remedy, MayBeOpened):
            same = [other for other in self._groups if _opens_through(other, remedy.permission_id)]
            grants = tuple(dict.fromkeys(grant for other in same for grant in other.grants))
            self.new_key_wanted.emit(remedy.proposed_name, grants)

    def _on_password(self, section: GroupSection, typed: str) -> None:
        key = section.group.plans[0].key
        if key is not None and section.password is not None:
            self._acts.connect_key(key, typed, section.password)

    def _offer(self) -> None:
        """Say what is found, and offer what can be done about it: the one place where the buttons change."""
        is_busy, count = self._slot.act.is_busy(), len(self._plans())
        needing = len(self._findings.to_mend)
        self._title.setText(repair_words.needing(needing) if count else tr("No layer to mend"))
        self._words.setText("" if count else repair_words.nothing_to_mend(len(self._findings.layers)))
        self._words.setVisible(not count)
        self._account.setText(self._account_words())
        self._account.setVisible(bool(self._account.text()))
        is_mendable = any(group.is_mendable for group in self._groups)
        chosen = len(self._chosen())
        self._mend.setText(repair_words.layers_to_mend(chosen))
        self._mend.setVisible(is_mendable)
        self._mend.setEnabled(chosen > 0 and not is_busy)
        self._sign_in.setVisible(not self._is_signed_in and count > 0)
        self._where.setVisible(is_mendable)
        self._connections.set_busy(is_busy)
        for section in self._sections.values():
            section.set_busy(is_busy)

    def _account_words(self) -> str:
        if self._is_reading:
            return tr("Reading what your keys open…")
        if self._is_signed_in and self._holdings is None:
            return tr("What your keys open could not be read.")
        return ""


def _opens_through(group: RepairGroup, permission_id: str | None) -> bool:
    return isinstance(group.remedy, MayBeOpened) and group.remedy.permission_id == permission_id


def _works(count: int) -> str:
    if count == 1:
        return tr("This layer has what it needs, as far as can be said without asking its service.")
    return tr("These layers have what they need, as far as can be said without asking their services.")
