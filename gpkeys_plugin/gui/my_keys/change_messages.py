"""What is told of a key that was changed, is as it was again, or was deleted, with what one may want next."""

from __future__ import annotations

from typing import Callable

from ...entrepot.models import Key
from ...jobs.running.translate import tr
from ...jobs.values import Deleted, Edited
from ...keys.upkeep.overview import CONNECTABLE
from ..notices.message_area import Messages
from ..notices.notice import Action

_EDITED, _DELETED = "edited", "deleted"


class ChangeMessages:
    """`on_new_layers_wanted` is to add to the map the layers of the offerings that a key opens since.

    `on_repair_wanted` is to show how these layers of the open project get another key.
    """

    def __init__(
        self,
        messages: Messages,
        on_new_layers_wanted: Callable[[Key, frozenset[str]], None],
        on_repair_wanted: Callable[[tuple[str, ...]], None],
    ) -> None:
        self._messages = messages
        self._on_new_layers_wanted, self._on_repair_wanted = on_new_layers_wanted, on_repair_wanted

    def show_edited(self, edited: Edited, added: frozenset[str] = frozenset()) -> None:
        """Say that a key was changed, and offer the layers of what was `added` to it."""
        key = edited.details.key
        text = tr("The key “{name}” was changed.").format(name=key.name)
        words = tr("Add the new layers to the map")
        offer = Action("addNewLayersButton", words, lambda: self._want_layers(key, added))
        offers = [offer] if added and key.type in CONNECTABLE else []
        self._messages.post_outcome(_EDITED, text, edited.warnings, offers)

    def show_undone(self, edited: Edited) -> None:
        """Say that a key is as it was before a change."""
        text = tr("Undone: the key “{name}” is as it was.").format(name=edited.details.key.name)
        self._messages.post_outcome(_EDITED, text, edited.warnings)

    def show_deleted(self, deleted: Deleted) -> None:
        """Say that a key was deleted, and offer to mend the layers that drew through it."""
        offer = Action("repairDarkLayersButton", tr("Repair"), lambda: self._want_repair(deleted.dark_layer_ids))
        offers = [offer] if deleted.dark_layer_ids else []
        self._messages.post_outcome(_DELETED, _deleted_in_words(deleted), deleted.warnings, offers)

    def _want_layers(self, key: Key, added: frozenset[str]) -> None:
        self._messages.withdraw(_EDITED)
        self._on_new_layers_wanted(key, added)

    def _want_repair(self, layer_ids: tuple[str, ...]) -> None:
        self._messages.withdraw(_DELETED)
        self._on_repair_wanted(layer_ids)


def _deleted_in_words(deleted: Deleted) -> str:
    text = tr("The key “{name}” is deleted.").format(name=deleted.key_name)
    if not deleted.layer_names:
        return text
    names = ", ".join(deleted.layer_names)
    return "\n".join((text, tr("Removed from the open project: {names}. Save it to keep that.").format(names=names)))
