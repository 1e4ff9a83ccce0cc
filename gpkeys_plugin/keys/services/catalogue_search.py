"""What of a catalogue a search finds."""

from __future__ import annotations

from typing import Collection, Iterator, Mapping, Sequence

from ...entrepot.models import OfferingType, Permission
from .catalogue import Catalogue, Choice, Group
from .search_folding import folded
from .titles import NO_TITLES, TitleBook

TypeWords = Mapping[OfferingType, str]
"""What people call the types of service, folded (`search_folding`)."""

_TypedWords = Mapping[str, Collection[OfferingType]]


def search(catalogue: Catalogue, text: str, titles: TitleBook = NO_TITLES, types: TypeWords | None = None) -> Catalogue:
    """Return what of the catalogue holds every word of `text` in title, layer name, licence or type."""
    found = catalogue
    for step in search_in_steps(catalogue, text, titles, types):
        found = step or found
    return found


def search_in_steps(
    catalogue: Catalogue, text: str, titles: TitleBook = NO_TITLES, types: TypeWords | None = None
) -> Iterator[Catalogue | None]:
    """Search as `search` does, a group a step: yield None after each, and in the end what was found."""
    words = folded(text).split()
    if not words:
        yield catalogue
        return
    # A word of a type's name stands for all of that type.
    typed = {word: {kind for kind, name in (types or {}).items() if word in name} for word in words}
    current: list[Group] = []
    expired: list[Group] = []
    for groups, found in ((catalogue.groups, current), (catalogue.expired, expired)):
        for group in groups:
            found.extend(_matching(group, typed, titles.folded_titles))
            yield None
    yield Catalogue(tuple(current), tuple(expired))


def _matching(group: Group, words: _TypedWords, titles: Mapping[str, str]) -> tuple[Group, ...]:
    """Return the group as far as it holds all words, nothing where none of it does."""
    left = {word: kinds for word, kinds in words.items() if word not in group.folded_licence}
    if not left:
        return (group,)
    held = _holding(group, left, titles)
    if not any(held):
        return ()
    return (group,) if all(held) else (group.only(held),)


def _holding(group: Group, words: _TypedWords, titles: Mapping[str, str]) -> list[bool]:
    """Say of each row whether it holds all words, in its text, its title or the licence of another permission."""
    # Nothing is made for a row here, not even a tuple: a hundred thousand are looked through at each key stroke.
    held, find, rows = [True] * len(group), titles.get, group.rows
    for word, kinds in words.items():
        columns = zip(held, rows.search_texts, rows.uncased_names)
        found = [was and (word in text or word in find(name, "")) for was, text, name in columns]
        if kinds:
            columns_of_types = zip(held, found, rows.offerings)
            found = [is_found or (was and one.type in kinds) for was, is_found, one in columns_of_types]
        if group.marked:
            found = _with_other_licences(group, word, held, found)
        held = found
    return held


def _with_other_licences(group: Group, word: str, before: Sequence[bool], found: Sequence[bool]) -> list[bool]:
    others = {id_ for id_, choice in group.marked.items() if word in _other_licences(choice, group.permission)}
    rows = zip(before, found, group.rows.offerings)
    return [is_found or (was and offering.id in others) for was, is_found, offering in rows]


def _other_licences(choice: Choice, home: Permission) -> str:
    others = (permission for permission in (choice.permission, *choice.alternatives) if permission is not home)
    return " ".join(folded(permission.licence) for permission in others)
