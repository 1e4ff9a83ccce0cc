"""What QGIS's search bar finds: the layers and the keys that this QGIS holds."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass, replace
from typing import Callable, Iterator, Mapping, Sequence

from ...entrepot.errors import GpkeysError
from ...jobs.browser import connected_keys
from ...jobs.browser.connected_keys import ConnectedKey, ConnectedService
from ...jobs.running.translate import tr
from ...keys.services.layer_recipes import LayerRecipe
from ...keys.services.search_folding import folded
from ..parts import value_words
from .browser_items import LAYER_ICONS, RASTER_ICON

MOST_FOUND = 50
# QGIS asks every filter at each letter typed without a prefix: what nearly everything holds is not looked for.
_SHORTEST = 3


@dataclass(frozen=True)
class Hit:
    """A layer, or a key with all its layers. `icon` is one of QGIS's; `mark` finds it again, in `layers_of`."""

    title: str
    description: str
    icon: str
    mark: str
    score: float


def search(text: str, *, has_prefix: bool, is_cancelled: Callable[[], bool]) -> Iterator[Hit]:
    """Yield what holds each word, the first fifty; on any thread, and nothing is asked of anybody."""
    words = folded(text).split()
    if not has_prefix and len("".join(words)) < _SHORTEST:
        return
    try:
        keys = connected_keys.connected_keys()
    except GpkeysError:
        return
    for place, hit in enumerate(_hits(keys, words)):
        if place == MOST_FOUND or is_cancelled():
            return
        yield hit


def layers_of(mark: str) -> tuple[str, tuple[LayerRecipe, ...]]:
    """Return the name of the key of what was found, and its layers: none where it is gone. Raises GpkeysError."""
    told = json.loads(mark)
    for key in connected_keys.connected_keys(are_titles_wanted=False):
        if key.key_id == told["key"]:
            return key.name, _marked(key, told) if "layer" in told else key.proposed_layers
    return "", ()


def _hits(keys: Sequence[ConnectedKey], words: Sequence[str]) -> Iterator[Hit]:
    for key in keys:
        if key.layers and _holds(key.name, words):
            kind, count = value_words.key_type(key.type), len(key.proposed_layers)
            text = tr("{type} key, {layers}").format(type=kind, layers=value_words.layers(count))
            yield Hit(key.name, text, "locked.svg", json.dumps({"key": key.key_id}), _score(key.name, words))
        titles = Counter(recipe.title for service in key.services for recipe in _offered(service))
        for service in key.services:
            yield from _layers(key, service, words, titles)


def _offered(service: ConnectedService) -> tuple[LayerRecipe, ...]:
    return connected_keys.proposed(service.layers or ())


def _layers(
    key: ConnectedKey, service: ConnectedService, words: Sequence[str], titles: Mapping[str, int]
) -> Iterator[Hit]:
    for recipe in _offered(service):
        if not _holds(f"{recipe.title} {recipe.name}", words):
            continue
        kind = recipe.connection.kind
        told = {
            "key": key.key_id,
            "kind": kind.value,
            "connection": recipe.connection.name,
            "layer": recipe.name,
            "title": recipe.title,
        }
        where = f"{key.name} – {service.label}"
        # The same data as WMTS and as tiles: two rows that would look alike.
        shown = f"{recipe.title} ({value_words.connection_kind(kind)})" if titles[recipe.title] > 1 else recipe.title
        yield Hit(shown, where, LAYER_ICONS.get(kind, RASTER_ICON), json.dumps(told), _score(recipe.title, words))


def _marked(key: ConnectedKey, told: dict[str, str]) -> tuple[LayerRecipe, ...]:
    wanted = (told["kind"], told["connection"], told["layer"])
    return tuple(
        replace(recipe, title=told["title"])
        for recipe in key.layers
        if (recipe.connection.kind.value, recipe.connection.name, recipe.name) == wanted
    )


def _holds(text: str, words: Sequence[str]) -> bool:
    known = folded(text)
    return all(word in known for word in words)


def _score(title: str, words: Sequence[str]) -> float:
    """Return how well it answers, 0 to 1: what begins with the first word goes before the others."""
    return 1.0 if words and folded(title).startswith(words[0]) else 0.5
