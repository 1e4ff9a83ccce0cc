"""What scripts ask of keys, and what they hear. No secret in it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Mapping

from ...keys.draft import HashStorage, PlainFilters


@dataclass(frozen=True)
class KeyOrder:
    """The key a script wants.

    `type` is the API's word. `offerings` are ids and layer names, comma-separated, or `*`. `credentials` is the id of a
    Basic configuration; without it, a BASIC key gets a strong password, and `login` or a user name made from its name.
    `hash_storage` None: as the plugin's options say.
    """

    name: str
    type: str
    offerings: str
    credentials: str = ""
    login: str = ""
    hash_storage: HashStorage | None = None
    filters: PlainFilters = field(default_factory=PlainFilters)
    is_connected: bool = True


@dataclass(frozen=True)
class KeyChange:
    """What a script wants changed in a key: None leaves a property as it is, an empty text or tuple clears a filter.

    `added` and `removed` are ids and layer names of offerings, comma-separated, or `*`.
    """

    name: str | None = None
    added: str = ""
    removed: str = ""
    whitelist: tuple[str, ...] | None = None
    blacklist: tuple[str, ...] | None = None
    user_agent: str | None = None
    referer: str | None = None


@dataclass(frozen=True)
class KeyOutcome:
    """What a script hears of a key.

    `authcfg` is empty where QGIS keeps no configuration for it; `connections` are the names in QGIS's Browser.
    `is_good` says of a test that every service works, `is_changed` of a change that there was something to change.
    """

    key_id: str
    authcfg: str = ""
    connections: tuple[str, ...] = ()
    is_good: bool = True
    is_changed: bool = True
    report: Mapping[str, Any] = field(default_factory=dict)
