"""One walk: jobs as the window asks for them, with a trouble in each or none, and a look at everything afterwards."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection
from dataclasses import dataclass, fields, replace
from functools import partial
from typing import Any

from gpkeys_plugin.entrepot.errors import ErrorCode, GpkeysError
from gpkeys_plugin.entrepot.models import Key, KeyType
from gpkeys_plugin.jobs.load_key_page import load_key_page
from gpkeys_plugin.jobs.running.task import Progress
from gpkeys_plugin.jobs.values import Failed, KeyPage
from tests.qgis.jobs.conftest import Bench
from tests.qgis.jobs.walk.laws import Ledger, Scene, broken_laws
from tests.qgis.jobs.walk.platform_side import PlatformKey, PlatformSide
from tests.qgis.jobs.walk.profile_side import Profile
from tests.qgis.jobs.walk.seats import Seats
from tests.qgis.jobs.walk.troubles import Trouble, TroubledRun

Work = Callable[[Progress], Any]


@dataclass(frozen=True)
class Outcome:
    """How a job ended: with a result, with a failure, or with QGIS."""

    result: Any = None
    failure: Failed | None = None
    is_killed: bool = False

    @property
    def is_done(self) -> bool:
        """Whether the job said that it is done."""
        return self.failure is None and not self.is_killed


class Walker:
    """Runs jobs and other acts; each must leave a lawful scene."""

    def __init__(self, bench: Bench, seats: Seats, platform: PlatformSide) -> None:
        self.bench = bench
        self.seats = seats
        self.platform = platform
        self.ledger = Ledger()
        self.keys: dict[str, PlatformKey] = {}
        self.steps = 0
        self.is_whole = True
        self.tally: Counter[str] = Counter()
        self._passwords = 0

    def begin(self) -> None:
        """Begin a new example with nothing anywhere."""
        self.platform.clear()
        self.seats.begin()
        self.ledger, self.keys, self._passwords, self.is_whole = Ledger(), {}, 0, True

    # What there is

    def own_keys(self) -> list[PlatformKey]:
        """Return the keys of the account that is signed in."""
        return sorted((key for key in self.keys.values() if key.user == self.seats.user), key=lambda key: key.name)

    def page(self, number: int, *, is_stale: bool, types: Collection[KeyType] = tuple(KeyType)) -> KeyPage | None:
        """Return the page of a key of a type, opened now or some time before; None where there is no such key."""
        pages = self.seats.seat.pages[self.seats.user]
        opened = [page for page in pages.values() if page.details.key.type in types]
        if is_stale and opened:
            return opened[number % len(opened)]
        keys = [key for key in self.own_keys() if key.type in types]
        if not keys:
            return None
        wanted = keys[number % len(keys)]
        page = self.fresh_page(wanted.id)
        pages[wanted.id] = page
        return page

    def fresh_page(self, key_id: str) -> KeyPage:
        """Return the page of a key of the account, as it is now."""
        wanted = self.keys[key_id]
        key = Key(wanted.id, wanted.name, wanted.type)
        page: KeyPage = self.bench.run(partial(load_key_page, key, self.seats.signed_in, self.bench.main_thread))
        return page

    def new_password(self, login: str) -> str:
        """Return a password that was never used for a login."""
        self._passwords += 1
        return f"Mot-de-passe-{login[-1]}{self._passwords:03}"

    # Acts

    def run(self, work: Work, trouble: Trouble, victim: str = "") -> Outcome:
        """Run a job; `victim` is the key that others change meanwhile, where the trouble is that."""
        self.is_whole = False
        before, before_profile = self.keys, self.seats.profile()
        name = getattr(work, "func", work).__qualname__.partition(".")[0]
        run = TroubledRun(self.bench.simulator, trouble, lambda kind: self._meanwhile(kind, victim))
        with run.around(work) as troubled:
            outcome = self._outcome(troubled, run)
        end = "killed" if outcome.is_killed else "done" if outcome.is_done else "failed"
        self.tally[f"{name} {end}"] += 1
        self._learn()
        if trouble.is_meanwhile and self.ledger.deleted_at.get(victim) == self.seats.number:
            self.ledger.deleted_at[victim] = -1
        self._leave_the_other_alone(before, before_profile)
        return outcome

    def _outcome(self, work: Work, run: TroubledRun) -> Outcome:
        try:
            result = self.bench.run(work)
        except (Failed, GpkeysError) as error:
            return Outcome(failure=Failed.of(error))
        return Outcome(result, is_killed=run.is_killed)

    def note_made(self, key_id: str) -> None:
        """Note that a job said here that it has made a key."""
        self.ledger.wanted.add(key_id)
        self.ledger.made_at[key_id] = self.seats.number

    def elsewhere(self, act: Callable[[], object]) -> None:
        """Let something be done on the web site."""
        self.is_whole = False
        act()
        self._learn(seat=-1)

    def _meanwhile(self, kind: str, victim: str) -> None:
        user = self.seats.user
        if kind == "permission ends":
            self.platform.change_permission(user, is_ended=True)
        elif not kind.startswith("web") or victim not in self.platform.look():
            return
        elif kind == "web deletes":
            self.platform.delete(user, victim)
        else:
            self.platform.rename(user, victim, "Renommée")

    def _learn(self, seat: int | None = None) -> None:
        before, self.keys = self.keys, self.platform.look()
        self.ledger.learn(before, self.keys, self.seats.number if seat is None else seat)
        profile = self.seats.profile()
        self.ledger.wanted |= profile.installed.keys() - profile.begun_keys

    def _leave_the_other_alone(self, before: dict[str, PlatformKey], profile: Profile) -> None:
        """Nothing of the account that is not signed in may have changed."""
        now = self.seats.profile()
        other, other_now = self._of_other(before, profile), self._of_other(self.keys, now)
        changed = [f"{was} became {is_now}" for was, is_now in zip(other, other_now) if was != is_now]
        if changed:
            raise AssertionError("\n".join(["of the other account:", *changed]))

    def _of_other(self, keys: dict[str, PlatformKey], profile: Profile) -> Any:
        user = self.seats.user
        others = {key_id for key_id, owner in self.ledger.users.items() if owner != user}
        made = {connection for connection, origin in profile.origins.items() if origin.owner in others}
        # The name of one that was removed by hand is free, and so is a borrowed id.
        there = made & profile.connections.keys()
        installed = [
            replace(
                known,
                connections=tuple(connection for connection in known.connections if connection in there),
                borrowed_authcfgs=tuple(id_ for id_ in known.borrowed_authcfgs if id_ in profile.configurations),
            )
            for known in profile.installed.values()
            if known.key_id in others
        ]
        authcfgs = {authcfg for known in installed for authcfg in known.authcfgs}
        return (
            {key for key in keys.values() if key.user != user},
            installed,
            [found for id_, found in profile.configurations.items() if id_ in authcfgs],
            [found for connection, found in profile.connections.items() if connection in there],
            [entry for entry in profile.creations.values() if entry.account_id != user],
            [entry for entry in profile.rotations.values() if entry.account_id != user],
            [entry for entry in profile.edits.values() if entry.account_id != user],
            [entry for entry in profile.deletions.values() if entry.account_id != user],
        )

    # Looking

    def scene(self) -> Scene:
        """Return all there is now."""
        seats = self.seats
        other = seats.seats[1 - seats.number].left_as
        return Scene(seats.number, seats.seat, seats.profile(), self.keys, self.ledger, other)

    def told(self) -> str:
        """Return how often each job ended in which way."""
        return "\n".join(f"{count}\t{end}" for end, count in sorted(self.tally.items()))

    def look(self) -> None:
        """See that the laws hold."""
        self.is_whole = False
        self.steps += 1
        broken = broken_laws(self.scene())
        if broken:
            raise AssertionError("\n".join(broken))
        self.is_whole = True


def lasting(scene: Scene) -> dict[str, Any]:
    """Return what a failure without a remainder must leave as it was."""
    profile = {part.name: getattr(scene.profile, part.name) for part in fields(Profile)}
    return {"keys": scene.keys, **profile}


def changes(before: Scene, after: Scene) -> list[str]:
    """Return what has changed from one scene to the other, a line each."""
    was, is_now = lasting(before), lasting(after)
    return [
        f"{part} {name}: {was[part].get(name)} became {is_now[part].get(name)}"
        for part in was
        for name in {**was[part], **is_now[part]}
        if was[part].get(name) != is_now[part].get(name)
    ]


def is_unknown(failure: Failed) -> bool:
    """Whether a failure says that nobody knows whether the change was made."""
    return failure.error.code is ErrorCode.OUTCOME_UNKNOWN
