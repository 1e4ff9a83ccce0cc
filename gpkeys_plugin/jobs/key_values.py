"""The values of the use cases around keys that exist."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from enum import Enum, auto

from ..entrepot.errors import GpkeysError
from ..entrepot.models import Access, Hits, KeyDetails, KeyType
from ..entrepot.texts import Text
from ..keys.draft import HashStorage
from ..keys.services.endpoints import ServedLayer
from ..keys.services.recipes import WrittenConnection
from ..keys.upkeep.usage import Usage


@dataclass(frozen=True)
class HeldKey:
    """What this QGIS holds for a key: what the plugin wrote for it, and who else uses it here.

    `authcfg` is empty for a hash kept in the connections' URLs; for an OAUTH2 key it is the sign-in's configuration.
    `other_connections` were not written by the plugin but carry the key; `layer_names` are of the open project.
    """

    authcfg: str = ""
    connections: tuple[WrittenConnection, ...] = ()
    other_connections: tuple[WrittenConnection, ...] = ()
    layer_names: tuple[str, ...] = ()
    hash_storage: HashStorage | None = None

    @property
    def is_connected(self) -> bool:
        """Whether the plugin wrote anything for the key."""
        return bool(self.authcfg or self.connections)


@dataclass(frozen=True)
class KeyPage:
    """Everything about one key. `served`: where its offerings are served; `unserved`: accesses that tell no URL.

    `usage` is None where it could not be read, `usage_problem` then says why.
    """

    details: KeyDetails
    accesses: tuple[Access, ...] = ()
    served: tuple[ServedLayer, ...] = ()
    unserved: tuple[Access, ...] = ()
    held: HeldKey = HeldKey()
    usage: Usage | None = None
    usage_problem: GpkeysError | None = None


class Verdict(Enum):
    """How a service of a key does."""

    WORKS = auto()
    KEY_REFUSED = auto()
    FILTERED = auto()
    NOTHING_GRANTED = auto()
    LAYERS_MISSING = auto()
    NOT_SERVED = auto()
    TILE_MISSING = auto()
    REQUEST_REFUSED = auto()
    NOT_AN_ANSWER = auto()
    LIMIT_REACHED = auto()
    SERVICE_DOWN = auto()
    CERTIFICATE = auto()
    PROXY = auto()
    NO_CONNECTION = auto()
    NOT_SET_UP = auto()


@dataclass(frozen=True)
class ServiceVerdict:
    """The verdict on one service of a key: what was seen, and what to do about it.

    `service` is a label (`WMS raster`, `WFS`, `TMS <layer>`), `root` its URL without any secret.
    `missing` are the layers that the key should open and that the service does not list.
    """

    service: str
    root: str
    verdict: Verdict
    text: Text
    advice: Text | None = None
    missing: tuple[str, ...] = ()


@dataclass(frozen=True)
class ConnectRequest:
    """What is needed to write a key made elsewhere into QGIS. `password` for BASIC only."""

    hash_storage: HashStorage = HashStorage.URL
    password: str = field(default="", repr=False)


@dataclass(frozen=True)
class RotationRequest:
    """What a rotation needs to know. `login` and `password` for BASIC only: a login serves once on the platform."""

    login: str = ""
    password: str = field(default="", repr=False)


@dataclass(frozen=True)
class Rotation:
    """A rotation whose new key is in use: the old key still works until it is finished.

    `id` names it in the record of rotations. `unchanged` says, a text each, what could not be swapped over.
    `old_usage` is what the old key served in the past 30 days, None where that is not known.
    """

    id: str
    old_key_id: str
    old_key_name: str
    new_key_id: str
    key_type: KeyType
    connections: tuple[WrittenConnection, ...] = ()
    layer_names: tuple[str, ...] = ()
    authcfg: str = ""
    unchanged: tuple[Text, ...] = ()
    old_usage: Hits | None = None


@dataclass(frozen=True)
class UnfinishedRotationView:
    """A rotation that was begun and neither finished nor undone. `is_swapped`: QGIS uses the new key already."""

    id: str
    key_name: str
    old_key_id: str
    text: Text
    is_swapped: bool = False


@dataclass(frozen=True)
class DeletionOutlook:
    """What will stop working when a key is deleted. `removable_authcfg` is the configuration made for this key only."""

    held: HeldKey = HeldKey()
    removable_authcfg: str = ""
    removable_connections: tuple[WrittenConnection, ...] = ()
    usage: Hits | None = None

    def keeping_all(self) -> DeletionOutlook:
        """Return the same, with nothing to be removed from QGIS."""
        return replace(self, removable_authcfg="", removable_connections=())


@dataclass(frozen=True)
class Deleted:
    """A key that was deleted, and what was removed from QGIS with it. `warnings` say what could not be removed."""

    key_name: str
    connections: tuple[WrittenConnection, ...] = ()
    authcfg: str = ""
    warnings: tuple[Text, ...] = ()


@dataclass(frozen=True)
class Edited:
    """An edit that is done. `warnings` say what QGIS could not follow."""

    details: KeyDetails
    warnings: tuple[Text, ...] = ()


class EditFailed(Exception):
    """An edit that did not end well: the error, and what of it was done and stayed, None for nothing.

    No access that was to be kept is ever lost; asking for the same edit again sends what is missing.
    """

    def __init__(self, error: GpkeysError, stayed: Text | None = None) -> None:
        super().__init__(error.log)
        self.error = error
        self.stayed = stayed
