"""What can go wrong with a request, and how the simulator, or the user, is told to make it go wrong."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from tests.qgis.jobs.faults.sent_requests import SentRequest
from tests.simulator.remote.steering import Simulator

_FOR_GOOD = 10_000


@dataclass(frozen=True, eq=False)
class FaultKind:
    """A fault of one request, or of all from that one on.

    `order` is that of the simulator's faults, for `times` requests alike. `from_there_on` is the path of what is struck
    too from that request on, whatever is asked. `cancel` is when the user cancels: before, during or after the request.
    """

    name: str
    order: Mapping[str, Any] = field(default_factory=dict)
    times: int = _FOR_GOOD
    of_changes_only: bool = False
    from_there_on: str | None = None
    cancel: str = ""

    def concerns(self, request: SentRequest) -> bool:
        """Whether the fault makes sense for a request."""
        if self.cancel and not request.is_ours:
            return False
        if self.from_there_on is not None and not request.is_to(self.from_there_on):
            return False
        return request.is_change or not self.of_changes_only

    def strike(self, simulator: Simulator, request: SentRequest) -> None:
        """Have the simulator do it to a request to come."""
        if not self.order:
            return
        if self.from_there_on is not None:
            nth = request.place_in(self.from_there_on)
            simulator.fail(None, self.from_there_on, nth=nth, times=self.times, **self.order)
        else:
            simulator.fail(request.method, request.pattern, nth=request.nth, times=self.times, **self.order)


def _status(status: int, **more: Any) -> dict[str, Any]:
    return {"action": "status", "status": status, **more}


_HANGS = {"action": "timeout"}

FAULTS = (
    FaultKind("400", _status(400)),
    FaultKind("401", _status(401)),
    FaultKind("403", _status(403)),
    FaultKind("404", _status(404)),
    FaultKind("409", _status(409)),
    FaultKind("429, a moment", _status(429, headers={"Retry-After": "2"})),
    FaultKind("429, an hour", _status(429, headers={"Retry-After": "3600"})),
    FaultKind("500", _status(500)),
    FaultKind("500 once", _status(500), times=1, of_changes_only=True),
    FaultKind("500, applied", _status(500, applied=True), of_changes_only=True),
    FaultKind("502 page", {"action": "html"}),
    FaultKind("time-out", _HANGS),
    FaultKind("time-out, applied", {**_HANGS, "applied": True}, of_changes_only=True),
    FaultKind("reset", {"action": "reset"}),
    FaultKind("reset once", {"action": "reset"}, times=1),
    FaultKind("answer lost", {"action": "applied-lost"}, of_changes_only=True),
    FaultKind("answer lost once", {"action": "applied-lost"}, times=1, of_changes_only=True),
    FaultKind("invalid JSON", {"action": "bad-json"}),
    FaultKind("cut JSON", {"action": "cut-json"}),
    FaultKind("cut body", {"action": "cut-transfer"}),
    FaultKind("one byte", {"action": "first-byte"}),
    FaultKind("other shape", {"action": "other-shape"}),
    FaultKind("portal page", {"action": "html", "status": 200}),
    FaultKind("empty 200", {"action": "empty"}),
    FaultKind("empty 200, applied", _status(200, body="", applied=True), of_changes_only=True),
    FaultKind("2xx, nothing done", {"action": "ignored"}, of_changes_only=True),
    FaultKind("token refused from there on", _status(401), from_there_on="^/api/"),
    FaultKind("no connection from there on", {"action": "reset"}, from_there_on="^/"),
    FaultKind("502 pages from there on", {"action": "html"}, from_there_on="^/"),
    FaultKind("cancel before", cancel="before"),
    FaultKind("cancel during", _HANGS, cancel="during"),
    FaultKind("cancel during, applied", {**_HANGS, "applied": True}, cancel="during", of_changes_only=True),
    FaultKind("cancel after", cancel="after"),
)
