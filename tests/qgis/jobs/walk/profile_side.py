"""What stands in a profile of QGIS, and what a user does to it by hand."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from qgis.core import QgsApplication, QgsAuthMethodConfig, QgsSettings

from gpkeys_plugin.keys.services.layer_recipes import WrittenConnection
from gpkeys_plugin.store.configurations import auth_config_snapshots, auth_configs
from gpkeys_plugin.store.configurations.auth_config_snapshots import AuthSnapshot
from gpkeys_plugin.store.connection_settings import all_groups, layout_for
from gpkeys_plugin.store.connections import StoredConnection
from gpkeys_plugin.store.key_uses import every_connection
from gpkeys_plugin.store.records import connection_origins, installed_keys
from gpkeys_plugin.store.records.connection_origins import Origin
from gpkeys_plugin.store.records.creations import CreationRecords, UnfinishedCreation
from gpkeys_plugin.store.records.deletions import DELETIONS, UnfinishedDeletion
from gpkeys_plugin.store.records.edits import EDITS, UnfinishedEdit
from gpkeys_plugin.store.records.installed_keys import InstalledKey
from gpkeys_plugin.store.records.rotations import RotationRecords, UnfinishedRotation


@dataclass(frozen=True)
class Profile:
    """A profile at a moment: `configurations` by id, without those of the sign-ins."""

    configurations: dict[str, AuthSnapshot]
    connections: dict[WrittenConnection, StoredConnection]
    installed: dict[str, InstalledKey]
    origins: dict[WrittenConnection, Origin]
    creations: dict[str, UnfinishedCreation]
    rotations: dict[str, UnfinishedRotation]
    edits: dict[str, UnfinishedEdit]
    deletions: dict[str, UnfinishedDeletion]

    @property
    def begun_configurations(self) -> set[str]:
        """The configurations that a record of something begun names."""
        named = {creation.authcfg for creation in self.creations.values()}
        for rotation in self.rotations.values():
            named |= {rotation.authcfg, rotation.spare_authcfg}
        for deletion in self.deletions.values():
            named |= set(deletion.authcfgs)
        return named - {""}

    @property
    def begun_keys(self) -> set[str]:
        """The keys that a record of something begun names."""
        named = {creation.key_id for creation in self.creations.values()}
        for rotation in self.rotations.values():
            named |= {rotation.old_key_id, rotation.new_key_id}
        named |= {edit.key_id for edit in self.edits.values()}
        named |= {deletion.key_id for deletion in self.deletions.values()}
        return named - {""}


EMPTY = Profile({}, {}, {}, {}, {}, {}, {}, {})


def secret_of(snapshot: AuthSnapshot) -> str:
    """Return the login or the hash that a configuration holds."""
    return snapshot.entries.get("username") or auth_config_snapshots.header_hash(snapshot)


def read_profile(sign_ins: Collection[str], creations: CreationRecords, rotations: RotationRecords) -> Profile:
    """Return what stands in the profile that is open."""
    stored = {found.connection: found for found in every_connection(layout_for())}
    return Profile(
        {id_: auth_config_snapshots.take(id_) for id_ in sorted(auth_configs.ids()) if id_ not in sign_ins},
        stored,
        {known.key_id: known for known in installed_keys.installed()},
        {origin.connection: origin for origin in connection_origins.recorded()},
        {entry.id: entry for entry in creations.entries()},
        {entry.id: entry for entry in rotations.entries()},
        {entry.id: entry for entry in EDITS.entries()},
        {entry.id: entry for entry in DELETIONS.entries()},
    )


def remove_connection(connection: WrittenConnection) -> None:
    """Remove a connection as QGIS's Browser does, which tells nobody."""
    for group in all_groups(connection.kind, connection.name):
        QgsSettings().remove(group)


def remove_configuration(authcfg: str) -> None:
    """Remove a configuration as QGIS's options do."""
    assert QgsApplication.authManager().removeAuthenticationConfig(authcfg)


def taken_away(sign_ins: Collection[str]) -> list[QgsAuthMethodConfig]:
    """Take the configurations out of QGIS, but for the sign-ins; return them."""
    manager, found = QgsApplication.authManager(), []
    for id_ in auth_configs.ids():
        if id_ not in sign_ins:
            config = QgsAuthMethodConfig()
            assert manager.loadAuthenticationConfig(id_, config, True)
            found.append(config)
            assert manager.removeAuthenticationConfig(id_)
    return found


def brought(configs: Collection[QgsAuthMethodConfig]) -> None:
    """Put configurations that were taken away back into QGIS."""
    for config in configs:
        assert QgsApplication.authManager().storeAuthenticationConfig(config)
        # What QGIS has read of the other profile's, under the same id, would be sent on.
        QgsApplication.authManager().clearCachedConfig(config.id())
