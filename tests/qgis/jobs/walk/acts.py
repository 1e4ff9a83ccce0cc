"""The jobs of a walk, and whether what they say of their end is true."""

from __future__ import annotations

from functools import partial

from gpkeys_plugin.entrepot.models import KeyType
from gpkeys_plugin.jobs.add_services import extend_key
from gpkeys_plugin.jobs.connect_existing import ExistingKeyConnector
from gpkeys_plugin.jobs.create_key import KeyCreator
from gpkeys_plugin.jobs.delete_key import delete_key, deletion_outlook, remove_leftovers
from gpkeys_plugin.jobs.edit_key import KeyEditor
from gpkeys_plugin.jobs.make_missing_configuration import ConfigurationMaker
from gpkeys_plugin.jobs.rotate_key import KeyRotator
from gpkeys_plugin.jobs.values import (
    ConfigurationRequest,
    ConnectRequest,
    CreatedKey,
    Deleted,
    Edited,
    KeyPage,
    RotationRequest,
)
from gpkeys_plugin.keys.draft import Grant, HashStorage, KeyDraft
from gpkeys_plugin.keys.upkeep.key_edits import KeyEdit, difference
from gpkeys_plugin.store.records.installed_keys import InstalledKey
from tests.qgis.jobs.walk.laws import Scene
from tests.qgis.jobs.walk.profile_side import secret_of
from tests.qgis.jobs.walk.troubles import Trouble
from tests.qgis.jobs.walk.walker import Outcome, Walker, changes, is_unknown


def create(walker: Walker, draft: KeyDraft, trouble: Trouble) -> None:
    """Create a key."""
    seat, before = walker.seats.seat, walker.scene()
    if draft.login not in {key.login for key in walker.keys.values()}:
        walker.ledger.passwords[draft.login] = draft.password
    creator = partial(KeyCreator, walker.seats.signed_in, seat.creations, walker.bench.main_thread)
    outcome = walker.run(lambda progress: creator(progress).create(draft), trouble)
    if outcome.is_done:
        created: CreatedKey = outcome.result
        walker.note_made(created.key.id)
        key = walker.keys[created.key.id]
        assert (key.name, key.type, key.grants) == (draft.name, draft.type, frozenset(draft.grants))
        _require_in_qgis(walker, created)
    elif outcome.failure is not None and outcome.failure.remainder is None:
        _require_as_before(before, walker.scene(), outcome, trouble)


def edit(walker: Walker, page: KeyPage, wanted: KeyEdit, trouble: Trouble, *, is_stale: bool) -> None:
    """Edit a key."""
    before, key = walker.scene(), page.details.key
    found = difference(page.details, page.accesses, wanted)
    editor = partial(KeyEditor, walker.seats.signed_in, walker.bench.main_thread)
    outcome = walker.run(lambda progress: editor(progress).edit(page, found), trouble, key.id)
    _require_remainder(before, walker.scene(), outcome, trouble)
    if not outcome.is_done or trouble.is_meanwhile or found.is_empty:
        return
    edited: Edited = outcome.result
    now = walker.keys[key.id]
    if found.update.name is not None:
        assert now.name == wanted.name
    if wanted.grants is not None and not is_stale:
        assert now.grants == frozenset(wanted.grants)
    known = walker.scene().profile.installed.get(key.id)
    if not edited.warnings and known is not None and found.update.name is not None:
        assert known.key_name == wanted.name


def extend(walker: Walker, page: KeyPage, grants: tuple[Grant, ...], trouble: Trouble) -> None:
    """Add services to the OAUTH2 key."""
    before, key = walker.scene(), page.details.key
    work = partial(extend_key, key, grants, walker.seats.signed_in, walker.bench.main_thread)
    outcome = walker.run(work, trouble, key.id)
    _require_remainder(before, walker.scene(), outcome, trouble)
    if outcome.is_done and not trouble.is_meanwhile:
        opened = {grant.offering_id for grant in walker.keys[key.id].grants}
        assert {grant.offering_id for grant in grants} <= opened
        _require_in_qgis(walker, outcome.result)


def rotate(walker: Walker, page: KeyPage, login: str, trouble: Trouble) -> None:
    """Change a key's secret, up to where QGIS uses the new one."""
    before, seat = walker.scene(), walker.seats.seat
    password = walker.new_password(login)
    rotator = partial(KeyRotator, walker.seats.signed_in, seat.rotations, walker.bench.main_thread)
    request = RotationRequest(login, password)
    outcome = walker.run(lambda progress: rotator(progress).rotate(page, request), trouble, page.details.key.id)
    # Not before: its own login is free again, too, where somebody deletes the key meanwhile.
    if any(key.login == login for key in walker.keys.values() if key.id not in before.keys):
        walker.ledger.passwords[login] = password
    if outcome.is_done:
        entry = walker.scene().profile.rotations[outcome.result.id]
        assert entry.is_swapped
        if not trouble.is_meanwhile:
            assert entry.new_key_id in walker.keys
    elif outcome.failure is not None and not outcome.failure.stayed:
        _require_as_before(before, walker.scene(), outcome, trouble)


