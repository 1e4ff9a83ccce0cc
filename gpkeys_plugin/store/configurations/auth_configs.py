"""Authentication configurations in QGIS's encrypted database: written, changed, found and removed.

Nothing here asks for the master password: unlock first (`master_password.unlock`). Writing works on the main thread
only.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Callable, Mapping, Sequence

from qgis.core import Qgis, QgsApplication, QgsAuthMethodConfig

from ...entrepot.errors import ErrorCode, GpkeysError
from ...entrepot.translatable_text import Text
from .. import environments, settings
from ..environments import Environment
from ..main_thread_guard import require_main_thread
from . import oauth2_json, refused_changes
from .master_password import has_master_password, is_unlocked, require_unlocked
from .oauth2_json import OAuth2Setup, TechnicalAccount

__all__ = [
    "API_HEADER",
    "BASIC",
    "OAUTH2",
    "AuthConfig",
    "OAuth2Setup",
    "TechnicalAccount",
    "all_configs",
    "change",
    "exists",
    "has_header_method",
    "has_master_password",
    "has_method",
    "ids",
    "is_unlocked",
    "loaded",
    "name_for_key",
    "oauth2_configs",
    "own_sign_in_id",
    "own_sign_in_ids",
    "remove",
    "reply_port",
    "store",
    "store_api_header",
    "store_basic",
    "store_oauth2",
    "update_api_header",
    "update_basic",
    "update_client_secret",
    "update_reply_port",
]

BASIC = "Basic"
API_HEADER = "APIHeader"
OAUTH2 = "OAuth2"
HASH_HEADER = "apikey"
_OAUTH2_ENTRY = "oauth2config"


@dataclass(frozen=True)
class AuthConfig:
    """An authentication configuration as QGIS lists it, without its secrets."""

    id: str
    name: str
    method: str
    uri: str = ""


def name_for_key(key_name: str, borrowed_id: str = "") -> str:
    """Return the name a key's configuration is listed under in QGIS; with the id where that is another's project's."""
    return f"GPKeys – {key_name} ({borrowed_id})" if borrowed_id else f"GPKeys – {key_name}"


def has_method(method: str) -> bool:
    """Return whether this QGIS has an authentication method (3.22 has no APIHeader, yet stores one happily)."""
    return method in QgsApplication.authManager().authMethodsKeys()


def has_header_method() -> bool:
    """Return whether this QGIS can send a hash as a header."""
    return has_method(API_HEADER)


def store_basic(name: str, login: str, password: str, *, wanted_ids: Sequence[str] = ()) -> str:
    """Store a user name and password under the first of the wanted ids that is free; return the id it got."""
    return store(name, BASIC, {"username": login, "password": password, "realm": ""}, wanted_ids=wanted_ids)


def store_api_header(name: str, hash_value: str, *, wanted_ids: Sequence[str] = ()) -> str:
    """Store a hash to be sent as the `apikey` header, under the first free wanted id; return the id it got."""
    return store(name, API_HEADER, {HASH_HEADER: hash_value}, wanted_ids=wanted_ids)


def store_oauth2(setup: OAuth2Setup, *, qgis_version: int | None = None) -> str:
    """Store what signs in to an environment; return the id of the configuration."""
    text = oauth2_json.oauth2_json(setup, Qgis.QGIS_VERSION_INT if qgis_version is None else qgis_version)
    return store(setup.name, OAUTH2, {_OAUTH2_ENTRY: text}, uri=setup.resource)


def store(name: str, method: str, entries: Mapping[str, str], *, uri: str = "", wanted_ids: Sequence[str] = ()) -> str:
    """Store a configuration under the first of the wanted ids that is free, else under one of QGIS's; return it."""
    _require_writable(f"storing a {method} configuration")
    if not has_method(method):
        raise refused_changes.method_missing(method)
    for wanted in (*wanted_ids, ""):
        if exists(wanted):
            continue
        config = _filled(name, method, entries, uri)
        if wanted:
            config.setId(wanted)
        if _is_done(QgsApplication.authManager().storeAuthenticationConfig(config)) and config.id():
            if wanted:
                # "Remove all configurations" leaves what QGIS has read of them: under the same id it would be sent on.
                QgsApplication.authManager().clearCachedConfig(wanted)
            return str(config.id())
        refused_changes.end_transaction()
        # Refused for an id that another QGIS on this profile has taken just now, it gets the next one.
        if not exists(wanted):
            break
    raise refused_changes.refused(
        "storing", Text("QGIS could not store the authentication configuration “{name}”.", {"name": name})
    )


def update_basic(
    authcfg: str, *, name: str | None = None, login: str | None = None, password: str | None = None
) -> None:
    """Change a Basic configuration under its id; None leaves a value as it is."""
    _update(authcfg, BASIC, name, {"username": login, "password": password})


def update_api_header(authcfg: str, *, name: str | None = None, hash_value: str | None = None) -> None:
    """Change an APIHeader configuration under its id; None leaves a value as it is."""
    _update(authcfg, API_HEADER, name, {HASH_HEADER: hash_value})


def update_reply_port(authcfg: str, port: int) -> None:
    """Have the sign-in reply on another port; nothing is written when it is that one already."""
    _update_oauth2(authcfg, redirectPort=port)


def update_client_secret(authcfg: str, client_secret: str) -> None:
    """Replace the client secret of an OAuth2 configuration."""
    _update_oauth2(authcfg, clientSecret=client_secret)


def reply_port(authcfg: str) -> int:
    """Return the port an OAuth2 configuration waits on for the reply of the sign-in page."""
    content = _oauth2_content(loaded(authcfg, OAUTH2))
    return int(content.get("redirectPort") or settings.REPLY_PORTS.default[0])


