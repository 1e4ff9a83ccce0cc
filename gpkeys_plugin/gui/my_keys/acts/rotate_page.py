"""Changing the password or the secret of a key: what it will do, then what was swapped and the last word."""

from __future__ import annotations

from qgis.PyQt.QtCore import pyqtSignal
from qgis.PyQt.QtWidgets import QWidget

from ....entrepot.models import Key, KeyType
from ....jobs.running.translate import show, tr
from ....jobs.values import Failed, KeyPage, Rotation, RotationRemainder, RotationRequest
from ....jobs.window.my_keys_jobs import MyKeysJobs
from ....keys.draft import KeyDraft
from ....keys.problem import DraftContext, Field
from ....keys.rules import secret_rules
from ....keys.rules.draft_rules import is_blocked
from ....keys.services.titles import TitleBook
from ....keys.upkeep.holdings import Holdings
from ....keys.upkeep.rotation import RotationOutlook
from ...key_form.basic_box import BasicBox
from ...key_form.field_problems import FieldProblems
from ...notices.message_area import Messages, sentence
from ...notices.notice import Notice
from ...parts import theme, value_words
from ...parts.labels import FieldMessage, WrappedLabel
from . import rotation_words
from .key_act_page import ActPage, BackRow, form_page
from .rotation_outcome import RotationOutcomePage


