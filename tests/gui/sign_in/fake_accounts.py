"""Accounts and platforms kept in memory, to choose from."""

from __future__ import annotations

from dataclasses import dataclass, field

from gpkeys_plugin.entrepot.errors import GpkeysError
from gpkeys_plugin.jobs.window.account_choice import AccountChoice, AccountEntry, EnvironmentEntry

CAMILLE = AccountEntry(
    "6f0c7a52-5a54-4a53-9d2f-0f6b6a1a2b3c", "Camille Martin", "camille.martin@rochebrune.example", is_in_use=True
)
OLGA = AccountEntry("olga", "Olga & fils", "olga@rochebrune.example")
PLATFORMS = (
    EnvironmentEntry("production", "Géoplateforme", is_in_use=True),
    EnvironmentEntry("qualification", "Géoplateforme (qualification)"),
)


@dataclass
class FakeAccountChoice(AccountChoice):
    """What is chosen is noted, and nothing is done."""

    known: tuple[AccountEntry, ...] = ()
    platforms: tuple[EnvironmentEntry, ...] = PLATFORMS
    calls: list[tuple[str, str]] = field(default_factory=list)
    has_work: bool = False
    problem: GpkeysError | None = None

    def __post_init__(self) -> None:
        """Have it asked whether there is work."""
        self.is_working = lambda: self.has_work

    def accounts(self) -> tuple[AccountEntry, ...]:
        """Return those that are known."""
        return self.known

    def environments(self) -> tuple[EnvironmentEntry, ...]:
        """Return the platforms."""
        return self.platforms

    def choose_account(self, account_id: str) -> None:
        """Note it."""
        self._note("choose_account", account_id)

    def leave(self) -> None:
        """Note it."""
        self._note("leave")

    def go_back(self) -> None:
        """Note it."""
        self._note("go_back")

    def choose_environment(self, name: str) -> None:
        """Note it."""
        self._note("choose_environment", name)

    def forget(self) -> None:
        """Note it."""
        self._note("forget")

    def _note(self, call: str, value: str = "") -> None:
        self.calls.append((call, value))
        if self.problem is not None:
            raise self.problem
