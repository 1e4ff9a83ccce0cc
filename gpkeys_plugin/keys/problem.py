"""The values the rules of a draft speak in."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum, auto

from ..entrepot.models import Permission
from ..entrepot.translatable_text import Text
from .draft import HashStorage


class Field(Enum):
    """The places of the wizard a problem can belong to."""

    NAME = auto()
    SERVICES = auto()
    TYPE = auto()
    LOGIN = auto()
    PASSWORD = auto()
    HASH_STORAGE = auto()
    WHITELIST = auto()
    BLACKLIST = auto()
    USER_AGENT = auto()
    REFERER = auto()
    QUOTA = auto()


@dataclass(frozen=True)
class Problem:
    """Something about a draft the user should know; a blocking one must be mended first.

    Of a doubtful one, which blocks nothing, the user is asked once before the draft becomes a key.
    """

    field: Field
    text: Text
    is_blocking: bool = True
    is_doubtful: bool = False


@dataclass(frozen=True)
class DraftContext:
    """What a draft is checked against.

    `user_agent` is the header this QGIS sends, `addresses` the public addresses this machine is known under (often
    none), `now` an aware UTC time. `oauth2_key_name` is set when the account has its OAUTH2 key already,
    `organisation` when it is a member of one community, `fixed_storage` where an administrator says where a hash goes.
    """

    now: datetime
    existing_names: frozenset[str] = frozenset()
    oauth2_key_name: str | None = None
    permissions: tuple[Permission, ...] = ()
    quota: int | None = None
    used: int | None = None
    user_agent: str = ""
    addresses: tuple[str, ...] = field(default_factory=tuple)
    has_header_method: bool = False
    fixed_storage: HashStorage | None = None
    organisation: str = ""
