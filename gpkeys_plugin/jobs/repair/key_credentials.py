"""What mended sources carry of each key: its configuration or its hash, each key read once."""

from __future__ import annotations

from dataclasses import replace

from ...entrepot.errors import ErrorCode, GpkeysError
from ...entrepot.models import Key, KeyDetails, KeyType
from ...entrepot.translatable_text import Text
from ...keys.draft import HashStorage
from ...keys.layer_needs.credential_replacement import Configuration, Credential, HashInUrl
from ...store import settings
from ...store.configurations import auth_configs
from ...store.records import installed_keys, known_hashes
from ...store.records.installed_keys import InstalledKey
from ..running.main_thread import MainThread
from ..steps import service_probe
from ..steps.account_sessions import SignedIn
from ..steps.key_steps import KeySteps
from .repair_values import WhereKept


class KeyCredentials:
    """Runs on a worker, for one repair; a configuration that it makes is a key's own from then on, and stays."""

    def __init__(self, signed_in: SignedIn, main_thread: MainThread, steps: KeySteps, where: WhereKept) -> None:
        self._signed_in = signed_in
        self._main_thread = main_thread
        self._steps = steps
        self._where = where
        self._details: dict[str, KeyDetails] = {}
        self._found: dict[str, Credential] = {}

    def details(self, key: Key) -> KeyDetails:
        """Return a key as the platform has it; raises GpkeysError."""
        if key.id not in self._details:
            self._details[key.id] = self._steps.client.key(key.id)
        return self._details[key.id]

    def of(self, key: Key) -> Credential:
        """Return what sources are to carry of a key; raises GpkeysError where this QGIS can't use it."""
        if key.id not in self._found:
            self._found[key.id] = self._credential(self.details(key))
        return self._found[key.id]

    def _credential(self, details: KeyDetails) -> Credential:
        key = details.key
        if key.type is KeyType.OAUTH2:
            return Configuration(self._signed_in.authcfg)
        installed = self._steps.configurations.taken_over(details)
        held = self._steps.configurations.own(key, installed)
        if key.type is KeyType.BASIC and held:
            return Configuration(held)
        if key.type is KeyType.HASH and details.hash:
            return self._of_hash(key, details.hash, held, installed)
        raise _cannot_be_used(key)

    def _of_hash(self, key: Key, hash_value: str, held: str, installed: InstalledKey | None) -> Credential:
        if not self._is_in_url(held, installed):
            return Configuration(held or self._kept(key, hash_value, installed))
        known_hashes.remember(self._signed_in.api_url, key.id, hash_value)
        return HashInUrl(hash_value)

    def _is_in_url(self, held: str, installed: InstalledKey | None) -> bool:
        if self._where is not WhereKept.AS_THE_KEY:
            return self._where is WhereKept.IN_URL
        if not auth_configs.has_header_method():
            return True
        is_preferred = settings.HASH_STORAGE.get() is HashStorage.URL
        return not held and (installed is not None or is_preferred)

    def _kept(self, key: Key, hash_value: str, installed: InstalledKey | None) -> str:
        """Keep a hash in a configuration; where its connections have it in their URLs, they go on having it."""
        authcfg = self._steps.configurations.keep_header("", key, hash_value)
        if installed is None:
            at, whose = self._signed_in.api_url, self._signed_in.account_id
            installed_keys.remember(InstalledKey(key.id, key.name, key.type.value, at, authcfg, account_id=whose))
        else:
            installed_keys.remember(replace(installed, borrowed_authcfgs=(*installed.borrowed_authcfgs, authcfg)))
        return authcfg


def asked_with(credential: Credential) -> service_probe.Credential:
    """Return the credential as services are asked with it."""
    if isinstance(credential, Configuration):
        return service_probe.Credential(credential.authcfg)
    return service_probe.Credential(hash=credential.hash)


def _cannot_be_used(key: Key) -> GpkeysError:
    if key.type is KeyType.BASIC:
        return GpkeysError(
            ErrorCode.INVALID,
            Text("QGIS does not know the password of “{name}”.", {"name": key.name}),
            "no password for a BASIC key",
            advice=Text("Connect the key to QGIS first: its password is typed there, once."),
        )
    return GpkeysError(
        ErrorCode.QGIS,
        Text("QGIS cannot use a key of this type: “{name}”.", {"name": key.name}),
        f"a key of type {key.type.value} cannot be used in a source",
        advice=Text("Create a BASIC, HASH or OAuth2 key with the same services."),
    )
