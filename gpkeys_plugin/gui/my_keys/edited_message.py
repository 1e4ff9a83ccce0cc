"""What is told of a key that was changed, or is as it was again, with what one may want next."""

from __future__ import annotations

from typing import Callable

from ...entrepot.models import Key
from ...jobs.running.translate import tr
from ...jobs.values import Edited
from ..notices.message_area import Messages
from ..notices.notice import Action
from .key_list_rows import CONNECTABLE

_NAME = "edited"


class EditedMessage:
    """`on_new_layers_wanted` is to add to the map the layers of the offerings that the key opens since."""

    def __init__(self, messages: Messages, on_new_layers_wanted: Callable[[Key, frozenset[str]], None]) -> None:
        self._messages = messages
        self._on_new_layers_wanted = on_new_layers_wanted

    def show(self, edited: Edited, added: frozenset[str] = frozenset()) -> None:
        """Say that a key was changed, and offer the layers of what was `added` to it."""
        key = edited.details.key
        text = tr("The key “{name}” was changed.").format(name=key.name)
        words = tr("Add the new layers to the map")
        offer = Action("addNewLayersButton", words, lambda: self._want_layers(key, added))
        offers = [offer] if added and key.type in CONNECTABLE else []
        self._messages.post_outcome(_NAME, text, edited.warnings, offers)

    def show_undone(self, edited: Edited) -> None:
        """Say that a key is as it was before a change."""
        text = tr("Undone: the key “{name}” is as it was.").format(name=edited.details.key.name)
        self._messages.post_outcome(_NAME, text, edited.warnings)

    def _want_layers(self, key: Key, added: frozenset[str]) -> None:
        self._messages.withdraw(_NAME)
        self._on_new_layers_wanted(key, added)
