"""The use cases of scripts, which read first what the window has read already: struck by `make faults` only."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from threading import Event
from typing import Any

from qgis.core import QgsProcessingFeedback

from gpkeys_plugin.entrepot.errors import GpkeysError
from gpkeys_plugin.entrepot.models import KeyType
from gpkeys_plugin.entrepot.translatable_text import Text
from gpkeys_plugin.jobs.connect_existing import ExistingKeyConnector
from gpkeys_plugin.jobs.create_key import KeyCreator
from gpkeys_plugin.jobs.delete_key import delete_key
from gpkeys_plugin.jobs.edit_key import KeyEditor
from gpkeys_plugin.jobs.file_repair.profile_and_account import of_profile
from gpkeys_plugin.jobs.file_repair.repair_files import FileRepairer
from gpkeys_plugin.jobs.file_repair.scan_files import scan_files, scan_open_project
from gpkeys_plugin.jobs.rotate_key import KeyRotator
from gpkeys_plugin.jobs.running.feedback_progress import FeedbackProgress
from gpkeys_plugin.jobs.running.task import Progress
from gpkeys_plugin.jobs.scripts.check_key import judge_key
from gpkeys_plugin.jobs.scripts.connect_key import connect_key
from gpkeys_plugin.jobs.scripts.create_key import KeyOrder, create_key
from gpkeys_plugin.jobs.scripts.delete_key import delete_for_good
from gpkeys_plugin.jobs.scripts.listings import key_stats, list_keys, list_permissions
from gpkeys_plugin.jobs.scripts.repair_project import RepairOrder, repair_project
from gpkeys_plugin.jobs.scripts.rotate_key import rotate_key
from gpkeys_plugin.jobs.scripts.scan_project import scan_project
from gpkeys_plugin.jobs.scripts.script_context import Offline, Script, ScriptSide
from gpkeys_plugin.jobs.scripts.update_key import update_key
from gpkeys_plugin.jobs.values import Failed
from gpkeys_plugin.keys.upkeep.key_edits import KeyEdit
from tests.qgis.jobs.conftest import Bench
from tests.qgis.jobs.faults.struck_job import Prepare, StruckJob, Work
from tests.qgis.jobs.kills.mending_jobs import write_dark_files
from tests.qgis.jobs.kills.world import projects_folder
from tests.qgis.jobs.test_create_key import create, draft_of

_NAME = "Essai été"


@dataclass(frozen=True)
class ScriptTold:
    """What a script got, and what it was warned of."""

    outcome: Any
    warnings: tuple[Text, ...]

    @property
    def left_count(self) -> int:
        """How many places were left, of a script that mends."""
        return int(getattr(self.outcome, "left", 0))


class _Feedback(FeedbackProgress):
    """Hears of a cancel of the job it runs in, and keeps what a script is told."""

    def __init__(self, progress: Progress) -> None:
        feedback: Any = QgsProcessingFeedback(False)
        super().__init__(feedback)
        self._progress = progress
        self.warned: list[Text] = []
        self.informed: list[Text] = []

    def is_cancelled(self) -> bool:
        return self._progress.is_cancelled()

    def warn(self, text: Text) -> None:
        self.warned.append(text)

    def inform(self, text: Text) -> None:
        self.informed.append(text)


def scripted(bench: Bench, use: Callable[[Script], Any]) -> Work:
    """Return a use case of scripts as a job; what was said before it failed is what stayed."""

    def work(progress: Progress) -> ScriptTold:
        feedback = _Feedback(progress)
        side = ScriptSide(str, lambda: True, lambda _: None, lambda: None, _wait)
        script = Script(bench.signed_in, bench.main_thread, bench.creations, bench.rotations, side, feedback)
        try:
            return ScriptTold(use(script), tuple(feedback.warned))
        except GpkeysError as error:
            # One that could not be read after its change says that it was changed.
            said = (error.user,) if "was changed, but" in error.user.source else ()
            stayed = (*feedback.informed, *said)
            if not stayed:
                raise
            raise Failed(error, stayed) from error

    return work


def _wait(event: Event) -> None:
    event.wait()


def _with_key(type_: KeyType, use: Callable[[Script], Any]) -> Prepare:
    def prepare(bench: Bench) -> Work:
        create(bench, draft_of(bench, type_))
        return scripted(bench, use)

    return prepare


def _without_key(use: Callable[[Script], Any]) -> Prepare:
    return lambda bench: scripted(bench, use)


def mend(bench: Bench) -> Work:
    """Return the script that mends what is in the folder of projects."""
    return scripted(bench, lambda script: repair_project(script, RepairOrder(str(projects_folder()))))


def _dark(bench: Bench) -> Work:
    write_dark_files(bench)
    return mend(bench)


def _scanned(bench: Bench) -> Work:
    return _scan(bench, str(write_dark_files(bench)))


def _scan(bench: Bench, path: str) -> Work:
    def scan(script: Script) -> int:
        offline = Offline(bench.signed_in.api_url, bench.main_thread, script.progress)
        return scan_project(script, offline, path)[1]

    return scripted(bench, scan)


_ORDER = KeyOrder(_NAME, "HASH", "rochebrune.scan25.estompage, rochebrune.plu_2026")
_EDIT, _REMOVED = KeyEdit("Autre nom"), "rochebrune.plu_2026"
_CREATES, _ROTATES = (create_key, KeyCreator.create), (rotate_key, KeyRotator.rotate)
_seldom = partial(StruckJob, often=False)

SCRIPT_JOBS = (
    _seldom(
        "script-create", _without_key(lambda script: create_key(script, _ORDER)), of=(create_key, KeyCreator.create)
    ),
    _seldom(
        "script-connect",
        _with_key(KeyType.HASH, lambda script: connect_key(script, _NAME, "", None)),
        of=(connect_key, ExistingKeyConnector.connect),
    ),
    _seldom(
        "script-update",
        _with_key(
            KeyType.HASH, lambda script: update_key(script, _NAME, _EDIT, added="", removed="rochebrune.plu_2026")
        ),
        of=(update_key, KeyEditor.edit),
    ),
    _seldom(
        "script-rotate",
        _with_key(KeyType.BASIC, lambda script: rotate_key(script, _NAME)),
        of=(rotate_key, KeyRotator.rotate),
    ),
    _seldom(
        "script-delete",
        _with_key(KeyType.HASH, lambda script: delete_for_good(script, _NAME, remove_from_qgis=True)),
        of=(delete_for_good, delete_key),
    ),
    _seldom("script-mend", _dark, may_lack=True, of=(repair_project, FileRepairer.repair), again=mend),
    _seldom("script-scan", _scanned, of=(scan_project, scan_files)),
    _seldom("script-scan-open", lambda bench: _scan(bench, ""), of=(scan_project, scan_open_project, of_profile)),
    _seldom("script-check", _with_key(KeyType.HASH, lambda script: judge_key(script, _NAME)), of=(judge_key,)),
    _seldom(
        "script-permissions",
        _without_key(lambda script: list_permissions(script, include_expired=True)),
        of=(list_permissions,),
    ),
    _seldom(
        "script-keys",
        _with_key(KeyType.HASH, lambda script: list_keys(script, expiring_within_days=None)),
        of=(list_keys,),
    ),
    _seldom(
        "script-stats", _with_key(KeyType.HASH, lambda script: key_stats(script, _NAME, None, None)), of=(key_stats,)
    ),
)
