"""The jobs that are killed, each from the state it begins in; and what the next start of QGIS can do about it."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from gpkeys_plugin.entrepot.errors import ErrorCode
from gpkeys_plugin.entrepot.models import KeyType
from gpkeys_plugin.jobs.connect_existing import ExistingKeyConnector
from gpkeys_plugin.jobs.create_key import KeyCreator
from gpkeys_plugin.jobs.finish_creation import finish_creation, remainder_of, undo_creation
from gpkeys_plugin.jobs.finish_rotation import finish_rotation, undo_rotation
from gpkeys_plugin.jobs.rotate_key import KeyRotator
from gpkeys_plugin.jobs.running.task import Progress
from gpkeys_plugin.jobs.values import ConnectRequest, Failed, RotationRequest
from gpkeys_plugin.keys.draft import HashStorage
from gpkeys_plugin.store import auth_configs
from tests.qgis.jobs.conftest import Bench
from tests.qgis.jobs.key_pages import page_of
from tests.qgis.jobs.kills.points import Killed, Points, watched
from tests.qgis.jobs.test_create_key import create, draft_of

Work = Callable[[Progress], Any]
_REQUEST = RotationRequest("essai-urbanisme-2", "Autre-mot-de-passe-27")  # pragma: allowlist secret - made up


@dataclass(frozen=True)
class KilledJob:
    """A job; `prepare` makes the state it begins in and returns it."""

    name: str
    prepare: Callable[[Bench], Work]


def run(bench: Bench, work: Work, points: Points) -> None:
    """Run a job past the points, to its end or to where it is killed."""

    def outlived(progress: Progress) -> None:
        # What a thread cannot end with: the process would have.
        with suppress(Killed):
            work(progress)

    with watched(points):
        bench.run(outlived)


def undo_all(bench: Bench) -> bool:
    """Undo what was begun, as a user does at the next start; return whether it was, or whether only finishing is left.

    A change of secret whose old key is deleted says that there is no way back, and to finish it.
    """
    signed_in, main_thread = bench.signed_in, bench.main_thread
    for entry in bench.creations.unfinished(signed_in.api_url, signed_in.account_id):
        bench.run(partial(undo_creation, entry, signed_in, bench.creations, main_thread))
    for rotation in bench.rotations.unfinished(signed_in.api_url, signed_in.account_id):
        try:
            bench.run(partial(undo_rotation, rotation.id, signed_in, bench.rotations, main_thread))
        except Failed as failure:
            if "there is no way back" not in str(failure.error.user):
                raise
            return False
    return True


def finish_all(bench: Bench) -> bool:
    """Finish what was begun, where that is offered; return whether it was, or whether only undoing is left.

    The key of a creation may not be there yet: finishing says so, and to undo it.
    """
    signed_in, main_thread = bench.signed_in, bench.main_thread
    for entry in bench.creations.unfinished(signed_in.api_url, signed_in.account_id):
        if not remainder_of(entry).can_finish:
            return False
        try:
            bench.run(partial(finish_creation, entry, signed_in, bench.creations, main_thread))
        except Failed as failure:
            if failure.error.code is not ErrorCode.NOT_FOUND:
                raise
            return False
    for rotation in bench.rotations.unfinished(signed_in.api_url, signed_in.account_id):
        if not rotation.is_swapped:
            return False
        bench.run(partial(finish_rotation, rotation.id, signed_in, bench.rotations, main_thread))
    return True


def _creation(type_: KeyType, storage: HashStorage = HashStorage.URL) -> Callable[[Bench], Work]:
    def prepare(bench: Bench) -> Work:
        draft = replace(draft_of(bench, type_), hash_storage=storage)
        return lambda progress: KeyCreator(bench.signed_in, bench.creations, bench.main_thread, progress).create(draft)

    return prepare


def _rotation(type_: KeyType, *, is_held: bool = True) -> Callable[[Bench], Work]:
    def prepare(bench: Bench) -> Work:
        created = create(bench, draft_of(bench, type_))
        if not is_held:
            auth_configs.remove(created.authcfg)
        page = page_of(bench, created.key)

        def work(progress: Progress) -> None:
            rotator = KeyRotator(bench.signed_in, bench.rotations, bench.main_thread, progress)
            rotation = rotator.rotate(page, _REQUEST)
            finish_rotation(rotation.id, bench.signed_in, bench.rotations, bench.main_thread, progress)

        return work

    return prepare


def _connection(type_: KeyType) -> Callable[[Bench], Work]:
    def prepare(bench: Bench) -> Work:
        page = page_of(bench, create(bench, draft_of(bench, type_)).key)
        return lambda progress: ExistingKeyConnector(bench.signed_in, bench.main_thread, progress).connect(
            page, ConnectRequest()
        )

    return prepare


JOBS = (
    KilledJob("create-basic", _creation(KeyType.BASIC)),
    KilledJob("create-hash", _creation(KeyType.HASH)),
    KilledJob("create-oauth2", _creation(KeyType.OAUTH2)),
    KilledJob("rotate-basic", _rotation(KeyType.BASIC)),
    KilledJob("rotate-hash", _rotation(KeyType.HASH)),
    KilledJob("connect-basic", _connection(KeyType.BASIC)),
    KilledJob("connect-hash", _connection(KeyType.HASH)),
)
"""Those with a record of what was begun, and connecting, which is asked for again and ends as it would have."""
