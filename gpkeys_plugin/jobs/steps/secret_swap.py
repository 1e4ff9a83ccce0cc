"""Putting a key's new secret in the place of the old one, everywhere in this QGIS, and back again."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import partial
from typing import Iterator

from qgis.core import QgsProject

from ...entrepot.models import KeyDetails, KeyType
from ...entrepot.translatable_text import Text
from ...keys.services.layer_recipes import WrittenConnection
from ...store import connections, hash_swap, key_uses
from ...store.configurations import auth_config_snapshots, auth_configs
from ...store.records import installed_keys
from ...store.records.installed_keys import InstalledKey
from ...store.records.rotations import UnfinishedRotation
from ..running.main_thread import MainThread
from . import cached_answers, key_configurations


@dataclass(frozen=True)
class Swapped:
    """What carries the other secret now. `unchanged` are the names of layers that would not take it."""

    connections: tuple[WrittenConnection, ...] = ()
    layer_names: tuple[str, ...] = ()
    unchanged: tuple[str, ...] = ()

    @property
    def warnings(self) -> tuple[Text, ...]:
        """What to tell about the layers that would not take it, and what to do about them."""
        layers = (
            Text("The layer “{name}” kept the old hash: it does not open with the new one.", {"name": name})
            for name in self.unchanged
        )
        return (*layers, _MEND_FIRST) if self.unchanged else ()


@dataclass(frozen=True)
class HashSwap:
    """Swaps the hash of a HASH key: in its header configurations (`authcfgs`, if any), connections and layers.

    Header configurations of others that hold it are swapped, too, in a QGIS that can send them.

    Doing it twice changes nothing more; `reversed` takes it back.
    """

    main_thread: MainThread
    old: str = field(repr=False)
    new: str = field(repr=False)
    authcfgs: tuple[str, ...] = ()

    def reversed(self) -> HashSwap:
        """Return the swap that takes this one back."""
        return HashSwap(self.main_thread, self.new, self.old, self.authcfgs)

    def make(self) -> Swapped:
        """Swap; each layer is a call of its own, so that the window is drawn in between."""
        for authcfg in dict.fromkeys((*self.authcfgs, *self.main_thread.call(self._others))):
            self._swap_in_configuration(authcfg)
        connections = self.main_thread.call(lambda: hash_swap.swap_in_connections(self.old, self.new))
        done: list[str] = []
        refused: dict[str, str] = {}
        # Looked for again after each one: layers may come and go while this runs.
        while True:
            found = self.main_thread.call(self._layers)
            left = [layer for layer in found if layer.layer_id not in refused]
            if not left:
                cached_answers.forget({self.old}, self.main_thread)
                return Swapped(connections, tuple(done), tuple(refused.values()))
            if self._swap_layer(left[0].layer_id):
                done.append(left[0].name)
            else:
                refused[left[0].layer_id] = left[0].name

    def _others(self) -> tuple[str, ...]:
        """Return the header configurations that somebody else made with the old hash."""
        return auth_config_snapshots.headers_with(self.old)

    def _swap_in_configuration(self, authcfg: str) -> None:
        # One that somebody has removed since would stop every way out for ever.
        if auth_configs.exists(authcfg):
            self.main_thread.call(lambda: auth_config_snapshots.replace_header_hash(authcfg, self.new))

    def _layers(self) -> tuple[key_uses.LayerUse, ...]:
        return key_uses.project_layers_with(QgsProject.instance(), hash_value=self.old)

    def _swap_layer(self, layer_id: str) -> bool:
        project = QgsProject.instance()
        return self.main_thread.call(lambda: hash_swap.swap_in_layer(project, layer_id, self.old, self.new))


@dataclass(frozen=True)
class PasswordSwap:
    """Swaps login and password of a BASIC key between its configuration and a spare one.

    What was in the one is in the other afterwards. `others` hold the same as the key's configuration, before and after.
    At each moment the old secret is in one of them: on the way back it is written first.
    """

    main_thread: MainThread
    authcfg: str
    spare_authcfg: str
    others: tuple[str, ...] = ()
    is_back: bool = False

    def reversed(self) -> PasswordSwap:
        """Return the swap that takes this one back."""
        return replace(self, is_back=not self.is_back)

    def make(self) -> Swapped:
        """Swap."""
        self.main_thread.call(self._swap)
        return Swapped()

    def holds(self, login: str) -> bool:
        """Return whether the key's configuration is there and holds that login now."""
        return self.main_thread.call(lambda: self._holds(login))

    def spread(self) -> None:
        """Have the others hold what the key's configuration holds."""
        self.main_thread.call(self._spread)

    def bring_back(self, name: str, login: str) -> bool:
        """Store the key's configuration anew, under a name, where somebody has removed it; return whether it was gone.

        The spare one has what was in it once the swap had begun: that with the `login`.
        """
        return self.main_thread.call(lambda: self._bring_back(name, login))

    def _holds(self, login: str) -> bool:
        is_there = auth_configs.exists(self.authcfg)
        return is_there and auth_config_snapshots.take(self.authcfg).entries.get("username") == login

    def _spread(self) -> None:
        kept = auth_config_snapshots.take(self.authcfg)
        for authcfg in filter(auth_configs.exists, self.others):
            auth_config_snapshots.put_back(kept, under=authcfg)

    def _bring_back(self, name: str, login: str) -> bool:
        if auth_configs.exists(self.authcfg):
            return False
        spare = auth_config_snapshots.take(self.spare_authcfg) if auth_configs.exists(self.spare_authcfg) else None
        if spare is not None and spare.entries.get("username") == login:
            auth_configs.store(name, spare.method, spare.entries, wanted_ids=(self.authcfg,))
            for authcfg in filter(auth_configs.exists, self.others):
                auth_config_snapshots.put_back(spare, under=authcfg)
        return True

    def _swap(self) -> None:
        used, spare = auth_config_snapshots.take(self.authcfg), auth_config_snapshots.take(self.spare_authcfg)
        keep = partial(auth_config_snapshots.put_back, used, under=self.spare_authcfg)
        use = [partial(auth_config_snapshots.put_back, spare, under=id_) for id_ in (self.authcfg, *self.others)]
        try:
            # QGIS may be killed after each of them.
            for write in (*use, keep) if self.is_back else (keep, *use):
                write()
        except Exception:
            for authcfg in (self.authcfg, *self.others):
                auth_config_snapshots.put_back(used, under=authcfg)
            auth_config_snapshots.put_back(spare)
            raise


