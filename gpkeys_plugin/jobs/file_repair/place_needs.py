"""Which values of a file need a key, and why; and what mends them."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime
from typing import Iterable, Sequence

from ...keys.layer_needs import remedies
from ...keys.layer_needs.hash_in_text import carries
from ...keys.layer_needs.loose_texts import hosts_named, mentions_old_geoportail, sources_in
from ...keys.layer_needs.needs import Cause, LayerNeed, need_of
from ...keys.layer_needs.platform_hosts import OLD_HOSTS, Platform
from ...keys.layer_needs.remedies import OpenedBy, Remedy
from ...keys.layer_needs.rights import AccountRights, KeyRights, asked_for, key_rights
from ...keys.layer_needs.sources import LayerSource, read_source
from ...store.project_files.places import FoundSource
from ...store.project_files.telltale_words import Marks
from .file_values import FileFound, PlaceFound
from .profile_and_account import Knowledge

_CONFIGURATION = "authcfg="


def marks_of(knowledge: Knowledge) -> Marks:
    """Return the words that a file is looked through for."""
    host = knowledge.platform.host.partition(":")[0]
    return Marks.of([host, *OLD_HOSTS, *knowledge.known.shared_hashes, _CONFIGURATION])


def judged(found: FoundSource, knowledge: Knowledge) -> PlaceFound | None:
    """Return why a value needs a key; None for one that needs none, or that does not concern the platform."""
    if found.provider:
        source = read_source(found.provider, found.source, knowledge.platform)
        place = None if source is None else _place(found, _need(source, knowledge))
    else:
        place = _loose(found, knowledge)
    return None if place is None or place.cause is Cause.NONE else place


def strangers_of(found: Iterable[FoundSource], platform: Platform) -> frozenset[str]:
    """Return the configurations that values send to other servers than the platform's.

    QGIS sends what a configuration holds to whatever address stands beside it, a database's too.
    """
    own = {platform.host}
    return frozenset(
        word
        for one in found
        if _CONFIGURATION in one.source and not hosts_named(one.source) <= own
        for word in _configurations(one.source)
    )


def with_remedies(files: Sequence[FileFound], account: AccountRights | None, now: datetime) -> tuple[FileFound, ...]:
    """Return the files with what mends each of their places; as they are where nobody is signed in."""
    if account is None:
        return tuple(files)
    needs = [LayerNeed(one.asked, one.cause, one.key_id) for file in files for one in file.places if one.asked]
    found = iter(remedies.remedies(needs, account, now))
    rights = key_rights(account.keys, now)
    return tuple(
        replace(
            file,
            places=tuple(
                replace(one, remedy=_remedy(one.asked, next(found), rights)) if one.asked else one
                for one in file.places
            ),
        )
        for file in files
    )


def opens(rights: KeyRights, asked: LayerSource) -> bool:
    """Return whether a key opens what is asked for; of a whole service, whether it opens anything there."""
    return _services(rights, asked) > 0 if not asked.layer_names else rights.end(asked_for(asked)) is not None


def _remedy(asked: LayerSource, remedy: Remedy, rights: Sequence[KeyRights]) -> Remedy:
    """Return what mends a place; one that asks for a whole service, the key that opens most of it."""
    if asked.layer_names or asked.is_geoportail:
        return remedy
    best = max(rights, key=lambda one: _services(one, asked), default=None)
    return remedy if best is None or not _services(best, asked) else OpenedBy(best.row.key)


def _services(rights: KeyRights, asked: LayerSource) -> int:
    return sum(1 for endpoint, _ in rights.ends if endpoint == asked.endpoint)


def _place(found: FoundSource, need: LayerNeed) -> PlaceFound:
    return PlaceFound(found.place, found.provider, found.source, need.cause, need.source, need.key_id, need.source.hash)


def _need(source: LayerSource, knowledge: Knowledge) -> LayerNeed:
    """Return why a source needs a key: also where it has one of the account's that does not open it any more."""
    need = need_of(source, knowledge.known)
    rights = knowledge.rights.get(need.key_id) if need.cause is Cause.NONE and source.is_private else None
    has_ended = rights is not None and bool(source.layer_names) and rights.end(asked_for(source)) is None
    return LayerNeed(source, Cause.ENDED_KEY, need.key_id) if has_ended else need


def _loose(found: FoundSource, knowledge: Knowledge) -> PlaceFound | None:
    """Judge a text that is no source: by the hashes in its addresses, since nothing else in it could be mended."""
    known = knowledge.known
    asked = (source for source in sources_in(found.source, knowledge.platform) if source.hash or source.is_geoportail)
    needs = [_need(source, knowledge) for source in asked]
    worst = min(needs, key=lambda need: list(Cause).index(need.cause), default=None)
    if worst is not None:
        return _place(found, worst)
    if mentions_old_geoportail(found.source):
        return PlaceFound(found.place, "", found.source, Cause.OLD_GEOPORTAIL)
    dead = next(
        (word for word in known.shared_hashes if re.search(rf"(?<!\w){re.escape(word)}(?!\w)", found.source)), None
    )
    return None if dead is None else PlaceFound(found.place, "", found.source, Cause.DEAD_SHARED_HASH, hash=dead)


def _configurations(source: str) -> Iterable[str]:
    for piece in source.split(_CONFIGURATION)[1:]:
        word = piece.lstrip("'\"")[:7]
        if carries(source, authcfgs=[word]):
            yield word
