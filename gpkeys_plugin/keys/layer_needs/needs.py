"""Why a layer does not draw, or may not draw for others: from what its source carries and what is known here."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum
from typing import Collection, Mapping

from .sources import CarrierKind, LayerSource


class Cause(Enum):
    """Why a layer needs a key, the surest first; NONE: it has ours and works as far as can be said."""

    OLD_GEOPORTAIL = "old-geoportail"
    DEAD_SHARED_HASH = "dead-shared-hash"
    UNKNOWN_CONFIGURATION = "unknown-configuration"
    ENDED_KEY = "ended-key"
    FOREIGN_HASH = "foreign-hash"
    FOREIGN_CONFIGURATION = "foreign-configuration"
    LOGIN_IN_URL = "login-in-url"
    NO_CREDENTIAL = "no-credential"
    NONE = "none"


SAFE_CAUSES = frozenset({Cause.DEAD_SHARED_HASH, Cause.UNKNOWN_CONFIGURATION, Cause.ENDED_KEY})
"""The causes under which a layer is dark for sure: what is put in its place can't make it worse."""
_ORDER = {cause: place for place, cause in enumerate(Cause)}


@dataclass(frozen=True)
class Known:
    """What is known in this profile, without any request.

    `hashes` are those of our keys and `configurations` those that hold one (`authcfg`), each with its key's id;
    `profile_configurations` are all that the profile has. `ended_keys` are the ids of keys that open nothing any more.
    """

    hashes: Mapping[str, str] = field(default_factory=dict, repr=False)
    configurations: Mapping[str, str] = field(default_factory=dict)
    profile_configurations: Collection[str] = frozenset()
    shared_hashes: Collection[str] = frozenset()
    ended_keys: Collection[str] = frozenset()


@dataclass(frozen=True)
class LayerNeed:
    """What a layer needs. `key_id` is the key of ours that its source carries, empty where it carries none."""

    source: LayerSource
    cause: Cause
    key_id: str = ""


def need_of(source: LayerSource, known: Known) -> LayerNeed:
    """Return why a layer needs a key. Of several things that it carries, the one that surely fails counts."""
    if source.is_geoportail:
        return LayerNeed(source, Cause.OLD_GEOPORTAIL)
    if not source.is_private:
        return LayerNeed(source, Cause.NONE)
    found = _findings(source, known)
    return LayerNeed(source, *(found[0] if len(found) == 1 else min(found, key=_order)))


def _order(finding: tuple[Cause, str]) -> int:
    return _ORDER[finding[0]]


def _findings(source: LayerSource, known: Known) -> list[tuple[Cause, str]]:
    found = []
    if source.hash is not None:
        found.append(_of_hash(source.hash, known))
    if source.configuration_id:
        found.append(_of_configuration(source.configuration_id, known))
    has_login = source.carrier is CarrierKind.LOGIN_IN_URL
    return found or [(Cause.LOGIN_IN_URL if has_login else Cause.NO_CREDENTIAL, "")]


def _of_hash(value: str, known: Known) -> tuple[Cause, str]:
    key_id = known.hashes.get(value)
    if key_id is not None:
        return _of_own_key(key_id, known)
    return (Cause.DEAD_SHARED_HASH if value in known.shared_hashes else Cause.FOREIGN_HASH), ""


def _of_configuration(authcfg: str, known: Known) -> tuple[Cause, str]:
    if authcfg not in known.profile_configurations:
        return Cause.UNKNOWN_CONFIGURATION, ""
    key_id = known.configurations.get(authcfg)
    return (Cause.FOREIGN_CONFIGURATION, "") if key_id is None else _of_own_key(key_id, known)


def _of_own_key(key_id: str, known: Known) -> tuple[Cause, str]:
    return (Cause.ENDED_KEY if key_id in known.ended_keys else Cause.NONE), key_id
