"""Who sits where: two accounts, and two profiles of QGIS between which one goes; what is known of each profile."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

import pytest
from qgis.core import QgsAuthMethodConfig

from gpkeys_plugin.jobs.steps.account_sessions import SignedIn
from gpkeys_plugin.jobs.values import KeyPage
from gpkeys_plugin.store import environments
from gpkeys_plugin.store.configurations import auth_configs
from gpkeys_plugin.store.configurations.oauth2_json import OAuth2Setup, TechnicalAccount
from gpkeys_plugin.store.records.creations import CreationRecords
from gpkeys_plugin.store.records.rotations import RotationRecords
from tests.qgis.jobs.conftest import Bench
from tests.qgis.jobs.walk.platform_side import USERS
from tests.qgis.jobs.walk.profile_side import EMPTY, Profile, brought, read_profile, taken_away
from tests.qgis.store.conftest import move_settings


@dataclass
class Seat:
    """A profile, and what was said or done there that the laws allow for.

    `unsettled` are keys of which the user was told that something stayed, or wanted it to, and those whose job was cut
    off without a record.
    `by_hand` are the configurations (by id) and connections that the user has removed or wanted to keep, `lost` the
    keys whose configuration the user has removed. `sign_ins` are the configurations of both accounts. `left_as` is how
    the profile was when it was left.
    """

    folder: Path
    creations: CreationRecords
    rotations: RotationRecords
    sign_ins: frozenset[str]
    left_as: Profile = EMPTY
    away: list[QgsAuthMethodConfig] = field(default_factory=list)
    unsettled: set[str] = field(default_factory=set)
    by_hand: set[object] = field(default_factory=set)
    lost: set[str] = field(default_factory=set)
    pages: dict[str, dict[str, KeyPage]] = field(default_factory=lambda: {user: {} for user in USERS})


class Seats:
    """Two profiles on one bench. Each example of a walk begins with two empty ones."""

    def __init__(self, bench: Bench, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self._bench = bench
        self._folder = folder
        self._monkeypatch = monkeypatch
        self._examples = 0
        self._accounts = {"camille": bench.signed_in, "basile": self._other_account("basile")}
        self.sign_ins = frozenset(signed_in.authcfg for signed_in in self._accounts.values())
        self.seats: list[Seat] = []
        self.number = 0
        self.user = USERS[0]
        self.begin()

    @property
    def seat(self) -> Seat:
        """The profile that is open."""
        return self.seats[self.number]

    @property
    def signed_in(self) -> SignedIn:
        """The account that is signed in."""
        return self._accounts[self.user]

    def begin(self) -> None:
        """Begin with two empty profiles."""
        self._examples += 1
        taken_away(self.sign_ins)
        self.user, self.number = USERS[0], 0
        self.seats = [self._empty(f"{self._examples}-{number}") for number in range(2)]
        self._open()
        self._forget()

    def sit_at_other(self) -> None:
        """Leave the profile for the other one."""
        self.seat.left_as = self.profile()
        self.seat.away = taken_away(self.sign_ins)
        self.number = 1 - self.number
        self._open()
        brought(self.seat.away)
        self._forget()

    def restart(self) -> None:
        """Forget all that is in memory only."""
        seat = self.seat
        seat.creations, seat.rotations = CreationRecords(), RotationRecords()
        seat.pages = {user: {} for user in USERS}
        self._forget()

    def profile(self) -> Profile:
        """Return what stands in the profile that is open."""
        return read_profile(self.sign_ins, self.seat.creations, self.seat.rotations)

    def _forget(self) -> None:
        for signed_in in self._accounts.values():
            signed_in.known.forget()

    def _empty(self, name: str) -> Seat:
        folder = self._folder / name
        folder.mkdir()
        self._monkeypatch.setattr("gpkeys_plugin.store.records.record_file.profile_folder", lambda: folder)
        return Seat(folder, CreationRecords(), RotationRecords(), self.sign_ins)

    def _open(self) -> None:
        folder = self.seat.folder
        self._monkeypatch.setattr("gpkeys_plugin.store.records.record_file.profile_folder", lambda: folder)
        move_settings(folder / "settings")

    def _other_account(self, user: str) -> SignedIn:
        account, simulator = self._bench.simulator.account(user), self._bench.simulator
        technical = TechnicalAccount(account.username, account.password)
        setup = OAuth2Setup(f"essai {user}", environments.current(), simulator.client_secret, account=technical)
        return SignedIn(self._bench.signed_in.open_session, simulator.api_url, auth_configs.store_oauth2(setup), user)
