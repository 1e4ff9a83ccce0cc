"""The line in the first step that names a key of the account which opens already what is ticked."""

from __future__ import annotations

import time
from typing import Callable, Iterator

from qgis.PyQt.QtCore import QObject, QTimer
from qgis.PyQt.QtWidgets import QPushButton

from ..jobs.running.translate import counted, tr
from ..keys.upkeep import opening_keys
from ..keys.upkeep.holdings import Holdings
from ..keys.upkeep.opening_keys import OpeningKey
from .key_form import draft_check
from .my_keys.key_menu import KeyAct
from .my_keys.my_keys_view import MyKeysView
from .new_key.wizard import KeyWizard
from .notices.notice import Action, Notice
from .parts import theme

_SETTLED_MS = 200
_TURN_S = 0.01
_ADD, _OPEN = "addOwnKeyLayersButton", "openOwnKeyButton"


class OwnKeyOffer(QObject):
    """Looks each time the ticks settle, by what is known of the keys; where nothing is, they are read, if they are few.

    What is no longer true goes at once.
    """

    def __init__(self, wizard: KeyWizard, my_keys: MyKeysView, holdings: Callable[[], Holdings | None]) -> None:
        super().__init__(wizard)
        self._page, self._my_keys, self._holdings = wizard.services, my_keys, holdings
        self._ticked = self._page.grants()
        self._found: OpeningKey | None = None
        self._steps: Iterator[OpeningKey | None] = iter(())
        self._is_online = True
        actions = (
            Action(_ADD, tr("Add to the map"), self._on_add),
            Action(_OPEN, tr("Open the key"), self._on_open),
        )
        self._notice = Notice(theme.Level.INFO, "", actions)
        self._notice.setObjectName("ownKeyNotice")
        self._notice.hide()
        self._page.insert_above_buttons(self._notice)
        self._settled, self._turn = QTimer(self), QTimer(self)
        for timer, pause_ms, act in ((self._settled, _SETTLED_MS, self._look), (self._turn, 0, self._go_on)):
            timer.setSingleShot(True)
            timer.setInterval(pause_ms)
            timer.timeout.connect(act)
        self._page.changed.connect(self._on_changed)
        for known in (my_keys.rows_changed, my_keys.holdings_changed, wizard.currentChanged):
            known.connect(lambda *_: self._look_soon())

    def set_online(self, is_online: bool) -> None:
        """Tell whether somebody is signed in: without, there is no way to the key."""
        self._is_online = is_online
        self._look_soon()
        if not is_online:
            self._show(None)

    def shut_down(self) -> None:
        """Look no more."""
        self._settled.stop()
        self._turn.stop()

    def _on_changed(self) -> None:
        ticked = self._page.grants()
        if ticked is self._ticked:
            return
        self._ticked = ticked
        if self._found is not None and not (ticked and ticked.offering_ids <= self._found.offering_ids):
            self._show(None)
        elif self._found is not None:
            self._show_words(self._found)
        self._look_soon()

    def _look_soon(self) -> None:
        self._turn.stop()
        self._settled.start()

    def _look(self) -> None:
        holdings = self._holdings()
        if holdings is None or not self._ticked or not self._is_online:
            self._show(None)
            return
        rows = self._my_keys.overviews()
        self._steps = opening_keys.find_in_steps(rows, self._ticked, holdings.permissions, draft_check.now())
        self._go_on()

    def _go_on(self) -> None:
        """Look on for a moment: a key may open a hundred thousand services."""
        until = time.monotonic() + _TURN_S
        for found in self._steps:
            if found is not None:
                self._show(found)
                return
            if time.monotonic() > until:
                self._turn.start()
                return
        self._show(None)
        if self._page.isVisible():
            self._my_keys.read_quietly()

    def _show(self, found: OpeningKey | None) -> None:
        self._found = found
        if found is not None:
            self._show_words(found)
            # One of them: a narrow window has no room for more than a line.
            for name, is_wanted in ((_ADD, found.has_layers), (_OPEN, not found.has_layers)):
                self._notice.findChild(QPushButton, name).setVisible(is_wanted)
        self._notice.setVisible(found is not None)

    def _show_words(self, found: OpeningKey) -> None:
        name = found.key.name or tr("Key without a name")
        words = counted(
            "The key “{name}” opens this service already.",
            "The key “{name}” opens these {count} services already.",
            len(self._ticked),
            name=name,
        )
        self._notice.set_text(words)

    def _on_add(self) -> None:
        if self._found is not None:
            self._my_keys.begin_in_front(KeyAct.ADD, self._found.key, frozenset(self._ticked.offering_ids))

    def _on_open(self) -> None:
        if self._found is not None:
            self._my_keys.bring_up_key(self._found.key)