def swap_of(
    entry: UnfinishedRotation, old: KeyDetails, new: KeyDetails, main_thread: MainThread
) -> HashSwap | PasswordSwap | None:
    """Return the swap of a rotation; None where QGIS holds nothing of the old key's secret."""
    others = main_thread.call(lambda: further_configurations(entry, old.key.type))
    if old.hash is not None and new.hash is not None:
        return HashSwap(main_thread, old.hash, new.hash, tuple(filter(None, (entry.authcfg, *others))))
    return PasswordSwap(main_thread, entry.authcfg, entry.spare_authcfg, others) if entry.spare_authcfg else None


def further_configurations(entry: UnfinishedRotation, key_type: KeyType) -> tuple[str, ...]:
    """Return what holds the key beside `authcfg`; on the main thread only."""
    installed = next(_noted(entry), None)
    return tuple(id_ for id_ in key_configurations.borrowed(installed, key_type) if id_ != entry.authcfg)


def swap_back(entry: UnfinishedRotation, old: KeyDetails, new: KeyDetails | None, main_thread: MainThread) -> bool:
    """Put the old secret back where the new one is, however far the rotation has come; `new` is None where it is gone.

    Returns False where it cannot be: somebody has removed the configuration that held the old password.
    """
    # Before the new key's id is noted, nothing is swapped.
    swap = swap_of(entry, old, new or old, main_thread) if entry.new_key_id else None
    if isinstance(swap, PasswordSwap):
        return _password_back(entry, swap, old, new)
    if swap is not None:
        # The hash of a key that is gone is where it was swapped in only.
        hashes = {swap.new} if new is not None else main_thread.call(lambda: _hashes_held(entry)) - {swap.old}
        for hash_value in hashes:
            replace(swap, new=hash_value).reversed().make()
    return True


def _password_back(entry: UnfinishedRotation, swap: PasswordSwap, old: KeyDetails, new: KeyDetails | None) -> bool:
    login = old.login or ""
    if swap.bring_back(auth_configs.name_for_key(entry.old_key_name), login):
        return True
    is_new_used = swap.holds(new.login or "") if new is not None else not swap.holds(login)
    if not is_new_used:
        # One way or the other may have been cut off before the last of them.
        swap.spread()
        return True
    if not auth_configs.exists(entry.spare_authcfg):
        return False
    swap.reversed().make()
    return True


def _hashes_held(entry: UnfinishedRotation) -> set[str]:
    found = set[str]()
    for installed in _noted(entry):
        stored = [connections.read(connection.kind, connection.name) for connection in installed.connections]
        found |= {connection.hash for connection in stored if connection is not None and connection.hash}
        headers = key_configurations.holding(installed.authcfgs, KeyType.HASH)
        found |= {auth_config_snapshots.header_hash(auth_config_snapshots.take(authcfg)) for authcfg in headers}
    return found - {""}


def _noted(entry: UnfinishedRotation) -> Iterator[InstalledKey]:
    """Yield what QGIS holds: the record stands under the new key's id once that was swapped in."""
    for key_id in (entry.new_key_id, entry.noted_id):
        installed = installed_keys.find(entry.api_url, key_id)
        if installed is not None:
            yield installed


_MEND_FIRST = Text("Mend these layers in the tab “Repair” before you delete the old key.")
