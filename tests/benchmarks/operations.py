"""What a person does, with the plugin and with a plain client: each is an `Operation`."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from gpkeys_plugin.entrepot.models import Key, KeyType
from gpkeys_plugin.gui.dock_tabs import Tab
from gpkeys_plugin.jobs.scripts.listings import list_keys
from gpkeys_plugin.jobs.values import DeletionOutlook, Edited, Rotation, RotationRequest
from gpkeys_plugin.keys.draft import Grant, KeyDraft
from gpkeys_plugin.keys.upkeep.key_edits import KeyEdit, difference, grant_of
from tests.benchmarks.account_window import AccountWindow
from tests.benchmarks.plain_client import Pairs, PlainClient

OURS, PLAIN = "clé d’essai", "clé d’essai, client simple"


@dataclass
class Bench:
    """Who takes part, and what they have made by now."""

    window: AccountWindow
    plain: PlainClient
    plain_keys: list[dict[str, Any]] = field(default_factory=list)
    plain_key: str = ""
    plain_old: str = ""
    rotation: Rotation | None = None
    outlook: DeletionOutlook | None = None
    left: list[Key] = field(default_factory=list)
    is_heard: bool = False

    def hear(self, then: Callable[[Any], object] | None = None) -> Callable[[Any], None]:
        """Return what hears of a job's end, and has the window follow."""
        self.is_heard = False

        def heard(result: Any = None) -> None:
            if then is not None:
                then(result)
            self.is_heard = True

        return heard


def failed(error: Any) -> None:
    """Stop the benchmark: what failed was not measured."""
    raise AssertionError(error)


def unheard(*_: object) -> None:
    """Hear nothing of progress."""


def _is_heard(bench: Bench) -> bool:
    return bench.is_heard


@dataclass(frozen=True)
class Operation:
    """What is done; when what was wanted is shown; the same by the plain client; what comes before it, unmeasured."""

    name: str
    act: Callable[[Bench], object]
    plain: Callable[[Bench], object]
    is_shown: Callable[[Bench], bool] = _is_heard
    prepare: Callable[[Bench], object] | None = None


# Reading


def _load(bench: Bench, tab: Tab = Tab.NEW_KEY) -> None:
    bench.window.pages.reset()
    bench.window.pages.show_tab(tab)
    bench.window.pages.load()


def _read_account(bench: Bench) -> None:
    bench.plain_keys = bench.plain.account()


def _list_keys_plainly(bench: Bench) -> None:
    _read_account(bench)
    bench.plain.overviews(bench.plain_keys)


def _open(bench: Bench, key: Key) -> None:
    bench.window.my_keys.open_key(key)


def _open_next(bench: Bench) -> bool:
    """Open the next key once all of the one before has come; say whether there was none left."""
    if not bench.window.is_idle():
        return False
    if not bench.left:
        return True
    _open(bench, bench.left.pop())
    return False


def _open_all(bench: Bench) -> None:
    bench.left = list(bench.window.holdings.keys)
    _open(bench, bench.left.pop())


def _open_all_plainly(bench: Bench) -> None:
    for key in bench.plain_keys:
        bench.plain.key_page(key["_id"])


def _list_by_script(bench: Bench, **wanted: bool) -> None:
    hear, script = bench.hear(), bench.window.script()
    bench.window.runner.start("", lambda _: list_keys(script, expiring_within_days=None, **wanted), hear, failed)


RESUME = Operation(
    "kept session → wizard",
    lambda bench: bench.window.resume(),
    _read_account,
    lambda bench: bench.window.is_wizard_shown(),
)
WIZARD = Operation("wizard ready", _load, _read_account, lambda bench: bench.window.is_wizard_shown())
MY_KEYS = Operation(
    "My keys: rows, complete",
    lambda bench: _load(bench, Tab.MY_KEYS),
    _list_keys_plainly,
    lambda bench: bool(bench.window.my_keys.overviews()),
)
ONE_KEY = Operation(
    "show one key",
    lambda bench: _open(bench, bench.window.holdings.keys[0]),
    lambda bench: bench.plain.key_page(bench.plain_keys[0]["_id"]),
    lambda bench: bench.window.is_key_shown(),
)
ALL_KEYS = Operation("all keys in turn", _open_all, _open_all_plainly, _open_next)
ALL_KEYS_AGAIN = replace(ALL_KEYS, name="the same once more")
SCRIPT = Operation("gpkeys:listkeys", _list_by_script, _list_keys_plainly)
SCRIPT_OF_NAMES = Operation(
    "gpkeys:listkeys, names only",
    lambda bench: _list_by_script(bench, with_accesses=False, with_last_use=False),
    lambda bench: bench.plain.keys(),
)


# Changing


def _grants(bench: Bench, permissions: int, each: int) -> tuple[Grant, ...]:
    found = bench.window.holdings.permissions[:permissions]
    return tuple(Grant(offering.id, one.id) for one in found for offering in one.offerings[:each])


def _pairs(bench: Bench, permissions: int, each: int) -> Pairs:
    return [(str(grant.permission_id), grant.offering_id) for grant in _grants(bench, permissions, each)]


