"""Use case: write a key that was made elsewhere, or earlier, into this QGIS."""

from __future__ import annotations

from dataclasses import replace

from qgis.core import QgsProject

from ..entrepot.errors import ErrorCode, GpkeysError
from ..entrepot.models import KeyDetails, KeyType
from ..entrepot.translatable_text import Text
from ..store import key_uses
from ..store.configurations import auth_configs
from ..store.records import installed_keys
from ..store.records.installed_keys import InstalledKey
from ..store.records.room_to_write import require_room_to_write
from .running.main_thread import MainThread
from .running.task import Progress
from .steps.account_sessions import SignedIn
from .steps.begun_edit import end_if_made
from .steps.fixed_hash_storage import require_allowed_storage
from .steps.key_services import key_and_accesses, services_of, unserved_warnings
from .steps.key_steps import KeySteps
from .steps.rotation_guard import require_none_begun
from .steps.service_probe import Credential
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
        require_room_to_write()
        require_none_begun(page.details.key.id, page.details.key.name)
        if page.details.key.type is KeyType.HASH:
            require_allowed_storage(request.hash_storage)
        self._progress.tell(5, Text("Reading the key’s services…"))
        steps, key_id = self._steps, page.details.key.id
        details, accesses = key_and_accesses(steps.client, key_id)
        before = steps.configurations.taken_over(details, request.password)
        layers = services_of(steps.client, self._signed_in.known, accesses)
        credential = self._credential(details, before, request)
        steps.configurations.refresh_borrowed(details, before, request.password)
        if details.key.type is KeyType.BASIC:
            steps.check_password(layers, credential)
        created = steps.reconnect(details, layers, credential)
        steps.configurations.follow_name(details.key)
        behind = (
            *self._leave_former(key_id, credential),
            *end_if_made(self._signed_in, self._main_thread, details, accesses, before),
        )
        return replace(created, warnings=(*unserved_warnings(accesses, layers), *created.warnings, *behind))

    def _credential(self, details: KeyDetails, before: InstalledKey | None, request: ConnectRequest) -> Credential:
        kind = details.key.type
        if kind not in (KeyType.BASIC, KeyType.HASH, KeyType.OAUTH2):
            raise _cannot_connect(details)
        held = self._steps.configurations.own(details.key, before)
        if kind is KeyType.BASIC:
            return Credential(self._basic(details, held, before, request.password))
        return self._steps.credential(details, request.hash_storage, held)

    def _basic(self, details: KeyDetails, held: str, before: InstalledKey | None, password: str) -> str:
        login, configurations = details.login or "", self._steps.configurations
        if not held:
            former_id = before.authcfg if before is not None else ""
            return configurations.keep_password(details.key, login, password, former_id)
        configurations.note(details.key, held)
        if password:
            configurations.change(held, lambda: auth_configs.update_basic(held, login=login, password=password))
        return held

    def _leave_former(self, key_id: str, credential: Credential) -> tuple[Text, ...]:
        """Remove the configuration that held the hash before, or have it be a further one where it is used; warn."""
        known = installed_keys.find(self._signed_in.api_url, key_id)
        if known is None or known.authcfg == credential.authcfg:
            return ()
        is_gone = self._main_thread.call(lambda: _is_dropped(known.authcfg))
        further = known.borrowed_authcfgs if is_gone else (*known.borrowed_authcfgs, known.authcfg)
        try:
            installed_keys.remember(replace(known, authcfg=credential.authcfg, borrowed_authcfgs=further))
        except GpkeysError as error:
            # It cannot be brought back: what names it goes when the key is connected again.
            return (error.user,)
        return ()


def _is_dropped(authcfg: str) -> bool:
    """Remove the configuration made for the key earlier, unless something still uses it."""
    is_used = key_uses.connections_with(authcfgs=[authcfg]) or key_uses.project_layers_with(
        QgsProject.instance(), authcfgs=[authcfg]
    )
    if not is_used:
        auth_configs.remove(authcfg)
    return not is_used


def _cannot_connect(details: KeyDetails) -> GpkeysError:
    return GpkeysError(
        ErrorCode.QGIS,
        Text("QGIS cannot use a key of this type: “{name}”.", {"name": details.key.name}),
        f"a key of type {details.key.type.value} cannot be connected",
        advice=Text("Create a BASIC, HASH or OAuth2 key with the same services."),
    )
