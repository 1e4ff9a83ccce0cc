"""After a rotation: where the secret was swapped, who used the old key, and the last word about it."""

from __future__ import annotations

from qgis.PyQt.QtCore import pyqtSignal
from qgis.PyQt.QtWidgets import QPushButton, QWidget

from ....entrepot.models import Key
from ....jobs.running.translate import show, tr
from ....jobs.values import Rotation, RotationRemainder
from ...notices.notice import Notice
from ...parts import theme
from ...parts.labels import WrappedLabel
from ...parts.page import Page
from . import rotation_words


class RotationOutcomePage(Page):
    """Delete the old key, undo, or later; the first two carry the id of the rotation.

    `new_key` is that of the rotation that shows, None where it is not known whether there is one.
    """

    finish_wanted = pyqtSignal(str)
    undo_wanted = pyqtSignal(str)
    later_wanted = pyqtSignal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rotation_id = ""
        self.new_key: Key | None = None
        self._notice = Notice(theme.Level.GOOD, "")
        self._notice.setObjectName("rotationNotice")
        self._left = Notice(theme.Level.WARNING, "")
        self._left.setObjectName("rotationLeftNotice")
        self._words = WrappedLabel()
        self._words.setObjectName("rotationOutcomeWords")
        for widget in (self._notice, self._left, self._words):
            self.column.addWidget(widget)
        self.column.addStretch(1)
        self._finish = self.add_button("finishRotationButton", tr("Delete the old &key"))
        self._undo = self.add_button("undoRotationButton", tr("&Undo"))
        self._later = self.add_button("laterButton", tr("L&ater"), is_escape=True)
        self._undo.setAccessibleDescription(tr("QGIS uses the old key again, and the new one is deleted."))
        self._later.setAccessibleDescription(
            tr("Both keys stay as they are, and the list of keys offers to finish or to undo.")
        )
        self._later.clicked.connect(self.later_wanted)
        self._undo.clicked.connect(lambda: self.undo_wanted.emit(self.rotation_id))
        self._finish.clicked.connect(lambda: self.finish_wanted.emit(self.rotation_id))

    def show_rotation(self, rotation: Rotation) -> None:
        """Show a rotation whose new secret QGIS uses now; the answer that goes on changes nothing."""
        self.rotation_id, self.new_key = rotation.id, rotation.new_key
        self._notice.set_text(rotation_words.in_use(rotation.new_key.type, rotation.old_key_name))
        self._left.set_text(rotation_words.still_works(rotation.new_key.type))
        self._words.setText("\n\n".join(_lines(rotation)))
        self._finish.setVisible(True)
        self._show((self._notice, self._left), self._later)

    def show_unfinished(self, view: RotationRemainder) -> None:
        """Show a rotation of earlier; who comes for it wants it ended."""
        self.rotation_id, self.new_key = view.id, view.new_key
        self._left.set_text(show(view.text))
        self._words.setText("\n\n".join(_left_in_words(view)))
        self._finish.setVisible(view.is_swapped)
        self._show((self._left,), self._finish if view.is_swapped else self._undo)

    def _show(self, notices: tuple[Notice, ...], next_act: QPushButton) -> None:
        for one in (self._notice, self._left):
            one.setVisible(one in notices)
        self._finish.setAccessibleDescription(self._words.text())
        self.emphasise(next_act)


def _left_in_words(view: RotationRemainder) -> list[str]:
    if not view.is_swapped or view.new_key is None:
        return [tr("Undo it: what was begun is removed.")]
    return [
        tr(
            "To finish, the old key “{name}” is deleted for good, on the Géoplateforme; the new one gets its name, and "
            "QGIS goes on as it is now."
        ).format(name=view.key_name),
        rotation_words.old_use(view.new_key.type, None),
        tr("If you undo the change, QGIS uses the old key again, and the new one is deleted."),
    ]


def _lines(rotation: Rotation) -> list[str]:
    kind = rotation.new_key.type
    held = filter(None, (rotation.authcfg, *rotation.borrowed_authcfgs))
    # First who would be cut off: in a narrow window what stands below is out of sight.
    lines = [rotation_words.old_use(kind, rotation.old_usage)]
    lines += [rotation_words.configuration(kind, authcfg) for authcfg in held]
    if rotation.connections:
        names = ", ".join(connection.name for connection in rotation.connections)
        lines.append(tr("Connections changed: {names}.").format(names=names))
    if rotation.layer_names:
        names = ", ".join(rotation.layer_names)
        lines.append(tr("Layers of the open project changed: {names}. Save the project.").format(names=names))
    return [*lines, *map(show, rotation.unchanged)]
