"""The Géoplateforme as its web site shows it, beside QGIS: what is there, and what people do with it elsewhere."""

from __future__ import annotations

from dataclasses import dataclass, field

from gpkeys_plugin.entrepot.client import EntrepotClient
from gpkeys_plugin.entrepot.models import Key, KeyCreation, KeyType, KeyUpdate
from gpkeys_plugin.keys.draft import Grant
from gpkeys_plugin.keys.upkeep.key_edits import grant_of
from tests.simulator.remote.steering import Simulator

USERS = ("camille", "basile")
ENDING = {"camille": "Plan local d'urbanisme - partenaires publics", "basile": "Limites et plan local d'urbanisme"}
"""A permission of each account that ends and is granted again."""

_LAYERS = (
    "rochebrune.scan25.estompage",
    "rochebrune.plu_2026",
    "rochebrune_plu_2026_archive",
    "rochebrune.limites_communales",
)


@dataclass(frozen=True)
class PlatformKey:
    """A key as the platform has it."""

    id: str
    user: str
    name: str
    type: KeyType
    login: str | None
    hash: str | None = field(repr=False)
    filters: str
    grants: frozenset[Grant]

    @property
    def secret(self) -> str:
        """The hash or the login: what tells whose a credential is."""
        return self.hash or self.login or ""


class PlatformSide:
    """Both accounts on the web site."""

    def __init__(self, simulator: Simulator) -> None:
        self._simulator = simulator
        self._clients = {user: EntrepotClient(simulator.session_for(user), simulator.api_url) for user in USERS}
        self.offers = {user: self._offers(user) for user in USERS}

    def look(self) -> dict[str, PlatformKey]:
        """Return every key of both accounts, by id."""
        return {key.id: key for user in USERS for key in self._keys(user)}

    def clear(self) -> None:
        """Delete every key, and grant what has ended."""
        for user in USERS:
            self.change_permission(user, is_ended=False)
            for key in self._listed(user):
                self._clients[user].delete_key(key.id)

    def create(self, user: str, name: str, type_: KeyType, login: str, password: str) -> str:
        """Make a key there that opens the first service; return its id."""
        client, is_basic = self._clients[user], type_ is KeyType.BASIC
        creation = KeyCreation(name, type_, login=login, password=password) if is_basic else KeyCreation(name, type_)
        details = client.create_key(creation, existing_ids=[key.id for key in self._listed(user)])
        grant = self.offers[user][0]
        client.create_accesses(details.key.id, grant.permission_id, [grant.offering_id])
        return details.key.id

    def delete(self, user: str, key_id: str) -> None:
        """Delete a key there."""
        self._clients[user].delete_key(key_id)

    def rename(self, user: str, key_id: str, name: str) -> None:
        """Give a key another name there."""
        self._clients[user].update_key(key_id, KeyUpdate(name=name))

    def change_permission(self, user: str, *, is_ended: bool) -> None:
        """End a permission, or grant it again."""
        self._simulator.change_permission(user, ENDING[user], ends_in_s=-1 if is_ended else None)

    def _listed(self, user: str) -> tuple[Key, ...]:
        return self._clients[user].keys()

    def _keys(self, user: str) -> list[PlatformKey]:
        client = self._clients[user]
        found = []
        for listed in self._listed(user):
            details, accesses = client.key(listed.id), client.accesses(listed.id)
            grants = frozenset(map(grant_of, accesses))
            found.append(
                PlatformKey(
                    listed.id,
                    user,
                    listed.name,
                    listed.type,
                    details.login,
                    details.hash,
                    str(details.filters),
                    grants,
                )
            )
        return found

    def _offers(self, user: str) -> tuple[Grant, ...]:
        """Return what the account may open: the first service by a permission that stays, others by one that ends."""
        offered = {
            offering.layer_name: Grant(offering.id, permission.id)
            for permission in self._clients[user].permissions()
            for offering in permission.offerings
            if not permission.only_oauth
        }
        return tuple(offered[name] for name in _LAYERS if name in offered)[:4]
