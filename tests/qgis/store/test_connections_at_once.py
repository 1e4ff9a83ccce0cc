"""Many connections at once: QGIS writes its settings once for all of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from qgis.core import QgsSettings

from gpkeys_plugin.keys.services.connection_plans import ConnectionKind
from gpkeys_plugin.keys.services.kept_connections import HeldConnection
from gpkeys_plugin.keys.services.layer_recipes import WrittenConnection
from gpkeys_plugin.store import connection_snapshots, connections
from gpkeys_plugin.store.records import connection_origins
from tests.qgis.store.planned_connections import HASH, PLANS

_PLANS = (PLANS[ConnectionKind.VECTOR_TILES], *PLANS.values())


class _Watched(QgsSettings):
    """Tells what becomes of QGIS's settings: each new object, and each that is let go, has what is pending written."""

    seen: list[str] = []

    def __init__(self) -> None:
        super().__init__()
        self.seen.append("opened")

    def setValue(self, key: str, value: Any) -> None:  # noqa: N802
        """Change a value."""
        self.seen.append("changed")
        super().setValue(key, value)

    def remove(self, key: str) -> None:
        """Remove a group."""
        self.seen.append("changed")
        super().remove(key)

    def sync(self) -> None:
        """Write what is pending."""
        self.seen.append("written")
        super().sync()


@pytest.fixture
def seen(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """Return what happens to the settings from here on."""
    for place in (connections, connection_snapshots):
        monkeypatch.setattr(place, "QgsSettings", _Watched)
    _Watched.seen.clear()
    yield _Watched.seen
    _Watched.seen.clear()


def _write() -> tuple[WrittenConnection, ...]:
    names = connections.names_for(_PLANS, "k1")
    planned = list(zip(_PLANS, names))
    connection_origins.record_all(connections.origin_of(plan, name, "k1", hash_value=HASH) for plan, name in planned)
    _Watched.seen.clear()
    connections.write_all(planned, hash_value=HASH)
    return names


def _changes(seen: list[str]) -> list[str]:
    """Return what is seen between the first change and the last one, and right after it; changes in a row as one."""
    first, last = seen.index("changed"), len(seen) - seen[::-1].index("changed")
    between = seen[first : last + 1]
    return [what for nth, what in enumerate(between) if nth == 0 or what != between[nth - 1]]


def test_written_at_once(seen: list[str]) -> None:
    names = _write()
    assert _changes(seen) == ["changed", "written"]
    assert connections.ours(names) == names


def test_removed_at_once(seen: list[str]) -> None:
    names = _write()
    seen.clear()
    assert connections.remove(names) == names
    assert _changes(seen) == ["changed", "written"]
    assert connections.ours(names) == ()


def test_put_back_at_once(seen: list[str]) -> None:
    names = _write()
    kept = connection_snapshots.snapshots(names)
    connections.remove(names)
    seen.clear()
    connection_snapshots.put_back(kept)
    assert _changes(seen) == ["changed", "written"]
    assert connection_snapshots.snapshots(names) == kept


def test_what_stays_beside_keeps_its_name_but_for_a_connection_to_the_same_address(seen: list[str]) -> None:
    (written,) = (name for name in _write() if name.kind is ConnectionKind.WMTS)
    plan = PLANS[ConnectionKind.WMTS]
    staying = [HeldConnection(written, plan.url)]
    assert connections.names_for([plan], "k1", staying) == (written,)
    elsewhere = replace(plan, url=plan.url.replace("/wmts", "/autre/wmts"))
    (other,) = connections.names_for([elsewhere], "k1", staying)
    assert other.name == f"{written.name} (2)"
