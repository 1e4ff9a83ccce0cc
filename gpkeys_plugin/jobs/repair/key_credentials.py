"""What a mended source carries for a key, and whether the services let it in: asked once a key and service."""

from __future__ import annotations

from dataclasses import replace

from ...entrepot.errors import ErrorCode, GpkeysError
from ...entrepot.models import Key, KeyDetails, KeyType
from ...entrepot.texts import Text
from ...keys.draft import HashStorage
from ...keys.layer_needs import credentials
from ...keys.layer_needs.credentials import Configuration, HashInUrl
from ...keys.layer_needs.sources import LayerSource
from ...keys.services import endpoints
from ...keys.services.endpoints import ServedLayer
from ...store.records import installed_keys
from ...store.records.installed_keys import InstalledKey
from ..load_key_page import offerings_with_urls
from ..running.main_thread import MainThread
from ..running.task import Progress
from ..running.undo_list import UndoList
from ..steps.key_configurations import KeyConfigurations
from ..steps.service_probe import Credential, ServiceProbe
from ..steps.signed_in import SignedIn


class PlaceLeft(Exception):
    """A place that is left as it is; `reason` says why and what to do."""

    def __init__(self, reason: Text) -> None:
        super().__init__(reason.source)
        self.reason = reason


class KeyCredentials:
    """Runs on a worker. `storage` is where a hash goes, None: where this QGIS keeps it for the key."""

    def __init__(
        self, signed_in: SignedIn, main_thread: MainThread, progress: Progress, storage: HashStorage | None
    ) -> None:
        self._signed_in = signed_in
        self._progress = progress
        self._storage = storage
        self._client = signed_in.client(progress.is_cancelled)
        self._configurations = KeyConfigurations(signed_in, self._client, main_thread, UndoList())
        self._details: dict[str, KeyDetails] = {}
        self._made: dict[str, credentials.Credential | Text] = {}
        self._served: dict[str, list[ServedLayer]] = {}
        self._doubts: dict[tuple[str, str], Text | None] = {}

    def details(self, key: Key) -> KeyDetails:
        """Return a key in full."""
        if key.id not in self._details:
            self._details[key.id] = self._client.key(key.id)
        return self._details[key.id]

    def of(self, key: Key) -> credentials.Credential:
        """Return what a source carries for a key; raises PlaceLeft where it can carry nothing for it."""
        if key.id not in self._made:
            self._made[key.id] = self._credential_or_reason(key)
        made = self._made[key.id]
        if isinstance(made, Text):
            raise PlaceLeft(made)
        return made

    def doubt(self, key: Key, asked: LayerSource) -> Text | None:
        """Return why a service does not let a key in, None where it answered."""
        layer = self._served_layer(key, asked)
        if layer is None:
            return Text("The Géoplateforme does not say where the key “{name}” opens it.", {"name": key.name})
        asked_at = (key.id, endpoints.capabilities_url(layer))
        if asked_at not in self._doubts:
            self._doubts[asked_at] = self._asked(key, layer)
        return self._doubts[asked_at]

    def _credential_or_reason(self, key: Key) -> credentials.Credential | Text:
        try:
            return self._credential(self.details(key))
        except (PlaceLeft, GpkeysError) as error:
            return reason_of(error)

    def _credential(self, details: KeyDetails) -> credentials.Credential:
        key = details.key
        if key.type is KeyType.OAUTH2:
            return Configuration(self._signed_in.authcfg)
        installed = installed_keys.find(self._signed_in.api_url, key.id)
        own = self._configurations.own(key, installed)
        if key.type is KeyType.HASH and details.hash:
            return self._of_hash(details, details.hash, own)
        if not own:
            raise PlaceLeft(_NO_PASSWORD.with_values({"name": key.name}))
        return Configuration(own)

    def _of_hash(self, details: KeyDetails, hash_value: str, own: str) -> credentials.Credential:
        storage = self._storage or (HashStorage.HEADER if own else HashStorage.URL)
        if storage is HashStorage.URL:
            return HashInUrl(hash_value)
        return Configuration(own or self._kept(details, hash_value))

    def _kept(self, details: KeyDetails, hash_value: str) -> str:
        """Keep the hash of a key in a configuration; its connections go on carrying it in their URLs."""
        key = details.key
        authcfg = self._configurations.keep_header(key, hash_value)
        known = installed_keys.find(self._signed_in.api_url, key.id)
        if known is None:
            known = InstalledKey(key.id, key.name, key.type.value, self._signed_in.api_url, authcfg)
        elif authcfg not in known.authcfgs:
            known = replace(known, borrowed_authcfgs=(*known.borrowed_authcfgs, authcfg))
        installed_keys.remember(known)
        return authcfg

    def _served_layer(self, key: Key, asked: LayerSource) -> ServedLayer | None:
        if key.id not in self._served:
            found = offerings_with_urls(self._client, self._client.accesses(key.id))
            self._served[key.id] = [layer for one in found.values() for layer in endpoints.served_layers(one)]
        there = [layer for layer in self._served[key.id] if layer.endpoint == asked.endpoint]
        named = (layer for layer in there if layer.name in asked.layer_names)
        return next(named, next(iter(there), None))

    def _asked(self, key: Key, layer: ServedLayer) -> Text | None:
        carried = self.of(key)
        credential = (
            Credential(carried.authcfg) if isinstance(carried, Configuration) else Credential(hash=carried.hash)
        )
        (answer,) = ServiceProbe(self._signed_in, credential, self._progress).ask_once(
            [endpoints.capabilities_url(layer)]
        )
        self._progress.check()
        if answer.body is not None:
            return None
        values = {
            "name": key.name,
            "service": layer.endpoint,
            "reason": answer.reason or Text("the service does not answer"),
        }
        return Text("Asked with the key “{name}”, the service {service} gave nothing: {reason}.", values)


def reason_of(error: PlaceLeft | GpkeysError) -> Text:
    """Return why a place is left, of what kept a key from being given to it; raises what concerns all places."""
    if isinstance(error, PlaceLeft):
        return error.reason
    if error.code is ErrorCode.CANCELLED or error.ends_all:
        raise error
    return error.user


_NO_PASSWORD = Text(
    "This QGIS does not know the password of the key “{name}”: connect the key first, on its page in “My keys”."
)
