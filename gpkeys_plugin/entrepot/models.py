"""The entities of the Entrepôt API, as a consumer sees them.

They follow the schemas of `entrepot-openapi.yaml`; `json_reading.py` makes them from the API's JSON.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum


class KeyType(Enum):
    """Type of a key; UNKNOWN for one that a later API may add."""

    BASIC = "BASIC"
    HASH = "HASH"
    OAUTH2 = "OAUTH2"
    HEADER = "HEADER"
    UNKNOWN = "UNKNOWN"


class OfferingType(Enum):
    """Diffusion type of an offering; UNKNOWN for one that a later API may add."""

    WMS_VECTOR = "WMS-VECTOR"
    WMS_RASTER = "WMS-RASTER"
    WFS = "WFS"
    WMTS_TMS = "WMTS-TMS"
    VECTOR_TMS = "VECTOR-TMS"
    DOWNLOAD = "DOWNLOAD"
    ALTIMETRY = "ALTIMETRY"
    ITINERARY_ISOCURVE = "ITINERARY-ISOCURVE"
    SEARCH = "SEARCH"
    UNKNOWN = "UNKNOWN"


@dataclass(frozen=True)
class EndpointUrl:
    """One URL template of an offering; `type` is the API's word (WMS, WMTS, TMS, WFS, DOWNLOAD, …)."""

    type: str
    url: str


@dataclass(frozen=True)
class Offering:
    """A layer served by the Géoplateforme. `urls` is empty unless it came with a permission's detail."""

    id: str
    type: OfferingType
    layer_name: str
    status: str = ""
    is_open: bool = False
    is_available: bool = True
    urls: tuple[EndpointUrl, ...] = ()


@dataclass(frozen=True)
class Permission:
    """A right received, personally or through a community. `end_date` is UTC, None when it never ends.

    `is_community` is None when the answer did not tell (a list asked for without the `personal` and `community`
    filters does not).
    """

    id: str
    licence: str
    end_date: datetime | None = None
    only_oauth: bool = False
    offerings: tuple[Offering, ...] = ()
    is_community: bool | None = None


@dataclass(frozen=True)
class Filters:
    """Usage filters of a key: lists of CIDR ranges, `user_agent` and `referer` patterns as the API stores them."""

    whitelist: tuple[str, ...] = ()
    blacklist: tuple[str, ...] = ()
    user_agent: str | None = None
    referer: str | None = None


@dataclass(frozen=True)
class Key:
    """An access key, in the short form of the list."""

    id: str
    name: str
    type: KeyType
    creation: datetime | None = None
    update: datetime | None = None


@dataclass(frozen=True)
class KeyDetails:
    """An access key with its filters; `hash` only for HASH keys, `login` only for BASIC ones."""

    key: Key
    filters: Filters = Filters()
    login: str | None = None
    hash: str | None = field(default=None, repr=False)


@dataclass(frozen=True)
class Access:
    """The link of a key to an offering, through a permission (None for an open offering)."""

    id: str
    offering: Offering
    permission: Permission | None = None


@dataclass(frozen=True)
class Community:
    """A community the account is a member of."""

    id: str
    name: str
    technical_name: str = ""


@dataclass(frozen=True)
class Account:
    """The account that is signed in. `keys_quota` and `keys_use` are None when the API does not tell."""

    id: str
    email: str
    first_name: str = ""
    last_name: str = ""
    keys_quota: int | None = None
    keys_use: int | None = None
    communities: tuple[Community, ...] = ()

    @property
    def display_name(self) -> str:
        """First and last name, or the e-mail address when there is neither."""
        return " ".join(part for part in (self.first_name, self.last_name) if part) or self.email


@dataclass(frozen=True)
class KeyCreation:
    """What is sent to create a key. `login` and `password` for BASIC only; a HASH is drawn by the server."""

    name: str
    type: KeyType
    filters: Filters = Filters()
    login: str | None = None
    password: str | None = field(default=None, repr=False)


@dataclass(frozen=True)
class KeyUpdate:
    """What is sent to change a key: None leaves a property as it is, an empty text or tuple clears it."""

    name: str | None = None
    whitelist: tuple[str, ...] | None = None
    blacklist: tuple[str, ...] | None = None
    user_agent: str | None = None
    referer: str | None = None


@dataclass(frozen=True)
class Hits:
    """Consumption over an interval; `data_transfer` in bytes, dates are those of the first and last hit."""

    hits: int = 0
    data_transfer: int = 0
    begin_date: datetime | None = None
    end_date: datetime | None = None


@dataclass(frozen=True)
class HitStatistics:
    """Consumption over a period, and its rows when they were asked for."""

    total: Hits = Hits()
    details: tuple[Hits, ...] = ()
