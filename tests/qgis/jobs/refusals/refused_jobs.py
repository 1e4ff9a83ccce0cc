"""The jobs that change something, each from the state it begins in."""

from __future__ import annotations

import os
from functools import partial

from gpkeys_plugin.entrepot.models import KeyType
from gpkeys_plugin.jobs.finish_creation import finish_creation, undo_creation
from gpkeys_plugin.jobs.finish_rotation import finish_rotation, undo_rotation
from gpkeys_plugin.jobs.rotate_key import KeyRotator
from gpkeys_plugin.jobs.running.task import Progress
from gpkeys_plugin.jobs.values import RotationRequest
from tests.qgis.jobs.conftest import Bench
from tests.qgis.jobs.key_pages import page_of
from tests.qgis.jobs.kills.killed_jobs import JOBS as KILLED
from tests.qgis.jobs.kills.killed_jobs import KilledJob, Work
from tests.qgis.jobs.test_create_key import create, draft_of, failure

_REQUEST = RotationRequest("essai-urbanisme-2", "Autre-mot-de-passe-27")  # pragma: allowlist secret - made up


def _halted_creation(bench: Bench) -> None:
    bench.simulator.fail("POST", r"/accesses$", "status", status=403, times=50)
    bench.simulator.fail("DELETE", r"/users/me/keys/", "status", status=500, times=50)
    assert failure(bench, draft_of(bench, KeyType.BASIC)).remainder is not None
    bench.simulator.reset_faults()


def _finish_creation(bench: Bench) -> Work:
    _halted_creation(bench)
    (entry,) = bench.creations.entries()
    return partial(finish_creation, entry, bench.signed_in, bench.creations, bench.main_thread)


def _undo_creation(bench: Bench) -> Work:
    _halted_creation(bench)
    (entry,) = bench.creations.entries()
    return partial(undo_creation, entry, bench.signed_in, bench.creations, bench.main_thread)


def _rotated(bench: Bench, type_: KeyType) -> str:
    page = page_of(bench, create(bench, draft_of(bench, type_)).key)

    def rotate(progress: Progress) -> str:
        rotator = KeyRotator(bench.signed_in, bench.rotations, bench.main_thread, progress)
        return rotator.rotate(page, _REQUEST).id

    return str(bench.run(rotate))


def _finish_rotation(type_: KeyType, bench: Bench) -> Work:
    rotation = _rotated(bench, type_)
    return partial(finish_rotation, rotation, bench.signed_in, bench.rotations, bench.main_thread)


def _undo_rotation(type_: KeyType, bench: Bench) -> Work:
    rotation = _rotated(bench, type_)
    return partial(undo_rotation, rotation, bench.signed_in, bench.rotations, bench.main_thread)


TABLE = os.environ.get("GPKEYS_REFUSAL_TABLE", "")

JOBS = (
    *(job for job in KILLED if (job.often or TABLE) and not job.is_kept_elsewhere),
    KilledJob("finish-creation", _finish_creation),
    KilledJob("undo-creation", _undo_creation),
    KilledJob("finish-rotation-basic", partial(_finish_rotation, KeyType.BASIC)),
    KilledJob("finish-rotation-hash", partial(_finish_rotation, KeyType.HASH)),
    KilledJob("undo-rotation-basic", partial(_undo_rotation, KeyType.BASIC)),
    KilledJob("undo-rotation-hash", partial(_undo_rotation, KeyType.HASH)),
)
