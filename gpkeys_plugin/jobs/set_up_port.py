"""What the window needs to get ready for a sign-in, and to keep its options; `plugin.py` hands it in."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto
from typing import Protocol

from ..entrepot.errors import GpkeysError
from ..entrepot.texts import Text
from ..keys.draft import HashStorage


class VaultState(Enum):
    """The state of QGIS's authentication database."""

    NONE = auto()
    LOCKED = auto()
    UNLOCKED = auto()
    DISABLED = auto()


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


@dataclass(frozen=True)
class EnvironmentChoice:
    """An environment that comes with the plugin."""

    id: str
    label: str
    api_url: str
    sso_url: str
    client_id: str


@dataclass(frozen=True)
class Preferences:
    """What the options page edits. `environment_id` is empty for URLs of one's own.

    `only_reply_port` keeps the sign-in to `reply_port`; without it the ports after it are tried where it is taken.
    """

    environment_id: str = ""
    api_url: str = ""
    sso_url: str = ""
    client_id: str = ""
    reply_port: int = 0
    only_reply_port: bool = False
    hash_storage: HashStorage = HashStorage.URL
    looks_up_titles: bool = True


class SetUpPort(Protocol):
    """What stands between the window and a sign-in. Called on the GUI thread; `unlock` may show QGIS's own prompt."""

    def environment(self) -> SignInEnvironment:
        """Return the platform in use."""

    def oauth2_choices(self) -> tuple[OAuth2Choice, ...]:
        """Return the OAuth2 configurations there are, without the plugin's own one; never prompts."""

    def current_authcfg(self) -> str:
        """Return the configuration of the last sign-in, empty when there was none."""

    def needs_secret(self) -> bool:
        """Say whether the plugin's own configuration can't be made without asking for the client secret."""

    def secret_refused(self) -> None:
        """Say that the sign-in service refused the client secret: it is to be asked for again."""

    def prepare(self, authcfg: str | None, secret: str | None) -> str:
        """Return the id of the configuration to sign in with: `authcfg`, or the plugin's own, made where needed.

        Raises GpkeysError.
        """

    def default_storage(self) -> HashStorage:
        """Return where the hash of a new key is kept unless the user says otherwise."""

    def vault_state(self) -> VaultState:
        """Return whether QGIS can keep authentication configurations now; never prompts."""

    def vault_fault(self) -> GpkeysError | None:
        """Return why QGIS can keep none and what helps, while its database is DISABLED; None otherwise."""

    def unlock(self) -> bool:
        """Let QGIS ask for the master password; False when the user declined."""


class PreferencesPort(Protocol):
    """Where the options page reads and keeps what it edits."""

    def environments(self) -> tuple[EnvironmentChoice, ...]:
        """Return the environments that come with the plugin."""

    def has_header_method(self) -> bool:
        """Say whether this QGIS can send a hash as a header."""

    def load(self) -> Preferences:
        """Return what is set now."""

    def port_problem(self, preferences: Preferences) -> Text | None:
        """Return why the reply port cannot be used, None when it can."""

    def save(self, preferences: Preferences) -> None:
        """Keep it. Raises GpkeysError."""
