"""Whether what a job told under a fault, what is there now, and what was there before agree."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from gpkeys_plugin.entrepot.errors import ErrorCode, GpkeysError
from gpkeys_plugin.jobs.values import Failed
from tests.qgis.jobs.faults.fault_kinds import FaultKind
from tests.qgis.jobs.faults.sent_requests import SentRequest
from tests.qgis.jobs.faults.struck_job import StruckJob
from tests.qgis.jobs.faults.told_by_jobs import Told, remarks
from tests.qgis.jobs.kills.world import difference

World = dict[str, Any]

LONGEST_S = 30.0
# Of pauses between requests, most of them after a "Retry-After" or a lost connection.
LONGEST_PAUSED_S = 180.0
# A change under way that nobody could be asked about is more than a cancel.
_SAID_OF_A_CANCEL = (ErrorCode.CANCELLED, ErrorCode.OUTCOME_UNKNOWN)


@dataclass(frozen=True)
class Ends:
    """The states a job can end in: as before, done, and those that the ways out of what was begun lead to.

    `result` and `requests` are those of a run without a fault.
    """

    before: World
    after: World
    undone: World
    finished: World
    result: Any
    requests: tuple[SentRequest, ...]

    @property
    def is_change(self) -> bool:
        """Whether the job changes something that is still so when QGIS ends: layers of the open project are not."""
        differs = any(self.before[part] != self.after[part] for part in self.before if part != "layers")
        return differs or any(request.is_change for request in self.requests)


def what_is_wrong(
    told: Told, found: World, ends: Ends, job: StruckJob, request: SentRequest, fault: FaultKind, secrets: set[str]
) -> str:
    """Return what is wrong with what was told and `found` afterwards, empty for nothing."""
    if told.seconds > LONGEST_S or told.paused_s > LONGEST_PAUSED_S:
        return f"took {told.seconds:.0f} s and {told.paused_s:.0f} s of pauses"
    leaked = [secret[:3] for secret in secrets if secret in told.all_words]
    if leaked:
        return f"secrets told: {leaked}"
    if told.failure is None:
        return _wrong_in_success(told, found, ends, job, request)
    return wrong_in_words(told.failure, told.errors[0], fault) or _wrong_in_failure(told.failure, found, ends)


def is_part(result: Any) -> bool:
    """Whether a result says that not all was done."""
    said = (getattr(result, name, None) for name in ("left", "left_count", "is_cancelled", "failure"))
    return any(said)


def _wrong_in_success(told: Told, found: World, ends: Ends, job: StruckJob, request: SentRequest) -> str:
    untrue = job.is_untrue(told.results[0], ends.result, request)
    if untrue:
        return f"told what is not so: {untrue}"
    is_lack_said = bool(set(map(str, remarks(told.results[0]))) - set(map(str, remarks(ends.result))))
    # What QGIS lacks of an edit is on record; the way out of that is seen to end clean.
    may_be_begun = (ends.after["begun"], ["a record"]) if is_lack_said else (ends.after["begun"],)
    is_on_platform = found["keys"] == ends.after["keys"] and found["begun"] in may_be_begun
    if job.again is not None and is_part(told.results[0]):
        # What is missing is said, and what is asked for again is seen to bring it.
        return ""
    # What QGIS lacks is said, or judged by the result.
    if found == ends.after or (is_on_platform and (is_lack_said or job.may_lack)):
        return ""
    return f"said done, but {difference(found, ends.after)}"


def wrong_in_words(failure: Failed, error: Exception, fault: FaultKind) -> str:
    """Return what is wrong with what a failure says, empty for nothing."""
    told = failure.error
    if not isinstance(error, (Failed, GpkeysError)):
        return f"{type(error).__name__}: {error}"
    if "unexpected error" in told.user.source:
        return told.log
    if fault.cancel and told.code not in _SAID_OF_A_CANCEL:
        return f"cancelled, but said {told.code.name}: {told.user}"
    if not fault.cancel and told.code is ErrorCode.CANCELLED:
        return "nobody has cancelled"
    has_next_step = told.code is ErrorCode.CANCELLED or told.advice is not None
    return "" if has_next_step else f"no advice: {told.user}"


def _wrong_in_failure(failure: Failed, found: World, ends: Ends) -> str:
    is_unknown = failure.error.code is ErrorCode.OUTCOME_UNKNOWN
    # Of what was begun before the window tells anyway.
    was_begun = bool(found["begun"] and ends.before["begun"])
    untrue = [str(text) for text in failure.stayed if " may " not in str(text)]
    if found == ends.before and not was_begun and untrue:
        return f"nothing stayed, but said {untrue}"
    if found == ends.before or failure.stayed or failure.remainder or is_unknown or was_begun:
        return ""
    return f"left without a word: {difference(found, ends.before)} ({failure.error.log})"
