"""What repairs have changed in this profile, in memory only: as it was before, it holds secrets."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Union

from ...store import connection_snapshots
from ...store.configurations import auth_config_snapshots, auth_configs
from ...store.configurations.auth_config_snapshots import AuthSnapshot
from ...store.connection_snapshots import ConnectionSnapshot
from ...store.qgis_settings import settings_file


@dataclass(frozen=True)
class MendedConnection:
    """A connection as it was before and after."""

    before: ConnectionSnapshot
    after: ConnectionSnapshot

    @property
    def name(self) -> str:
        """What it is called in the Browser."""
        return self.before.connection.name


@dataclass(frozen=True)
class MendedConfiguration:
    """An APIHeader configuration as it was before and after."""

    before: AuthSnapshot
    after: AuthSnapshot

    @property
    def name(self) -> str:
        """What it is called among QGIS's configurations."""
        return self.before.name


Mended = Union[MendedConnection, MendedConfiguration]


class MendedConnections:
    """Fills up with each repair, for the length of the session."""

    def __init__(self) -> None:
        self._all: list[Mended] = []

    def add(self, mended: Mended) -> None:
        """Note what was changed."""
        self._all.append(mended)

    def forget(self, mended: Mended) -> None:
        """Forget what was brought back, or can't be."""
        self._all.remove(mended)

    def undoable(self) -> tuple[Mended, ...]:
        """Return what was changed, the last thing first."""
        return tuple(reversed(self._all))


def put_back(mended: Mended) -> bool:
    """Write something back as it was; return False where it was changed meanwhile. On the main thread only.

    Raises GpkeysError where that is not kept.
    """
    if isinstance(mended, MendedConfiguration):
        is_there = auth_configs.exists(mended.before.id)
        if not is_there or auth_config_snapshots.take(mended.before.id) != mended.after:
            return False
        auth_config_snapshots.put_back(mended.before)
        return True
    if connection_snapshots.snapshot_of(mended.before.connection).values != mended.after.values:
        return False
    connection_snapshots.put_back([mended.before])
    settings_file.require_kept()
    return True
