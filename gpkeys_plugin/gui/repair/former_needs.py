"""Which layers drew nothing when the project was last looked at: those that draw since are told of."""

from __future__ import annotations

from typing import Collection, Iterable

from ...jobs.repair.repair_values import LayerFound
from .layer_groups import is_dark


class FormerNeeds:
    """Layers come good without this page's help, too: a key is created or connected, an algorithm runs."""

    def __init__(self) -> None:
        self._dark: dict[str, LayerFound] = {}

    def come_good(self, layers: Iterable[LayerFound], keys_read: Collection[str]) -> int:
        """Return how many layers have got what they need since the last look.

        `keys_read` are the ids of keys of which it is known what they open: what a layer lacked of another may still be
        lacking.
        """
        former, self._dark, count = self._dark, {}, 0
        for layer in layers:
            before = former.get(layer.layer_id)
            if is_dark(layer):
                self._dark[layer.layer_id] = layer
            elif before is not None and _is_sure(before, layer, keys_read):
                count += 1
            elif before is not None:
                self._dark[layer.layer_id] = before
        return count

    def forget(self) -> None:
        """Forget them: what comes next is told elsewhere, or is another account's."""
        self._dark = {}


def _is_sure(before: LayerFound, now: LayerFound, keys_read: Collection[str]) -> bool:
    has_opened = now.is_valid and not before.is_valid
    return has_opened or now.need.key_id != before.need.key_id or now.need.key_id in keys_read
