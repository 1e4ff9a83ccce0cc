"""What holds after every step of a walk, whatever went wrong in it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from gpkeys_plugin.entrepot.models import KeyType
from gpkeys_plugin.keys.services.layer_recipes import WrittenConnection
from gpkeys_plugin.store.records.installed_keys import InstalledKey
from tests.qgis.jobs.walk.platform_side import PlatformKey
from tests.qgis.jobs.walk.profile_side import Profile, secret_of
from tests.qgis.jobs.walk.seats import Seat


@dataclass
class Ledger:
    """What the walk has learned: whose each secret is or was, each BASIC password, who deleted which key.

    `wanted` are keys that a job said to be done, or that were made on the web site. `deleted_at` has the number of the
    seat that deleted a key, -1 for the web site; `made_at` that of the seat where a job said that it made one.
    """

    owners: dict[str, str] = field(default_factory=dict)
    users: dict[str, str] = field(default_factory=dict)
    passwords: dict[str, str] = field(default_factory=dict)
    wanted: set[str] = field(default_factory=set)
    deleted_at: dict[str, int] = field(default_factory=dict)
    made_at: dict[str, int] = field(default_factory=dict)

    def learn(self, before: dict[str, PlatformKey], now: dict[str, PlatformKey], seat: int) -> None:
        """Learn from how the platform was and is, and from whose hand was at work."""
        for key in now.values():
            self.users[key.id] = key.user
            if key.secret:
                self.owners[key.secret] = key.id
        for key_id in before.keys() - now.keys():
            self.deleted_at.setdefault(key_id, seat)


@dataclass(frozen=True)
class Scene:
    """All there is at a moment, seen from a seat."""

    number: int
    seat: Seat
    profile: Profile
    keys: dict[str, PlatformKey]
    ledger: Ledger
    other_profile: Profile

    def is_excused(self, key_id: str) -> bool:
        """Whether the user knows that something of a key is not as it should be, or cannot know here."""
        is_gone_elsewhere = self.ledger.deleted_at.get(key_id, self.number) != self.number
        return key_id in self.seat.unsettled | self.profile.begun_keys or is_gone_elsewhere

    def is_free(self, authcfg: str) -> bool:
        """Whether a configuration is missing by the user's own hand, or is part of something begun."""
        return authcfg in self.seat.by_hand | self.profile.begun_configurations


def broken_laws(scene: Scene) -> list[str]:
    """Return what does not hold, a sentence each."""
    laws = (_connections, _configurations, _origins, _installed, _passwords, _orphans)
    return [sentence for law in laws for sentence in law(scene)]


def _owner(scene: Scene, connection: WrittenConnection) -> str:
    origin, stored = scene.profile.origins.get(connection), scene.profile.connections.get(connection)
    by_secret = scene.ledger.owners.get(stored.hash or "", "") if stored is not None else ""
    return origin.owner if origin is not None else by_secret


def _connections(scene: Scene) -> Iterator[str]:
    alive = {key.hash for key in scene.keys.values()}
    for connection, stored in scene.profile.connections.items():
        if scene.is_excused(_owner(scene, connection)):
            continue
        if connection not in scene.profile.origins:
            yield f"nothing says for which key {connection} is"
        if stored.hash and stored.hash not in alive:
            yield f"{connection} has the hash of a key that is gone"
        is_there = stored.authcfg in scene.profile.configurations or stored.authcfg in scene.seat.sign_ins
        if stored.authcfg and not is_there and not scene.is_free(stored.authcfg):
            yield f"{connection} points to the configuration {stored.authcfg}, which is gone"


def _configurations(scene: Scene) -> Iterator[str]:
    named = {authcfg for known in scene.profile.installed.values() for authcfg in known.authcfgs}
    for id_, snapshot in scene.profile.configurations.items():
        owner = scene.ledger.owners.get(secret_of(snapshot), "")
        if id_ not in named and not scene.is_free(id_) and not scene.is_excused(owner):
            yield f"the configuration {id_} ({snapshot.name}) is nobody’s"


def _origins(scene: Scene) -> Iterator[str]:
    for connection, origin in scene.profile.origins.items():
        if scene.is_excused(origin.owner):
            continue
        if origin.owner not in scene.keys:
            yield f"{connection} is said to be for a key that is gone"
        if connection not in scene.profile.connections and connection not in scene.seat.by_hand:
            yield f"{connection} is said to be there"


def _installed(scene: Scene) -> Iterator[str]:
    for known in scene.profile.installed.values():
        if scene.is_excused(known.key_id):
            continue
        key = scene.keys.get(known.key_id)
        if key is None:
            yield f"“{known.key_name}” is said to be held here, and is gone"
            continue
        for connection in known.connections:
            if connection not in scene.profile.connections and connection not in scene.seat.by_hand:
                yield f"“{known.key_name}” is said to have {connection}"
            origin = scene.profile.origins.get(connection)
            if origin is not None and origin.owner != known.key_id:
                yield f"“{known.key_name}” is said to have {connection}, which is another key’s"
        yield from _held(scene, known, key)


def _held(scene: Scene, known: InstalledKey, key: PlatformKey) -> Iterator[str]:
    """Say what of the configurations of a key that lives does not open it."""
    for authcfg in known.authcfgs:
        snapshot = scene.profile.configurations.get(authcfg)
        if authcfg in scene.seat.sign_ins or scene.is_free(authcfg) or key.type is KeyType.OAUTH2:
            continue
        if key.login and key.id in scene.seat.lost:
            # Nobody can put its password back, once the user has removed the one place that had it.
            continue
        if snapshot is None:
            yield f"“{known.key_name}” is said to be in {authcfg}, which is gone"
        elif secret_of(snapshot) != key.secret:
            yield f"{authcfg} holds another secret than that of “{known.key_name}”"
        elif key.login and snapshot.entries.get("password") != scene.ledger.passwords.get(key.login):
            yield f"{authcfg} holds another password than that of “{known.key_name}”"


def _passwords(scene: Scene) -> Iterator[str]:
    """Nobody can read the password of a BASIC key back, but where it was made."""
    kept = {(secret_of(found), found.entries.get("password")) for found in scene.profile.configurations.values()}
    for key in scene.keys.values():
        is_made_here = scene.ledger.made_at.get(key.id) == scene.number and key.id not in scene.seat.lost
        wanted = (key.login, scene.ledger.passwords.get(key.login or ""))
        if key.login and is_made_here and not scene.is_excused(key.id) and wanted not in kept:
            yield f"the password of “{key.name}” is not in QGIS any more"


def _orphans(scene: Scene) -> Iterator[str]:
    for key in scene.keys.values():
        if key.id not in scene.ledger.wanted and not any(
            _is_named(key, profile) for profile in (scene.profile, scene.other_profile)
        ):
            yield f"nothing here names “{key.name}”, which is on the platform"


def _is_named(key: PlatformKey, profile: Profile) -> bool:
    is_begun = any(
        key.name == creation.key_name and not creation.key_id and key.id not in creation.known_ids
        for creation in profile.creations.values()
    ) or any(
        key.name == rotation.new_key_name and not rotation.new_key_id and key.id not in rotation.known_ids
        for rotation in profile.rotations.values()
    )
    return is_begun or key.id in profile.begun_keys or key.id in profile.installed
