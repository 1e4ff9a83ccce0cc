"""What was made, and what can be done with it: add its layers to the map, copy its URLs, make another key."""

from __future__ import annotations

from dataclasses import replace
from typing import Collection, Iterable

from qgis.PyQt.QtCore import pyqtSignal
from qgis.PyQt.QtWidgets import QApplication, QProgressBar, QPushButton, QVBoxLayout, QWidget

from ...entrepot.models import Key
from ...entrepot.translatable_text import Text
from ...jobs.running.translate import show, tr
from ...jobs.values import AddedLayers, CreatedKey
from ...jobs.window.new_key_jobs import NewKeyJobs
from ...keys.services.connection_plans import ServedLayer
from ...keys.services.layer_recipes import LayerRecipe
from ...keys.services.titles import TitleBook
from ..lifetime.delete_later import delete_later
from ..notices.message_area import Messages
from ..notices.notice import Action, Notice
from ..parts import theme
from ..parts.labels import FieldMessage, heading
from ..parts.page import Page
from ..parts.page_job import JobUnderWay
from ..parts.secret_copy import SecretCopy
from .added_layers_words import added_level, added_words
from .created_list import MadeList
from .layers_box import LayersBox
from .other_services import OtherServices
from .secret_rows import SecretRows

_MOST_UNASKED = 20


