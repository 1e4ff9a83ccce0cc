"""The permissions of the account: what each opens, until when, and which keys use it."""

from __future__ import annotations

from datetime import datetime
from typing import Callable, Iterable, Sequence
from urllib.parse import quote

from qgis.PyQt.QtCore import QPoint, Qt, QUrl, pyqtSignal
from qgis.PyQt.QtGui import QDesktopServices
from qgis.PyQt.QtWidgets import QApplication, QComboBox, QHBoxLayout, QLineEdit, QListView, QMenu, QWidget

from ...entrepot.models import Account
from ...jobs.running.translate import show, tr
from ...jobs.window import window_memory
from ...keys.services.catalogue import is_expired
from ...keys.services.titles import NO_TITLES, TitleBook
from ...keys.upkeep import permission_letter
from ...keys.upkeep.holdings import Holdings
from ...keys.upkeep.overview import KeyOverview
from ..key_form import draft_check
from ..parts import theme, value_words
from ..parts.flow_layout import FlowLayout
from ..parts.labels import FieldMessage, WrappedLabel, heading
from ..parts.page import Page, push_button
from ..parts.row_delegate import PermissionsDelegate
from ..parts.value_words import number, offerings_in_words
from .permissions_model import PERMISSION_ROLE, HeldPermission, PermissionsModel

_CURRENT, _EXPIRED = "current", "expired"
# A list of so many shows all of them, and the page scrolls; a longer one scrolls by itself.
_MOST_SHOWN_WHOLE = 6