def delete(walker: Walker, page: KeyPage, trouble: Trouble, *, keeps: bool) -> None:
    """Delete a key, with or without what is in QGIS."""
    key, seat, bench = page.details.key, walker.seats.seat, walker.bench
    signed_in = walker.seats.signed_in
    before = walker.scene()
    outlook = bench.run(partial(deletion_outlook, page, signed_in, bench.main_thread))
    outlook = outlook.keeping_all() if keeps else outlook
    outcome = walker.run(
        lambda progress: delete_key(page, outlook, signed_in, bench.main_thread, progress), trouble, key.id
    )
    _require_remainder(before, walker.scene(), outcome, trouble)
    if keeps and key.id not in walker.keys:
        seat.unsettled.add(key.id)
        known = before.profile.installed.get(key.id)
        seat.by_hand.update(known.authcfgs if known is not None else ())
    if outcome.is_done:
        deleted: Deleted = outcome.result
        assert key.id not in walker.keys
        assert not deleted.warnings or key.id in walker.scene().profile.begun_keys
        if not keeps and not trouble.is_meanwhile:
            walker.ledger.deleted_at[key.id] = walker.seats.number


def connect(walker: Walker, page: KeyPage, storage: HashStorage, trouble: Trouble) -> Outcome:
    """Write a key that exists into QGIS."""
    before, key = walker.scene(), page.details.key
    password = walker.ledger.passwords.get(page.details.login or "", "")
    request = ConnectRequest(storage, password)
    connector = partial(ExistingKeyConnector, walker.seats.signed_in, walker.bench.main_thread)
    outcome = walker.run(lambda progress: connector(progress).connect(page, request), trouble, key.id)
    _settle(walker, before, outcome, trouble, key.id)
    if outcome.is_done and not trouble.is_meanwhile:
        walker.seats.seat.unsettled.discard(key.id)
        walker.seats.seat.lost.discard(key.id)
        _require_in_qgis(walker, outcome.result)
    return outcome


def make_configuration(walker: Walker, page: KeyPage, authcfg: str, trouble: Trouble) -> None:
    """Hold a key under the id that a project names."""
    before, key = walker.scene(), page.details.key
    request = ConfigurationRequest(authcfg, walker.ledger.passwords.get(page.details.login or "", ""))
    maker = partial(ConfigurationMaker, walker.seats.signed_in, walker.bench.main_thread)
    outcome = walker.run(lambda progress: maker(progress).make(page, request), trouble, key.id)
    _settle(walker, before, outcome, trouble, key.id)
    if key.id in walker.seats.seat.unsettled:
        walker.seats.seat.by_hand.add(authcfg)
    if outcome.is_done and key.type is not KeyType.OAUTH2 and not trouble.is_meanwhile:
        assert secret_of(walker.scene().profile.configurations[authcfg]) == walker.keys[key.id].secret


def clear_away(walker: Walker, known: InstalledKey) -> None:
    """Remove what is left in QGIS of a key that is gone."""
    main_thread, authcfg = walker.bench.main_thread, walker.seats.signed_in.authcfg
    walker.bench.run(lambda _: remove_leftovers(known, authcfg, main_thread))


def _settle(walker: Walker, before: Scene, outcome: Outcome, trouble: Trouble, key_id: str) -> None:
    """Note what the user was told of a job without a record, or see that nothing has changed."""
    if outcome.is_killed:
        walker.seats.seat.unsettled.add(key_id)
    if outcome.failure is None:
        return
    if outcome.failure.stayed or is_unknown(outcome.failure):
        walker.seats.seat.unsettled.add(key_id)
    else:
        _require_as_before(before, walker.scene(), outcome, trouble)


def _require_remainder(before: Scene, after: Scene, outcome: Outcome, trouble: Trouble) -> None:
    """See that a failed job with a record says what it has begun, or has changed nothing."""
    if outcome.failure is None:
        return
    remainder = outcome.failure.remainder
    if remainder is None:
        _require_as_before(before, after, outcome, trouble)
    else:
        assert remainder.id in {**after.profile.edits, **after.profile.deletions}


def _require_as_before(before: Scene, after: Scene, outcome: Outcome, trouble: Trouble) -> None:
    changed = changes(before, after)
    if changed and not trouble.is_meanwhile:
        raise AssertionError("\n".join([f"failed ({outcome.failure}), nothing said to stay, but:", *changed]))


def _require_in_qgis(walker: Walker, created: CreatedKey) -> None:
    profile, key = walker.scene().profile, walker.keys.get(created.key.id)
    if key is None:
        return
    known = profile.installed[created.key.id]
    assert set(known.connections) == set(created.connections)
    for connection in created.connections:
        stored = profile.connections[connection]
        held = stored.hash or created.authcfg
        assert held in (key.hash, *walker.seats.sign_ins) or secret_of(profile.configurations[held]) == key.secret
