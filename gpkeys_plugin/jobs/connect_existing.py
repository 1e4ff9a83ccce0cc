"""Use case: write a key that was made elsewhere, or earlier, into this QGIS."""

from __future__ import annotations

from typing import Callable, Sequence

from qgis.core import QgsProject

from ..entrepot.errors import ErrorCode, GpkeysError
from ..entrepot.models import KeyDetails, KeyType
from ..entrepot.texts import Text
from ..keys.draft import HashStorage
from ..keys.services import endpoints
from ..keys.services.endpoints import ServedLayer
from ..store import auth_config_snapshots, auth_configs, key_uses
from ..store.records import installed_keys
from ..store.records.installed_keys import InstalledKey
from .load_key_page import offerings_with_urls
from .running.main_thread import MainThread
from .running.task import Progress
from .steps.key_steps import KeySteps
from .steps.service_probe import Credential, ServiceProbe
from .steps.signed_in import SignedIn
from .values import ConnectRequest, CreatedKey, Failed, KeyPage


class ExistingKeyConnector:
    """Runs on a worker; after a failure QGIS is as it was before, or what is not is said."""

    def __init__(self, signed_in: SignedIn, main_thread: MainThread, progress: Progress) -> None:
        self._signed_in = signed_in
        self._main_thread = main_thread
        self._progress = progress
        self._steps = KeySteps(signed_in, main_thread, progress)

    def connect(self, page: KeyPage, request: ConnectRequest) -> CreatedKey:
        """Return what QGIS holds for the key now.

        Raises Failed; its error is INVALID when the services refuse the password.
        """
        try:
            return self._connect(page, request)
        except Exception as error:  # whatever it was, QGIS must be as it was
            raise Failed(error, self._steps.undo.take_back()) from error

    def _connect(self, page: KeyPage, request: ConnectRequest) -> CreatedKey:
        self._progress.tell(5, Text("Reading the key’s services…"))
        steps, key_id = self._steps, page.details.key.id
        details = steps.client.key(key_id)
        before = installed_keys.find(self._signed_in.api_url, key_id)
        offerings = offerings_with_urls(steps.client, steps.client.accesses(key_id))
        layers = [layer for offering in offerings.values() for layer in endpoints.served_layers(offering)]
        credential = self._credential(details, before, request)
        if details.key.type is KeyType.BASIC:
            self._check_password(layers, credential)
        created = steps.reconnect(details, layers, credential)
        if before is not None and before.authcfg != credential.authcfg:
            self._main_thread.call(lambda: _drop_config(details, before))
        return created

    def _credential(self, details: KeyDetails, before: InstalledKey | None, request: ConnectRequest) -> Credential:
        kind = details.key.type
        if kind not in (KeyType.BASIC, KeyType.HASH, KeyType.OAUTH2):
            raise _cannot_connect(details)
        held = before.authcfg if before is not None and auth_configs.exists(before.authcfg) else ""
        if kind is KeyType.BASIC:
            return Credential(self._basic(details, held, request.password))
        if kind is KeyType.HASH and held and request.hash_storage is HashStorage.HEADER and details.hash:
            hash_value = details.hash
            self._change(held, lambda: auth_configs.update_api_header(held, hash_value=hash_value))
        return self._steps.credential(details, request.hash_storage, held)

    def _basic(self, details: KeyDetails, held: str, password: str) -> str:
        login, name = details.login or "", auth_configs.name_for_key(details.key.name)
        if not held:
            return self._steps.keep(lambda: auth_configs.store_basic(name, login, password))
        if password:
            self._change(held, lambda: auth_configs.update_basic(held, login=login, password=password))
        return held

    def _change(self, authcfg: str, change: Callable[[], None]) -> None:
        """Change a configuration in such a way that it can be put back."""
        kept = self._main_thread.call(lambda: auth_config_snapshots.take(authcfg))
        stays = Text("The authentication configuration {id} is not as it was.", {"id": authcfg})
        self._steps.undo.add(stays, lambda: self._main_thread.call(lambda: auth_config_snapshots.put_back(kept)))
        self._main_thread.call(change)

    def _check_password(self, layers: Sequence[ServedLayer], credential: Credential) -> None:
        self._progress.tell(40, Text("Checking the password with the services…"))
        answers = ServiceProbe(self._signed_in, credential, self._progress).answers(layers).values()
        self._progress.check()
        if any(answer.is_key_refused for answer in answers) and not any(answer.is_key_known for answer in answers):
            raise _password_refused()


def _drop_config(details: KeyDetails, before: InstalledKey) -> None:
    """Remove the configuration made for the key earlier, unless something still uses it."""
    is_used = key_uses.connections_with(authcfg=before.authcfg) or key_uses.project_layers_with(
        QgsProject.instance(), authcfg=before.authcfg
    )
    if details.key.type is KeyType.HASH and before.authcfg and not is_used:
        auth_configs.remove(before.authcfg)


def _cannot_connect(details: KeyDetails) -> GpkeysError:
    return GpkeysError(
        ErrorCode.QGIS,
        Text("QGIS cannot use a key of this type: “{name}”.", {"name": details.key.name}),
        f"a key of type {details.key.type.value} cannot be connected",
        advice=Text("Create a BASIC, HASH or OAuth2 key with the same services."),
    )


def _password_refused() -> GpkeysError:
    return GpkeysError(
        ErrorCode.INVALID,
        Text("The services refuse this password."),
        "the password of a BASIC key was refused by the gateway",
        advice=Text(
            "Type it again. If nobody knows it any more, change the secret of the key: it gets a new password."
        ),
    )
