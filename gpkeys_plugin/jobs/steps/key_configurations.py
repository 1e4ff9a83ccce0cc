"""A key's configurations in this profile: which one is its own, and how it is stored so that other computers agree."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from typing import Callable, Container, Sequence

from qgis.core import QgsApplication

from ...entrepot.client import EntrepotClient
from ...entrepot.errors import GpkeysError
from ...entrepot.models import Key, KeyDetails, KeyType
from ...entrepot.translatable_text import Text
from ...keys import configuration_ids
from ...keys.services.layer_recipes import WrittenConnection
from ...store.configurations import auth_config_snapshots, auth_configs
from ...store.records import connection_origins, installed_keys
from ...store.records.installed_keys import InstalledKey
from ..running.main_thread import MainThread
from ..running.undo_list import UndoList
from .account_sessions import SignedIn

_METHODS = {KeyType.BASIC: auth_configs.BASIC, KeyType.HASH: auth_configs.API_HEADER}


@dataclass(frozen=True)
class PlannedConfiguration:
    """Where a key's secret is to be kept: in what an earlier key of that name left, or in a new configuration."""

    authcfg: str = ""
    is_new: bool = True


class KeyConfigurations:
    """Finds, stores and changes the configurations of the account's keys; `undo` fills up as that is done."""

    def __init__(self, signed_in: SignedIn, client: EntrepotClient, main_thread: MainThread, undo: UndoList) -> None:
        self._signed_in = signed_in
        self._client = client
        self._main_thread = main_thread
        self._undo = undo

    def noted(self, key: Key) -> InstalledKey | None:
        """Return what QGIS holds for a key, or else for its predecessor; `key_id` says for which of them.

        A key that got a new secret on another computer, or was deleted and made again, has another id since: its
        predecessor has the same name, and is gone from the platform.
        """
        return installed_keys.find(self._signed_in.api_url, key.id) or self._predecessor(key.name, key.type)

    def taken_over(self, details: KeyDetails, password: str | None = None) -> InstalledKey | None:
        """Return what QGIS holds for a key; what its predecessor has here becomes its own, and holds its secret.

        Nothing is taken over where that secret is not known: what holds another one is not the key's.
        """
        key, noted = details.key, self.noted(details.key)
        if noted is None or noted.key_id == key.id:
            return noted
        password = password or self._main_thread.call(lambda: password_of(details, noted.authcfgs))
        if not details.hash and not password:
            return None
        # Before it is said: QGIS may be killed after each of them.
        holders = self._main_thread.call(lambda: holding(noted.authcfgs, key.type))
        self._have_hold(holders, details, password)
        stays = _NOTES_STAY.with_values({"name": key.name})
        self._undo.add(stays, lambda: self._hand_over(key.id, noted))
        self._hand_over(noted.key_id, replace(noted, key_id=key.id, key_name=key.name))
        return installed_keys.find(self._signed_in.api_url, key.id)

    def own(self, key: Key, installed: InstalledKey | None) -> str:
        """Return the key's own configuration, empty where this QGIS has none."""
        if installed is not None and auth_configs.exists(installed.authcfg):
            return installed.authcfg
        return self._main_thread.call(lambda: unrecorded(self._signed_in, key.name, key.type))

    def planned(self, key_name: str, key_type: KeyType, former_id: str = "") -> PlannedConfiguration:
        """Return where to keep the secret of a key that has no configuration yet; nothing is stored.

        `former_id` is one that the key had and that projects name; QGIS lost it. What is left of an earlier key of
        that name takes the new secret, and its projects draw again.
        """
        left = self._left(key_name, key_type)
        if left:
            return PlannedConfiguration(left, is_new=False)
        wanted = self._wanted(key_name, former_id)
        return PlannedConfiguration(self._main_thread.call(lambda: _free_id(wanted)))

    def note(self, key: Key, own: str = "", *, borrowed: str = "") -> Callable[[], None]:
        """Say that QGIS holds a key, in these configurations, before it does: after a crash its id alone tells whose.

        On the web site it may get another name meanwhile. What it has got of its own beside another one is its own once
        that is left. What is returned takes the note back, unless something of it is there.
        """
        known = installed_keys.find(self._signed_in.api_url, key.id)
        at, whose = self._signed_in.api_url, self._signed_in.account_id
        noted = known or InstalledKey(key.id, key.name, key.type.value, at, own, account_id=whose)
        more = tuple(id_ for id_ in (own, borrowed) if id_ and id_ not in noted.authcfgs)
        noted = replace(noted, borrowed_authcfgs=(*noted.borrowed_authcfgs, *more))
        if noted == known:
            return lambda: None
        there, written = frozenset(auth_configs.ids()), connection_origins.written_for(key.id)
        former = installed_keys.remember(noted)
        stays = _NOTES_STAY.with_values({"name": key.name})

        def take_back() -> None:
            if not _is_left(noted, there, written):
                installed_keys.put_back(noted, former)

        self._undo.add(stays, take_back)
        return take_back

    def spare_id(self) -> str:
        """Return a free id of QGIS's, for a configuration that no project is to know."""
        return self._main_thread.call(lambda: _free_id(()))

    def keep_basic(self, authcfg: str, key_name: str, login: str, password: str) -> str:
        """Keep login and password of a key under a planned id; return the id it got."""
        if auth_configs.exists(authcfg):
            self.change(authcfg, lambda: auth_configs.update_basic(authcfg, login=login, password=password))
            return authcfg
        name = auth_configs.name_for_key(key_name)
        return self.keep(lambda: auth_configs.store_basic(name, login, password, wanted_ids=(authcfg,)))

    def keep_password(self, key: Key, login: str, password: str, former_id: str) -> str:
        """Keep login and password of a key that is on the platform; return the id of the configuration.

        `former_id` is as in `planned`.
        """
        authcfg = self.planned(key.name, KeyType.BASIC, former_id).authcfg
        return self._keep_noted(key, authcfg, lambda: self.keep_basic(authcfg, key.name, login, password))

    def keep_header(self, authcfg: str, key: Key, hash_value: str) -> str:
        """Keep the hash of a key, to be sent as a header, under a planned id; return the id it got."""
        self.taken_over(KeyDetails(key, hash=hash_value))
        authcfg = authcfg or self._place_for_hash(key)
        return self._keep_noted(key, authcfg, lambda: self._keep_hash(authcfg, key.name, hash_value))

    def keep(self, store: Callable[[], str]) -> str:
        """Store a configuration on the main thread; return its id."""
        authcfg = self._main_thread.call(store)
        stays = Text("The authentication configuration {id} is still in QGIS.", {"id": authcfg})
        self._undo.add(stays, lambda: self._main_thread.call(lambda: auth_configs.remove(authcfg)))
        return authcfg

    def change(self, authcfg: str, change: Callable[[], None]) -> None:
        """Change a configuration in such a way that it can be put back."""
        kept = self._main_thread.call(lambda: auth_config_snapshots.take(authcfg))
        stays = Text("The authentication configuration {id} is not as it was.", {"id": authcfg})
        self._undo.add(stays, lambda: self._main_thread.call(lambda: auth_config_snapshots.put_back(kept)))
        self._main_thread.call(change)

    def refresh_borrowed(self, details: KeyDetails, installed: InstalledKey | None, password: str) -> None:
        """Have the configurations under borrowed ids hold the key's secret of today, where it is known."""
        if details.hash or password:
            holders = self._main_thread.call(lambda: borrowed(installed, details.key.type))
            self._have_hold(holders, details, password)

    def follow_name(self, key: Key) -> None:
        """Give the configurations that are named after a key its name of today, but those that the user has named."""
        installed = installed_keys.find(self._signed_in.api_url, key.id)
        if installed is None:
            return
        found = self._main_thread.call(auth_configs.all_configs)
        names = {config.id: config.name for config in found if config.name.startswith(auth_configs.name_for_key(""))}
        for authcfg, name in named_after(key, installed).items():
            if names.get(authcfg, name) != name:
                self.change(authcfg, partial(auth_config_snapshots.rename, authcfg, name))

    def _keep_noted(self, key: Key, authcfg: str, keep: Callable[[], str]) -> str:
        take_back = self.note(key, authcfg)
        try:
            kept = keep()
        except GpkeysError:
            take_back()  # Also where all else that was begun stays, to be finished later.
            raise
        # Another QGIS on this profile may have taken the id just now, for the same key.
        self.note(key, kept)
        return kept

    def _keep_hash(self, authcfg: str, key_name: str, hash_value: str) -> str:
        if auth_configs.exists(authcfg):
            self.change(authcfg, lambda: auth_configs.update_api_header(authcfg, hash_value=hash_value))
            return authcfg
        name = auth_configs.name_for_key(key_name)
        return self.keep(lambda: auth_configs.store_api_header(name, hash_value, wanted_ids=(authcfg,)))

    def _place_for_hash(self, key: Key) -> str:
        """Return where to keep a hash: where it was, or where it is beside connections that have it in their URLs."""
        installed = installed_keys.find(self._signed_in.api_url, key.id)
        former_id = installed.authcfg if installed is not None else ""
        beside = self._main_thread.call(lambda: borrowed(installed, KeyType.HASH)) if not former_id else ()
        again = next((id_ for id_ in _derived(self._signed_in, key.name) if id_ in beside), "")
        return again or self.planned(key.name, KeyType.HASH, former_id).authcfg

    def _have_hold(self, authcfgs: Sequence[str], details: KeyDetails, password: str) -> None:
        for authcfg in authcfgs:
            self.change(authcfg, partial(_refresh, authcfg, details, password))

    def _wanted(self, key_name: str, former_id: str) -> tuple[str, ...]:
        return tuple(filter(None, (former_id, *_derived(self._signed_in, key_name))))

    def _left(self, key_name: str, key_type: KeyType) -> str:
        predecessor = self._predecessor(key_name, key_type)
        if predecessor is not None:
            return predecessor.authcfg
        return self._main_thread.call(lambda: unrecorded(self._signed_in, key_name, key_type))

    def _predecessor(self, key_name: str, key_type: KeyType) -> InstalledKey | None:
        """Return the key that has a derived id of this name here, and that is gone from the platform."""
        derived = _derived(self._signed_in, key_name)
        for known in installed_keys.installed(self._signed_in.api_url):
            is_alike = known.authcfg in derived and known.key_type == key_type.value
            if is_alike and auth_configs.exists(known.authcfg) and self._is_gone(known.key_id):
                return known
        return None

    def _is_gone(self, key_id: str) -> bool:
        keys = self._client.keys()
        return key_id not in {key.id for key in keys}

    def _hand_over(self, key_id: str, to: InstalledKey) -> None:
        installed_keys.move(to.api_url, key_id, key_id=to.key_id, key_name=to.key_name)
        connection_origins.change_owner(key_id, to.key_id)


