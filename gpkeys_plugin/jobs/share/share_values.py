"""What is known of the open project when it is to be shared, and what the use cases of sharing take and give back."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from ...entrepot.models import Key
from ...entrepot.translatable_text import Text
from ..repair.repair_values import LayerFound


@dataclass(frozen=True)
class LayerInClear:
    """A layer of the open project that carries the hash of a key of ours."""

    found: LayerFound
    key: Key


@dataclass(frozen=True)
class HashesInClear:
    """What of the open project holds hashes of ours in clear: layers, and the names of variables of the project."""

    layers: tuple[LayerInClear, ...] = ()
    variables: tuple[str, ...] = ()


@dataclass(frozen=True)
class CountInClear:
    """How many layers of the open project hold hashes of ours in clear, and which variables of the project."""

    layers: int = 0
    variables: tuple[str, ...] = ()


@dataclass(frozen=True)
class KeysNeeded:
    """That the open project needs keys of ours, told by nothing in it to whoever opens it elsewhere.

    `key_id` is the key that most of its layers use, empty where it needs none; `digest` stands for the project and all
    of its keys.
    """

    key_id: str = ""
    digest: str = ""


@dataclass(frozen=True)
class ShareOutlook:
    """What sharing the open project would give away of a key, and what can be done.

    `others` are the names of layers that carry the hash in a way that only a person can change. `layer_names` use one
    of the key's configurations, `configurations` are the ids those layers name, or else the one that the key has here.
    `services` are the names under which all these layers are asked for, as the platform calls them.
    `file` is where the project was saved, None where it has no file of its own (`file_problem` says why not).
    `is_changed`: the file is not what is on the screen. `may_copy`: no administrator has switched copies in clear off.
    """

    in_clear: HashesInClear = HashesInClear()
    others: tuple[str, ...] = ()
    layer_names: tuple[str, ...] = ()
    services: tuple[str, ...] = ()
    configurations: tuple[str, ...] = ()
    has_header_method: bool = True
    file: Path | None = None
    file_problem: Text | None = None
    is_changed: bool = False
    may_copy: bool = True


NOT_ALLOWED = Text("Your administrator does not allow copies that hold a hash in clear.")
"""What is said where there is no `may_copy`."""


@dataclass(frozen=True)
class CopyRequest:
    """A key of its own for who opens the project elsewhere, and a copy of the project that carries its hash.

    `addresses` are those the key may be used from, as they are typed; empty for anywhere. Without `copy` only the key
    is made; `project` is the file to copy.
    """

    name: str
    addresses: tuple[str, ...] = ()
    project: Path | None = None
    copy: Path | None = None


@dataclass(frozen=True)
class SharedCopy:
    """What was made. `changed` is how many places of the copy have the new hash; `warnings` say what is not as wanted.

    `left_out` are services that the new key does not open, since they take OAuth2 keys only or their permission ended.
    """

    key: Key
    copy: Path | None = None
    changed: int = 0
    left_out: tuple[str, ...] = ()
    warnings: tuple[Text, ...] = ()
