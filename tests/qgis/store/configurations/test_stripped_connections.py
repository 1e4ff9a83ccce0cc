"""What a profile loses on its way from QGIS 3.22 to 3.30 and later, and how it gets it back."""

from __future__ import annotations

from typing import Any

from gpkeys_plugin.keys.services.connection_plans import ConnectionKind
from gpkeys_plugin.keys.services.layer_recipes import WrittenConnection
from gpkeys_plugin.store import connections
from gpkeys_plugin.store.configurations import stripped_connections
from gpkeys_plugin.store.connection_settings import Layout, group
from gpkeys_plugin.store.records import connection_origins

from ..one_connection import write_one
from ..planned_connections import HASH, PLANS, keys_below


def test_a_profile_from_3_22_loses_configurations_and_gets_them_back(manager: Any) -> None:
    authcfg = _stored_basic()
    for plan in PLANS.values():
        write_one(plan, authcfg=authcfg, layout=Layout.OLD)
        _upgrade(WrittenConnection(plan.kind, plan.name))

    lost = stripped_connections.lost(layout=Layout.NEW)
    assert {found.connection.kind for found in lost} == {ConnectionKind.WMS, ConnectionKind.WMTS, ConnectionKind.WFS}

    stripped_connections.put_back(lost, layout=Layout.NEW)
    assert stripped_connections.lost(layout=Layout.NEW) == ()
    for plan in PLANS.values():
        stored = connections.read(plan.kind, plan.name, layout=Layout.NEW)
        assert stored is not None
        assert stored.authcfg == authcfg


def test_nothing_is_lost_without_reason(manager: Any) -> None:
    authcfg = _stored_basic()
    gone = write_one(PLANS[ConnectionKind.WFS], authcfg="zzzzzzz")
    connections.set_authcfg(gone, "")
    by_hash = write_one(PLANS[ConnectionKind.WMS], hash_value=HASH)
    kept = write_one(PLANS[ConnectionKind.WMTS], authcfg=authcfg)

    assert stripped_connections.lost() == ()
    assert {by_hash, kept} <= {origin.connection for origin in connection_origins.recorded()}


def _stored_basic() -> str:
    from gpkeys_plugin.store.configurations import auth_configs

    return auth_configs.store_basic("clé", "l", "p")


def _upgrade(connection: WrittenConnection) -> None:
    """Do what QGIS 3.30 does to a 3.22 profile at start: url and options move, and the ids of WMS and WFS get lost."""
    from qgis.core import QgsSettings

    settings = QgsSettings()
    old, new = (group(layout, connection.kind, connection.name) for layout in (Layout.OLD, Layout.NEW))
    for key, value in keys_below(old).items():
        settings.setValue(f"{new}/{key}", value)
    settings.remove(old)
