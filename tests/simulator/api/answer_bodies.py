"""Bodies of the simulated Entrepôt API, made from what the platform remembers."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime, timezone
from typing import Any

from tests.simulator.dataset.made_up_layers import offering_urls
from tests.simulator.memory.records import (
    AccessRecord,
    AccountRecord,
    KeyRecord,
    MembershipRecord,
    OfferingRecord,
    PermissionRecord,
    utc_now,
)
from tests.simulator.memory.switches import Switches

Json = dict[str, Any]
_CAN_BE_MISSING = ("creation", "update", "first_name", "last_name")


def moment(value: datetime) -> str:
    """A date as the platform writes it, to the microsecond."""
    return value.astimezone(timezone.utc).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def whole_second(value: datetime) -> str:
    """An end date as the platform writes it, to the second."""
    return value.astimezone(timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")


@dataclass(frozen=True)
class Bodies:
    """Turns records into bodies; the switches say what is left out or added."""

    options: Switches
    gateway_url: str

    def _finished(self, body: Json) -> Json:
        if self.options.bare_properties:
            body = {name: value for name, value in body.items() if name not in _CAN_BE_MISSING}
        if self.options.unknown_properties:
            body |= {"propriete_nouvelle": {"depuis": "2027"}, "etiquettes": ["inconnue", None]}
        return body

    def account(self, account: AccountRecord, keys_use: int) -> Json:
        """The body of GET /users/me."""
        body: Json = {
            "_id": account.id,
            "email": account.email,
            "first_name": account.first_name,
            "last_name": account.last_name,
            "creation": moment(account.creation),
            "update": moment(account.creation),
            self.options.last_login_name: moment(utc_now()),
            "communities_member": [self._membership(membership) for membership in account.memberships],
            "documents_quota": 50_000_000,
            "documents_use": 0,
            "keys_quota": account.keys_quota,
            "keys_use": 0 if self.options.keys_use == "zero" else keys_use,
            "administrator": False,
            "technical": account.is_technical,
        }
        if self.options.keys_use == "missing":
            del body["keys_use"]
        # `creation` of an account is required by every source: it stays.
        return self._finished(body) | {"creation": body["creation"]}

    def _membership(self, membership: MembershipRecord) -> Json:
        community = membership.community
        body: Json = {
            "_id": community.id,
            "name": community.name,
            "technical_name": community.technical_name,
            "public": community.is_public,
        }
        if self.options.community_dates:
            body |= {"creation": moment(community.creation), "update": moment(community.creation)}
        if community.datastore is not None:
            body["datastore"] = community.datastore
        return {"rights": list(membership.rights), "community": self._finished(body)}

    def permission(self, permission: PermissionRecord) -> Json:
        """The short form, embedded in an access."""
        body: Json = {
            "_id": permission.id,
            "licence": permission.licence,
            "only_oauth": permission.only_oauth,
            "creation": moment(permission.creation),
            "update": moment(permission.update),
        }
        if permission.end_date is not None:
            body["end_date"] = whole_second(permission.end_date)
        elif self.options.null_end_date:
            body["end_date"] = None
        return self._finished(body)

    def permission_with_offerings(self, permission: PermissionRecord, has_urls: bool = False) -> Json:
        """The list form, or with `has_urls` the detailed one."""
        offerings = [self._offering(offering, has_dates=True) for offering in permission.offerings]
        if has_urls:
            for body, offering in zip(offerings, permission.offerings):
                body["urls"] = self._urls(offering)
        if self.options.unknown_values and offerings:
            offerings.append(self._unheard_of(offerings[0]))
        return self.permission(permission) | {"offerings": offerings}

    def _offering(self, offering: OfferingRecord, has_dates: bool) -> Json:
        body: Json = {
            "_id": offering.id,
            "type": offering.type,
            "status": offering.status,
            "layer_name": offering.layer_name,
            "open": offering.is_open,
            "available": True,
        }
        if has_dates:
            body |= {"creation": moment(offering.creation), "update": moment(offering.update)}
        return self._finished(body)

    def _urls(self, offering: OfferingRecord) -> list[Json]:
        pairs = offering_urls(offering.layer, self.gateway_url)
        if not self.options.slash_in_urls:
            pairs = tuple((kind, url.replace("/?", "?")) for kind, url in pairs)
        return [{"type": kind, "url": url} for kind, url in pairs]

    @staticmethod
    def _unheard_of(offering: Json) -> Json:
        """An offering of a type and a status that no client knows yet."""
        return offering | {
            "_id": "00000000-0000-4000-8000-000000000000",
            "type": "NUAGE-DE-POINTS",
            "status": "ARCHIVED",
            "layer_name": "rochebrune.nuage_de_points",
        }

    def key(self, key: KeyRecord) -> Json:
        """The short form of the list."""
        body = {
            "_id": key.id,
            "name": key.name,
            "type": key.type,
            "creation": moment(key.creation),
            "update": moment(key.update),
        }
        return self._finished(body)

    def key_details(self, key: KeyRecord) -> Json:
        """The detailed form: filters and what identifies the caller, the password as a digest."""
        body = self.key(key) | {"whitelist": list(key.whitelist), "blacklist": list(key.blacklist)}
        if key.user_agent:
            body["user_agent"] = key.user_agent
        if key.referer:
            body["referer"] = key.referer
        return body | {"type_infos": _type_infos(key)}

    def access(self, access: AccessRecord, key: KeyRecord | None = None) -> Json:
        """An access; with its key when one is given."""
        body: Json = {
            "_id": access.id,
            "creation": moment(access.creation),
            "update": moment(access.creation),
            "offering": self._offering(access.offering, has_dates=False),
        }
        if access.permission is not None:
            body["permission"] = self.permission(access.permission)
        if key is not None:
            body["key"] = self.key(key)
        return self._finished(body)


def _type_infos(key: KeyRecord) -> Json:
    if key.type == "HASH":
        return {"hash": key.hash}
    if key.type == "BASIC":
        return {"login": key.login, "password": digest(key.password or "")}
    if key.type == "HEADER":
        return {"headers": dict(key.headers)}
    return {}


def digest(password: str) -> str:
    """Forty hexadecimal digits; which digest the platform takes is not known."""
    return hashlib.sha1(password.encode(), usedforsecurity=False).hexdigest()
