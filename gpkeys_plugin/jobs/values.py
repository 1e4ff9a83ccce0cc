"""The values the use cases take and give back."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from enum import Enum, auto

from ..entrepot.errors import Conflict, GpkeysError, as_gpkeys_error
from ..entrepot.models import Access, Hits, Key, KeyDetails
from ..entrepot.translatable_text import Text
from ..keys.draft import HashStorage
from ..keys.rules.draft_rules import Field
from ..keys.services.connection_plans import Extent, ServedLayer
from ..keys.services.layer_recipes import LayerRecipe, WrittenConnection
from ..keys.upkeep.usage import Usage


@dataclass(frozen=True)
class CreatedKey:
    """A finished creation: the key, and what QGIS now holds for it.

    `authcfg` is empty for a hash kept in the connections' URLs. `warnings` say what could not be done
    (a service that gave no capabilities yet, a connection of another origin that kept its name).
    """

    key: Key
    authcfg: str = ""
    connections: tuple[WrittenConnection, ...] = ()
    layers: tuple[LayerRecipe, ...] = ()
    other_layers: tuple[ServedLayer, ...] = ()
    warnings: tuple[Text, ...] = ()
    hash: str | None = field(default=None, repr=False)


@dataclass(frozen=True)
class AddedLayers:
    """What became of layers that were to be added: how many were, how many were on the map already, what went wrong.

    `extent` is where those on the map lie, None where nothing tells it. `is_first` says that the project had no layer
    before, `is_out_of_sight` that the map looks elsewhere.
    """

    added: int = 0
    there: int = 0
    problems: tuple[Text, ...] = ()
    extent: Extent | None = None
    is_first: bool = False
    is_out_of_sight: bool = False


@dataclass(frozen=True)
class CreationRemainder:
    """A creation that stopped half-way and could not be taken back: what is left, to finish or to undo.

    `id` is that of its record. `can_finish` is False where the secret is lost with the session that made it (a BASIC
    password that was not kept).
    """

    id: str
    key_name: str
    text: Text
    can_finish: bool = True


@dataclass(frozen=True)
class ChangeRemainder:
    """A change of a key that stopped half-way, to be finished or undone (a deletion: or left). `id`: of its record."""

    id: str
    key_name: str
    text: Text
    is_deletion: bool = False


@dataclass(frozen=True)
class HeldKey:
    """What this QGIS holds for a key: what the plugin wrote for it, and who else uses it here.

    `authcfg` is empty for a hash kept in the connections' URLs; for an OAUTH2 key it is the sign-in's configuration.
    `borrowed_authcfgs` hold it under ids that projects from elsewhere name. `other_connections` were not written by the
    plugin but carry the key; `layer_names` and `layer_ids` are of the open project.
    """

    authcfg: str = ""
    connections: tuple[WrittenConnection, ...] = ()
    other_connections: tuple[WrittenConnection, ...] = ()
    layer_names: tuple[str, ...] = ()
    layer_ids: tuple[str, ...] = ()
    hash_storage: HashStorage | None = None
    borrowed_authcfgs: tuple[str, ...] = ()

    @property
    def is_connected(self) -> bool:
        """Whether the plugin wrote anything for the key."""
        return bool(self.authcfg or self.connections)


@dataclass(frozen=True)
class KeyPage:
    """Everything about one key. `served`: where its offerings are served; `unserved`: accesses that tell no URL.

    `elsewhere` are said to be served on other servers than the platform's: nothing is asked of them.
    `usage` is None where it could not be read, `usage_problem` then says why. Of an outline, only what the list of keys
    knows is there: its key, its accesses as far as they are read, and what the plugin wrote for it.
    """

    details: KeyDetails
    accesses: tuple[Access, ...] = ()
    served: tuple[ServedLayer, ...] = ()
    unserved: tuple[Access, ...] = ()
    elsewhere: tuple[ServedLayer, ...] = ()
    held: HeldKey = HeldKey()
    usage: Usage | None = None
    usage_problem: GpkeysError | None = None
    is_outline: bool = False


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
    ELSEWHERE = auto()


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
class ConfigurationRequest:
    """Which id a key of one's own is to be held under. `password` for BASIC, where QGIS does not know it yet."""

    authcfg: str
    password: str = field(default="", repr=False)


