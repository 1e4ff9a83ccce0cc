"""Which connections the plugin wrote: kept in a file, taken over once from the settings."""

from __future__ import annotations

import json
from pathlib import Path

from qgis.core import QgsSettings

from gpkeys_plugin.keys.services.connection_plans import ConnectionKind
from gpkeys_plugin.keys.services.layer_recipes import WrittenConnection
from gpkeys_plugin.store.records import connection_origins
from gpkeys_plugin.store.records.connection_origins import Origin

WFS = Origin(WrittenConnection(ConnectionKind.WFS, "Réseau d'eau – WFS"), "k1", "https://data.geopf.fr/wfs", "abc1234")
WMTS = Origin(WrittenConnection(ConnectionKind.WMTS, "Réseau d'eau – WMTS"), "k1", "https://data.geopf.fr/wmts")
TILES = Origin(WrittenConnection(ConnectionKind.VECTOR_TILES, "Plan"), "k2", "https://data.geopf.fr/tms")


def test_connections_are_recorded_found_and_forgotten() -> None:
    connection_origins.record_all([WFS, WMTS, TILES])
    assert connection_origins.recorded() == (WFS, WMTS, TILES)
    assert connection_origins.find(WFS.connection) == WFS
    # Names are those of QGIS's lists: WMS and WMTS share one.
    assert connection_origins.find(WrittenConnection(ConnectionKind.WMS, WMTS.connection.name)) == WMTS
    assert connection_origins.find(WrittenConnection(ConnectionKind.WMS, WFS.connection.name)) is None
    connection_origins.forget_all([WFS.connection, TILES.connection, WFS.connection])
    assert connection_origins.recorded() == (WMTS,)


def test_connections_go_over_to_another_key() -> None:
    connection_origins.record_all([WFS, TILES])
    connection_origins.change_owner("k1", "k3")
    assert [origin.owner for origin in connection_origins.recorded()] == ["k3", "k2"]


def test_those_in_the_settings_are_taken_over_once_and_left_there(tmp_path: Path) -> None:
    settings, group = QgsSettings(), "gpkeys/connections"
    kept = {"kind": "WFS", "owner": "k1", "url": WFS.url, "authcfg": "abc1234"}
    settings.setValue(f"{group}/wfs/{WFS.connection.name}", json.dumps(kept))
    settings.setValue(f"{group}/wms/{WMTS.connection.name}", json.dumps({**kept, "kind": "WMTS", "url": WMTS.url}))
    settings.setValue(f"{group}/xyz/illisible", "{")
    before = {key: settings.value(key) for key in settings.allKeys()}
    assert {origin.connection for origin in connection_origins.recorded()} == {WFS.connection, WMTS.connection}
    assert not (tmp_path / "origins.json").exists()

    connection_origins.record_all([TILES])
    connection_origins.forget_all([WMTS.connection])
    assert set(connection_origins.recorded()) == {WFS, TILES}
    assert {key: QgsSettings().value(key) for key in QgsSettings().allKeys()} == before
    connection_origins.forget_all([WFS.connection, TILES.connection])
    assert connection_origins.recorded() == ()