class ResultPage(Page):
    """The end of the wizard."""

    help_page = "result"
    another_wanted = pyqtSignal()
    key_wanted = pyqtSignal(object)
    download_wanted = pyqtSignal(object, object)

    def __init__(self, new_key_jobs: NewKeyJobs, another: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._jobs = new_key_jobs
        self._secret_copy = SecretCopy(self)
        self._created: CreatedKey | None = None
        self._adding = JobUnderWay(self._show_adding)
        self._done = Notice(theme.Level.GOOD, "")
        self._warnings = QWidget()
        self._made = MadeList(new_key_jobs, self._on_open_key, tr("Open the key"))
        self._layers = LayersBox()
        self._others = OtherServices()
        self._secrets = SecretRows(new_key_jobs, self._secret_copy)
        self._bar = QProgressBar()
        self._message = FieldMessage()
        self._outcome = Messages()
        self._another = self.add_button("anotherKeyButton", another)
        self._cancel = self.add_button("cancelAddButton", tr("Cancel"), is_escape=True)
        self._add = self.add_button("addToMapButton", tr("&Add to the map"), is_main=True, is_default=True)
        self._build()
        self._connect()

    def show_created(self, created: CreatedKey, *, is_extended: bool = False) -> None:
        """Show the outcome of a creation."""
        self._adding.drop()
        self._created = created
        text = tr("The services were added to the key “{name}”.") if is_extended else tr("The key “{name}” is ready.")
        self._done.set_text(text.format(name=created.key.name))
        self._show_warnings(created.warnings)
        self._made.show_created(created)
        self._layers.show_layers(created.layers, has_hash=created.hash is not None)
        self._others.show_services(created.other_layers)
        self._secrets.show_created(created)
        self._add.setVisible(bool(created.layers))
        self._message.say("")
        self._outcome.clear()
        self._on_ticks_changed()
        self.emphasise(self._add if created.layers else self._another)
        self.scroll.verticalScrollBar().setValue(0)

    def add_proposed(self, services: Collection[ServedLayer] = ()) -> None:
        """Add the layers that are ticked at first, or all of some services; where they are many, the user chooses."""
        if services:
            self._layers.tick_only(services)
        if len(self._layers.chosen()) <= _MOST_UNASKED:
            self._on_add()

    def take_focus(self) -> None:
        """Give the keyboard to the layers, or where there are none to what comes after."""
        self.reveal(self._layers.list if self._created is not None and self._created.layers else self._another)

    def show_titles(self, titles: TitleBook) -> None:
        """Show what people call the services that QGIS has no connection for; layers have their own titles."""
        self._others.show_titles(titles)

    def show_keys(self, keys: Iterable[Key]) -> None:
        """Go by the keys that there are: the outcome of one that is gone does not stay."""
        if self._created is not None and self._created.key.id not in {key.id for key in keys}:
            self.another_wanted.emit()

    def clear(self) -> None:
        """Forget the key that was made, and leave nothing of it, seen or not."""
        self._adding.drop()
        self._created = None
        self._secrets.clear()
        self._done.set_text("")
        self._show_warnings(())
        self._made.clear()
        self._layers.show_layers((), has_hash=False)
        self._others.show_services(())
        self._message.say("")
        self._outcome.clear()

    def shut_down(self) -> None:
        """Let go of what is under way."""
        self._adding.drop()

    def _build(self) -> None:
        space = theme.gap(self)
        self._done.setObjectName("resultNotice")
        self._bar.setObjectName("addProgressBar")
        self._bar.setTextVisible(False)
        self._message.setObjectName("resultMessage")
        QVBoxLayout(self._warnings).setContentsMargins(0, 0, 0, 0)
        self.column.addWidget(self._done)
        self.column.addWidget(self._warnings)
        self.column.addSpacing(space)
        self.column.addWidget(self._layers)
        self.column.addWidget(self._bar)
        self.column.addWidget(self._message)
        self.column.addWidget(self._outcome)
        self.column.addWidget(self._others)
        self.column.addWidget(self._secrets)
        self.column.addSpacing(space)
        self.column.addWidget(heading(tr("In QGIS"), 1.0))
        self.column.addWidget(self._made)
        self.column.addStretch(1)
        self._show_adding(is_adding=False)

    def _connect(self) -> None:
        self._layers.ticks_changed.connect(self._on_ticks_changed)
        self._layers.ticks_changed.connect(lambda: self.emphasise(self._add))
        self._layers.copy_wanted.connect(self._on_copy_url)
        self._others.copy_wanted.connect(self._on_copy_url)
        self._others.download_wanted.connect(self._on_download)
        self._secrets.said.connect(self._message.say)
        self._add.clicked.connect(self._on_add)
        self._cancel.clicked.connect(self._on_cancel)
        self._another.clicked.connect(self.another_wanted)

    def _show_warnings(self, warnings: tuple[Text, ...]) -> None:
        column = self._warnings.layout()
        while column.count():
            delete_later(column.takeAt(0).widget())
        for warning in warnings:
            column.addWidget(Notice(theme.Level.WARNING, show(warning)))
        self._warnings.setVisible(bool(warnings))

    def _on_ticks_changed(self) -> None:
        self._add.setEnabled(bool(self._layers.chosen()))

    def _on_copy_url(self, layer: LayerRecipe | ServedLayer, with_hash: bool) -> None:
        if self._created is not None:
            url = self._jobs.ready_url(self._created, layer, with_hash=with_hash)
            if with_hash:
                self._secret_copy.copy(url)
            else:
                QApplication.clipboard().setText(url)
            self._message.say(tr("The URL was copied."), theme.Level.GOOD)

    def _on_open_key(self) -> None:
        if self._created is not None:
            self.key_wanted.emit(self._created.key)

    def _on_download(self, layer: ServedLayer) -> None:
        if self._created is not None:
            self.download_wanted.emit(self._created.key, (layer.offering_id,))

    def _on_add(self) -> None:
        created, chosen = self._created, self._layers.chosen()
        if created is None or not chosen:
            return
        self._message.say(tr("Adding the layers…"), None)
        self._outcome.clear()
        progress, added = self._on_progress, self._on_added
        self._adding.begin(
            lambda: self._jobs.add_to_map(created, chosen, self._adding.part(progress), self._adding.end(added))
        )

    def _on_progress(self, percent: float, text: Text) -> None:
        self._bar.setRange(0, 100)
        self._bar.setValue(round(percent))
        self._message.say(show(text), None)

    def _on_added(self, added: AddedLayers) -> None:
        self._message.say("")
        self._tell(added)

    def _tell(self, added: AddedLayers) -> None:
        offer = Action("showLayersButton", tr("&Zoom to the layers"), lambda: self._on_show(added), is_main=True)
        actions = [offer] if added.is_out_of_sight else []
        notice = self._outcome.post("added", added_level(added), added_words(added), actions)
        self.scroll.ensureWidgetVisible(notice)
        self._emphasise_next(added, notice)

    def _emphasise_next(self, added: AddedLayers, notice: Notice) -> None:
        """Have what comes next stand out: to see the layers, to try those again that failed, else to go on."""
        zoom = notice.findChild(QPushButton, "showLayersButton")
        goes_on = self._add if added.problems else self._another
        self.emphasise(None if zoom is not None else goes_on)
        held = self.window().focusWidget()
        # Not from under the hands of who chooses layers meanwhile.
        if held is None or (self.isAncestorOf(held) and held is not self._layers.list):
            (zoom or goes_on).setFocus()

    def _on_show(self, added: AddedLayers) -> None:
        if added.extent is not None:
            self._jobs.show_on_map(added.extent)
        self._tell(replace(added, is_out_of_sight=False))

    def _on_cancel(self) -> None:
        self._adding.drop()
        self._message.say(tr("Adding the layers was cancelled."), None)

    def _show_adding(self, is_adding: bool) -> None:
        self._bar.setRange(0, 0)
        self._bar.setVisible(is_adding)
        self._cancel.setVisible(is_adding)
        self._add.setEnabled(not is_adding and bool(self._layers.chosen()))
        self._another.setEnabled(not is_adding)
