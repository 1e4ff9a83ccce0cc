"""What stands between the window and a sign-in, and the plugin's options, on top of the store."""

from __future__ import annotations

from typing import Callable

from ...entrepot.errors import ErrorCode, GpkeysError
from ...entrepot.texts import Text
from ...keys.draft import HashStorage
from ...store import auth_configs, environments, master_password, settings
from ...store.master_password import MasterPasswordState
from ..set_up_port import EnvironmentChoice, OAuth2Choice, Preferences, SignInEnvironment, VaultState

_VAULT_STATES = {
    MasterPasswordState.NONE_YET: VaultState.NONE,
    MasterPasswordState.LOCKED: VaultState.LOCKED,
    MasterPasswordState.UNLOCKED: VaultState.UNLOCKED,
    MasterPasswordState.DISABLED: VaultState.DISABLED,
}


class SetUp:
    """Implements `SetUpPort`."""

    def __init__(self) -> None:
        self._is_secret_refused = False

    def environment(self) -> SignInEnvironment:
        """Return the platform in use."""
        environment = environments.current()
        return SignInEnvironment(
            label=environment.label,
            client_id=environment.client_id,
            account_url=environment.account_url,
            help_url=environment.help_url,
            data_url=environment.data_url,
        )

    def oauth2_choices(self) -> tuple[OAuth2Choice, ...]:
        """Return the OAuth2 configurations there are, without the plugin's own one; never prompts."""
        own = auth_configs.own_sign_in_id()
        return tuple(OAuth2Choice(id_, name) for id_, name in auth_configs.oauth2_configs() if id_ != own)

    def current_authcfg(self) -> str:
        """Return the configuration of the last sign-in, empty when there was none or it is gone."""
        authcfg = settings.sign_in_authcfg(environments.current().name).get()
        return authcfg if authcfg in auth_configs.ids() else ""

    def needs_secret(self) -> bool:
        """Say whether the plugin's own configuration can't be made without asking for the client secret."""
        if self._is_secret_refused:
            return True
        environment = environments.current()
        if auth_configs.own_sign_in_id() or not environment.needs_secret:
            return False
        return environments.client_secret(environment) is None

    def secret_refused(self) -> None:
        """Say that the sign-in service refused the client secret: it is to be asked for again."""
        self._is_secret_refused = True

    def prepare(self, authcfg: str | None, secret: str | None) -> str:
        """Return the id of the configuration to sign in with: `authcfg`, or the plugin's own, made where needed."""
        environment = environments.current()
        chosen = authcfg or self._own(secret)
        settings.sign_in_authcfg(environment.name).set(chosen)
        return chosen

    def _own(self, secret: str | None) -> str:
        own = auth_configs.own_sign_in_id()
        if not own:
            return self._make_own(secret)
        _move_to_wanted_port(own)
        if secret:
            auth_configs.update_client_secret(own, secret)
            self._is_secret_refused = False
        return own

    def _make_own(self, secret: str | None) -> str:
        environment = environments.current()
        known = secret or environments.client_secret(environment)
        if environment.needs_secret and not known:
            raise GpkeysError(
                ErrorCode.INVALID,
                Text("The client secret is missing."),
                "no client secret for the sign-in configuration",
                advice=Text("Copy it from the IGN help page, once."),
            )
        return auth_configs.store_oauth2(auth_configs.OAuth2Setup.of(environment, known))

    def default_storage(self) -> HashStorage:
        """Return where the hash of a new key is kept unless the user says otherwise."""
        return settings.HASH_STORAGE.get()

    def vault_state(self) -> VaultState:
        """Return whether QGIS can keep authentication configurations now; never prompts."""
        return _VAULT_STATES[master_password.state()]

    def vault_fault(self) -> GpkeysError | None:
        """Return why QGIS can keep none and what helps, while its database is DISABLED; None otherwise."""
        return master_password.fault()

    def unlock(self) -> bool:
        """Let QGIS ask for the master password; False when the user declined."""
        return master_password.unlock()


class PluginPreferences:
    """Implements `PreferencesPort`; `on_environment_changed` is called when another platform was chosen."""

    def __init__(self, on_environment_changed: Callable[[], None]) -> None:
        self._on_environment_changed = on_environment_changed

    def environments(self) -> tuple[EnvironmentChoice, ...]:
        """Return the environments that come with the plugin."""
        return tuple(
            EnvironmentChoice(
                environment.name, environment.label, environment.api_url, environment.sso_url, environment.client_id
            )
            for environment in environments.known()
        )

    def has_header_method(self) -> bool:
        """Say whether this QGIS can send a hash as a header."""
        return auth_configs.has_header_method()

    def load(self) -> Preferences:
        """Return what is set now."""
        name = settings.ENVIRONMENT.get()
        return Preferences(
            environment_id="" if name == environments.CUSTOM else name,
            api_url=settings.CUSTOM_API_URL.get(),
            sso_url=settings.CUSTOM_SSO_URL.get(),
            client_id=settings.CUSTOM_CLIENT_ID.get(),
            reply_port=settings.reply_ports()[0],
            only_reply_port=len(settings.reply_ports()) == 1,
            hash_storage=settings.HASH_STORAGE.get(),
            looks_up_titles=settings.LOOK_UP_TITLES.get(),
        )

    def port_problem(self, preferences: Preferences) -> Text | None:
        """Return why the reply port cannot be used, None when it can."""
        first, last = settings.FIRST_PORT, settings.LAST_PORT
        ports = _ports(preferences)
        if first <= ports[0] and ports[-1] <= last:
            return None
        most = last - (ports[-1] - ports[0])
        return Text("The reply port must be between {first} and {last}.", {"first": first, "last": most})

    def save(self, preferences: Preferences) -> None:
        """Keep it; refuse addresses that are not protected and ports that do not exist."""
        before = environments.current()
        port_problem = self.port_problem(preferences)
        if port_problem is not None:
            raise GpkeysError(ErrorCode.INVALID, port_problem, "unusable reply port in the options")
        if not preferences.environment_id:
            _refuse_bad_addresses(preferences)
            settings.CUSTOM_API_URL.set(preferences.api_url)
            settings.CUSTOM_SSO_URL.set(preferences.sso_url)
            settings.CUSTOM_CLIENT_ID.set(preferences.client_id)
        settings.ENVIRONMENT.set(preferences.environment_id or environments.CUSTOM)
        settings.REPLY_PORTS.set(_ports(preferences))
        settings.HASH_STORAGE.set(preferences.hash_storage)
        settings.LOOK_UP_TITLES.set(preferences.looks_up_titles)
        if environments.current() != before:
            self._on_environment_changed()
        own = auth_configs.own_sign_in_id()
        # Locked, it is done before the next sign-in: saving options is no reason to ask for a password.
        if own and auth_configs.is_unlocked():
            _move_to_wanted_port(own)


def _ports(preferences: Preferences) -> tuple[int, ...]:
    first = preferences.reply_port
    return (first,) if preferences.only_reply_port else tuple(range(first, first + len(settings.REPLY_PORTS.default)))


def _move_to_wanted_port(authcfg: str) -> None:
    ports = settings.reply_ports()
    if auth_configs.reply_port(authcfg) not in ports:
        auth_configs.update_reply_port(authcfg, ports[0])


def _refuse_bad_addresses(preferences: Preferences) -> None:
    for url in (preferences.api_url, preferences.sso_url):
        problem = environments.url_problem(url)
        if problem is not None:
            raise GpkeysError(ErrorCode.INVALID, problem, "unusable address in the options")
