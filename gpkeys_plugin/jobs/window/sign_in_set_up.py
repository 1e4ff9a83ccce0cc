"""What stands between the window and a sign-in, on top of the store."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto

from ...entrepot.errors import ErrorCode, GpkeysError
from ...entrepot.translatable_text import Text
from ...keys.draft import HashStorage
from ...store import environments, settings
from ...store.configurations import auth_configs, master_password, signed_in_accounts
from ...store.configurations.master_password import MasterPasswordState


class VaultState(Enum):
    """The state of QGIS's authentication database."""

    NONE = auto()
    LOCKED = auto()
    UNLOCKED = auto()
    DISABLED = auto()


_VAULT_STATES = {
    MasterPasswordState.NONE_YET: VaultState.NONE,
    MasterPasswordState.LOCKED: VaultState.LOCKED,
    MasterPasswordState.UNLOCKED: VaultState.UNLOCKED,
    MasterPasswordState.DISABLED: VaultState.DISABLED,
}


@dataclass(frozen=True)
class OAuth2Choice:
    """An OAuth2 authentication configuration that QGIS holds already."""

    authcfg: str
    name: str


@dataclass(frozen=True)
class SignInEnvironment:
    """The platform the plugin talks to, as people read it.

    `account_url` is where an account and its keys are looked after on the web, `help_url` the page that publishes
    the client secret, `data_url` the catalogue where access to a service is asked for.
    """

    label: str
    client_id: str = ""
    account_url: str = ""
    help_url: str = ""
    data_url: str = ""


class SetUp:
    """Gets ready for a sign-in. Called on the GUI thread; `unlock` may show QGIS's own prompt."""

    def __init__(self) -> None:
        self._refused_by = ""

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
        """Return the OAuth2 configurations there are, without the plugin's own ones; never prompts."""
        own = auth_configs.own_sign_in_ids()
        return tuple(OAuth2Choice(id_, name) for id_, name in auth_configs.oauth2_configs() if id_ not in own)

    def current_authcfg(self) -> str:
        """Return the configuration of the account in use, empty when there is none or it is gone."""
        return signed_in_accounts.authcfg_in_use(environments.current())

    def needs_secret(self) -> bool:
        """Say whether the plugin's own configuration can't be made without asking for the client secret."""
        environment = environments.current()
        if self._refused_by == environment.settings_name:
            return True
        if auth_configs.own_sign_in_id() or not environment.needs_secret:
            return False
        return environments.client_secret(environment) is None

    def secret_refused(self) -> None:
        """Say that the sign-in service refused the client secret: it is to be asked for again."""
        self._refused_by = environments.current().settings_name

    def prepare(self, authcfg: str | None, secret: str | None) -> str:
        """Return the id of the configuration to sign in with: `authcfg`, or the plugin's own, made where needed.

        Raises GpkeysError.
        """
        environment = environments.current()
        chosen = authcfg or self._own(secret)
        if not signed_in_accounts.holders(chosen, (environment,)):
            # One that is an account's already is in use once that account has signed in.
            settings.sign_in_authcfg(environment.settings_name).set(chosen)
        return chosen

    def _own(self, secret: str | None) -> str:
        ids, current = auth_configs.own_sign_in_ids(), self.current_authcfg()
        if not ids:
            return self._make_own(secret)
        own = current if current in ids else ids[0]
        move_to_wanted_port(own)
        if secret:
            for id_ in ids:
                auth_configs.update_client_secret(id_, secret)
            self._refused_by = ""
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


def move_to_wanted_port(authcfg: str) -> None:
    """Write the wanted reply port into a configuration that has none of those that may be used."""
    ports = settings.reply_ports()
    if auth_configs.reply_port(authcfg) not in ports:
        auth_configs.update_reply_port(authcfg, ports[0])
