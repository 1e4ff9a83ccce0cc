"""The values the use cases take and give back."""

from __future__ import annotations

from dataclasses import dataclass, field

from ..entrepot.errors import GpkeysError
from ..entrepot.models import Account, Key, Permission
from ..entrepot.texts import Text
from ..keys.rules.rules import Field
from ..keys.services.endpoints import Extent, ServedLayer
from ..keys.services.recipes import LayerRecipe, WrittenConnection
from ..keys.services.titles import NO_TITLES, TitleBook


@dataclass(frozen=True)
class Holdings:
    """What the signed-in account has: itself, all permissions, the short form of its keys.

    `titles` are those of its services that are known by now.
    """

    account: Account
    permissions: tuple[Permission, ...]
    keys: tuple[Key, ...]
    titles: TitleBook = field(default=NO_TITLES, repr=False, compare=False)


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
class Remainder:
    """A creation that stopped half-way and could not be taken back: what is left, to finish or to undo.

    `can_finish` is False where the secret is lost with the session that made it (a BASIC password that was not kept).
    """

    key_id: str
    key_name: str
    text: Text
    can_finish: bool = True


class CreationFailed(Exception):
    """A creation that did not end well: the error, the field it belongs to, and what is left of it, if anything."""

    def __init__(self, error: GpkeysError, field_: Field | None = None, remainder: Remainder | None = None) -> None:
        super().__init__(error.log)
        self.error = error
        self.field = field_
        self.remainder = remainder