class RotatePage(ActPage):
    """`done` carries the key under its old name once the rotation is finished, None when it was undone or put off.

    `made` carries the new key as soon as there is one, beside the old one; `undone` that which is gone again. What
    `failed` may have left a rotation to be ended.
    """

    made = pyqtSignal(object)
    undone = pyqtSignal(object)
    failed = pyqtSignal()

    help_page = "change_secret"

    def __init__(self, my_keys_jobs: MyKeysJobs, messages: Messages, parent: QWidget | None = None) -> None:
        super().__init__(messages, parent)
        self._jobs = my_keys_jobs
        self._page: KeyPage | None = None
        self._context: DraftContext | None = None
        self._back = BackRow()
        self._obstacle = Notice(theme.Level.WARNING, "")
        self._obstacle.setObjectName("rotationObstacle")
        self._words = WrappedLabel()
        self._words.setObjectName("rotationWords")
        self._hash_place = FieldMessage()
        self._hash_place.setObjectName("rotationHashPlace")
        self._basic = BasicBox()
        self._outcome = RotationOutcomePage()
        self.addWidget(self._outcome)
        self._form_page = form_page(self, self._back)
        for widget in (self._obstacle, self._words, self._hash_place, self._basic):
            self._form_page.column.addWidget(widget)
        self._form_page.column.addStretch(1)
        cancel = self._form_page.add_button("cancelRotateButton", tr("C&ancel"))
        self._rotate = self._form_page.add_button("rotateButton", "", is_main=True)
        cancel.clicked.connect(self.leave)
        self._problems = FieldProblems(
            {
                Field.LOGIN: (self._basic.login_message, self._basic.login_edit),
                Field.PASSWORD: (self._basic.password_message, self._basic.password_edit),
            }
        )
        self._connect()

    def show_key(self, page: KeyPage, holdings: Holdings) -> None:
        """Say what the rotation of a key will do."""
        self._page, self._context = page, self._jobs.edit_context(page.details.key, holdings)
        outlook = self._jobs.rotation_outlook(page, holdings)
        key = page.details.key
        self._back.set_title(rotation_words.title(key.type, key.name))
        self._rotate.setText(rotation_words.button(key.type))
        self._show_obstacle(outlook)
        self._words.setText(steps_in_words(page, outlook, holdings.titles))
        self._rotate.setAccessibleDescription(self._words.text())
        self._hash_place.say(rotation_words.hash_place(page.held.hash_storage, self._jobs.fixed_storage()), None)
        self._basic.setVisible(outlook.needs_login)
        self._basic.clear()
        if outlook.needs_login:
            self._basic.propose_anew(outlook.proposed_login)
        self._problems.forget()
        self._rotate.setEnabled(outlook.obstacle is None)
        self.setCurrentWidget(self._form_page)

    def show_unfinished(self, view: RotationRemainder) -> None:
        """Show a rotation that was neither finished nor undone."""
        self._outcome.show_unfinished(view)
        self.setCurrentWidget(self._outcome)

    def shown_rotation(self) -> str:
        """Return the id of the rotation that waits here to be finished or undone; empty while there is none."""
        return self._outcome.rotation_id if self.currentWidget() is self._outcome else ""

    def _connect(self) -> None:
        self._rotate.clicked.connect(self._on_rotate)
        self._basic.changed.connect(self._check)
        self._basic.login_edited.connect(lambda: self._problems.touch(Field.LOGIN))
        self._basic.password_edited.connect(lambda: self._problems.touch(Field.PASSWORD))
        self._outcome.finish_wanted.connect(self._on_finish)
        self._outcome.undo_wanted.connect(self._on_undo)
        self._outcome.later_wanted.connect(lambda: self.done.emit(None))

    def _show_obstacle(self, outlook: RotationOutlook) -> None:
        lines = [show(outlook.obstacle)] if outlook.obstacle is not None else []
        lines += [show(offer) for offer in outlook.offers]
        self._obstacle.set_text("\n".join(lines))
        self._obstacle.setVisible(bool(lines))

    def _is_basic(self) -> bool:
        return self._page is not None and self._page.details.key.type is KeyType.BASIC

    def _check(self) -> bool:
        """Show what is wrong with user name and password; say whether they will do."""
        if not self._is_basic() or self._context is None:
            return True
        draft = KeyDraft(type=KeyType.BASIC, login=self._basic.login(), password=self._basic.password())
        found = secret_rules.secret_problems(draft, self._context)
        self._problems.show(found)
        return not is_blocked(found)

    def _on_rotate(self) -> None:
        page = self._page
        if page is None:
            return
        if not self._check():
            self._problems.touch_all()
            blocked = self._problems.first_blocked()
        else:
            blocked = self._problems.ask() if self._is_basic() else None
        if blocked is not None:
            self._form_page.reveal(blocked)
            return
        request = RotationRequest()
        if self._is_basic():
            request = RotationRequest(self._basic.login(), self._basic.password())
        self.run(
            rotation_words.under_way(page.details.key.type, page.details.key.name),
            lambda: self._jobs.rotate(
                page, request, self.act.progress(), self.act.end(self._on_rotated), self.act.end(self._on_failed)
            ),
        )

    def _on_rotated(self, rotation: Rotation) -> None:
        self._basic.clear()
        self._outcome.show_rotation(rotation)
        self.setCurrentWidget(self._outcome)
        self._outcome.take_focus()
        self.made.emit(rotation.new_key)

    def _on_failed(self, failure: Failed) -> None:
        if failure.field is Field.LOGIN and not failure.stayed:
            self._form_page.reveal(self._problems.pin(Field.LOGIN, sentence(failure.error)))
        else:
            self.tell(failure, self._on_rotate)
        self.failed.emit()

    def _on_finish(self, rotation_id: str) -> None:
        self.run(
            tr("Deleting the old key"),
            lambda: self._jobs.finish_rotation(
                rotation_id,
                self.act.progress(),
                self.act.end(self._on_finished),
                self.act.end(lambda failure: self.tell(failure, lambda: self._on_finish(rotation_id))),
            ),
        )

    def _on_finished(self, key: Key) -> None:
        self._messages.post("rotated", theme.Level.GOOD, rotation_words.finished(key.type, key.name), can_close=True)
        self.done.emit(key)

    def _on_undo(self, rotation_id: str) -> None:
        self.run(
            tr("Going back to the old key"),
            lambda: self._jobs.undo_rotation(
                rotation_id,
                self.act.progress(),
                self.act.end(self._on_undone),
                self.act.end(lambda failure: self.tell(failure, lambda: self._on_undo(rotation_id))),
            ),
        )

    def _on_undone(self) -> None:
        self._messages.post("rotated", theme.Level.INFO, tr("Undone: the old key is in use again."), can_close=True)
        self.undone.emit(self._outcome.new_key)
        self.done.emit(None)


def steps_in_words(page: KeyPage, outlook: RotationOutlook, titles: TitleBook) -> str:
    """Return what a rotation will do, a numbered sentence each."""
    lines = [
        tr("A new key with the same services and filters is made and tested."),
        rotation_words.replaced(page.details.key.type, _places(page)),
        tr("The old key keeps working until you delete it; the new one then gets its name."),
    ]
    if outlook.dropped:
        names = ", ".join(titles.known_as(access.offering.layer_name) for access in outlook.dropped)
        lines.append(tr("Not carried over, since the permission has ended: {names}.").format(names=names))
    return "\n".join(f"{number}. {line}" for number, line in enumerate(lines, 1))


def _places(page: KeyPage) -> str:
    held = page.held
    configurations = len({held.authcfg, *held.borrowed_authcfgs} - {""})
    parts = [value_words.configurations(configurations)] if configurations else []
    connections = len(held.connections) + len(held.other_connections)
    if connections:
        parts.append(value_words.connections(connections))
    if held.layer_names:
        parts.append(value_words.layers(len(held.layer_names)))
    return ", ".join(parts) or tr("nothing here uses the key yet")
