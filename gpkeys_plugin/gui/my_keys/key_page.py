"""Everything about one key, and what can be done with it."""

from __future__ import annotations

from datetime import datetime, timezone
from typing import Callable

from qgis.PyQt.QtCore import pyqtSignal
from qgis.PyQt.QtWidgets import QToolButton, QVBoxLayout, QWidget

from ...jobs.browser import dragged_layers
from ...jobs.running.translate import show, tr
from ...jobs.values import CreatedKey, KeyPage
from ...jobs.window.my_keys_jobs import MyKeysJobs
from ...jobs.window.new_key_jobs import NewKeyJobs
from ...keys.services.connection_plans import ServedLayer
from ...keys.services.titles import NO_TITLES, TitleBook
from ...keys.upkeep.overview import CONNECTABLE, Attention, KeyOverview, attentions
from ...keys.upkeep.permission_drift import Synchronisation
from ...keys.upkeep.volume_limits import opens_scan
from ..key_services import layer_drag
from ..key_services.url_copy_rows import CopyRows
from ..notices.message_area import Messages
from ..notices.notice import Action
from ..parts import theme, value_words
from ..parts.flow_layout import FlowLayout
from ..parts.labels import FieldMessage, TonedLabel, WrappedLabel, heading
from ..parts.page import Page, tool_button
from ..result.created_list import MadeList
from .acts import rotation_words
from .acts.key_act_page import BackRow
from .key_list_rows import ROTATABLE, level_of
from .key_page_words import accesses_in_words, act_hints, attention_in_a_sentence, filters_in_words, kind_in_words
from .reading_bar import ReadingBar
from .url_clipboard import UrlClipboard
from .usage_chart import UsageChart

_MENDS = {Attention.EXPIRED_ACCESSES: "removeExpiredButton", Attention.NO_ACCESS: "chooseServicesButton"}


