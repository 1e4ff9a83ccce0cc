"""The ways out of what was begun: each record can be finished or undone, each untold key connected again."""

from __future__ import annotations

from functools import partial

from gpkeys_plugin.jobs.finish_creation import finish_creation, remainder_of, undo_creation
from gpkeys_plugin.jobs.finish_rotation import finish_rotation, undo_rotation
from gpkeys_plugin.keys.draft import HashStorage
from gpkeys_plugin.store.records.creations import UnfinishedCreation
from gpkeys_plugin.store.records.rotations import UnfinishedRotation
from tests.qgis.jobs.walk import acts
from tests.qgis.jobs.walk.platform_side import USERS
from tests.qgis.jobs.walk.troubles import NONE, Trouble
from tests.qgis.jobs.walk.walker import Outcome, Walker


def creations(walker: Walker) -> tuple[UnfinishedCreation, ...]:
    """Return the creations that are offered to the account to finish or to undo."""
    signed_in = walker.seats.signed_in
    return walker.seats.seat.creations.unfinished(signed_in.api_url, signed_in.account_id)


def rotations(walker: Walker) -> tuple[UnfinishedRotation, ...]:
    """Return the changes of a secret that are offered to the account to finish or to undo."""
    signed_in = walker.seats.signed_in
    return walker.seats.seat.rotations.unfinished(signed_in.api_url, signed_in.account_id)


def leave_creation(walker: Walker, entry: UnfinishedCreation, trouble: Trouble, *, finishes: bool) -> Outcome:
    """Finish or undo a creation."""
    job = finish_creation if finishes else undo_creation
    signed_in, records = walker.seats.signed_in, walker.seats.seat.creations
    outcome = walker.run(partial(job, entry, signed_in, records, walker.bench.main_thread), trouble, entry.key_id)
    if outcome.is_done:
        assert records.find(entry.id) is None
        assert (entry.key_id in walker.keys) is finishes or not entry.key_id or trouble.is_meanwhile
        if finishes:
            walker.note_made(outcome.result.key.id)
    return outcome


def leave_rotation(walker: Walker, entry: UnfinishedRotation, trouble: Trouble, *, finishes: bool) -> Outcome:
    """Finish or undo a change of secret."""
    job = finish_rotation if finishes else undo_rotation
    signed_in, records = walker.seats.signed_in, walker.seats.seat.rotations
    work = partial(job, entry.id, signed_in, records, walker.bench.main_thread)
    outcome = walker.run(work, trouble, entry.old_key_id)
    # Whether or not QGIS ended before it said so.
    if records.find(entry.id) is None and entry.new_key_id in walker.keys:
        walker.ledger.wanted.add(entry.new_key_id)
    if outcome.is_done and not trouble.is_meanwhile:
        assert records.find(entry.id) is None
        if finishes:
            walker.note_made(entry.new_key_id)
            assert entry.old_key_id not in walker.keys
            named = [key.id for key in walker.own_keys() if key.name == entry.old_key_name]
            # One made since the old key went may have the name.
            assert named
        else:
            assert entry.new_key_id not in walker.keys
    return outcome


def settle_all(walker: Walker, *, finishes: bool) -> None:
    """Take the ways out of all there is in the profile for the account; nothing may be left, whichever is taken."""
    for creation in creations(walker):
        _settle_creation(walker, creation, finishes=finishes)
    for rotation in rotations(walker):
        _settle_rotation(walker, rotation, finishes=finishes)
    assert (creations(walker), rotations(walker)) == ((), ())
    for key_id in sorted(walker.seats.seat.unsettled & walker.keys.keys()):
        if walker.keys[key_id].user == walker.seats.user:
            _connect_again(walker, key_id)
    _clear_away(walker)


def settle_everywhere(walker: Walker, *, finishes: bool) -> None:
    """Take the ways out of both accounts in both profiles, and look."""
    for _ in walker.seats.seats:
        for user in USERS:
            walker.seats.user = user
            walker.elsewhere(partial(walker.platform.change_permission, user, is_ended=False))
            settle_all(walker, finishes=finishes)
        walker.look()
        walker.seats.sit_at_other()


def _settle_creation(walker: Walker, entry: UnfinishedCreation, *, finishes: bool) -> None:
    if finishes and remainder_of(entry).can_finish:
        outcome = leave_creation(walker, entry, NONE, finishes=True)
        if outcome.is_done:
            return
        assert outcome.failure is not None
        assert outcome.failure.remainder is not None
    outcome = leave_creation(walker, entry, NONE, finishes=False)
    assert outcome.is_done, outcome.failure


def _settle_rotation(walker: Walker, entry: UnfinishedRotation, *, finishes: bool) -> None:
    for way in (finishes, not finishes):
        outcome = leave_rotation(walker, entry, NONE, finishes=way)
        if outcome.is_done or walker.seats.seat.rotations.find(entry.id) is None:
            return
    raise AssertionError(f"neither finished nor undone: {outcome.failure and outcome.failure.error.log}")


def _connect_again(walker: Walker, key_id: str) -> None:
    page = walker.fresh_page(key_id)
    outcome = acts.connect(walker, page, page.held.hash_storage or HashStorage.URL, NONE)
    assert outcome.is_done, outcome.failure and outcome.failure.error.log


def _clear_away(walker: Walker) -> None:
    """Remove what is left of keys that are gone: of the account's only, as far as this profile has seen."""
    seats = walker.seats
    for known in seats.profile().installed.values():
        if known.key_id not in walker.keys and walker.ledger.users.get(known.key_id) == seats.user:
            acts.clear_away(walker, known)
            seats.seat.unsettled.discard(known.key_id)
