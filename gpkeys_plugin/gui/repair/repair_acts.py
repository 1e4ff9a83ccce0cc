"""What the page does: mends and undoes, in its slot, and says there what came of it."""

from __future__ import annotations

from typing import Callable, Sequence

from qgis.PyQt.QtCore import QObject, pyqtSignal

from ...entrepot.errors import ErrorCode
from ...entrepot.models import Key
from ...entrepot.translatable_text import Text
from ...jobs.repair.repair_values import (
    ConnectionRepair,
    ConnectionsRepaired,
    LayerPlan,
    Repaired,
    Undone,
    WhereKept,
)
from ...jobs.running.task import RunningJob
from ...jobs.running.translate import counted, show, tr
from ...jobs.values import ConnectRequest, Failed, KeyPage
from ...jobs.window.my_keys_jobs import MyKeysJobs
from ...jobs.window.repair_jobs import RepairJobs
from ..notices.message_area import sentence
from ..notices.notice import Action
from ..parts import theme
from . import repair_words
from .outcome_slot import OutcomeSlot
from .password_box import PasswordBox

_LAYERS, _CONNECTIONS = "mended", "connectionsMended"


class RepairActs(QObject):
    """`done` comes after each act, whatever came of it; `reload_wanted` where keys or configurations are others now.

    `mended` comes before it where layers were mended, and that has been told.
    """

    done = pyqtSignal()
    mended = pyqtSignal()
    reload_wanted = pyqtSignal()
    token_refused = pyqtSignal()

    def __init__(self, jobs: RepairJobs, my_keys_jobs: MyKeysJobs, slot: OutcomeSlot) -> None:
        super().__init__(slot)
        self._jobs, self._my_keys_jobs, self._slot = jobs, my_keys_jobs, slot
        self._mended: Repaired | None = None

    def mend(self, plans: Sequence[LayerPlan], where: WhereKept) -> None:
        """Mend layers."""
        act, slot = self._slot.act, self._slot
        self._begin(
            tr("Mending layers"),
            _LAYERS,
            lambda: self._jobs.repair(
                plans,
                where,
                slot.progress(),
                act.end(self._on_mended),
                act.end(lambda failure: self._on_failed(failure, lambda: self.mend(plans, where))),
            ),
        )

    def undo(self) -> None:
        """Bring the layers that were mended back to what they were."""
        act = self._slot.act
        self._begin(
            tr("Bringing the layers back"),
            _LAYERS,
            lambda: self._jobs.undo(
                act.end(self._on_undone), act.end(lambda failure: self._on_failed(failure, self.undo))
            ),
        )

    def mend_connections(self, repairs: Sequence[ConnectionRepair], where: WhereKept) -> None:
        """Mend connections of the profile."""
        act, slot = self._slot.act, self._slot
        self._begin(
            tr("Mending connections"),
            _CONNECTIONS,
            lambda: self._jobs.repair_connections(
                repairs,
                where,
                slot.progress(),
                act.end(self._on_connections_mended),
                act.end(lambda failure: self._on_failed(failure, lambda: self.mend_connections(repairs, where))),
            ),
        )

    def undo_connections(self) -> None:
        """Write the connections that were mended back as they were."""
        act = self._slot.act
        self._begin(
            tr("Bringing the connections back"),
            _CONNECTIONS,
            lambda: self._jobs.undo_connections(
                act.end(self._on_connections_undone),
                act.end(lambda failure: self._on_failed(failure, self.undo_connections)),
            ),
        )

    def connect_key(self, key: Key, password: str, box: PasswordBox) -> None:
        """Connect a BASIC key with its password; `box` says why that does not do."""
        act = self._slot.act
        title = tr("Connecting the key “{name}”").format(name=key.name)

        def failed(failure: Failed) -> None:
            if failure.error.code is ErrorCode.INVALID and not failure.stayed:
                box.refuse(sentence(failure.error))
                self.done.emit()
            else:
                self._on_failed(failure, lambda: self.connect_key(key, password, box))

        def connect(page: KeyPage) -> None:
            request = ConnectRequest(password=password)
            progress = self._slot.progress
            self._begin(
                title,
                "",
                lambda: self._my_keys_jobs.connect(
                    page, request, progress(), act.end(lambda _made: self._on_connected()), act.end(failed)
                ),
            )

        self._begin(
            title,
            "",
            lambda: self._my_keys_jobs.page(key, act.end(connect), act.end(lambda error: failed(Failed(error)))),
        )

    def forget_undo(self) -> None:
        """Put away what was said of layers that cannot be brought back any more: another project is open."""
        if not self._jobs.can_undo():
            self._slot.messages.withdraw(_LAYERS)

    def _begin(self, title: str, old_news: str, start: Callable[[], RunningJob]) -> None:
        self._slot.begin(title, (old_news, "error", "cancelled", "stayed"), start)

    # What came of it

    def _on_mended(self, repaired: Repaired) -> None:
        self._mended = repaired
        words = _mended_in_words(repaired, is_saved=False)
        actions = (Action("undoRepairButton", tr("Undo the repair"), self.undo),) if self._jobs.can_undo() else ()
        self._tell(_LAYERS, words, repaired.left, actions)
        self.mended.emit()
        if repaired.added or repaired.configurations:
            self.reload_wanted.emit()
        self.done.emit()

    def note_saved(self) -> None:
        """Say no longer of what was mended that it is not saved: the project has just been."""
        if self._mended is not None and self._slot.messages.text(_LAYERS):
            lines = _lines(_mended_in_words(self._mended, is_saved=True), self._mended.left)
            self._slot.messages.tell(_LAYERS, lines)

    def _on_undone(self, undone: Undone) -> None:
        self._mended = None
        count = len(undone.layers)
        words = counted("1 layer is as it was before.", "{count} layers are as they were before.", count)
        self._tell(_LAYERS, [words if count else tr("Nothing was brought back.")], undone.left)
        self.done.emit()

    def _on_connections_mended(self, repaired: ConnectionsRepaired) -> None:
        words = [tr("Stopped.")] if repaired.is_cancelled else []
        words.append(repair_words.connections_mended(len(repaired.mended)))
        has_undo = bool(self._jobs.can_undo_connections())
        actions = (Action("undoConnectionsButton", tr("Undo the repair"), self.undo_connections),) if has_undo else ()
        self._tell(_CONNECTIONS, words, repaired.left, actions)
        self.done.emit()

    def _on_connections_undone(self, undone: ConnectionsRepaired) -> None:
        count = len(undone.mended)
        words = counted("1 connection is as it was before.", "{count} connections are as they were before.", count)
        self._tell(_CONNECTIONS, [words if count else tr("Nothing was brought back.")], undone.left)
        self.done.emit()

    def _on_connected(self) -> None:
        self.reload_wanted.emit()
        self.done.emit()

    def _on_failed(self, failure: Failed, retry: Callable[[], object]) -> None:
        if failure.error.ends_session:
            self.token_refused.emit()
        self._slot.messages.show_failure(failure, retry, cancelled=tr("Stopped. Nothing was changed."))
        self.done.emit()

    def _tell(
        self, key: str, words: Sequence[str], left: Sequence[tuple[str, Text]], actions: Sequence[Action] = ()
    ) -> None:
        level = theme.Level.WARNING if left else theme.Level.GOOD
        notice = self._slot.tell(key, level, _lines(words, left), actions)
        if len(left) > 1:
            notice.set_details("\n".join(f"{name}: {show(why)}" for name, why in left))


def _mended_in_words(repaired: Repaired, *, is_saved: bool) -> list[str]:
    words = [tr("Stopped.")] if repaired.is_cancelled else []
    return [*words, repair_words.mended(len(repaired.mended), is_saved=is_saved), *map(show, repaired.added)]


def _lines(words: Sequence[str], left: Sequence[tuple[str, Text]]) -> str:
    return "\n".join([" ".join(words), *repair_words.unchanged(left)])
