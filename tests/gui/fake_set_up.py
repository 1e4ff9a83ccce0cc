"""Stand-ins for what is set before a sign-in, and for the options."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from gpkeys_plugin.entrepot.errors import ErrorCode, GpkeysError
from gpkeys_plugin.entrepot.translatable_text import Text
from gpkeys_plugin.jobs.window.preferences import EnvironmentChoice, FixedOptions, PluginPreferences, Preferences
from gpkeys_plugin.jobs.window.sign_in_set_up import OAuth2Choice, SetUp, SignInEnvironment, VaultState
from gpkeys_plugin.keys.draft import HashStorage


@dataclass
class FakeSetUp(SetUp):
    """A set-up that is complete, unless the test says otherwise."""

    vault: VaultState = VaultState.UNLOCKED
    is_secret_needed: bool = False
    can_unlock: bool = True
    current: str = ""
    storage: HashStorage = HashStorage.URL
    choices: tuple[OAuth2Choice, ...] = (OAuth2Choice("xyz9876", "Géoplateforme (extension officielle)"),)
    prepared: list[tuple[str | None, str | None]] = field(default_factory=list)
    problem: GpkeysError | None = None

    def environment(self) -> SignInEnvironment:
        """Return the platform."""
        return SignInEnvironment(
            "Géoplateforme (production)", "qgis", "https://example.org/cles", "https://example.org"
        )

    def oauth2_choices(self) -> tuple[OAuth2Choice, ...]:
        """Return the configurations to choose from."""
        return self.choices

    def current_authcfg(self) -> str:
        """Return the last one."""
        return self.current

    def needs_secret(self) -> bool:
        """Say whether the secret is asked for."""
        return self.is_secret_needed

    def secret_refused(self) -> None:
        """Ask for the secret from now on."""
        self.is_secret_needed = True

    def prepare(self, authcfg: str | None, secret: str | None) -> str:
        """Remember the call."""
        self.prepared.append((authcfg, secret))
        if self.problem is not None:
            raise self.problem
        return authcfg or "abc1234"

    def default_storage(self) -> HashStorage:
        """Return the default."""
        return self.storage

    def vault_state(self) -> VaultState:
        """Return the state."""
        return self.vault

    def vault_fault(self) -> GpkeysError | None:
        """Return the fault of a disabled database."""
        if self.vault is not VaultState.DISABLED:
            return None
        return GpkeysError(ErrorCode.QGIS, Text("The database is disabled."), "disabled", advice=Text("Do this."))

    def unlock(self) -> bool:
        """Unlock, or not."""
        if self.can_unlock:
            self.vault = VaultState.UNLOCKED
        return self.can_unlock


@dataclass
class FakePreferences(PluginPreferences):
    """Options kept in memory."""

    kept: Preferences = field(default_factory=lambda: Preferences(environment_id="production", reply_port=7070))
    fixed_options: FixedOptions = field(default_factory=FixedOptions)
    has_header: bool = True

    def environments(self) -> tuple[EnvironmentChoice, ...]:
        """Return one preset."""
        sso = "https://sso.geopf.fr/realms/geoplateforme"
        return (
            EnvironmentChoice("production", "Géoplateforme (production)", "https://data.geopf.fr/api", sso, "qgis"),
        )

    def has_header_method(self) -> bool:
        """Return what the test says."""
        return self.has_header

    def load(self) -> Preferences:
        """Return what is kept."""
        return self.kept

    def fixed(self) -> FixedOptions:
        """Return what the test says."""
        return self.fixed_options

    def tells_of_layers(self) -> bool:
        """Return what is kept."""
        return self.kept.tells_of_layers

    def stop_telling_of_layers(self) -> None:
        """Keep it."""
        self.kept = replace(self.kept, tells_of_layers=False)

    def port_problem(self, preferences: Preferences) -> Text | None:
        """Refuse ports that do not exist."""
        return None if preferences.reply_port <= 65535 else Text("That port does not exist.")

    def save(self, preferences: Preferences) -> None:
        """Keep it."""
        self.kept = preferences