class KeyPageView(Page):
    """Notices, what can be done, services, filters, accesses, what QGIS holds, consumption."""

    help_page = "key"
    left = pyqtSignal()
    edit_wanted = pyqtSignal()
    removal_wanted = pyqtSignal()
    addition_wanted = pyqtSignal()
    permission_wanted = pyqtSignal()
    test_wanted = pyqtSignal()
    connect_wanted = pyqtSignal()
    add_wanted = pyqtSignal(object)
    download_wanted = pyqtSignal(str)
    rotate_wanted = pyqtSignal()
    share_wanted = pyqtSignal()
    _all_wanted = pyqtSignal()
    delete_wanted = pyqtSignal()

    def __init__(
        self,
        new_key_jobs: NewKeyJobs,
        my_keys_jobs: MyKeysJobs,
        open_on_web: Callable[[], None],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._jobs = my_keys_jobs
        self._page: KeyPage | None = None
        self._now = datetime.now(timezone.utc)
        self._titles = NO_TITLES
        self._is_online = True
        self._reading = ReadingBar()
        self._back = BackRow()
        self._kind = TonedLabel()
        self._kind.setObjectName("keyKind")
        self._notices = Messages()
        self._copies = CopyRows()
        self._message = FieldMessage()
        self._message.setObjectName("keyPageMessage")
        self._filters = WrappedLabel()
        self._filters.setObjectName("keyFilters")
        self._accesses = QVBoxLayout()
        self._held = MadeList(new_key_jobs, open_on_web, tr("Show on the web"))
        self._layers = TonedLabel()
        self._chart = UsageChart()
        self._buttons_of_acts = self._make_buttons()
        self._build()
        self._connect()

    def show_page(self, page: KeyPage, synchronisation: Synchronisation, now: datetime) -> None:
        """Show a key."""
        is_other = self._page is None or self._page.details.key.id != page.details.key.id
        self._page, self._now = page, now
        details = page.details
        self._back.set_title(details.key.name or tr("Key without a name"))
        self._kind.setText(kind_in_words(page))
        self._show_notices(page, synchronisation, now)
        self._show_buttons(page)
        self._show_reading(is_under_way=page.is_outline)
        self._filters.setText(tr("Reading…") if page.is_outline else filters_in_words(details.filters))
        self._show_named(page)
        self._held.show_created(CreatedKey(details.key, page.held.authcfg, page.held.connections))
        self._show_others(page)
        problem = show(page.usage_problem.user) if page.usage_problem is not None else ""
        self._chart.show_usage(page.usage, problem, opens_scan=opens_scan(page.accesses))
        self._message.say("")
        if is_other:
            self.scroll.verticalScrollBar().setValue(0)

    def show_titles(self, titles: TitleBook) -> None:
        """Show what people call the services."""
        if titles is not self._titles:
            self._titles = titles
            if self._page is not None:
                self._show_named(self._page)

    def set_online(self, is_online: bool) -> None:
        """Offer what can be done, or not while nobody is signed in."""
        self._is_online = is_online
        self._show_reading(is_under_way=self._page is not None and self._page.is_outline)

    def take_focus(self) -> None:
        """Give the keyboard to the first of what can be done with the key, once that is known: till then, to Back."""
        offered = [button for button in self._buttons_of_acts.values() if not button.isHidden() and button.isEnabled()]
        self.reveal((*offered, self._back.button)[0])

    def clear(self) -> None:
        """Forget the key."""
        self._page = None

    def _make_buttons(self) -> dict[str, QToolButton]:
        acts = (
            ("addKeyToMapButton", "add", tr("&Add to the map"), self._all_wanted),
            ("editKeyButton", "edit", tr("Ed&it"), self.edit_wanted),
            ("testKeyButton", "test", tr("&Test"), self.test_wanted),
            ("connectKeyButton", "connect", tr("Connect to &QGIS"), self.connect_wanted),
            ("rotateKeyButton", "rotate", "", self.rotate_wanted),
            ("shareKeyButton", "share", tr("Share a project"), self.share_wanted),
            ("deleteKeyButton", "delete", tr("Delete"), self.delete_wanted),
        )
        made: dict[str, QToolButton] = {}
        for name, icon, words, signal in acts:
            made[name] = tool_button(name, icon, words, with_text=True)
            made[name].setToolTip(act_hints().get(name, ""))
            made[name].clicked.connect(signal)
        return made

    def _build(self) -> None:
        space = theme.gap(self)
        self._accesses.setSpacing(space)
        column = self.column
        column.addWidget(self._back)
        column.addWidget(self._reading)
        column.addWidget(self._kind)
        column.addWidget(self._notices)
        acts = FlowLayout(spacing=space, fills=True)
        for button in self._buttons_of_acts.values():
            acts.addWidget(button)
        column.addLayout(acts)
        column.addWidget(self._message)
        for title, part in (
            (tr("Services"), self._copies),
            (tr("Filters"), self._filters),
            (tr("Accesses"), None),
            (tr("In QGIS"), self._held),
        ):
            column.addSpacing(space)
            column.addWidget(heading(title, 1.0))
            if part is None:
                column.addLayout(self._accesses)
            else:
                column.addWidget(part)
        column.addWidget(self._layers)
        column.addSpacing(space)
        column.addWidget(heading(tr("Consumption"), 1.0))
        column.addWidget(self._chart)
        column.addStretch(1)

    def _connect(self) -> None:
        self._back.wanted.connect(self.left)
        self.escape_with(self._back.button)
        self._all_wanted.connect(lambda: self.add_wanted.emit(()))
        self._copies.add_wanted.connect(self.add_wanted)
        self._copies.download_wanted.connect(self.download_wanted)
        self._copies.dragged.connect(self._on_dragged)
        clipboard = UrlClipboard(self._jobs, self._message)
        self._copies.url_wanted.connect(lambda layer, has: clipboard.copy_url(self._page, layer, with_hash=has))
        self._copies.command_wanted.connect(lambda layer, has: clipboard.copy_command(self._page, layer, with_hash=has))
        self._copies.gdal_wanted.connect(lambda layer, has: clipboard.copy_gdal(self._page, layer, with_hash=has))

    def _on_dragged(self, services: tuple[ServedLayer, ...]) -> None:
        if self._page is not None:
            layer_drag.drag(self._copies, dragged_layers.dragged(self._page.details.key.id, services, self._titles))

    def _show_notices(self, page: KeyPage, synchronisation: Synchronisation, now: datetime) -> None:
        self._notices.clear()
        is_known = not page.is_outline or bool(page.accesses)
        found = _notices(page, synchronisation, now) if is_known else []
        # The newest stands before others that are as grave.
        for place, (level, text, name) in reversed(list(enumerate(found))):
            actions = (self._mend(name),) if name and not page.is_outline else ()
            self._notices.post(f"keyFact{place}", level, text, actions)

    def _mend(self, name: str) -> Action:
        """Return the button of a notice, by its object name."""
        label, signal = {
            "removeExpiredButton": (tr("Remove from the key…"), self.removal_wanted),
            "seePermissionButton": (tr("See the permission…"), self.permission_wanted),
            "addNewButton": (tr("Add to the key…"), self.addition_wanted),
            "chooseServicesButton": (tr("Choose services…"), self.edit_wanted),
            "connectNoticeButton": (tr("Connect to QGIS"), self.connect_wanted),
        }[name]
        return Action(name, label, signal.emit)

    def _show_reading(self, *, is_under_way: bool) -> None:
        """Show that more is being read; what can be done with the key can be done with all that is known of it."""
        self._reading.setVisible(is_under_way)
        for button in self._buttons_of_acts.values():
            button.setEnabled(self._is_online and not is_under_way)
        for part in (self._copies, self._chart):
            part.setVisible(not is_under_way)
        # The buttons were disabled when the page came to the front.
        if not is_under_way and self.window().focusWidget() is self._back.button:
            self.take_focus()

    def _show_buttons(self, page: KeyPage) -> None:
        kind = page.details.key.type
        for name in ("addKeyToMapButton", "testKeyButton", "connectKeyButton", "shareKeyButton"):
            self._buttons_of_acts[name].setVisible(kind in CONNECTABLE)
        self._buttons_of_acts["rotateKeyButton"].setVisible(kind in ROTATABLE)
        _name(self._buttons_of_acts["rotateKeyButton"], rotation_words.button(kind))
        _name_connect(self._buttons_of_acts["connectKeyButton"], is_connected=page.held.is_connected)

    def _show_named(self, page: KeyPage) -> None:
        """Show what has names of services in it."""
        has_hash = page.details.hash is not None
        self._copies.show_services(page.served, page.unserved, page.elsewhere, self._titles, has_hash=has_hash)
        self._show_accesses(page)

    def _show_accesses(self, page: KeyPage) -> None:
        _empty(self._accesses)
        for title, layers, has_ended in accesses_in_words(page.accesses, self._now, self._titles):
            box = QWidget()
            column = QVBoxLayout(box)
            column.setContentsMargins(0, 0, 0, 0)
            column.setSpacing(0)
            column.addWidget(TonedLabel(title, theme.Level.ERROR) if has_ended else WrappedLabel(title))
            column.addWidget(TonedLabel(layers))
            self._accesses.addWidget(box)
        if not page.accesses:
            self._accesses.addWidget(TonedLabel(tr("Reading…") if page.is_outline else tr("The key opens no service.")))

    def _show_others(self, page: KeyPage) -> None:
        held, lines = page.held, []
        if held.other_connections:
            names = ", ".join(connection.name for connection in held.other_connections)
            lines.append(tr("Other connections that carry the key: {names}").format(names=names))
        if held.layer_names:
            lines.append(tr("Layers of the open project: {names}").format(names=", ".join(held.layer_names)))
        self._layers.setText("\n".join(lines))
        self._layers.setVisible(bool(lines))


def _name(button: QToolButton, words: str) -> None:
    button.setText(words)
    button.setAccessibleName(words.replace("&", ""))


def _name_connect(button: QToolButton, *, is_connected: bool) -> None:
    _name(button, tr("Reconnect to &QGIS") if is_connected else tr("Connect to &QGIS"))
    hint = tr("Write the connections of the key into QGIS again, and add its layers to the map.")
    button.setToolTip(hint if is_connected else "")


def _notices(page: KeyPage, synchronisation: Synchronisation, now: datetime) -> list[tuple[theme.Level, str, str]]:
    """Return what calls for attention: level, words, and the object name of the button that mends it, or nothing."""
    row = KeyOverview(page.details.key, page.accesses)
    found = [
        (
            level_of(attention),
            attention_in_a_sentence(attention, row, now),
            _MENDS.get(attention, "seePermissionButton"),
        )
        for attention in attentions(row, now)
    ]
    if synchronisation.new:
        text = tr("The permissions of this key could also open {services}.")
        services = value_words.services(len(synchronisation.new))
        found.append((theme.Level.INFO, text.format(services=services), "addNewButton"))
    if page.details.key.type not in CONNECTABLE:
        found.append((theme.Level.INFO, tr("QGIS cannot use a key of this type. It can be changed and deleted."), ""))
    elif not page.held.is_connected:
        found.append((theme.Level.INFO, tr("This key is not connected to this QGIS."), "connectNoticeButton"))
    return found


def _empty(column: QVBoxLayout) -> None:
    while column.count():
        (widget := column.takeAt(0).widget()).hide()
        widget.deleteLater()