def all_configs() -> tuple[AuthConfig, ...]:
    """Return every configuration of the profile; never asks for the master password."""
    listed = QgsApplication.authManager().availableAuthMethodConfigs()
    configs = (AuthConfig(id_, entry.name(), entry.method(), entry.uri()) for id_, entry in listed.items())
    return tuple(sorted(configs, key=lambda config: (config.name.casefold(), config.id)))


def ids() -> tuple[str, ...]:
    """Return the id of every configuration of the profile; never asks for the master password."""
    return tuple(QgsApplication.authManager().configIds())


def own_sign_in_ids(environment: Environment | None = None) -> tuple[str, ...]:
    """Return the ids of the plugin's own sign-ins to an environment (the current one): one an account, by name."""
    resource = oauth2_json.own_resource(environment or environments.current())
    return tuple(config.id for config in all_configs() if config.method == OAUTH2 and config.uri == resource)


def own_sign_in_id(environment: Environment | None = None) -> str:
    """Return the id of the first of the plugin's own sign-ins to an environment, empty when it has none yet."""
    return next(iter(own_sign_in_ids(environment)), "")


def exists(authcfg: str) -> bool:
    """Return whether a configuration of that id is in the profile; never asks for the master password."""
    return bool(authcfg) and authcfg in ids()


def oauth2_configs(sso_url: str | None = None) -> tuple[tuple[str, str], ...]:
    """Return id and name of the OAuth2 configurations, only those of one sign-in service when it is given.

    While the database is locked, only those made by this plugin can be told to belong to the service.
    """
    configs = (config for config in all_configs() if config.method == OAUTH2)
    if sso_url is not None:
        configs = (config for config in configs if _signs_in_to(config, sso_url))
    return tuple((config.id, config.name) for config in configs)


def remove(authcfg: str) -> None:
    """Remove a configuration; one that is gone already is fine."""
    require_main_thread("removing an authentication configuration")
    if not exists(authcfg):
        return
    if not QgsApplication.authManager().removeAuthenticationConfig(authcfg):
        raise refused_changes.refused("removing", Text("QGIS could not remove an authentication configuration."))


def _filled(name: str, method: str, entries: Mapping[str, str], uri: str) -> QgsAuthMethodConfig:
    config = QgsAuthMethodConfig(method)
    config.setName(name)
    config.setUri(uri)
    for entry, value in entries.items():
        config.setConfig(entry, value)
    return config


def _update(authcfg: str, method: str, name: str | None, entries: Mapping[str, str | None]) -> None:
    def edit(config: QgsAuthMethodConfig) -> None:
        if name is not None:
            config.setName(name)
        for entry, value in entries.items():
            if value is not None:
                config.setConfig(entry, value)

    change(authcfg, method, edit)


def _update_oauth2(authcfg: str, **changes: Any) -> None:
    """Change values of an OAuth2 configuration, and write only when one is really different."""
    _require_writable("changing an OAuth2 configuration")
    content = _oauth2_content(loaded(authcfg, OAUTH2))
    if all(content.get(key) == value for key, value in changes.items()):
        return
    text = oauth2_json.with_changes(loaded(authcfg, OAUTH2).config(_OAUTH2_ENTRY), **changes)
    change(authcfg, OAUTH2, lambda config: config.setConfig(_OAUTH2_ENTRY, text))


def change(authcfg: str, method: str, edit: Callable[[QgsAuthMethodConfig], None]) -> None:
    """Change a configuration of a method under its id with `edit`."""
    _require_writable(f"changing a {method} configuration")
    config = loaded(authcfg, method)
    edit(config)
    if not QgsApplication.authManager().updateAuthenticationConfig(config):
        sentence = Text("QGIS could not change the authentication configuration “{name}”.", {"name": config.name()})
        raise refused_changes.refused("changing", sentence)


def loaded(authcfg: str, method: str | None = None) -> QgsAuthMethodConfig:
    """Return a configuration with its secrets; raises GpkeysError when it is gone or of another method."""
    require_unlocked("reading an authentication configuration")
    config = QgsAuthMethodConfig()
    is_read = exists(authcfg) and _is_done(QgsApplication.authManager().loadAuthenticationConfig(authcfg, config, True))
    if not is_read or method not in (None, config.method()):
        raise GpkeysError(
            ErrorCode.QGIS,
            Text("The authentication configuration {id} is no longer in QGIS.", {"id": authcfg}),
            f"no readable configuration {authcfg} of method {method}",
            advice=Text("Choose another authentication configuration, or let the plugin make a new one."),
        )
    return config


def _oauth2_content(config: QgsAuthMethodConfig) -> dict[str, Any]:
    try:
        return oauth2_json.read(config.config(_OAUTH2_ENTRY))
    except ValueError as error:
        raise GpkeysError(
            ErrorCode.QGIS,
            Text("The authentication configuration “{name}” can't be understood.", {"name": config.name()}),
            f"configuration {config.id()} holds no OAuth2 settings",
            advice=Text("Choose another authentication configuration, or let the plugin make a new one."),
        ) from error


def _signs_in_to(config: AuthConfig, sso_url: str) -> bool:
    if config.uri:
        return config.uri.partition("#")[0].rstrip("/") == sso_url.rstrip("/")
    if not is_unlocked():
        return False
    try:
        return oauth2_json.belongs_to(loaded(config.id, OAUTH2).config(_OAUTH2_ENTRY), sso_url)
    except GpkeysError:
        return False


def _require_writable(action: str) -> None:
    require_main_thread(action)
    require_unlocked(action)


def _is_done(answer: Any) -> bool:
    """QGIS answers with a bare bool or with (bool, configuration), depending on the version."""
    return bool(answer[0] if isinstance(answer, tuple) else answer)
