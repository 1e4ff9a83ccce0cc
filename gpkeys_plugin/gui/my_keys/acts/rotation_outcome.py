"""After a rotation: where the secret was swapped, who used the old key, and the last word about it."""

from __future__ import annotations

from qgis.PyQt.QtCore import pyqtSignal
from qgis.PyQt.QtWidgets import QWidget

from ....jobs.running.translate import show, tr
from ....jobs.values import Rotation, RotationRemainder
from ...notices.notice import Notice
from ...parts import theme, value_words
from ...parts.labels import WrappedLabel
from ...parts.page import Page


class RotationOutcomePage(Page):
    """Delete the old key, undo, or later; each button carries the id of the rotation."""

    finish_wanted = pyqtSignal(str)
    undo_wanted = pyqtSignal(str)
    later_wanted = pyqtSignal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._id = ""
        self._notice = Notice(theme.Level.GOOD, "")
        self._notice.setObjectName("rotationNotice")
        self._words = WrappedLabel()
        self._words.setObjectName("rotationOutcomeWords")
        for widget in (self._notice, self._words):
            self.column.addWidget(widget)
        self.column.addStretch(1)
        self._finish = self.add_button("finishRotationButton", tr("Delete the old &key"))
        undo = self.add_button("undoRotationButton", tr("&Undo"))
        self._later = self.add_button("laterButton", tr("L&ater"), is_main=True)
        self._later.clicked.connect(self.later_wanted)
        undo.clicked.connect(lambda: self.undo_wanted.emit(self._id))
        self._finish.clicked.connect(lambda: self.finish_wanted.emit(self._id))

    def focus_safe_answer(self) -> None:
        """Let the keyboard stand on the answer that changes nothing."""
        self._later.setFocus()

    def show_rotation(self, rotation: Rotation) -> None:
        """Show a rotation whose new secret QGIS uses now."""
        self._id = rotation.id
        self._notice.set_text(tr("QGIS now uses the new secret of “{name}”.").format(name=rotation.old_key_name))
        self._words.setText("\n\n".join(_lines(rotation)))
        self._finish.setVisible(True)

    def show_unfinished(self, view: RotationRemainder) -> None:
        """Show a rotation of earlier."""
        self._id = view.id
        self._notice.set_text(show(view.text))
        self._words.setText(
            tr("Delete the old key to finish, or undo the change.")
            if view.is_swapped
            else tr("Undo it: what was begun is removed.")
        )
        self._finish.setVisible(view.is_swapped)


def _lines(rotation: Rotation) -> list[str]:
    held = filter(None, (rotation.authcfg, *rotation.borrowed_authcfgs))
    lines = [tr("Authentication configuration {id}: same id, new secret.").format(id=authcfg) for authcfg in held]
    if rotation.connections:
        names = ", ".join(connection.name for connection in rotation.connections)
        lines.append(tr("Connections changed: {names}.").format(names=names))
    if rotation.layer_names:
        names = ", ".join(rotation.layer_names)
        lines.append(tr("Layers of the open project changed: {names}. Save the project.").format(names=names))
    lines += [show(text) for text in rotation.unchanged]
    lines.append(_old_use(rotation))
    return lines


def _old_use(rotation: Rotation) -> str:
    usage = rotation.old_usage
    if usage is None:
        return tr("It is not known who else uses the old key: everything that still has its secret will stop working.")
    if not usage.hits or usage.end_date is None:
        return tr("The old key was not used in the past 30 days.")
    return tr(
        "The old key answered {requests} in the past 30 days, the last on {date}. Other computers, projects and web "
        "maps that have its secret will stop working once it is deleted."
    ).format(requests=value_words.requests(usage.hits), date=value_words.local_date(usage.end_date))
