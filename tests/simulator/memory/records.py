"""What the simulated platform remembers: accounts, permissions, keys, accesses, hits."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timezone

from tests.simulator.dataset.made_up_layers import DatasetLayer


def utc_now() -> datetime:
    """The present moment, with its time zone."""
    return datetime.now(timezone.utc)


@dataclass(frozen=True)
class CommunityRecord:
    """A community: its members share the permissions given to it."""

    id: str
    name: str
    technical_name: str
    creation: datetime
    datastore: str | None = None
    is_public: bool = False


@dataclass(frozen=True)
class MembershipRecord:
    """The rights of an account within a community."""

    community: CommunityRecord
    rights: tuple[str, ...] = ()


@dataclass(frozen=True)
class AccountRecord:
    """A person (or a technical account) known to the SSO and to the API."""

    username: str
    password: str = field(repr=False)
    id: str
    first_name: str
    last_name: str
    description: str
    creation: datetime
    memberships: tuple[MembershipRecord, ...] = ()
    keys_quota: int = 10
    is_technical: bool = False

    @property
    def email(self) -> str:
        """Invented address, under a name reserved for examples."""
        return f"{self.username}@pays-de-rochebrune.example"

    def is_member_of(self, community_id: str | None) -> bool:
        """Whether the account belongs to the community."""
        return any(membership.community.id == community_id for membership in self.memberships)


@dataclass(frozen=True)
class OfferingRecord:
    """A layer as it is offered; `type` is the API's word."""

    id: str
    layer: DatasetLayer
    creation: datetime
    update: datetime
    status: str = "PUBLISHED"

    @property
    def type(self) -> str:
        """Diffusion type, as the API writes it."""
        return self.layer.offering_type

    @property
    def layer_name(self) -> str:
        """Technical name of the layer."""
        return self.layer.layer_name

    @property
    def is_open(self) -> bool:
        """Whether it may be consumed without a permission."""
        return self.layer.is_open


@dataclass(frozen=True)
class PermissionRecord:
    """A right on some offerings, given to one account or to one community."""

    id: str
    licence: str
    offerings: tuple[OfferingRecord, ...]
    creation: datetime
    update: datetime
    end_date: datetime | None = None
    only_oauth: bool = False
    username: str | None = None
    community_id: str | None = None

    @property
    def is_community(self) -> bool:
        """Whether a community received it."""
        return self.community_id is not None

    def is_expired(self, now: datetime) -> bool:
        """Whether its end lies in the past."""
        return self.end_date is not None and self.end_date <= now

    def is_for(self, account: AccountRecord) -> bool:
        """Whether the account benefits from it, personally or through a community."""
        if self.is_community:
            return account.is_member_of(self.community_id)
        return self.username == account.username

    def covers(self, offering: OfferingRecord) -> bool:
        """Whether the offering is one of its own."""
        return any(own.id == offering.id for own in self.offerings)


@dataclass
class KeyRecord:
    """An access key with its filters. Only the identification of its own type is filled."""

    id: str
    username: str
    name: str
    type: str
    creation: datetime
    update: datetime
    login: str | None = None
    password: str | None = field(default=None, repr=False)
    hash: str | None = field(default=None, repr=False)
    headers: dict[str, str] = field(default_factory=dict, repr=False)
    whitelist: list[str] = field(default_factory=list)
    blacklist: list[str] = field(default_factory=list)
    user_agent: str | None = None
    referer: str | None = None


@dataclass(frozen=True)
class AccessRecord:
    """The link of a key to an offering, through a permission unless the offering is open."""

    id: str
    key_id: str
    offering: OfferingRecord
    creation: datetime
    permission: PermissionRecord | None = None

    def is_usable_now(self, now: datetime | None = None) -> bool:
        """Whether the gateway serves through it: permission not expired, offering still published."""
        if self.offering.status in ("UNPUBLISHED", "UNPUBLISHING"):
            return False
        if self.permission is None:
            return self.offering.is_open
        return not self.permission.is_expired(now or utc_now())


@dataclass(frozen=True)
class HitRecord:
    """One answer of the gateway. It outlives the access that it went through."""

    moment: datetime
    username: str
    key_id: str
    access_id: str
    permission_id: str | None
    size: int
