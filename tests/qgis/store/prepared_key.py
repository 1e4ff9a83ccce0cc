"""A key of the simulator, and its connections written into QGIS as a job does it."""

from __future__ import annotations

from dataclasses import dataclass

import requests

from gpkeys_plugin.entrepot.client import EntrepotClient
from gpkeys_plugin.entrepot.models import Access, KeyCreation, KeyType
from gpkeys_plugin.keys.services import connection_plans
from gpkeys_plugin.keys.services.connection_plans import ConnectionPlan, ServedLayer
from gpkeys_plugin.keys.services.layer_recipes import LayerRecipe
from gpkeys_plugin.store import layers
from gpkeys_plugin.store.services.tile_descriptions import describe_tiles
from tests.simulator.remote.steering import Simulator

from .one_connection import write_one

LOGIN = "essai-store"
WORD = "Essai-store-2026"


@dataclass(frozen=True)
class PreparedKey:
    """A key that opens all that an account may open without OAuth2, and where that is served."""

    key_id: str
    served: tuple[ServedLayer, ...]
    hash: str = ""

    def get(self, url: str) -> bytes:
        """Return what a service answers to the key."""
        auth = None if self.hash else (LOGIN, WORD)
        asked = connection_plans.url_with_hash(url, self.hash) if self.hash else url
        return requests.get(asked, auth=auth, timeout=30).content

    def plans(self, key_name: str = "Essai") -> tuple[ConnectionPlan, ...]:
        """Return the connections of the key."""
        tiles = {}
        for layer in filter(connection_plans.needs_tile_description, self.served):
            described = describe_tiles(self.get(connection_plans.capabilities_url(layer)))
            if described is not None:
                tiles[layer.root, layer.name] = described.tiles
        return connection_plans.connection_plans(key_name, self.served, tiles)

    def install(self, authcfg: str = "") -> list[LayerRecipe]:
        """Write the connections; return the recipes of their layers."""
        recipes: list[LayerRecipe] = []
        for plan in self.plans():
            written = write_one(plan, authcfg=authcfg, hash_value=None if authcfg else self.hash, owner=self.key_id)
            recipes += layers.recipes(plan, self.get(connection_plans.capabilities_url(plan)), written)
        return recipes


def prepare(simulator: Simulator, type_: KeyType) -> PreparedKey:
    """Make a key for camille."""
    with simulator.session_for("camille") as session:
        client = EntrepotClient(session, simulator.api_url)
        is_basic = type_ is KeyType.BASIC
        creation = KeyCreation("Essai", type_, login=LOGIN if is_basic else None, password=WORD if is_basic else None)
        key = client.create_key(creation, existing_ids=())
        served: dict[str, tuple[ServedLayer, ...]] = {}
        for permission in client.permissions():
            if permission.only_oauth or permission.licence in _expired(client):
                continue
            offerings = [known for known in client.permission(permission.id).offerings if known.id not in served]
            if offerings:
                client.create_accesses(key.key.id, permission.id, [known.id for known in offerings])
            served |= {known.id: connection_plans.served_layers(known) for known in offerings}
        found = tuple(layer for layers_ in served.values() for layer in layers_)
        return PreparedKey(key.key.id, found, client.key(key.key.id).hash or "")


def withdraw(simulator: Simulator, key: PreparedKey, layer_name: str) -> Access:
    """Take a key's access to a layer away; return it."""
    with simulator.session_for("camille") as session:
        client = EntrepotClient(session, simulator.api_url)
        found = next(known for known in client.accesses(key.key_id) if known.offering.layer_name == layer_name)
        client.delete_access(key.key_id, found.id)
        return found


def grant(simulator: Simulator, key: PreparedKey, access: Access) -> None:
    """Give a key an access back."""
    with simulator.session_for("camille") as session:
        permission_id = access.permission.id if access.permission is not None else None
        EntrepotClient(session, simulator.api_url).create_accesses(key.key_id, permission_id, [access.offering.id])


def _expired(client: EntrepotClient) -> set[str]:
    from datetime import datetime, timezone

    now = datetime.now(timezone.utc)
    return {known.licence for known in client.permissions() if known.end_date is not None and known.end_date < now}
