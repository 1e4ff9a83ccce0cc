"""Use case for scripts: give what needs a key in a file or a folder of files one that opens it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from ...entrepot.translatable_text import Text
from ...keys.draft import HashStorage
from ...keys.layer_needs.needs import SAFE_CAUSES, Cause
from ..file_repair import profile_and_account, report_of_files
from ..file_repair.file_values import FilesMended, FilesOrder, PlaceOutcome
from ..file_repair.repair_files import FileRepairer
from ..file_repair.scan_files import FilesWanted, scan_files
from .scan_project import tell_problems
from .script_context import Script


@dataclass(frozen=True)
class RepairOrder:
    """What a script wants mended. `key` is an id or a name, empty: to each place the key that opens it.

    `causes` are the values of `Cause`; none: the safe ones.
    """

    path: str
    key: str = ""
    storage: HashStorage | None = None
    causes: tuple[str, ...] = ()


@dataclass(frozen=True)
class RepairOutcome:
    """What came of it: lines for a report, how many places are mended, how many were left."""

    rows: list[report_of_files.Row]
    mended: int
    left: int


def repair_project(script: Script, order: RepairOrder) -> RepairOutcome:
    """Scan and mend; raises GpkeysError where that ends early, with what was mended by then told before."""
    key = script.key(order.key) if order.key else None
    known = profile_and_account.of_account(script.signed_in, script.main_thread, script.progress)
    found = scan_files(FilesWanted(Path(order.path)), known, script.main_thread, script.progress)
    tell_problems(found, script.progress)
    causes = frozenset(map(Cause, order.causes)) or SAFE_CAUSES
    wanted = FilesOrder(causes, key, order.storage)
    mended = FileRepairer(script.signed_in, known, script.main_thread, wanted, script.progress).repair(found)
    _tell(script, mended)
    script.tell_changed()
    if mended.failure is not None:
        raise mended.failure
    return RepairOutcome(report_of_files.mended_rows(found, mended), mended.mended_count, mended.left_count)


def _tell(script: Script, mended: FilesMended) -> None:
    for result in mended.written:
        values = {"file": str(result.path), "count": result.changed}
        script.progress.inform(Text("Places mended in {file}: {count}", values))
    for authcfg in mended.configurations:
        script.progress.inform(Text("The configuration {id} was made: it holds your key.", {"id": authcfg}))
    for outcome in mended.outcomes:
        if outcome.left is not None:
            values = {"file": str(outcome.path), "layer": _layer(outcome), "reason": outcome.left}
            script.progress.warn(Text("{file}, {layer}: {reason}", values))


def _layer(outcome: PlaceOutcome) -> str:
    return report_of_files.layer_of(outcome.found)