def unrecorded(signed_in: SignedIn, key_name: str, key_type: KeyType) -> str:
    """Return a configuration that is a key's by id, method and name, though no record says so; on the main thread only.

    It came here with an export of QGIS's, or was left when the plugin forgot the key.
    """
    recorded = {authcfg for known in installed_keys.installed() for authcfg in known.authcfgs}
    expected = (auth_configs.name_for_key(key_name), _METHODS.get(key_type))
    alike = {config.id for config in auth_configs.all_configs() if (config.name, config.method) == expected}
    return next((id_ for id_ in _derived(signed_in, key_name) if id_ in alike - recorded), "")


def named_after(key: Key, installed: InstalledKey) -> dict[str, str]:
    """Return the configurations that are named after a key, with the name; that of an OAUTH2 key is the account's."""
    found = installed.borrowed_authcfgs if key.type is KeyType.OAUTH2 else installed.authcfgs
    # The key's own configuration is named after the key, one under a borrowed id says which id that is, too.
    return {id_: auth_configs.name_for_key(key.name, id_ if id_ != installed.authcfg else "") for id_ in found}


def borrowed(installed: InstalledKey | None, key_type: KeyType) -> tuple[str, ...]:
    """Return the configurations under borrowed ids that QGIS still has and that hold the secret of a key of a type.

    On the main thread only.
    """
    return holding(installed.borrowed_authcfgs if installed is not None else (), key_type)


