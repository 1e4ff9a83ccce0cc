"""QGIS's settings on a disk that fills up: Qt would put a cut or empty file in their place and see no error."""

from __future__ import annotations

import errno
import tempfile
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from qgis.core import QgsSettings

from gpkeys_plugin.entrepot.errors import ErrorCode, GpkeysError
from gpkeys_plugin.keys.layer_needs.credential_replacement import HashInUrl
from gpkeys_plugin.keys.layer_needs.platform_hosts import Platform
from gpkeys_plugin.keys.services.connection_plans import ConnectionKind
from gpkeys_plugin.keys.services.layer_recipes import WrittenConnection
from gpkeys_plugin.store import connection_snapshots, connections, hash_swap, qgis_capabilities_cache
from gpkeys_plugin.store.connection_snapshots import ConnectionSnapshot
from gpkeys_plugin.store.qgis_settings import settings_file
from gpkeys_plugin.store.records import connection_origins
from gpkeys_plugin.store.sources.connection_sources import every_source, give_credential
from tests.qgis.jobs.refusals.profile_refusals import small_disk
from tests.qgis.store.planned_connections import GATEWAY, HASH, PLANS

_PLAN, _ONE = PLANS[ConnectionKind.WMS], WrittenConnection(ConnectionKind.WMS, "un")
_DISK_MB = 2
_PAGE_BYTES = 4096
_WFS_MEMORY_S = "qgis/wfsMemoryCacheDelay"


def _change_url(kept: ConnectionSnapshot) -> ConnectionSnapshot:
    changed = {key: "https://example.fr" if key.endswith("/url") else value for key, value in kept.values.items()}
    return ConnectionSnapshot(kept.connection, changed)


def _give_another() -> None:
    platform = Platform.of(f"{GATEWAY.rpartition('/')[0]}/api")
    (source,) = every_source(platform)
    give_credential(source, HashInUrl("autre"), platform)


_CHANGES: dict[str, Callable[[], Any]] = {
    "write": lambda: connections.write_all([(_PLAN, WrittenConnection(ConnectionKind.WMS, "deux"))], hash_value=HASH),
    "write over": lambda: connections.write_all([(_PLAN, _ONE)], hash_value="autre"),
    "remove": lambda: connections.remove([_ONE]),
    "put back": lambda: connection_snapshots.put_back([_change_url(connection_snapshots.snapshot_of(_ONE))]),
    "swap": lambda: hash_swap.swap_in_connections(HASH, "autre"),
    "give another": _give_another,
    "give a configuration": lambda: connections.set_authcfg(_ONE, "abc1234"),
}


@pytest.fixture
def tmp_path(tmp_path: Path) -> Iterator[Path]:
    """Give a test a small disk of its own."""
    with small_disk(tmp_path, _DISK_MB) as disk:
        yield disk


@pytest.fixture
def written() -> Path:
    """Write a connection; return the file that holds it."""
    connection_origins.record_all([connections.origin_of(_PLAN, _ONE, "the key", hash_value=HASH)])
    connections.write_all([(_PLAN, _ONE)], hash_value=HASH)
    return Path(QgsSettings().fileName())


def fill(disk: Path, *, but_bytes: int) -> None:
    """Fill a disk but for some room."""
    room = disk / "room"
    room.write_bytes(bytes(but_bytes))
    with (disk / "filler").open("wb", buffering=0) as file, suppress(OSError):
        while file.write(bytes(_PAGE_BYTES)):
            pass
    room.unlink()


@pytest.mark.parametrize("change", _CHANGES)
@pytest.mark.parametrize("but_pages", [0, 1])
def test_nothing_is_set_that_could_cost_all_that_qgis_knows(
    written: Path, tmp_path: Path, change: str, but_pages: int
) -> None:
    before = written.read_bytes()
    fill(tmp_path, but_bytes=but_pages * _PAGE_BYTES)
    with pytest.raises(GpkeysError, match="no room") as caught:
        _CHANGES[change]()
    QgsSettings().sync()
    assert caught.value.code is ErrorCode.QGIS
    assert written.read_bytes() == before
    stored = connections.read(_ONE.kind, _ONE.name)
    assert stored is not None
    assert stored.hash == HASH


def test_wfs_capabilities_may_be_a_minute_old_where_there_is_no_room(written: Path, tmp_path: Path) -> None:
    before = written.read_bytes()
    fill(tmp_path, but_bytes=0)
    with qgis_capabilities_cache.without_wfs_memory():
        assert QgsSettings().value(_WFS_MEMORY_S) is None
    QgsSettings().sync()
    assert written.read_bytes() == before


def test_wfs_capabilities_are_as_old_as_before_unless_the_room_goes_meanwhile(written: Path, tmp_path: Path) -> None:
    with qgis_capabilities_cache.without_wfs_memory():
        assert str(QgsSettings().value(_WFS_MEMORY_S)) == "0"
    assert QgsSettings().value(_WFS_MEMORY_S) is None
    QgsSettings().sync()
    with qgis_capabilities_cache.without_wfs_memory():
        before = written.read_bytes()
        fill(tmp_path, but_bytes=0)
    QgsSettings().sync()
    assert written.read_bytes() == before


def test_what_is_as_it_was_needs_no_room(written: Path, tmp_path: Path) -> None:
    kept = connection_snapshots.snapshot_of(_ONE)
    fill(tmp_path, but_bytes=0)
    connection_snapshots.put_back([kept])
    assert hash_swap.swap_in_connections("unknown", "autre") == ()
    assert connections.remove([]) == ()


def test_a_quota_is_said(written: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(**_: Any) -> Any:
        raise OSError(errno.EDQUOT, "Disk quota exceeded")

    monkeypatch.setattr(tempfile, "TemporaryFile", refuse)
    with pytest.raises(GpkeysError, match="quota"):
        settings_file.require_room()