@dataclass(frozen=True)
class BorrowedConfiguration:
    """A configuration that holds a key under the id that a project names; `layer_names` are those of the open one."""

    key: Key
    authcfg: str
    layer_names: tuple[str, ...] = ()


@dataclass(frozen=True)
class RotationRequest:
    """What a rotation needs to know. `login` and `password` for BASIC only: a login serves once on the platform."""

    login: str = ""
    password: str = field(default="", repr=False)


@dataclass(frozen=True)
class Rotation:
    """A rotation whose new key is in use: the old key still works until it is finished.

    `id` names it in the record of rotations; `new_key` has another name until then. `authcfg` and `borrowed_authcfgs`
    hold the new key. `unchanged` says, a text each, what could not be swapped over. `old_usage` is what the old key
    served in the past 30 days, None where that is not known.
    """

    id: str
    old_key_id: str
    old_key_name: str
    new_key: Key
    connections: tuple[WrittenConnection, ...] = ()
    layer_names: tuple[str, ...] = ()
    authcfg: str = ""
    borrowed_authcfgs: tuple[str, ...] = ()
    unchanged: tuple[Text, ...] = ()
    old_usage: Hits | None = None


@dataclass(frozen=True)
class RotationRemainder:
    """A rotation neither finished nor undone. `is_swapped`: QGIS uses the new key, which else may not be there."""

    id: str
    key_name: str
    old_key_id: str
    text: Text
    is_swapped: bool = False
    new_key: Key | None = None


@dataclass(frozen=True)
class DeletionOutlook:
    """What will stop working when a key is deleted. `removable_authcfgs` were made for it and open nothing else.

    `is_kept`: what QGIS holds is to stay. `unwanted_layers` are the ids of those of the open project that are to go.
    """

    held: HeldKey = HeldKey()
    removable_authcfgs: tuple[str, ...] = ()
    removable_connections: tuple[WrittenConnection, ...] = ()
    usage: Hits | None = None
    is_kept: bool = False
    unwanted_layers: tuple[str, ...] = ()

    def keeping_all(self) -> DeletionOutlook:
        """Return the same, with nothing to be removed from QGIS."""
        return replace(self, removable_authcfgs=(), removable_connections=(), is_kept=True)


@dataclass(frozen=True)
class Deleted:
    """A key that was deleted, what went with it from QGIS, `warnings` of what did not, and the layers left dark."""

    key_name: str
    connections: tuple[WrittenConnection, ...] = ()
    authcfgs: tuple[str, ...] = ()
    warnings: tuple[Text, ...] = ()
    layer_names: tuple[str, ...] = ()
    dark_layer_ids: tuple[str, ...] = ()


@dataclass(frozen=True)
class Edited:
    """An edit that is done. `warnings` say what QGIS could not follow.

    `accesses` are those that the key has now, and `served` is where its services are; None where that is not known.
    """

    details: KeyDetails
    warnings: tuple[Text, ...] = ()
    accesses: tuple[Access, ...] | None = None
    served: tuple[ServedLayer, ...] | None = None


class Failed(Exception):
    """A use case that did not end well: what went wrong, and what of it was done and stays.

    `stayed` has a sentence a thing, nothing where all is as it was before. Of what stopped half-way `remainder` is told
    with them: it can be finished or undone.
    """

    def __init__(
        self,
        error: Exception,
        stayed: tuple[Text, ...] = (),
        remainder: CreationRemainder | ChangeRemainder | None = None,
    ) -> None:
        self.error = as_gpkeys_error(error)
        super().__init__(self.error.log)
        self.stayed = stayed
        self.remainder = remainder

    @classmethod
    def of(cls, error: Exception) -> Failed:
        """Return the failure to tell of whatever a use case has raised."""
        return error if isinstance(error, Failed) else cls(error)

    @property
    def field(self) -> Field | None:
        """The field of the form that is to be mended, None where that is not known."""
        return _FIELDS.get(self.error.conflict) if self.error.conflict is not None else None


_FIELDS = {
    Conflict.LOGIN: Field.LOGIN,
    Conflict.NAME: Field.NAME,
    Conflict.QUOTA: Field.QUOTA,
    Conflict.OAUTH2_KEY: Field.TYPE,
}
