"""What is found in the open project and in the profile's connections, what mends it, and what came of that."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum

from ...entrepot.models import Key
from ...entrepot.translatable_text import Text
from ...keys.layer_needs.needs import Cause, LayerNeed
from ...keys.layer_needs.remedies import CouldBeOpenedBy, NothingToDo, OpenedBy, Remedy
from ...keys.services.connection_plans import ConnectionKind


class WhereKept(Enum):
    """Where a mended source carries the key.

    AS_THE_KEY: in its configuration, or in the URL where this QGIS keeps the key so. A layer that names a configuration
    this profile lacks keeps its source then: the configuration is made under that id. IN_URL is for HASH keys; the
    others have a configuration all the same.
    """

    AS_THE_KEY = "as-the-key"
    IN_URL = "in-url"
    IN_CONFIGURATION = "in-configuration"


@dataclass(frozen=True)
class LayerFound:
    """A layer of the open project that asks for what needs a key. `group` is where it stands in the tree.

    `group` has the names of its groups from the top, joined by ` / `, empty at the top. `source` may hold a secret.
    """

    layer_id: str
    name: str
    group: str
    provider: str
    source: str = field(repr=False)
    is_valid: bool
    need: LayerNeed

    @property
    def is_to_mend(self) -> bool:
        """Whether it lacks a key that works, or has one and is dark all the same."""
        return self.need.cause is not Cause.NONE or not self.is_valid


@dataclass(frozen=True)
class ProjectFindings:
    """What was found in the open project. `layer_count` is that of all its layers."""

    project_name: str
    layers: tuple[LayerFound, ...] = ()
    layer_count: int = 0

    @property
    def to_mend(self) -> tuple[LayerFound, ...]:
        """The layers whose cause is not NONE."""
        return tuple(layer for layer in self.layers if layer.need.cause is not Cause.NONE)

    @property
    def dark(self) -> tuple[LayerFound, ...]:
        """The layers that carry a key of ours, as far as can be said a good one, and are invalid: try them again."""
        return tuple(layer for layer in self.layers if layer.need.cause is Cause.NONE and not layer.is_valid)


@dataclass(frozen=True)
class LayerPlan:
    """What mends a layer. Of a layer that is only dark, the remedy is NothingToDo: its source is read anew.

    `needs_password`: the key is a BASIC one whose password this QGIS does not hold; it is to be connected first.
    """

    found: LayerFound
    remedy: Remedy
    needs_password: bool = False

    @property
    def key(self) -> Key | None:
        """The key that mends it, None where none does yet."""
        return self.remedy.key if isinstance(self.remedy, (OpenedBy, CouldBeOpenedBy)) else None

    @property
    def can_be_mended(self) -> bool:
        """Whether `repair` can mend it now, without anybody typing anything."""
        is_revived = isinstance(self.remedy, NothingToDo) and self.found.is_to_mend
        return is_revived or (self.key is not None and not self.needs_password)


@dataclass(frozen=True)
class Repaired:
    """What came of a repair: the ids of the layers that draw now, and the names of those left, each with why.

    `configurations` were made under ids that the project names. `added` says which services were opened to which keys:
    that stays when the repair is undone. `is_cancelled`: the user stopped; what was done until then stays.
    """

    mended: tuple[str, ...] = ()
    left: tuple[tuple[str, Text], ...] = ()
    configurations: tuple[str, ...] = ()
    added: tuple[Text, ...] = ()
    is_cancelled: bool = False


@dataclass(frozen=True)
class Undone:
    """What came of an undo: the ids of the layers that are as before, and the names of those that are not, and why."""

    layers: tuple[str, ...] = ()
    left: tuple[tuple[str, Text], ...] = ()
    is_cancelled: bool = False


@dataclass(frozen=True)
class ConnectionFound:
    """A connection of QGIS's Browser whose credential does not work, or an APIHeader configuration that one uses.

    `kind` is None for a configuration, `name` then its name. `id` tells it from the others. What an APIHeader
    configuration of somebody else holds is not known before it is mended: only a dead hash in it is replaced.
    """

    id: str
    name: str
    kind: ConnectionKind | None
    need: LayerNeed
    authcfg: str = ""


@dataclass(frozen=True)
class ConnectionRepair:
    """A connection and the key to give it; `keys` are all those that open something of its service, the best first."""

    found: ConnectionFound
    keys: tuple[Key, ...] = ()
    key: Key | None = None
    needs_password: bool = False

    @property
    def can_be_mended(self) -> bool:
        """Whether `repair_connections` can mend it now."""
        return self.key is not None and not self.needs_password


@dataclass(frozen=True)
class ConnectionsRepaired:
    """What came of mending connections: the names of those mended, and of those left, each with why."""

    mended: tuple[str, ...] = ()
    left: tuple[tuple[str, Text], ...] = ()
    is_cancelled: bool = False
