"""Connections that an earlier version wrote after a downgrade: ours, if QGIS has them just as they are noted."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest
from qgis.core import QgsSettings

from gpkeys_plugin.entrepot.errors import GpkeysError
from gpkeys_plugin.keys.services.connection_plans import ConnectionKind, ConnectionPlan
from gpkeys_plugin.store import connections
from gpkeys_plugin.store.records import connection_origins, installed_keys, known_hashes, record_file
from gpkeys_plugin.store.records.connection_origins import Origin
from gpkeys_plugin.store.records.installed_keys import InstalledKey
from gpkeys_plugin.store.sources import connections_noted_earlier

from ..one_connection import write_one
from ..planned_connections import GATEWAY, HASH
from .earlier_version import API, EarlierConnection, connect, install, note, rotate, write_connection

OTHER_HASH = HASH[::-1]
WFS = EarlierConnection(ConnectionKind.WFS, "Eau – WFS", "k2", f"{GATEWAY}/wfs", "abc1234")
WMTS = EarlierConnection(
    ConnectionKind.WMTS,
    "Sol – WMTS",
    "k3",
    f"{GATEWAY}/wmts?SERVICE=WMTS&VERSION=1.0.0&REQUEST=GetCapabilities",
    apikey=HASH,
)
MINE = ConnectionPlan("Routes – WFS", ConnectionKind.WFS, f"{GATEWAY}/wfs", ())


def origin(one: EarlierConnection) -> Origin:
    """What is recorded of such a connection."""
    return Origin(one.written, one.owner, one.url, one.authcfg)


def known() -> set[Origin]:
    """What is recorded after what was noted has been taken over, which may be done as often as one likes."""
    connections_noted_earlier.adopt()
    found = set(connection_origins.recorded())
    path, settings = record_file.profile_folder() / "origins.json", QgsSettings()
    before = path.read_bytes(), {key: settings.value(key) for key in settings.allKeys()}
    connections_noted_earlier.adopt()
    assert (path.read_bytes(), {key: settings.value(key) for key in settings.allKeys()}) == before
    return found


@pytest.fixture
def mine() -> Origin:
    """A connection of ours, recorded before the downgrade."""
    written = write_one(MINE, owner="k1", authcfg="def5678")
    installed_keys.remember(InstalledKey("k1", "Routes", "BASIC", API, "def5678", (written,)))
    return connection_origins.recorded()[0]


def test_what_was_connected_after_a_downgrade_is_the_plugin_s(mine: Origin) -> None:
    connect(WFS, WMTS)
    assert connections.ours([WFS.written, WMTS.written]) == ()
    assert known() == {mine, origin(WFS), origin(WMTS)}
    assert connections.ours([WFS.written, WMTS.written]) == (WFS.written, WMTS.written)
    # It is written anew in its place, and removed with its key.
    assert connections.names_for([ConnectionPlan(WFS.name, WFS.kind, WFS.url, ())], "k2") == (WFS.written,)
    assert connections.remove([WFS.written, WMTS.written]) == (WFS.written, WMTS.written)


def test_what_the_earlier_version_did_not_come_to_install_is_adopted_too(mine: Origin) -> None:
    write_connection(WFS)
    note(WFS)
    assert known() == {mine, origin(WFS)}


def test_what_was_removed_after_a_downgrade_stays_removed(mine: Origin) -> None:
    note(WFS)
    assert known() == {mine}


@pytest.mark.parametrize(
    "changed",
    [replace(WFS, url=f"{GATEWAY}/wfs2"), replace(WFS, authcfg="zzz9999"), replace(WFS, authcfg="")],
    ids=["address", "configuration", "no configuration"],
)
def test_what_was_changed_since_is_somebody_else_s(mine: Origin, changed: EarlierConnection) -> None:
    connect(WFS)
    write_connection(changed)
    assert known() == {mine}


def test_what_another_key_has_by_now_is_not_adopted(mine: Origin) -> None:
    connect(WFS)
    install("k2")
    install("k4", WFS)
    assert known() == {mine}


def test_what_was_mended_with_another_key_s_hash_is_not_adopted(mine: Origin) -> None:
    connect(WMTS)
    write_connection(replace(WMTS, apikey=OTHER_HASH))
    known_hashes.remember(API, "k4", OTHER_HASH)
    assert known() == {mine}


def test_an_unreadable_note_is_in_nobody_s_way(mine: Origin) -> None:
    QgsSettings().setValue("gpkeys/connections/wfs/Eau – WFS", "{")
    QgsSettings().setValue("gpkeys/connections/wms/Sol – WMTS", 3)
    assert known() == {mine}


# Both have a record of the same connection.


@pytest.fixture
def moved() -> Origin:
    """A connection of the earlier version, which this one has in its record since the first upgrade."""
    connect(WMTS)
    connection_origins.record_all([])
    assert connection_origins.recorded() == (origin(WMTS),)
    return origin(WMTS)


def test_what_both_say_is_there_once(moved: Origin) -> None:
    assert known() == {moved}


def test_what_this_version_has_changed_since_is_not_undone_by_an_old_note(moved: Origin) -> None:
    connection_origins.change_owner("k3", "k5")
    installed_keys.move(API, "k3", key_id="k5", key_name="Sol")
    assert known() == {replace(moved, owner="k5")}


def test_a_rotation_that_is_under_way_meanwhile_is_not_undone(moved: Origin, monkeypatch: pytest.MonkeyPatch) -> None:
    read = connection_origins._in_settings

    def rotated_meanwhile() -> Mapping[str, Origin]:
        noted = read()
        # In the order of `jobs.rotate_key.hand_over`.
        installed_keys.move(API, "k3", key_id="k5", key_name="Sol")
        connection_origins.change_owner("k3", "k5")
        return noted

    monkeypatch.setattr(connection_origins, "_in_settings", rotated_meanwhile)
    assert known() == {replace(moved, owner="k5")}


def test_of_two_keys_of_which_nothing_else_is_known_the_recorded_one_stays(moved: Origin) -> None:
    connection_origins.change_owner("k3", "k5")
    installed_keys.forget(API, "k3")
    assert known() == {replace(moved, owner="k5")}


def test_a_rotation_after_a_downgrade_is_followed(moved: Origin) -> None:
    rotate("k3", "k5")
    assert known() == {replace(moved, owner="k5")}


def test_a_connection_that_was_written_anew_after_a_downgrade_is_as_it_was_written(moved: Origin) -> None:
    connect(replace(WMTS, apikey="", authcfg="abc1234"))
    assert known() == {replace(moved, authcfg="abc1234")}
    connect(WMTS)
    assert known() == {moved}


def test_a_configuration_that_qgis_has_dropped_is_still_known(moved: Origin) -> None:
    """As in a profile that goes to QGIS 3.30: what is recorded gives it back."""
    held = replace(moved, authcfg="abc1234")
    connection_origins.record_all([held])
    write_connection(replace(WMTS, apikey=""))
    assert known() == {held}


def test_what_can_not_be_written_down_is_said(mine: Origin, tmp_path: Path) -> None:
    connect(WFS)
    (tmp_path / "origins.json").unlink()
    (tmp_path / "origins.json").mkdir()
    with pytest.raises(GpkeysError):
        connections_noted_earlier.adopt()
