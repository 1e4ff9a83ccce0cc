"""What the next start of QGIS can do about a job that was killed, and what it must come to."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import Any

from gpkeys_plugin.entrepot.errors import ErrorCode
from gpkeys_plugin.jobs.delete_key import finish_deletion
from gpkeys_plugin.jobs.finish_creation import finish_creation, remainder_of, undo_creation
from gpkeys_plugin.jobs.finish_edit import finish_edit, undo_edit
from gpkeys_plugin.jobs.finish_rotation import finish_rotation, undo_rotation
from gpkeys_plugin.jobs.values import Failed
from gpkeys_plugin.store.records.deletions import DELETIONS
from gpkeys_plugin.store.records.edits import EDITS
from tests.qgis.jobs.conftest import Bench
from tests.qgis.jobs.kills.killed_jobs import Work
from tests.qgis.jobs.kills.world import world

# Where a job keeps no record of what was begun, the user asks for the same.
AGAIN, UNDO, FINISH = "again", "undo", "finish"


@dataclass(frozen=True)
class WayTaken:
    """A way out taken: whether there was something to finish or undo, and whether this way led out of it."""

    way: str
    has_begun: bool
    has_led_out: bool

    def ends(self, before: Any, after: Any) -> list[Any]:
        """Return what may be there now, of what was there before the job and what is there after it."""
        if self.way == AGAIN:
            return [after]
        if not self.has_begun:
            return [before, after]
        if self.way == UNDO:
            return [before] if self.has_led_out else [after]
        return [after] if self.has_led_out else [before, after]


def take(bench: Bench, way: str, work: Work) -> WayTaken:
    """Take a way out, the other one where this one is closed."""
    has_begun = bool(world(bench)["begun"])
    if way == AGAIN:
        bench.run(work)
        return WayTaken(way, has_begun, has_led_out=True)
    one, other = (undo_all, finish_all) if way == UNDO else (finish_all, undo_all)
    has_led_out = one(bench)
    if not has_led_out:
        other(bench)
    return WayTaken(way, has_begun, has_led_out)


def undo_all(bench: Bench) -> bool:
    """Undo what was begun, as a user does at the next start; return whether it was, or whether only finishing is left.

    A change of secret whose old key is deleted says that there is no way back, and to finish it; so does a deletion.
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
    for edit in EDITS.unfinished(signed_in.api_url, signed_in.account_id):
        bench.run(partial(undo_edit, edit.id, signed_in, main_thread))
    return not DELETIONS.unfinished(signed_in.api_url, signed_in.account_id)


def finish_all(bench: Bench) -> bool:
    """Finish what was begun, where that is offered; return whether it was, or whether only undoing is left.

    The key of a creation may not be there yet, or QGIS may use the old one again: finishing says so, and to undo it.
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
    _finish_changes(bench)
    return _finish_rotations(bench)


def _finish_rotations(bench: Bench) -> bool:
    signed_in = bench.signed_in
    for rotation in bench.rotations.unfinished(signed_in.api_url, signed_in.account_id):
        if not rotation.is_swapped:
            return False
        try:
            bench.run(partial(finish_rotation, rotation.id, signed_in, bench.rotations, bench.main_thread))
        except Failed as failure:
            if "before QGIS used the new key" not in str(failure.error.user):
                raise
            return False
    return True


def _finish_changes(bench: Bench) -> None:
    signed_in, main_thread = bench.signed_in, bench.main_thread
    for edit in EDITS.unfinished(signed_in.api_url, signed_in.account_id):
        bench.run(partial(finish_edit, edit.id, signed_in, main_thread))
    for deletion in DELETIONS.unfinished(signed_in.api_url, signed_in.account_id):
        bench.run(partial(finish_deletion, deletion.id, signed_in, main_thread))
