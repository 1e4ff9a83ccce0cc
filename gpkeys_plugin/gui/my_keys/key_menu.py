"""What can be done with a key from the list, without opening it first."""

from __future__ import annotations

from enum import Enum, auto
from typing import Callable, Collection, Iterable

from qgis.PyQt.QtCore import QObject
from qgis.PyQt.QtWidgets import QAction, QApplication, QMenu

from ...entrepot.models import Key, KeyType
from ...jobs.running.translate import tr
from ...jobs.values import KeyPage
from ...keys.upkeep.overview import CONNECTABLE
from .acts import rotation_words
from .key_list import KeysPage
from .key_list_rows import ROTATABLE
from .key_page import KeyPageView


class KeyAct(Enum):
    """An act of the key page."""

    ADD = auto()
    DOWNLOAD = auto()
    TEST = auto()
    EDIT = auto()
    ROTATE = auto()
    SHARE = auto()
    DELETE = auto()


class ActsFromList(QObject):
    """Opens a key and begins there what was chosen in the list, as soon as the key has been read."""

    def __init__(
        self,
        keys: KeysPage,
        page: KeyPageView,
        open_key: Callable[[Key], None],
        open_on_web: Callable[[], None],
    ) -> None:
        super().__init__(keys)
        self._list, self._page, self._open_key, self._open_on_web = keys, page, open_key, open_on_web
        self._pending: tuple[str, KeyAct, Collection[str]] | None = None
        keys.key_wanted.connect(lambda _key: self.drop())
        keys.add_wanted.connect(lambda key: self.begin(KeyAct.ADD, key))
        keys.menu_wanted.connect(lambda key, place: self.menu(key).popup(place))

    def menu(self, key: Key) -> QMenu:
        """Return the menu of a key."""
        menu = QMenu(self._list)
        menu.setObjectName("keyMenu")
        menu.aboutToHide.connect(menu.deleteLater)
        menu.addAction(tr("&Open the key"), lambda: self._list.key_wanted.emit(key))
        for act, words in _acts(key.type):
            if act is KeyAct.DELETE:
                menu.addSeparator()
            menu.addAction(words, lambda act=act: self.begin(act, key))
        for action in menu.actions():
            action.setEnabled(self._list.is_online())
        menu.addSeparator()
        menu.addAction(tr("Open on the web"), self._open_on_web)
        copy = QAction(tr("Cop&y the name"), menu)
        copy.triggered.connect(lambda: QApplication.clipboard().setText(key.name))
        menu.insertAction(menu.actions()[1], copy)
        return menu

    def begin(self, act: KeyAct, key: Key, offering_ids: Collection[str] = ()) -> None:
        """Open the key, then begin; layers are added of some offerings only where these are told."""
        self._open_key(key)
        self._pending = (key.id, act, offering_ids)

    def go_on(self, page: KeyPage) -> None:
        """Begin what was chosen for the key whose page has come, if anything was."""
        pending, self._pending = self._pending, None
        if pending is not None and pending[0] == page.details.key.id:
            _, act, offering_ids = pending
            services = tuple(layer for layer in page.served if layer.offering_id in offering_ids)
            if act is KeyAct.DOWNLOAD:
                self._page.download_wanted.emit(next((layer.name for layer in services), ""))
            elif act is not KeyAct.ADD:
                _begin(act, self._page)
            elif services or not offering_ids:
                self._page.add_wanted.emit(services)

    def drop(self) -> None:
        """Begin nothing: it was not read, or the user went elsewhere."""
        self._pending = None


def _begin(act: KeyAct, page: KeyPageView) -> None:
    signals = {
        KeyAct.TEST: page.test_wanted,
        KeyAct.EDIT: page.edit_wanted,
        KeyAct.ROTATE: page.rotate_wanted,
        KeyAct.SHARE: page.share_wanted,
        KeyAct.DELETE: page.delete_wanted,
    }
    signals[act].emit()


def _acts(kind: KeyType) -> Iterable[tuple[KeyAct, str]]:
    if kind in CONNECTABLE:
        yield KeyAct.ADD, tr("&Add to the map")
        yield KeyAct.TEST, tr("&Test")
    yield KeyAct.EDIT, tr("&Edit")
    if kind in ROTATABLE:
        yield KeyAct.ROTATE, rotation_words.in_menu(kind)
    if kind in CONNECTABLE:
        yield KeyAct.SHARE, tr("S&hare a project")
    yield KeyAct.DELETE, tr("&Delete")
