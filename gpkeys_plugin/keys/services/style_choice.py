"""Which of a producer's styles is drawn first, and what each is called."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from typing import Iterable, Sequence
from urllib.parse import unquote, urlsplit

from .layer_recipes import StyleLink
from .search_folding import folded
from .style_addresses import is_public

# What producers call the style they mean for everybody, in the order of how plainly they say so.
_USUAL = ("standard", "default", "defaut", "classique", "normal")
_WORD = re.compile(r"[a-z0-9]+")


def by_preference(links: Iterable[StyleLink], layer_name: str) -> tuple[StyleLink, ...]:
    """Return the styles under different names: the producer's usual one first, the others in their own order.

    The usual one is that with such a word as name, else with the name of the layer, else with such a word in its name
    (`plan_ign_standard`), else the first.
    """
    named = _told_apart(tuple({link.url: link for link in links}.values()))
    return tuple(sorted(named, key=lambda link: _rank(link.name, layer_name)))


def public_style(links: Iterable[StyleLink], layer_name: str, tiles_url: str) -> str:
    """Return the address of the style that QGIS may draw the tiles in by itself, empty where that wants a key."""
    first = by_preference(links, layer_name)[:1]
    return next((link.url for link in first if is_public(link.url, tiles_url)), "")


def _rank(name: str, layer_name: str) -> tuple[int, int]:
    words = _words(name)
    usual = [_USUAL.index(word) for word in words if word in _USUAL]
    if usual and len(words) == 1:
        return 0, usual[0]
    own, layer = "".join(words), "".join(_words(layer_name))
    if own and (layer.startswith(own) or layer.endswith(own)):
        return 1, 0
    return (2, min(usual)) if usual else (3, 0)


def _words(name: str) -> list[str]:
    return _WORD.findall(folded(name))


def _told_apart(links: Sequence[StyleLink]) -> tuple[StyleLink, ...]:
    """Return the styles with their folder in front of a name that several have (`gris/style.json`)."""
    shared = _shared(links)
    with_folder = [replace(link, name=_with_folder(link)) if link.name in shared else link for link in links]
    shared = _shared(with_folder)
    return tuple(
        replace(link, name=f"{link.name} ({number})") if link.name in shared else link
        for number, link in enumerate(with_folder, start=1)
    )


def _shared(links: Sequence[StyleLink]) -> set[str]:
    return {name for name, count in Counter(link.name for link in links).items() if count > 1}


def _with_folder(link: StyleLink) -> str:
    folders = urlsplit(link.url).path.split("/")[:-1]
    return f"{unquote(folders[-1])} {link.name}" if folders and folders[-1] else link.name
