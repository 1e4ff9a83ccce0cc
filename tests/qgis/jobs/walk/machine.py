"""The walk as a machine of Hypothesis: its rules are what users, other computers and the platform do, in any order."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from gpkeys_plugin.entrepot.models import KeyType
from gpkeys_plugin.keys.draft import Grant, HashStorage, KeyDraft
from gpkeys_plugin.keys.upkeep.key_edits import KeyEdit
from tests.qgis.jobs.walk import acts, beside, ways_out
from tests.qgis.jobs.walk.platform_side import USERS
from tests.qgis.jobs.walk.troubles import TROUBLES, Trouble
from tests.qgis.jobs.walk.walker import Walker

_NUMBERS = st.integers(0, 7)
_NAMES = st.sampled_from(("Essai été", "Deux", "Trois"))
_LOGINS = st.sampled_from(("essai-1", "essai-2", "essai-3", "essai-4"))
_TYPES = st.sampled_from((KeyType.HASH, KeyType.BASIC, KeyType.OAUTH2))
_STORAGES = st.sampled_from(HashStorage)
_SERVICES = st.sets(st.integers(0, 3), min_size=1, max_size=3)
_IDS = st.sampled_from(("abc1234", "xyz9876"))
_BESIDE: dict[str, Callable[[Walker, int, str, KeyType, str], None]] = {
    "create on the web": lambda walker, _number, name, type_, login: beside.create_on_the_web(
        walker, name, type_, login
    ),
    "delete on the web": lambda walker, number, *_: beside.delete_on_the_web(walker, number),
    "rename on the web": lambda walker, number, *_: beside.rename_on_the_web(walker, number),
    "end the permission": lambda walker, *_: beside.change_permission(walker, is_ended=True),
    "grant the permission": lambda walker, *_: beside.change_permission(walker, is_ended=False),
    "remove a configuration by hand": lambda walker, number, *_: beside.remove_configuration(walker, number),
    "remove a connection by hand": lambda walker, number, *_: beside.remove_connection(walker, number),
}
_FILTERS = st.sampled_from((None, (), ("192.0.2.7",)))


class Walk(RuleBasedStateMachine):
    """A walk from nothing to nothing begun.

    Its rules have no preconditions: one for which there is nothing does nothing. What goes side by side in a job comes
    in another order from run to run, so that now and then a trouble strikes something else when Hypothesis takes a way
    again; choices that depend on what came of it then end the walk without a finding (FlakyStrategyDefinition).
    """

    def __init__(self, walker: Walker) -> None:
        super().__init__()
        self._walker = walker
        self._finishes = True
        walker.begin()

    @initialize(finishes=st.booleans())
    def begin(self, finishes: bool) -> None:
        self._finishes = finishes

    # The user

    @rule(name=_NAMES, type_=_TYPES, storage=_STORAGES, login=_LOGINS, services=_SERVICES, trouble=TROUBLES)
    def create(
        self, name: str, type_: KeyType, storage: HashStorage, login: str, services: set[int], trouble: Trouble
    ) -> None:
        password = self._walker.new_password(login)
        draft = KeyDraft(name, self._grants(services), type_, login, password, storage)
        acts.create(self._walker, draft, trouble)

    @rule(
        number=_NUMBERS,
        is_stale=st.booleans(),
        name=st.none() | _NAMES,
        services=st.none() | _SERVICES,
        whitelist=_FILTERS,
        trouble=TROUBLES,
    )
    def edit(
        self,
        number: int,
        is_stale: bool,
        name: str | None,
        services: set[int] | None,
        whitelist: tuple[str, ...] | None,
        trouble: Trouble,
    ) -> None:
        page = self._walker.page(number, is_stale=is_stale)
        if page is not None:
            wanted = KeyEdit(name, None if services is None else self._grants(services), whitelist)
            acts.edit(self._walker, page, wanted, trouble, is_stale=is_stale)

    @rule(number=_NUMBERS, is_stale=st.booleans(), services=_SERVICES, trouble=TROUBLES)
    def extend(self, number: int, is_stale: bool, services: set[int], trouble: Trouble) -> None:
        page = self._walker.page(number, is_stale=is_stale, types=[KeyType.OAUTH2])
        if page is not None:
            acts.extend(self._walker, page, self._grants(services), trouble)

    @rule(number=_NUMBERS, is_stale=st.booleans(), login=_LOGINS, trouble=TROUBLES)
    def rotate(self, number: int, is_stale: bool, login: str, trouble: Trouble) -> None:
        page = self._walker.page(number, is_stale=is_stale, types=[KeyType.HASH, KeyType.BASIC])
        if page is not None:
            acts.rotate(self._walker, page, login, trouble)

    @rule(number=_NUMBERS, is_stale=st.booleans(), keeps=st.booleans(), trouble=TROUBLES)
    def delete(self, number: int, is_stale: bool, keeps: bool, trouble: Trouble) -> None:
        page = self._walker.page(number, is_stale=is_stale)
        if page is not None:
            acts.delete(self._walker, page, trouble, keeps=keeps)

    @rule(number=_NUMBERS, is_stale=st.booleans(), storage=_STORAGES, trouble=TROUBLES)
    def connect(self, number: int, is_stale: bool, storage: HashStorage, trouble: Trouble) -> None:
        page = self._walker.page(number, is_stale=is_stale)
        if page is not None:
            acts.connect(self._walker, page, storage, trouble)

    @rule(number=_NUMBERS, is_stale=st.booleans(), authcfg=_IDS, trouble=TROUBLES)
    def make_configuration(self, number: int, is_stale: bool, authcfg: str, trouble: Trouble) -> None:
        page = self._walker.page(number, is_stale=is_stale)
        if page is not None:
            acts.make_configuration(self._walker, page, authcfg, trouble)

    # What was begun

    @rule(number=_NUMBERS, finishes=st.booleans(), trouble=TROUBLES)
    def leave(self, number: int, finishes: bool, trouble: Trouble) -> None:
        begun = ways_out.begun(self._walker)
        if begun:
            ways_out.leave(self._walker, begun[number % len(begun)], trouble, finishes=finishes)

    @rule(finishes=st.booleans())
    def leave_all(self, finishes: bool) -> None:
        walker = self._walker
        if ways_out.begun(walker):
            walker.elsewhere(partial(walker.platform.change_permission, walker.seats.user, is_ended=False))
            ways_out.settle_all(walker, finishes=finishes)

    # Beside the plugin

    @rule(what=st.sampled_from(tuple(_BESIDE)), number=_NUMBERS, name=_NAMES, type_=_TYPES, login=_LOGINS)
    def beside(self, what: str, number: int, name: str, type_: KeyType, login: str) -> None:
        _BESIDE[what](self._walker, number, name, type_, login)

    @rule(where=st.sampled_from(("other account", "other computer", "restart")))
    def go(self, where: str) -> None:
        seats = self._walker.seats
        if where == "other account":
            seats.user = USERS[1 - USERS.index(seats.user)]
        elif where == "other computer":
            seats.sit_at_other()
        else:
            seats.restart()

    # Always

    @invariant()
    def the_laws_hold(self) -> None:
        self._walker.look()

    def teardown(self) -> None:
        """Take every way out."""
        if self._walker.is_whole:
            ways_out.settle_everywhere(self._walker, finishes=self._finishes)

    def _grants(self, services: set[int]) -> tuple[Grant, ...]:
        offers = self._walker.platform.offers[self._walker.seats.user]
        return tuple(dict.fromkeys(offers[number % len(offers)] for number in sorted(services)))
