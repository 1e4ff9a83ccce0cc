"""Whether the services let a key in, and what a place in a file can carry of it: asked once a key and service."""

from __future__ import annotations

from ...entrepot.errors import ErrorCode, GpkeysError
from ...entrepot.models import Key, KeyDetails
from ...entrepot.translatable_text import Text
from ...keys.draft import HashStorage
from ...keys.layer_needs.credential_replacement import Credential
from ...keys.layer_needs.sources import LayerSource
from ...keys.services import connection_plans
from ...keys.services.connection_plans import ServedLayer
from ..repair.key_credentials import KeyCredentials, asked_with
from ..repair.repair_values import WhereKept
from ..running.main_thread import MainThread
from ..running.task import Progress
from ..steps.account_sessions import SignedIn
from ..steps.key_services import services_of
from ..steps.key_steps import KeySteps
from ..steps.service_probe import ServiceProbe


class PlaceLeft(Exception):
    """A place that is left as it is; `reason` says why and what to do."""

    def __init__(self, reason: Text) -> None:
        super().__init__(reason.source)
        self.reason = reason


class KeyTrials:
    """Runs on a worker. `storage` is where a hash goes, None: where this QGIS keeps it for the key."""

    def __init__(
        self, signed_in: SignedIn, main_thread: MainThread, progress: Progress, storage: HashStorage | None
    ) -> None:
        self._signed_in = signed_in
        self._progress = progress
        self._client = signed_in.client(progress.is_cancelled, progress.tell_wait)
        steps = KeySteps(signed_in, main_thread, progress)
        self._keys = KeyCredentials(signed_in, main_thread, steps, _WHERE[storage])
        self._made: dict[str, Credential | Text] = {}
        self._served: dict[str, list[ServedLayer]] = {}
        self._doubts: dict[tuple[str, str], Text | None] = {}

    def details(self, key: Key) -> KeyDetails:
        """Return a key in full."""
        return self._keys.details(key)

    def of(self, key: Key) -> Credential:
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
        asked_at = (key.id, connection_plans.capabilities_url(layer))
        if asked_at not in self._doubts:
            self._doubts[asked_at] = self._asked(key, layer)
        return self._doubts[asked_at]

    def _credential_or_reason(self, key: Key) -> Credential | Text:
        try:
            return self._keys.of(key)
        except GpkeysError as error:
            return reason_of(error)

    def _served_layer(self, key: Key, asked: LayerSource) -> ServedLayer | None:
        if key.id not in self._served:
            accesses = self._client.accesses(key.id)
            self._served[key.id] = services_of(self._client, self._signed_in.known, accesses)
        there = [layer for layer in self._served[key.id] if layer.endpoint == asked.endpoint]
        named = (layer for layer in there if layer.name in asked.layer_names)
        return next(named, next(iter(there), None))

    def _asked(self, key: Key, layer: ServedLayer) -> Text | None:
        (answer,) = ServiceProbe(self._signed_in, asked_with(self.of(key)), self._progress).ask_once(
            [connection_plans.capabilities_url(layer)]
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


_WHERE = {
    None: WhereKept.AS_THE_KEY,
    HashStorage.URL: WhereKept.IN_URL,
    HashStorage.HEADER: WhereKept.IN_CONFIGURATION,
}
