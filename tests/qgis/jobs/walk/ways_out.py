"""The ways out of what was begun: each record can be finished or undone, each untold key connected again."""

from __future__ import annotations

from functools import partial
from typing import Union

from gpkeys_plugin.jobs.delete_key import drop_deletion, finish_deletion
from gpkeys_plugin.jobs.finish_creation import finish_creation, remainder_of, undo_creation
from gpkeys_plugin.jobs.finish_edit import finish_edit, undo_edit
from gpkeys_plugin.jobs.finish_rotation import finish_rotation, undo_rotation
from gpkeys_plugin.jobs.values import Deleted
from gpkeys_plugin.keys.draft import HashStorage
from gpkeys_plugin.store.records.creations import UnfinishedCreation
from gpkeys_plugin.store.records.deletions import DELETIONS, UnfinishedDeletion
from gpkeys_plugin.store.records.edits import EDITS, UnfinishedEdit
from gpkeys_plugin.store.records.rotations import UnfinishedRotation
from tests.qgis.jobs.walk import acts
from tests.qgis.jobs.walk.platform_side import USERS
from tests.qgis.jobs.walk.troubles import NONE, Trouble
from tests.qgis.jobs.walk.walker import Outcome, Walker

Begun = Union[UnfinishedCreation, UnfinishedRotation, UnfinishedEdit, UnfinishedDeletion]


def begun(walker: Walker) -> tuple[Begun, ...]:
    """Return all that is offered to the account to finish or to undo."""
    signed_in, seat = walker.seats.signed_in, walker.seats.seat
    at = signed_in.api_url, signed_in.account_id
    return (
        # First, as the creation of a key whose secret is being changed has to wait.
        *seat.rotations.unfinished(*at),
        *seat.creations.unfinished(*at),
        *EDITS.unfinished(*at),
        *DELETIONS.unfinished(*at),
    )


def leave(walker: Walker, entry: Begun, trouble: Trouble, *, finishes: bool) -> Outcome:
    """Finish or undo what was begun."""
    if isinstance(entry, UnfinishedCreation):
        return _leave_creation(walker, entry, trouble, finishes=finishes)
    if isinstance(entry, UnfinishedRotation):
        return _leave_rotation(walker, entry, trouble, finishes=finishes)
    if isinstance(entry, UnfinishedEdit):
        return _leave_edit(walker, entry, trouble, finishes=finishes)
    return _leave_deletion(walker, entry, trouble, finishes=finishes)


def settle_all(walker: Walker, *, finishes: bool) -> None:
    """Take the ways out of all there is in the profile for the account; nothing may be left, whichever is taken."""
    for entry_id in [entry.id for entry in begun(walker)]:
        # The way out of one may end or change another one, too.
        for entry in [entry for entry in begun(walker) if entry.id == entry_id]:
            _settle(walker, entry, finishes=finishes)
    assert begun(walker) == ()
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


def _leave_creation(walker: Walker, entry: UnfinishedCreation, trouble: Trouble, *, finishes: bool) -> Outcome:
    job = finish_creation if finishes else undo_creation
    signed_in, records = walker.seats.signed_in, walker.seats.seat.creations
    outcome = walker.run(partial(job, entry, signed_in, records, walker.bench.main_thread), trouble, entry.key_id)
    if outcome.is_done:
        assert records.find(entry.id) is None
        assert (entry.key_id in walker.keys) is finishes or not entry.key_id or trouble.is_meanwhile
        if finishes:
            walker.note_made(outcome.result.key.id)
    return outcome


def _leave_rotation(walker: Walker, entry: UnfinishedRotation, trouble: Trouble, *, finishes: bool) -> Outcome:
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


def _leave_edit(walker: Walker, entry: UnfinishedEdit, trouble: Trouble, *, finishes: bool) -> Outcome:
    job = finish_edit if finishes else undo_edit
    main_thread = walker.bench.main_thread
    outcome = walker.run(partial(job, entry.id, walker.seats.signed_in, main_thread), trouble, entry.key_id)
    if outcome.failure is not None:
        assert (outcome.failure.remainder is None) is (EDITS.find(entry.id) is None)
    if outcome.is_done:
        assert EDITS.find(entry.id) is None
    if outcome.is_done and not trouble.is_meanwhile:
        _require_changed(walker, entry, finishes=finishes)
    return outcome


def _require_changed(walker: Walker, entry: UnfinishedEdit, *, finishes: bool) -> None:
    """See that a key has what was wanted, or what it had, wherever these differ."""
    now = walker.keys[entry.key_id]
    to, of = (entry.wanted, entry.before) if finishes else (entry.before, entry.wanted)
    assert to.name in (of.name, now.name)
    assert not now.grants & (set(of.grants) - set(to.grants))
    if finishes:
        # What a permission that has ended since opened is not opened again.
        assert set(to.grants) - set(of.grants) <= now.grants
    known = walker.scene().profile.installed.get(entry.key_id)
    if known is not None and entry.concerns_qgis:
        assert known.key_name == now.name


def _leave_deletion(walker: Walker, entry: UnfinishedDeletion, trouble: Trouble, *, finishes: bool) -> Outcome:
    if not finishes:
        drop_deletion(entry.id)
        if entry.key_id not in walker.keys:
            walker.seats.seat.unsettled.add(entry.key_id)
        return Outcome()
    main_thread, seat = walker.bench.main_thread, walker.seats.seat
    known = walker.scene().profile.installed.get(entry.key_id)
    work = partial(finish_deletion, entry.id, walker.seats.signed_in, main_thread)
    outcome = walker.run(work, trouble, entry.key_id)
    if entry.is_kept and entry.key_id not in walker.keys:
        seat.unsettled.add(entry.key_id)
        seat.by_hand.update(known.authcfgs if known is not None else ())
    if outcome.is_done:
        deleted: Deleted = outcome.result
        assert entry.key_id not in walker.keys
        assert (DELETIONS.find(entry.id) is None) is not bool(deleted.warnings)
    return outcome


def _settle(walker: Walker, entry: Begun, *, finishes: bool) -> None:
    """Take the way wanted, or else the other one: one of them must lead out."""
    failed = []
    for way in _ways(entry, finishes=finishes):
        outcome = leave(walker, entry, NONE, finishes=way)
        if outcome.is_done or all(left.id != entry.id for left in begun(walker)):
            return
        failed.append(outcome.failure and outcome.failure.error.log)
    raise AssertionError(f"neither finished nor undone: {failed}")


def _ways(entry: Begun, *, finishes: bool) -> tuple[bool, ...]:
    if isinstance(entry, UnfinishedCreation):
        # Undoing one needs no other way.
        return (True, False) if finishes and remainder_of(entry).can_finish else (False,)
    return (True,) if isinstance(entry, UnfinishedDeletion) and finishes else (finishes, not finishes)


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
