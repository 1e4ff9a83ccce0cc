"""One connection written or removed together with its record, as the jobs do it for many."""

from __future__ import annotations

from gpkeys_plugin.keys.services.connection_plans import ConnectionPlan
from gpkeys_plugin.keys.services.layer_recipes import WrittenConnection
from gpkeys_plugin.store import connections
from gpkeys_plugin.store.connection_settings import Layout
from gpkeys_plugin.store.records import connection_origins


def write_one(
    plan: ConnectionPlan,
    *,
    authcfg: str = "",
    hash_value: str | None = None,
    owner: str = "",
    layout: Layout | None = None,
) -> WrittenConnection:
    """Record and write a planned connection; return it under the name it got."""
    (name,) = connections.names_for([plan], owner)
    connection_origins.record_all([connections.origin_of(plan, name, owner, authcfg=authcfg, hash_value=hash_value)])
    connections.write_all([(plan, name)], authcfg=authcfg, hash_value=hash_value, layout=layout)
    return name


def remove_one(connection: WrittenConnection) -> bool:
    """Remove and forget a connection; return whether it was there."""
    removed = connections.remove([connection])
    connection_origins.forget_all([connection])
    return bool(removed)


def is_ours(connection: WrittenConnection) -> bool:
    """Return whether it is still the one the plugin wrote."""
    return connections.ours([connection]) == (connection,)
