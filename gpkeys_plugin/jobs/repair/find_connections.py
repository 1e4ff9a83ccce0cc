"""Use case: find the connections of this profile whose credential does not work. On the main thread only."""

from __future__ import annotations

from datetime import datetime, timezone
from typing import Mapping, Sequence

from ...entrepot.models import KeyType
from ...keys.layer_needs.needs import Cause, LayerNeed, need_of
from ...keys.layer_needs.platform_hosts import Platform
from ...keys.layer_needs.rights import NEVER, AccountRights, KeyRights, asked_for, key_rights
from ...keys.layer_needs.sources import LayerSource, read_source
from ...keys.upkeep.holdings import Holdings
from ...keys.upkeep.overview import KeyOverview
from ...store.configurations import auth_configs
from ...store.configurations.auth_configs import AuthConfig
from ...store.sources.connection_sources import ConnectionSource, every_source
from ..steps.account_sessions import SignedIn
from .known_here import known_here
from .plan_repairs import account_rights
from .repair_values import ConnectionFound, ConnectionRepair


def find_connections(
    signed_in: SignedIn, overviews: Sequence[KeyOverview] = (), holdings: Holdings | None = None
) -> tuple[ConnectionFound, ...]:
    """Return each connection once, though it stands in both settings trees; one of the old Géoportail is left out.

    Where a connection uses an APIHeader configuration of somebody else, it is the configuration that is returned.
    """
    platform = Platform.of(signed_in.api_url)
    read = ((found, read_source(found.provider, found.source, platform)) for found in every_source(platform))
    asking = [(found, asked) for found, asked in read if asked is not None and asked.is_private]
    hashes = {asked.hash for _found, asked in asking if asked.hash is not None}
    known = known_here(hashes, signed_in, overviews, holdings)
    headers = {config.id: config for config in auth_configs.all_configs() if config.method == auth_configs.API_HEADER}
    found: dict[str, ConnectionFound] = {}
    for source, asked in asking:
        need = need_of(asked, known)
        if need.cause is not Cause.NONE:
            one = _found(source, need, headers)
            found.setdefault(one.id, one)
    return tuple(found.values())


def connection_repairs(
    found: Sequence[ConnectionFound],
    signed_in: SignedIn,
    overviews: Sequence[KeyOverview],
    holdings: Holdings | None,
) -> tuple[ConnectionRepair, ...]:
    """Return the keys that each connection could have, the best first; none where nobody is signed in."""
    account = account_rights(signed_in, overviews, holdings)
    if account is None:
        return tuple(map(ConnectionRepair, found))
    keys = key_rights(account.keys, datetime.now(timezone.utc))
    return tuple(_repair(connection, keys, account) for connection in found)


def connection_id(source: ConnectionSource) -> str:
    """Return what tells a connection from others."""
    return f"{source.connection.kind.value}/{source.connection.name}"


def _found(source: ConnectionSource, need: LayerNeed, headers: Mapping[str, AuthConfig]) -> ConnectionFound:
    config = headers.get(source.authcfg)
    if config is not None and need.cause is Cause.FOREIGN_CONFIGURATION:
        return ConnectionFound(config.id, config.name, None, need, config.id)
    connection = source.connection
    return ConnectionFound(connection_id(source), connection.name, connection.kind, need, source.authcfg)


def _repair(found: ConnectionFound, keys: Sequence[KeyRights], account: AccountRights) -> ConnectionRepair:
    is_header = found.kind is None
    opening = [rights for rights in keys if _opened(rights, found.need.source)]
    usable = [rights for rights in opening if not is_header or rights.row.key.type is KeyType.HASH]
    ranked = sorted(usable, key=lambda rights: _rank(rights, found.need.source, account), reverse=True)
    keys_found = tuple(rights.row.key for rights in ranked)
    best = keys_found[0] if keys_found else None
    return ConnectionRepair(found, keys_found, best, best is not None and best.id in account.without_secret)


def _rank(rights: KeyRights, asked: LayerSource, account: AccountRights) -> tuple[bool, int, datetime]:
    opened = _opened(rights, asked)
    ends = [rights.ends[service] for service in opened]
    return rights.row.key.id not in account.without_secret, len(opened), min(ends, default=NEVER)


def _opened(rights: KeyRights, asked: LayerSource) -> tuple[tuple[str, str], ...]:
    """Return what a key opens of a connection's service: the layer it names, or else all there is of the service."""
    if asked.layer_names:
        wanted = asked_for(asked)
        return tuple(service for services in wanted for service in services if service in rights.ends)
    return tuple(service for service in rights.ends if service[0] == asked.endpoint)
