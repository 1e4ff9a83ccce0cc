"""Sharing a project that uses a key: four cases, each with what to do, and what others will see."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Callable

from qgis.PyQt.QtCore import pyqtSignal
from qgis.PyQt.QtWidgets import QFileDialog, QWidget

from ....entrepot.errors import GpkeysError
from ....jobs.repair.repair_values import Repaired, Undone
from ....jobs.running.translate import tr
from ....jobs.share.share_values import CopyRequest, SharedCopy, ShareOutlook
from ....jobs.values import Failed, KeyPage
from ....jobs.window.share_jobs import ShareJobs
from ....keys.rules.draft_rules import is_blocked
from ....keys.upkeep.holdings import Holdings
from ...notices.message_area import Messages, sentence
from ...parts import theme
from ...parts.labels import WrappedLabel
from ...share import share_words
from ...share.colleague_box import ColleagueBox
from ...share.computer_box import ComputerBox
from ...share.copy_box import CopyBox
from .key_act_page import ActPage, BackRow, form_page

_NEWS = "shared"

AskFile = Callable[[QWidget, str, str, str], str]


def ask_file(parent: QWidget, title: str, proposed: str, kinds: str) -> str:
    """Have QGIS's user choose where a file is to be written; empty when they do not want to."""
    return str(QFileDialog.getSaveFileName(parent, title, proposed, kinds)[0])


