"""What is in QGIS and is no living key's, or not as its key is."""

from __future__ import annotations

from collections.abc import Container, Iterator

from gpkeys_plugin.entrepot.models import Key
from gpkeys_plugin.keys.services.layer_recipes import WrittenConnection
from gpkeys_plugin.store import connections
from gpkeys_plugin.store.configurations import auth_configs
from gpkeys_plugin.store.connection_settings import layout_for
from gpkeys_plugin.store.key_uses import every_connection
from gpkeys_plugin.store.records import connection_origins, installed_keys
from tests.qgis.jobs.conftest import Bench
from tests.qgis.jobs.kills.world import begun, opened_by_configurations


def nobodys(bench: Bench, theirs: Container[WrittenConnection]) -> Iterator[str]:
    """Yield what is not a living key's or not as it should be, a sentence each; `theirs` are the user's connections."""
    keys = {key.id: key for key in bench.platform_keys()}
    yield from (f"begun: {entry}" for entry in begun(bench))
    for known in installed_keys.installed():
        if known.key_id not in keys:
            yield f"“{known.key_name}” is said to be here"
        yield from (
            f"“{known.key_name}” is said to be in {id_}" for id_ in known.authcfgs if not auth_configs.exists(id_)
        )
    yield from _configurations(bench, keys)
    for origin in connection_origins.recorded():
        if origin.owner not in keys or not connections.exists(origin.connection.kind, origin.connection.name):
            yield f"{origin.connection} is said to be there"
    yield from (f"{connection} is nobody’s" for connection in without_origin() if connection not in theirs)


def without_origin() -> tuple[WrittenConnection, ...]:
    """Return the connections with a secret of which the plugin does not know that it wrote them."""
    carrying = [stored.connection for stored in every_connection(layout_for()) if stored.hash or stored.authcfg]
    return tuple(connection for connection in carrying if connection_origins.find(connection) is None)


def _configurations(bench: Bench, keys: dict[str, Key]) -> Iterator[str]:
    owners = {id_: keys.get(known.key_id) for known in installed_keys.installed() for id_ in known.authcfgs}
    opened = opened_by_configurations(bench)
    for config in auth_configs.all_configs():
        key = owners.get(config.id)
        if config.id == bench.signed_in.authcfg:
            continue
        if key is None:
            yield f"the configuration “{config.name}” is nobody’s"
        elif not config.name.startswith(auth_configs.name_for_key(key.name)):
            yield f"the configuration “{config.name}” is that of “{key.name}”"
        elif opened[config.id] != key.name and config.method != auth_configs.OAUTH2:
            yield f"the configuration “{config.name}” opens “{opened[config.id]}”"