class PermissionsPage(Page):
    """A list, and below it all about the permission that is selected; `new_key_wanted` carries that."""

    help_page = "permissions"
    new_key_wanted = pyqtSignal(object)

    def __init__(self, data_url: Callable[[], str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._data_url = data_url
        self._account: Account | None = None
        self._permissions: tuple[HeldPermission, ...] = ()
        self._shown: list[HeldPermission] = []
        self._titles = NO_TITLES
        self._now = draft_check.now()
        self._which = QComboBox()
        self._which.setObjectName("permissionsCombo")
        self._search = QLineEdit()
        self._search.setObjectName("permissionsSearch")
        self._model = PermissionsModel(self)
        self._view = QListView()
        self._title = heading("", 1.0)
        self._title.setObjectName("permissionTitle")
        self._words = WrappedLabel()
        self._words.setObjectName("permissionWords")
        self._message = FieldMessage()
        self._message.setObjectName("permissionMessage")
        self._is_online = True
        self._find = push_button("findDataButton", tr("Catalo&gue"))
        self._copy = push_button("copyLetterButton", tr("Cop&y the request"))
        self._write = self.add_button("writeLetterButton", tr("As&k for an extension"))
        self._make = self.add_button("keyFromPermissionButton", tr("Cre&ate a key"), is_main=True)
        self._build()
        self._connect()

    def show_holdings(self, holdings: Holdings, rows: Sequence[KeyOverview], now: datetime) -> None:
        """Show the permissions of an account, and the keys that use them as far as they were read."""
        self._account, self._now, self._titles = holdings.account, now, holdings.titles
        users, are_keys_known = keys_by_permission(rows), all(row.accesses is not None for row in rows)
        self._permissions = tuple(
            HeldPermission(permission, tuple(users.get(permission.id, ())), are_keys_known=are_keys_known)
            for permission in holdings.permissions
        )
        self._offer()
        self._show()

    def show_titles(self, titles: TitleBook) -> None:
        """Show what people call the services; the list stays as it is unless the search finds others now."""
        self._titles = titles
        if self._search.text() and self._found() != self._shown:
            self._show()
        else:
            self._show_chosen()

    def select(self, permission_id: str) -> None:
        """Show all about a permission; nothing happens where the account has no such permission."""
        held = next((one for one in self._permissions if one.permission.id == permission_id), None)
        if held is None:
            return
        self._search.clear()
        self._which.setCurrentIndex(self._which.findData(_EXPIRED if self._has_ended(held) else _CURRENT))
        self._view.setCurrentIndex(self._model.place_of(held))
        self._view.scrollTo(self._view.currentIndex())

    def set_online(self, is_online: bool) -> None:
        """Offer to make keys, or not while nobody is signed in."""
        self._is_online = is_online
        self._show_chosen()

    def menu(self) -> QMenu:
        """Return the menu of the permission that is selected."""
        menu = QMenu(self._view)
        menu.setObjectName("permissionMenu")
        menu.aboutToHide.connect(menu.deleteLater)
        for words, button in (
            (tr("Create a key with it"), self._make),
            (tr("Open the catalogue on the web"), self._find),
            (tr("Copy the request for an extension"), self._copy),
            (tr("Ask for an extension"), self._write),
        ):
            menu.addAction(words, button.click).setEnabled(button.isEnabled())
        return menu

    def clear(self) -> None:
        """Forget the account."""
        self._account, self._permissions = None, ()
        self._search.clear()
        self._model.show_permissions((), self._now)
        self._show_chosen()

    def take_focus(self) -> None:
        """Give the keyboard to the permissions."""
        self.reveal(self._view)

    def _build(self) -> None:
        self._search.setPlaceholderText(tr("Search"))
        self._search.setToolTip(tr("Search a service or a licence"))
        self._search.setAccessibleName(tr("Search a service or a licence"))
        self._search.setClearButtonEnabled(True)
        self._which.setAccessibleName(tr("Permissions shown"))
        self._view.setObjectName("permissionsList")
        self._view.setAccessibleName(tr("Permissions"))
        self._view.setUniformItemSizes(True)
        self._view.setAlternatingRowColors(True)
        self._view.setModel(self._model)
        self._view.setItemDelegate(PermissionsDelegate(self._view))
        row = QHBoxLayout()
        row.setSpacing(theme.gap(self))
        row.addWidget(self._search, 1)
        row.addWidget(self._which)
        self.column.addLayout(row)
        self.column.addWidget(self._view, 1)
        for widget in (self._title, self._words, self._message):
            self.column.addWidget(widget)
        buttons = FlowLayout(spacing=theme.gap(self))
        for button in (self._find, self._copy):
            buttons.addWidget(button)
        self.column.addLayout(buttons)

    def _connect(self) -> None:
        self._search.textChanged.connect(self._show)
        self._which.currentIndexChanged.connect(self._on_which)
        self._view.selectionModel().currentChanged.connect(lambda *_: self._show_chosen())
        self._write.clicked.connect(self._on_write)
        self._copy.clicked.connect(self._on_copy)
        self._make.clicked.connect(self._on_make)
        self._view.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self._view.customContextMenuRequested.connect(self._on_menu)
        self._find.clicked.connect(lambda: QDesktopServices.openUrl(QUrl(self._data_url())))

    def _offer(self) -> None:
        ended = sum(1 for held in self._permissions if self._has_ended(held))
        chosen = window_memory.PERMISSIONS_SHOWN.get()
        self._which.blockSignals(True)
        self._which.clear()
        self._which.addItem(tr("Current ({count})").format(count=number(len(self._permissions) - ended)), _CURRENT)
        self._which.addItem(tr("Expired ({count})").format(count=number(ended)), _EXPIRED)
        self._which.setCurrentIndex(max(0, self._which.findData(chosen)))
        self._which.blockSignals(False)

    def _has_ended(self, held: HeldPermission) -> bool:
        return is_expired(held.permission, self._now)

    def _on_which(self) -> None:
        window_memory.PERMISSIONS_SHOWN.set(self._which.currentData())
        self._show()

    def _on_menu(self, place: QPoint) -> None:
        if self._view.indexAt(place).isValid():
            self.menu().popup(self._view.viewport().mapToGlobal(place))

    def _on_make(self) -> None:
        held = self._chosen()
        if held is not None:
            self.new_key_wanted.emit(held.permission)

    def _show(self) -> None:
        chosen = self._chosen()
        self._shown = shown = self._found()
        self._model.show_permissions(shown, self._now)
        ids = [held.permission.id for held in shown]
        place = ids.index(chosen.permission.id) if chosen is not None and chosen.permission.id in ids else 0
        if shown:
            self._view.setCurrentIndex(self._model.index(place, 0))
        rows = max(min(len(shown), _MOST_SHOWN_WHOLE), 2)
        line = max(self._view.sizeHintForRow(0), 3 * self.fontMetrics().height())
        self._view.setMinimumHeight(rows * line + 2 * self._view.frameWidth())
        self._show_chosen()

    def _found(self) -> list[HeldPermission]:
        wants_ended = self._which.currentData() == _EXPIRED
        return [
            held
            for held in self._permissions
            if self._has_ended(held) == wants_ended and held.matches(self._search.text(), self._titles)
        ]

    def _show_chosen(self) -> None:
        held = self._chosen()
        self._message.say("")
        ends = held is not None and held.permission.end_date is not None
        for button in (self._copy, self._write):
            button.setEnabled(ends)
        self._make.setEnabled(held is not None and self._is_online and not self._has_ended(held))
        self._title.setVisible(held is not None)
        if held is None:
            self._words.setText(_why_empty(bool(self._permissions)))
            return
        self._title.setText(held.permission.licence or tr("Permission without a name"))
        self._words.setText(_in_words(held, self._now, self._titles))

    def _chosen(self) -> HeldPermission | None:
        held = self._view.currentIndex().data(PERMISSION_ROLE)
        return held if isinstance(held, HeldPermission) else None

    def _letter(self) -> tuple[str, str]:
        held = self._chosen()
        if held is None or self._account is None:
            return "", ""
        end = held.permission.end_date
        day = value_words.end_date(end) if end is not None else ""
        letter = permission_letter.letter(
            held.permission, self._account, day, has_ended=self._has_ended(held), titles=self._titles
        )
        return show(letter.subject), show(letter.body)

    def _on_write(self) -> None:
        subject, body = self._letter()
        # As RFC 6068 wants the ends of lines.
        url = f"mailto:?subject={quote(subject)}&body={quote(body.replace(chr(10), chr(13) + chr(10)))}"
        if QDesktopServices.openUrl(QUrl(url, QUrl.ParsingMode.StrictMode)):
            words = tr("The platform does not say who granted the permission: address the message to the producer.")
            self._message.say(words, None)
        else:
            self._message.say(tr("No mail program opened: copy the request, and send it to the producer."))

    def _on_copy(self) -> None:
        subject, body = self._letter()
        QApplication.clipboard().setText(f"{subject}\n\n{body}")
        self._message.say(tr("The request was copied."), theme.Level.GOOD)


def keys_by_permission(rows: Iterable[KeyOverview]) -> dict[str, list[str]]:
    """Return the names of the keys by the permissions they use."""
    found: dict[str, list[str]] = {}
    for row in rows:
        for permission_id in {access.permission.id for access in row.accesses or () if access.permission is not None}:
            found.setdefault(permission_id, []).append(row.key.name)
    return found


def _in_words(held: HeldPermission, now: datetime, titles: TitleBook) -> str:
    services = offerings_in_words(held.permission.offerings, titles)
    return "\n".join(filter(None, (held.kind_in_words(now), services, held.use_in_words())))


def _why_empty(has_any: bool) -> str:
    if has_any:
        return tr("Nothing to show here. Clear the search or choose the other list.")
    return tr("Your account has no permission yet: ask the producer of the data for one.")