class SharePage(ActPage):
    """`changed` says that the account has another key, or QGIS another configuration, than before."""

    help_page = "share"
    changed = pyqtSignal()

    def __init__(
        self, jobs: ShareJobs, messages: Messages, ask: AskFile = ask_file, parent: QWidget | None = None
    ) -> None:
        super().__init__(messages, parent)
        self._jobs, self._ask = jobs, ask
        self._page: KeyPage | None = None
        self._holdings: Holdings | None = None
        self._outlook = ShareOutlook()
        self._back = BackRow()
        self._words = WrappedLabel()
        self._words.setObjectName("shareWords")
        self._colleague, self._computer = ColleagueBox(), ComputerBox()
        self._server = CopyBox("shareServer", tr("QGIS Server, Lizmap"), share_words.server(), has_addresses=True)
        self._device = CopyBox("shareDevice", tr("QField, Mergin Maps"), share_words.device(), has_addresses=False)
        page = form_page(self, self._back)
        for widget in (self._words, self._colleague, self._computer, self._server, self._device):
            page.column.addWidget(widget)
        page.column.addStretch(1)
        self._connect()

    def show_key(self, page: KeyPage, holdings: Holdings) -> None:
        """Show what the open project gives away of a key, and what can be done."""
        self._page, self._holdings = page, holdings
        self._messages.withdraw(_NEWS)
        self._back.set_title(tr("Share a project that uses “{name}”").format(name=page.details.key.name))
        for box in (self._server, self._device):
            box.clear()
        self._colleague.set_open(True)
        for folded in (self._computer, self._server, self._device):
            folded.set_open(False)
        self._look()

    def shut_down(self) -> None:
        """Stop what is under way, and forget what was typed."""
        super().shut_down()
        self._computer.forget()
        self._page = None

    def _connect(self) -> None:
        self._colleague.take_out_wanted.connect(self._on_take_out)
        self._colleague.undo_wanted.connect(self._on_undo)
        self._computer.export_wanted.connect(self._on_export)
        for box in (self._server, self._device):
            box.make_wanted.connect(lambda box=box: self._on_make(box))
            box.edited.connect(lambda box=box: self._check(box))

    def _look(self) -> None:
        page = self._page
        if page is None:
            return
        self._outlook = outlook = self._jobs.outlook(page)
        self._words.setText(share_words.carried(page, outlook))
        self._colleague.show_outlook(page, outlook, self._jobs.can_undo())
        self._computer.show_outlook(page, outlook)
        self._server.show_outlook(outlook, self._free_name(tr("{name} – QGIS Server")))
        self._device.show_outlook(outlook, self._free_name(tr("{name} – QField")))

    def _free_name(self, pattern: str) -> str:
        taken = {key.name for key in self._holdings.keys} if self._holdings is not None else set()
        name = pattern.format(name=self._page.details.key.name if self._page is not None else "")
        numbered = (f"{name} {number}" for number in range(2, len(taken) + 3))
        return name if name not in taken else next(other for other in numbered if other not in taken)

    # The open project

    def _on_take_out(self) -> None:
        layers = self._outlook.in_clear.layers
        self.run(
            tr("Taking the secret out of the project"),
            lambda: self._jobs.take_out(
                layers,
                self.act.progress(),
                self.act.end(self._on_taken_out),
                self.act.end(lambda failure: self._on_failed(failure, self._on_take_out)),
            ),
        )

    def _on_taken_out(self, repaired: Repaired) -> None:
        text = share_words.taken_out(len(repaired.mended))
        self._messages.post_outcome(_NEWS, text, share_words.kept(repaired.left))
        self._look()
        self._tell_of_change()

    def _on_undo(self) -> None:
        self.run(
            tr("Bringing the layers back"),
            lambda: self._jobs.undo(
                self.act.end(self._on_undone),
                self.act.end(lambda failure: self._on_failed(failure, self._on_undo)),
            ),
        )

    def _on_undone(self, undone: Undone) -> None:
        text = share_words.brought_back(len(undone.layers))
        self._messages.post_outcome(_NEWS, text, share_words.unchanged(undone.left))
        self._look()

    # Files

    def _on_export(self, password: str) -> None:
        page = self._page
        if page is None:
            return
        fault = self._jobs.export_problem(password)
        if fault is not None:
            self._computer.message.say(sentence(fault))
            return
        proposed = f"{page.details.key.name}.xml"
        file = self._ask(
            self, tr("Export the configuration"), proposed, tr("QGIS authentication configurations (*.xml)")
        )
        if not file:
            return
        try:
            self._jobs.export(page, Path(file), password)
        except GpkeysError as error:
            self._computer.message.say(sentence(error))
            return
        self._computer.forget()
        words = tr("The configuration is in {file}. Who has the file needs the password to open it.")
        self._computer.message.say(words.format(file=file), theme.Level.GOOD)

    def _request(self, box: CopyBox) -> CopyRequest:
        return CopyRequest(box.name(), box.addresses())

    def _check(self, box: CopyBox) -> bool:
        """Show what is to be said about a key before it is made; return whether it can be."""
        if self._page is None or self._holdings is None:
            return False
        problems = self._jobs.copy_problems(self._page, self._holdings, self._request(box))
        box.show_problems(problems)
        return not is_blocked(problems)

    def _on_make(self, box: CopyBox) -> None:
        if not self._check(box) or box.ask_for_addresses():
            return
        request, project = self._request(box), self._outlook.file
        if project is not None:
            proposed = str(project.with_name(f"{project.stem} – {box.name()}{project.suffix}"))
            file = self._ask(self, tr("Copy of the project"), proposed, f"QGIS (*{project.suffix})")
            if not file:
                return
            request = CopyRequest(request.name, request.addresses, project, Path(file))
        self._make(request)

    def _make(self, request: CopyRequest) -> None:
        page = self._page
        if page is None:
            return
        self.run(
            tr("Making the key “{name}”").format(name=request.name),
            lambda: self._jobs.make_copy(
                page,
                request,
                self.act.progress(),
                self.act.end(lambda shared: self._on_made(shared, request)),
                self.act.end(lambda failure: self._on_failed(failure, lambda: self._make(request))),
            ),
        )

    def _on_made(self, shared: SharedCopy, request: CopyRequest) -> None:
        self._messages.post_outcome(_NEWS, share_words.made(shared, request.addresses), shared.warnings)
        if self._holdings is not None:
            self._holdings = replace(self._holdings, keys=(*self._holdings.keys, shared.key))
        self._look()
        self._tell_of_change()

    def _tell_of_change(self) -> None:
        """The key's page is read again when one goes back to it."""
        self._is_half_done = True
        self.changed.emit()

    def _on_failed(self, failure: Failed, retry: Callable[[], object]) -> None:
        self.tell(failure, retry)
        self._look()