def creation(permissions: int, each: int) -> Operation:
    """Return the making of a HASH key for services of some permissions."""

    def act(bench: Bench) -> None:
        draft = KeyDraft(OURS, _grants(bench, permissions, each), KeyType.HASH)
        bench.window.wizard._making.create(draft, bench.window.holdings, lambda: failed("the creation"))

    def plainly(bench: Bench) -> None:
        bench.plain_key = bench.plain.create(PLAIN, _pairs(bench, permissions, each))

    def is_shown(bench: Bench) -> bool:
        return bench.window.wizard.currentWidget() is bench.window.wizard._result

    count = permissions * each
    return Operation(f"create, {count} services of {permissions}", act, plainly, is_shown, _wizard_in_front)


def _wizard_in_front(bench: Bench) -> None:
    bench.window.pages.show_tab(Tab.NEW_KEY)
    bench.window.wizard._on_another()


def _open_made(bench: Bench) -> None:
    _open(bench, next(key for key in bench.window.holdings.keys if key.name.startswith(OURS)))


def _edit(bench: Bench, edit: KeyEdit) -> None:
    page, view = bench.window.page, bench.window.my_keys

    def follow(edited: Edited) -> None:
        view._on_edited(edited)

    wanted = difference(page.details, page.accesses, edit)
    bench.window.my_keys_jobs.edit(page, wanted, unheard, bench.hear(follow), failed)


def _swap_one(bench: Bench) -> None:
    page = bench.window.page
    kept = [grant_of(access) for access in page.accesses][1:]
    new = next(grant for grant in _grants(bench, 5, 3) if grant not in map(grant_of, page.accesses))
    _edit(bench, KeyEdit(page.details.key.name, (*kept, new)))


def _swap_one_plainly(bench: Bench) -> None:
    bench.plain.open(bench.plain_key, _pairs(bench, 1, 3)[2:])
    bench.plain.close_one(bench.plain_key, _pairs(bench, 1, 1)[0][1])


def _rename(bench: Bench) -> None:
    page = bench.window.page
    _edit(bench, KeyEdit(f"{OURS} 2", tuple(map(grant_of, page.accesses))))


def _rotate(bench: Bench) -> None:
    def follow(rotation: Rotation) -> None:
        bench.rotation = rotation

    window = bench.window
    window.my_keys_jobs.rotate(window.page, RotationRequest("", ""), unheard, bench.hear(follow), failed)


def _rotate_plainly(bench: Bench) -> None:
    bench.plain_old, bench.plain_key = bench.plain_key, bench.plain.rotate(bench.plain_key, f"{PLAIN} 3")


def _finish(bench: Bench) -> None:
    window, rotation = bench.window, bench.rotation
    if rotation is None:
        raise AssertionError("nothing was rotated")
    window.my_keys_jobs.finish_rotation(rotation.id, unheard, bench.hear(window.my_keys._on_rotated), failed)


def _look_out(bench: Bench) -> None:
    def follow(outlook: DeletionOutlook) -> None:
        bench.outlook = outlook

    bench.window.my_keys_jobs.deletion_outlook(bench.window.page, bench.hear(follow), failed)


def _delete(bench: Bench) -> None:
    window, outlook = bench.window, bench.outlook
    if outlook is None:
        raise AssertionError("the outlook is missing")
    hear = bench.hear(window.my_keys._on_deleted)
    window.my_keys_jobs.delete(
        window.page, outlook, remove_from_qgis=True, on_progress=unheard, on_done=hear, on_failed=failed
    )


SWAP = Operation("change 1 access", _swap_one, _swap_one_plainly, prepare=_open_made)
RENAME = Operation(
    "rename", _rename, lambda bench: bench.plain.rename(bench.plain_key, f"{PLAIN} 2"), prepare=_open_made
)
ROTATE = Operation("rotate", _rotate, _rotate_plainly, prepare=_open_made)
FINISH = Operation("finish", _finish, lambda bench: bench.plain.finish(bench.plain_old, bench.plain_key, f"{PLAIN} 2"))
LOOK_OUT = Operation("what a deletion ends", _look_out, lambda _: None, prepare=_open_made)
LOOK_OUT_OF_MANY = replace(LOOK_OUT, name="the same, 200 services")
DELETE = Operation("delete", _delete, lambda bench: bench.plain.delete(bench.plain_key))


def small_account(*, is_quick: bool) -> Iterator[Operation]:
    """Yield what is done with a small account, in order; it is as before in the end."""
    yield from (RESUME, WIZARD, MY_KEYS, ONE_KEY)
    if not is_quick:
        yield from (ALL_KEYS, ALL_KEYS_AGAIN)
    yield from (creation(5, 2), SWAP, RENAME, ROTATE, FINISH, LOOK_OUT, DELETE)
    if not is_quick:
        yield creation(40, 5)
        yield LOOK_OUT_OF_MANY
        yield replace(DELETE, name="delete, 200 services")
    yield from (SCRIPT_OF_NAMES, SCRIPT)


def big_account() -> Iterator[Operation]:
    """Yield what is done with a big account, in order; it is as before in the end."""
    yield from (RESUME, WIZARD, MY_KEYS, ONE_KEY, creation(5, 2), SWAP, RENAME, LOOK_OUT, DELETE)
    yield from (SCRIPT_OF_NAMES, SCRIPT)