def holding(authcfgs: Sequence[str], key_type: KeyType) -> tuple[str, ...]:
    """Return those of the configurations that QGIS still has and that hold the secret of a key of a type.

    On the main thread only.
    """
    return tuple(id_ for id_ in authcfgs if auth_config_snapshots.method_of(id_) == _METHODS.get(key_type))


def password_of(details: KeyDetails, authcfgs: Sequence[str]) -> str:
    """Return the password that one of the configurations holds for the login of a key, empty where none does.

    On the main thread only.
    """
    for authcfg in holding(authcfgs, KeyType.BASIC):
        entries = auth_config_snapshots.take(authcfg).entries
        if entries.get("username") == details.login and entries.get("password"):
            return entries["password"]
    return ""


def _is_left(noted: InstalledKey, there: Container[str], written: Container[WrittenConnection]) -> bool:
    """Return whether something made for a key could not be removed again, of which nothing else would say whose it is.

    `there` are the configurations that there were before, `written` the connections.
    """
    made = any(auth_configs.exists(authcfg) for authcfg in noted.authcfgs if authcfg not in there)
    now = () if noted.connections else connection_origins.written_for(noted.key_id)
    return made or any(connection not in written for connection in now)


def _refresh(authcfg: str, details: KeyDetails, password: str) -> None:
    if details.hash:
        auth_configs.update_api_header(authcfg, hash_value=details.hash)
    else:
        auth_configs.update_basic(authcfg, login=details.login, password=password)


def _free_id(wanted_ids: Sequence[str]) -> str:
    taken = auth_configs.ids()
    free = next((wanted for wanted in wanted_ids if wanted not in taken), "")
    return free or str(QgsApplication.authManager().uniqueConfigId())


def _derived(signed_in: SignedIn, key_name: str) -> tuple[str, ...]:
    return configuration_ids.ids_for_key(signed_in.api_url, signed_in.account_id, key_name)


_NOTES_STAY = Text("The notes of the key “{name}” are not as they were.")
