"""Use case: make a configuration under the id that a project from elsewhere names, holding a key of one's own.

So the same project draws for everybody, each with their own key, and its file stays as it is.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Mapping, Sequence
from urllib.parse import urlsplit

from qgis.core import QgsProject

from ..entrepot.errors import ErrorCode, GpkeysError
from ..entrepot.models import KeyDetails, KeyType
from ..entrepot.translatable_text import Text
from ..keys import configuration_ids
from ..keys.services.connection_plans import ServedLayer
from ..store import environments, key_uses
from ..store.configurations import auth_config_snapshots, auth_configs
from ..store.records.installed_keys import InstalledKey
from ..store.records.room_to_write import require_room_to_write
from .running.main_thread import MainThread
from .running.task import Progress
from .steps.account_sessions import SignedIn
from .steps.key_configurations import password_of
from .steps.key_services import services_of
from .steps.key_steps import KeySteps
from .steps.rotation_guard import require_none_begun
from .steps.service_probe import Credential
from .values import BorrowedConfiguration, ConfigurationRequest, Failed, KeyPage


@dataclass(frozen=True)
class _Content:
    method: str
    entries: Mapping[str, str] = field(repr=False)
    uri: str = ""


class ConfigurationMaker:
    """Runs on a worker; after a failure QGIS is as it was before, or what is not is said."""

    def __init__(self, signed_in: SignedIn, main_thread: MainThread, progress: Progress) -> None:
        self._signed_in = signed_in
        self._main_thread = main_thread
        self._progress = progress
        self._steps = KeySteps(signed_in, main_thread, progress)

    def make(self, page: KeyPage, request: ConfigurationRequest) -> BorrowedConfiguration:
        """Return the configuration made; asked again, it holds the key's secret of today.

        Raises GpkeysError: CONFLICT where the id is another's, INVALID where it cannot be an id, where the services
        refuse the password, or where the open project would send the key to somebody else's server. Raises Failed
        where something of it stayed.
        """
        try:
            return self._make(page, request)
        except Exception as error:  # whatever it was, QGIS must be as it was
            stayed = self._steps.undo.take_back()
            if stayed:
                raise Failed(error, stayed) from error
            raise

    def _make(self, page: KeyPage, request: ConfigurationRequest) -> BorrowedConfiguration:
        require_room_to_write()
        require_none_begun(page.details.key.id, page.details.key.name)
        self._progress.tell(5, Text("Reading the key’s services…"))
        client, authcfg = self._steps.client, request.authcfg
        details = client.key(page.details.key.id)
        installed = self._steps.configurations.taken_over(details, request.password)
        self._main_thread.call(lambda: _require_free(authcfg, installed))
        served = services_of(client, self._signed_in.known, client.accesses(details.key.id))
        layers = [layer for layer in served if self._signed_in.is_on_platform(layer.root)]
        self._main_thread.call(lambda: _require_own_servers(authcfg, layers))
        self._steps.configurations.note(details.key, borrowed=authcfg)
        self._keep(details, installed, request)
        if details.key.type is KeyType.BASIC:
            self._steps.check_password(layers, Credential(authcfg))
        return BorrowedConfiguration(details.key, authcfg, self._main_thread.call(lambda: _layer_names(authcfg)))

    def _keep(self, details: KeyDetails, installed: InstalledKey | None, request: ConfigurationRequest) -> None:
        configurations, authcfg = self._steps.configurations, request.authcfg
        own = configurations.own(details.key, installed)
        content = self._main_thread.call(lambda: self._content(details, own, installed, request.password))
        if auth_configs.exists(authcfg):
            configurations.change(authcfg, lambda: _fill(authcfg, content))
            return
        name = auth_configs.name_for_key(details.key.name, authcfg)
        made = configurations.keep(
            lambda: auth_configs.store(name, content.method, content.entries, uri=content.uri, wanted_ids=(authcfg,))
        )
        if made != authcfg:
            raise _taken(authcfg)

    def _content(self, details: KeyDetails, own: str, installed: InstalledKey | None, password: str) -> _Content:
        if details.key.type is KeyType.BASIC:
            others = installed.authcfgs if installed is not None else ()
            known = password or password_of(details, (own, *others))
            if not known:
                raise _password_unknown(details)
            entries = {"username": details.login or "", "password": known, "realm": ""}
            return _Content(auth_configs.BASIC, entries)
        if details.key.type is KeyType.HASH and details.hash:
            return _Content(auth_configs.API_HEADER, {auth_configs.HASH_HEADER: details.hash})
        if details.key.type is KeyType.OAUTH2:
            # Its address without the client: that marks the plugin's own sign-ins, one an account.
            sign_in = auth_config_snapshots.take(self._signed_in.authcfg)
            return _Content(auth_configs.OAUTH2, sign_in.entries, environments.current().sso_url)
        raise _cannot_be_kept(details)


def _require_free(authcfg: str, installed: InstalledKey | None) -> None:
    if not configuration_ids.is_id(authcfg):
        raise GpkeysError(
            ErrorCode.INVALID,
            Text("“{id}” cannot be the id of an authentication configuration.", {"id": authcfg}),
            "the id to make a configuration under is not made of seven letters and digits",
            advice=Text("Give the layers of the project a key of yours instead."),
        )
    is_ours = installed is not None and authcfg in installed.authcfgs
    if auth_configs.exists(authcfg) and not is_ours:
        raise _taken(authcfg)


def _require_own_servers(authcfg: str, layers: Sequence[ServedLayer]) -> None:
    """Refuse an id under which the open project would send the key elsewhere: QGIS sends it wherever a layer says."""
    hosts = {urlsplit(layer.root).netloc for layer in layers}
    strangers = key_uses.layers_elsewhere(QgsProject.instance(), authcfg, hosts)
    if strangers:
        names = ", ".join(use.name for use in strangers)
        raise GpkeysError(
            ErrorCode.INVALID,
            Text(
                "With this id, these layers of the project would send your key to other servers: {names}.",
                {"names": names},
            ),
            "layers of the project use the wanted id on servers that are not those of the key",
            advice=Text("Remove them if you do not trust them, or give the other layers a key of yours instead."),
        )


def _fill(authcfg: str, content: _Content) -> None:
    auth_configs.change(authcfg, content.method, lambda config: config.setConfigMap(dict(content.entries)))


def _password_unknown(details: KeyDetails) -> GpkeysError:
    return GpkeysError(
        ErrorCode.INVALID,
        Text(
            "QGIS does not know the password of “{name}”, and the Géoplateforme does not give it.",
            {"name": details.key.name},
        ),
        "no password for a BASIC key",
        advice=Text("Type it. If nobody knows it any more, change the password of the key on its page."),
    )


def _layer_names(authcfg: str) -> tuple[str, ...]:
    uses = key_uses.project_layers_with(QgsProject.instance(), authcfgs=[authcfg])
    return tuple(use.name for use in uses)


def _taken(authcfg: str) -> GpkeysError:
    holder = next((config.name for config in auth_configs.all_configs() if config.id == authcfg), authcfg)
    return GpkeysError(
        ErrorCode.CONFLICT,
        Text("The id {id} is that of “{name}” in this QGIS.", {"id": authcfg, "name": holder}),
        "the id to make a configuration under is taken",
        advice=Text("Give the layers of the project a key of yours instead."),
    )


def _cannot_be_kept(details: KeyDetails) -> GpkeysError:
    return GpkeysError(
        ErrorCode.QGIS,
        Text("QGIS cannot use a key of this type: “{name}”.", {"name": details.key.name}),
        f"a key of type {details.key.type.value} cannot be kept in a configuration",
        advice=Text("Create a BASIC, HASH or OAuth2 key with the same services."),
    )
