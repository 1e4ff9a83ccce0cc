"""Deleting a key: what will stop working, one question, and what goes along in QGIS."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from qgis.PyQt.QtWidgets import QWidget

from ....entrepot.errors import GpkeysError
from ....entrepot.translatable_text import Text
from ....jobs.running.translate import tr
from ....jobs.values import Deleted, DeletionOutlook, Failed, HeldKey, KeyPage
from ....jobs.window.my_keys_jobs import MyKeysJobs
from ....keys.upkeep.holdings import Holdings
from ....keys.upkeep.overview import USAGE_PERIOD
from ...key_form import draft_check
from ...notices.message_area import Messages
from ...notices.notice import Notice
from ...parts import theme, value_words
from ...parts.labels import TonedLabel, WrappedLabel
from ...parts.outlined_choices import TickBox
from .key_act_page import ActPage, BackRow, form_page


class DeletePage(ActPage):
    """Looks first, then asks once."""

    help_page = "delete"

    def __init__(self, my_keys_jobs: MyKeysJobs, messages: Messages, parent: QWidget | None = None) -> None:
        super().__init__(messages, parent)
        self._jobs = my_keys_jobs
        self._page: KeyPage | None = None
        self._outlook: DeletionOutlook | None = None
        self._back = BackRow()
        self._warning = Notice(theme.Level.WARNING, "")
        self._warning.setObjectName("deleteWarning")
        self._effects = WrappedLabel()
        self._effects.setObjectName("deleteEffects")
        self._also = TickBox(tr("Remove &from QGIS too"))
        self._also.setObjectName("removeFromQgisBox")
        self._removed = TonedLabel()
        self._removed.setObjectName("deleteRemoved")
        self._layers_too = TickBox(tr("Remove its la&yers too"))
        self._layers_too.setObjectName("removeLayersBox")
        words = tr("From the open project. QGIS cannot undo that; the project’s file stays as it is until you save it.")
        self._no_undo = TonedLabel(words)
        self._layers_too.setAccessibleDescription(words)
        self._no_undo.setObjectName("removeLayersHint")
        page = form_page(self, self._back)
        for widget in (self._warning, self._effects, self._layers_too, self._no_undo, self._also, self._removed):
            page.column.addWidget(widget)
        page.column.addStretch(1)
        self._cancel = page.add_button("cancelDeleteButton", tr("C&ancel"))
        self._delete = page.add_button("deleteButton", tr("Delete the &key"), is_main=True)
        self._cancel.clicked.connect(self.leave)
        self._delete.clicked.connect(self._on_delete)

    def show_key(self, page: KeyPage, _holdings: Holdings) -> None:
        """Find what deleting a key would do, then ask."""
        self._page, self._outlook = page, None
        name = page.details.key.name
        self._back.set_title(tr("Delete the key “{name}”").format(name=name))
        self._warning.set_text(
            tr("“{name}” will be deleted for good, here and everywhere it is used.").format(name=name)
        )
        self._effects.setText("")
        self._also.setChecked(True)
        # Their styles and places in the project are the user's work: nothing of it goes unasked.
        self._layers_too.setChecked(False)
        for widget in (self._also, self._removed, self._layers_too, self._no_undo):
            widget.hide()
        self._delete.setEnabled(False)
        self.run(
            tr("Looking for what uses the key…"),
            lambda: self._jobs.deletion_outlook(
                page, self.act.end(self._on_outlook), self.act.end(self._on_no_outlook)
            ),
        )

    def _on_outlook(self, outlook: DeletionOutlook) -> None:
        self._outlook = outlook
        created = self._page.details.key.creation if self._page is not None else None
        self._effects.setText(effects_in_words(outlook, created, draft_check.now()))
        self._delete.setAccessibleDescription(self._warning.text())
        removed = removed_in_words(outlook)
        self._also.setVisible(bool(removed))
        self._removed.setText(tr("What the plugin made for it: {names}.").format(names=removed))
        self._also.setAccessibleDescription(self._removed.text())
        self._removed.setVisible(bool(removed))
        for widget in (self._layers_too, self._no_undo):
            widget.setVisible(bool(outlook.held.layer_ids))
        self._delete.setEnabled(True)
        self._cancel.setFocus()

    def _on_no_outlook(self, error: GpkeysError) -> None:
        self.tell(Failed(error))
        self.left.emit()

    def _on_delete(self) -> None:
        page, outlook = self._page, self._outlook
        if page is None or outlook is None:
            return
        unwanted = outlook.held.layer_ids if self._layers_too.isChecked() else ()
        chosen = replace(outlook, unwanted_layers=unwanted)
        self.run(
            tr("Deleting the key “{name}”").format(name=page.details.key.name),
            lambda: self._jobs.delete(
                page,
                chosen,
                remove_from_qgis=self._also.isChecked(),
                on_progress=self.act.progress(),
                on_done=self.act.end(self._on_deleted),
                on_failed=self.act.end(lambda failure: self.tell(failure, self._on_delete)),
            ),
        )

    def _on_deleted(self, deleted: Deleted) -> None:
        held = self._outlook.held if self._outlook is not None else HeldKey()
        layers = zip(held.layer_ids, held.layer_names)
        dark = {id_: name for id_, name in layers if name not in deleted.layer_names}
        warnings = (_NO_LONGER_DRAW.with_values({"names": ", ".join(dark.values())}),) if dark else ()
        self.done.emit(replace(deleted, warnings=(*warnings, *deleted.warnings), dark_layer_ids=tuple(dark)))


def effects_in_words(outlook: DeletionOutlook, created: datetime | None, now: datetime) -> str:
    """Return what will stop working, the nearest first, then how the key was used, a paragraph each."""
    held = outlook.held
    lines = []
    if held.layer_names:
        names = ", ".join(held.layer_names)
        lines.append(tr("Layers of the open project that will stop drawing: {names}.").format(names=names))
    connections = (*held.connections, *held.other_connections)
    if connections:
        names = ", ".join(connection.name for connection in connections)
        lines.append(tr("Connections of this QGIS that will stop working: {names}.").format(names=names))
    if not lines:
        lines.append(tr("Nothing in this QGIS uses it."))
    return "\n\n".join((*lines, _usage_in_words(outlook, created, now)))


def removed_in_words(outlook: DeletionOutlook) -> str:
    """Return what the plugin made for the key, which may go along."""
    parts = [connection.name for connection in outlook.removable_connections]
    if outlook.removable_authcfgs:
        parts.append(value_words.configurations(len(outlook.removable_authcfgs)))
    return ", ".join(parts)


def _usage_in_words(outlook: DeletionOutlook, created: datetime | None, now: datetime) -> str:
    usage = outlook.usage
    if usage is None:
        return tr("When it was last used is not known.")
    if not usage.hits or usage.end_date is None:
        if created is not None and created > now - USAGE_PERIOD:
            text = tr("Not used yet, as far as the Géoplateforme has counted; made on {date}.")
            return text.format(date=value_words.local_date(created))
        return tr("It was not used in the past 12 months.")
    return tr("Last used on {date}; {requests} in the past 12 months.").format(
        date=value_words.local_date(usage.end_date), requests=value_words.requests(usage.hits)
    )


_NO_LONGER_DRAW = Text(
    "Layers of the open project no longer draw: {names}. Remove them from it, or give them another key in the tab "
    "“Repair”."
)
